/* SPDX-License-Identifier: MIT */
#include "base/width.h"

#include <string.h>
#include <wchar.h>

#include "base/utf8.h"

int width_of_code(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    int cols = wcwidth((wchar_t)code);
    return cols < 0 ? 1 : cols;
}

int width_of(const char *s, size_t len)
{
    int cols = 0;

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(s + at, len - at, &code);
        cols += width_of_code(code);
    }
    return cols;
}

int width_of_text(const char *s)
{
    return width_of(s, strlen(s));
}

size_t width_fit(const char *s, size_t len, int cols)
{
    size_t at = 0;

    while (at < len) {
        uint32_t code;
        size_t bytes = utf8_decode(s + at, len - at, &code);
        cols -= width_of_code(code);
        if (cols < 0)
            break;
        at += bytes;
    }
    return at;
}

void width_add_padded(struct str *str, const char *s, int cols, const char *ellipsis)
{
    size_t len = strlen(s);
    int used = width_of(s, len);

    if (used > cols) {
        int mark = width_of_text(ellipsis);
        len = width_fit(s, len, cols > mark ? cols - mark : 0);
        str_add_bytes(str, s, len);
        used = width_of(s, len);
        if (cols >= mark) {
            str_add(str, ellipsis);
            used += mark;
        }
    } else {
        str_add_bytes(str, s, len);
    }
    while (used++ < cols)
        str_add_char(str, ' ');
}
