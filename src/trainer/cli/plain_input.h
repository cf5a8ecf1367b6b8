/* SPDX-License-Identifier: MIT
 * Lines read from standard input, for the --plain forms of the screens. */
#pragma once

#include <stdbool.h>

#include "base/str.h"

/* Shows `prompt` and reads one line without its end into `line`; false at the end of the input. */
bool plain_read(const char *prompt, struct str *line);
