/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char str_empty[1] = "";

void str_init(struct str *str)
{
    *str = (struct str)STR_INIT;
}

void str_clear(struct str *str)
{
    if (str->cap)
        free(str->text);
    str_init(str);
}

static void reserve(struct str *str, size_t len)
{
    if (len < str->cap)
        return;
    size_t cap = str->cap * 2 > len + 1 ? str->cap * 2 : len + 1;
    if (cap < 32)
        cap = 32;
    str->text = xrealloc(str->cap ? str->text : NULL, cap);
    str->text[str->len] = '\0';
    str->cap = cap;
}

void str_truncate(struct str *str, size_t len)
{
    if (len >= str->len)
        return;
    str->len = len;
    str->text[len] = '\0';
}

void str_add(struct str *str, const char *s)
{
    str_add_bytes(str, s, strlen(s));
}

void str_add_bytes(struct str *str, const char *bytes, size_t len)
{
    if (len == 0)
        return;
    reserve(str, str->len + len);
    memcpy(str->text + str->len, bytes, len);
    str->len += len;
    str->text[str->len] = '\0';
}

void str_add_char(struct str *str, char c)
{
    str_add_bytes(str, &c, 1);
}

static void add_format(struct str *str, const char *format, va_list args)
{
    va_list measured;

    va_copy(measured, args);
    int len = vsnprintf(NULL, 0, format, measured);
    va_end(measured);
    if (len <= 0)
        return;
    reserve(str, str->len + len);
    vsnprintf(str->text + str->len, (size_t)len + 1, format, args);
    str->len += len;
}

void str_addf(struct str *str, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_format(str, format, args);
    va_end(args);
}

void str_insert(struct str *str, size_t at, const char *bytes, size_t len)
{
    reserve(str, str->len + len);
    memmove(str->text + at + len, str->text + at, str->len - at + 1);
    memcpy(str->text + at, bytes, len);
    str->len += len;
}

void str_remove(struct str *str, size_t at, size_t len)
{
    if (len == 0)
        return;
    memmove(str->text + at, str->text + at + len, str->len - at - len + 1);
    str->len -= len;
}

void str_trim(struct str *str)
{
    size_t start = 0;

    while (str->len > 0 && isspace((unsigned char)str->text[str->len - 1]))
        str_truncate(str, str->len - 1);
    while (start < str->len && isspace((unsigned char)str->text[start]))
        start++;
    str_remove(str, 0, start);
}

char *str_steal(struct str *str)
{
    char *text = str->cap ? str->text : xstrdup("");

    str_init(str);
    return text;
}

char *str_printf(const char *format, ...)
{
    struct str str = STR_INIT;
    va_list args;

    va_start(args, format);
    add_format(&str, format, args);
    va_end(args);
    return str_steal(&str);
}

bool str_eq(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}
