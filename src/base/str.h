/* SPDX-License-Identifier: MIT
 * A string that grows. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

/* `text` is never NULL and always ends in a NUL; an empty one owns nothing. */
struct str {
    char *text;
    size_t len, cap;
};

/* clang-format off */
#define STR_INIT {.text = str_empty}
/* clang-format on */
extern char str_empty[1];

void str_init(struct str *str);
void str_clear(struct str *str); /* frees; the string is empty and usable again */
void str_truncate(struct str *str, size_t len);
void str_add(struct str *str, const char *s);
void str_add_bytes(struct str *str, const char *bytes, size_t len);
void str_add_char(struct str *str, char c);
void str_addf(struct str *str, const char *format, ...) PRINTF_LIKE(2, 3);
void str_insert(struct str *str, size_t at, const char *bytes, size_t len);
void str_remove(struct str *str, size_t at, size_t len);
void str_trim(struct str *str); /* white space off both ends */

/* Hands the text over: the caller frees it. The string is empty afterwards. */
char *str_steal(struct str *str);

/* The caller frees the result. */
char *str_printf(const char *format, ...) PRINTF_LIKE(1, 2);

bool str_eq(const char *a, const char *b);
bool str_starts(const char *s, const char *prefix);

#define autostr __attribute__((cleanup(str_clear)))
