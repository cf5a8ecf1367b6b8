/* SPDX-License-Identifier: MIT
 * drydock browse --plain: find and read questions in lines. */
#pragma once

#include "trainer/bank/bank.h"
#include "trainer/cli/command.h"

enum exit_status plain_browse(struct bank *bank, const struct bank_filter *filter,
                              const char *words);
