/* SPDX-License-Identifier: MIT
 * From the command line to the screens. */
#pragma once

#include <stdbool.h>

#include "trainer/bank/bank.h"
#include "trainer/cli/command.h"

/* False with --plain, with --json, or where input or output is no terminal. */
bool screens_are_wanted(const struct invocation *invocation);

enum exit_status screens_progress(struct bank *bank, const struct invocation *invocation);
