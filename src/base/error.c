/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* Cuts an incomplete UTF-8 sequence off the end, where snprintf() has cut in the middle of one. */
static void drop_broken_tail(char *text)
{
    size_t len = strlen(text), start = len;

    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = text[start - 1];
    size_t expected = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (len - start < expected)
        text[start - 1] = '\0';
}

int error_set(struct error *err, int errnum, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    err->errnum = errnum;
    if (errnum) {
        size_t len = strlen(err->text);
        snprintf(err->text + len, sizeof(err->text) - len, ": %s", strerror(errnum));
    }
    drop_broken_tail(err->text);
    return -1;
}

int error_wrap(struct error *err, const char *format, ...)
{
    char inner[ERROR_TEXT_BYTES];
    va_list args;

    memcpy(inner, err->text, sizeof(inner));
    va_start(args, format);
    vsnprintf(err->text, sizeof(err->text), format, args);
    va_end(args);
    size_t len = strlen(err->text);
    snprintf(err->text + len, sizeof(err->text) - len, ": %s", inner);
    drop_broken_tail(err->text);
    return -1;
}
