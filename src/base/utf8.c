/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <wchar.h>

/* The number of bytes that a lead byte announces, 0 for none, and the smallest code they may hold.
 */
static size_t announced(unsigned char lead, uint32_t *bits, uint32_t *smallest)
{
    if (lead >= 0xC2 && lead <= 0xDF) {
        *bits = lead & 0x1F;
        *smallest = 0x80;
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        *bits = lead & 0x0F;
        *smallest = 0x800;
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        *bits = lead & 0x07;
        *smallest = 0x10000;
        return 4;
    }
    return 0;
}

size_t utf8_decode(const char *s, size_t len, uint32_t *code)
{
    uint32_t bits = 0, smallest = 0;
    size_t count = (unsigned char)*s < 0x80 ? 1 : announced((unsigned char)*s, &bits, &smallest);

    *code = count == 1 ? (unsigned char)*s : UTF8_REPLACEMENT;
    if (count == 1)
        return 1;
    if (count == 0 || count > len)
        return 1;
    for (size_t i = 1; i < count; i++) {
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            return 1;
        bits = bits << 6 | ((unsigned char)s[i] & 0x3F);
    }
    if (bits < smallest || bits > 0x10FFFF || (bits >= 0xD800 && bits <= 0xDFFF))
        return 1;
    *code = bits;
    return count;
}

void utf8_add(struct str *str, uint32_t code)
{
    if (code < 0x80) {
        str_add_char(str, (char)code);
    } else if (code < 0x800) {
        str_add_char(str, (char)(0xC0 | code >> 6));
        str_add_char(str, (char)(0x80 | (code & 0x3F)));
    } else if (code < 0x10000) {
        str_add_char(str, (char)(0xE0 | code >> 12));
        str_add_char(str, (char)(0x80 | (code >> 6 & 0x3F)));
        str_add_char(str, (char)(0x80 | (code & 0x3F)));
    } else {
        str_add_char(str, (char)(0xF0 | code >> 18));
        str_add_char(str, (char)(0x80 | (code >> 12 & 0x3F)));
        str_add_char(str, (char)(0x80 | (code >> 6 & 0x3F)));
        str_add_char(str, (char)(0x80 | (code & 0x3F)));
    }
}

bool utf8_is_valid(const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(s + at, len - at, &code);
        if (bytes == 1 && (unsigned char)s[at] >= 0x80)
            return false;
        at += bytes;
    }
    return true;
}

static bool is_joined_to_previous(const char *s, size_t len, size_t at)
{
    uint32_t code;

    utf8_decode(s + at, len - at, &code);
    return code >= 0x300 && wcwidth((wchar_t)code) == 0;
}

/* The start of the code point that ends at `end`; of one byte where that is not UTF-8. */
static size_t start_of_code(const char *s, size_t end)
{
    uint32_t code;

    for (size_t bytes = 2; bytes <= 4 && bytes <= end; bytes++)
        if (utf8_decode(s + end - bytes, bytes, &code) == bytes)
            return end - bytes;
    return end - 1;
}

size_t utf8_previous(const char *s, size_t len, size_t at)
{
    size_t start = at;

    while (start > 0) {
        start = start_of_code(s, start);
        if (!is_joined_to_previous(s, len, start))
            break;
    }
    return at - start;
}

size_t utf8_next(const char *s, size_t len, size_t at)
{
    size_t end = at;

    while (end < len) {
        uint32_t code;
        end += utf8_decode(s + end, len - end, &code);
        if (end >= len || !is_joined_to_previous(s, len, end))
            break;
    }
    return end - at;
}

bool utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

static void add_control(struct str *str, uint32_t code)
{
    if (code < 0x20)
        utf8_add(str, 0x2400 + code);
    else if (code == 0x7F)
        utf8_add(str, 0x2421);
    else
        str_addf(str, "<U+%04X>", code);
}

void utf8_add_visible(struct str *str, const char *s, size_t len, bool keep_lines)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(s + at, len - at, &code);
        if (!utf8_is_control(code) || (keep_lines && (code == '\n' || code == '\t')))
            utf8_add(str, code);
        else
            add_control(str, code);
        at += bytes;
    }
}
