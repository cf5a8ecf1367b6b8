/* SPDX-License-Identifier: MIT
 * drydock study --plain: a study session in lines, with role words, for pipes and screen readers.
 */
#pragma once

#include "trainer/cli/command.h"
#include "trainer/study/study.h"

enum exit_status plain_study(struct study *study);
