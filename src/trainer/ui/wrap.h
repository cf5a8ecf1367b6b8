/* SPDX-License-Identifier: MIT
 * Where a line of plain text breaks. */
#pragma once

#include <stddef.h>

/* How many bytes of `s` make the first line of at most `cols` columns; *next is where the second
 * one begins (blanks at the break are skipped). Takes at least one character. */
size_t wrap_line(const char *s, size_t len, int cols, size_t *next);
