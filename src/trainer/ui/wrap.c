/* SPDX-License-Identifier: MIT */
#include "trainer/ui/wrap.h"

#include "base/array.h"
#include "base/utf8.h"
#include "base/width.h"

/* Closing punctuation, which no line begins with. */
static bool is_never_first(uint32_t code)
{
    static const uint32_t codes[] = {
        '!',    '%',    ')',    ',',    '.',    ':',    ';',    '?',    ']',    '}',    0x2019,
        0x201D, 0x2026, 0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF01,
        0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D,
    };

    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i] == code)
            return true;
    return false;
}

/* Opening punctuation, which no line ends in. */
static bool is_never_last(uint32_t code)
{
    static const uint32_t codes[] = {
        '(',    '[',    '{',    0x2018, 0x201C, 0x3008, 0x300A,
        0x300C, 0x300E, 0x3010, 0x3014, 0xFF08, 0xFF3B, 0xFF5B,
    };

    for (size_t i = 0; i < ARRAY_LEN(codes); i++)
        if (codes[i] == code)
            return true;
    return false;
}

static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ' || after == ' ')
        return true;
    return (width_of_code(before) == 2 || width_of_code(after) == 2) && !is_never_first(after) &&
           !is_never_last(before);
}

static uint32_t code_at(const char *s, size_t len, size_t at)
{
    uint32_t code;

    utf8_decode(s + at, len - at, &code);
    return code;
}

/* The last place up to `at` where a line may end: at a blank, or beside a wide character, as
 * Chinese and Japanese break between any two. 0 where there is none. */
static size_t find_break(const char *s, size_t len, size_t at)
{
    while (at > 0) {
        size_t before = at - utf8_previous(s, len, at);
        if (may_break(code_at(s, len, before), code_at(s, len, at)))
            return at;
        at = before;
    }
    return 0;
}

size_t wrap_line(const char *s, size_t len, int cols, size_t *next)
{
    size_t end = width_fit(s, len, cols);

    if (end < len) {
        size_t at = find_break(s, len, end);
        if (at > 0)
            end = at;
        if (end == 0)
            end = utf8_next(s, len, 0);
    }
    *next = end;
    while (*next < len && s[*next] == ' ')
        (*next)++;
    while (end > 0 && end < len && s[end - 1] == ' ')
        end--;
    return end;
}
