/* SPDX-License-Identifier: MIT
 * How many terminal columns text takes. Bytes, characters and columns are three different numbers.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Columns of one code point: 0 for combining marks, 2 for wide characters, 1 otherwise. */
int width_of_code(uint32_t code);

/* Columns of `len` bytes of UTF-8. */
int width_of(const char *s, size_t len);
int width_of_text(const char *s);

/* How many bytes of `s` fit into `cols` columns; never splits a character from its combining marks.
 */
size_t width_fit(const char *s, size_t len, int cols);

/* Appends `s` cut or filled with blanks to exactly `cols` columns; what is cut ends in `ellipsis`
 * ("…"). */
void width_add_padded(struct str *str, const char *s, int cols, const char *ellipsis);
