/* SPDX-License-Identifier: MIT */
#include "trainer/ui/wrap.h"

#include "base/utf8.h"
#include "base/width.h"

static int width_at(const char *s, size_t len, size_t at)
{
    uint32_t code;

    utf8_decode(s + at, len - at, &code);
    return width_of_code(code);
}

/* The last place up to `at` where a line may end: at a blank, or beside a wide character, as
 * Chinese and Japanese break between any two. 0 where there is none. */
static size_t find_break(const char *s, size_t len, size_t at)
{
    while (at > 0) {
        size_t before = at - utf8_previous(s, len, at);
        if (s[at] == ' ' || s[before] == ' ')
            return at;
        if (width_at(s, len, at) == 2 || width_at(s, len, before) == 2)
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
