/* SPDX-License-Identifier: MIT
 * UTF-8: bytes to code points and back, and text made safe to show. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define UTF8_REPLACEMENT 0xFFFD

/* Decodes the code point at `s` (at most `len` bytes, len > 0) into *code.
 * Returns how many bytes it takes; a byte that is not UTF-8 counts as one U+FFFD. */
size_t utf8_decode(const char *s, size_t len, uint32_t *code);

/* Appends a code point. */
void utf8_add(struct str *str, uint32_t code);

bool utf8_is_valid(const char *s, size_t len);

/* Bytes of the character before / at byte `at`, combining marks included. 0 at the ends. */
size_t utf8_previous(const char *s, size_t len, size_t at);
size_t utf8_next(const char *s, size_t len, size_t at);

/* True for characters that would steer a terminal or reorder a line: C0, DEL, C1, bidirectional
 * controls, line and paragraph separators. Newline and tab are among them. */
bool utf8_is_control(uint32_t code);

/* Appends `s` with control characters made visible (ESC as U+241B, others as <U+202E>) and invalid
 * bytes as U+FFFD. Newline and tab stay where `keep_lines` is set. */
void utf8_add_visible(struct str *str, const char *s, size_t len, bool keep_lines);
