/* SPDX-License-Identifier: MIT */
#include "trainer/deck/grade.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"
#include "trainer/deck/pattern.h"

#define BUDGET_NS (10 * PATTERN_BUDGET_NS) /* for all key points of an answer */

/* The answer with white space collapsed, and where each of its bytes was typed. */
struct collapsed {
    struct str text;
    size_t *origins; /* one for each byte of `text`, and one for its end */
    size_t origin_count, origin_cap;
};

static void add_origin(struct collapsed *collapsed, size_t origin)
{
    array_grow(collapsed->origins, collapsed->origin_count, collapsed->origin_cap, 1);
    collapsed->origins[collapsed->origin_count++] = origin;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xA0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

/* All bytes of a character come from its first one: a match never ends inside of a character. */
static void add_character(struct collapsed *collapsed, uint32_t code, size_t origin)
{
    utf8_add(&collapsed->text, code);
    while (collapsed->origin_count < collapsed->text.len)
        add_origin(collapsed, origin);
}

static void collapse(struct collapsed *collapsed, const char *answer)
{
    size_t len = strlen(answer), blank_start = 0;
    bool is_pending = false; /* a blank is written when something follows it */

    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(answer + at, len - at, &code);
        if (!is_blank(code)) {
            if (is_pending && collapsed->text.len > 0)
                add_character(collapsed, ' ', blank_start);
            is_pending = false;
            add_character(collapsed, code, at);
        } else if (!is_pending) {
            is_pending = true;
            blank_start = at;
        }
        at += bytes;
    }
    add_origin(collapsed, is_pending ? blank_start : len);
}

/* Patterns end in the middle of words (few write "namespace\w*"); people read whole ones. Only
 * ASCII letters count, as other scripts may have no blanks. */
static bool is_inside_word(const struct collapsed *collapsed, size_t at)
{
    return at > 0 && at < collapsed->text.len &&
           isalnum((unsigned char)collapsed->text.text[at - 1]) &&
           isalnum((unsigned char)collapsed->text.text[at]);
}

static void set_words(struct grade_point *point, const struct collapsed *collapsed, size_t start,
                      size_t end)
{
    while (start < end && collapsed->text.text[start] == ' ')
        start++;
    while (end > start && collapsed->text.text[end - 1] == ' ')
        end--;
    while (start < end && is_inside_word(collapsed, start))
        start--;
    while (start < end && is_inside_word(collapsed, end))
        end++;
    point->start = collapsed->origins[start];
    point->len = collapsed->origins[end] - point->start;
}

static struct grade_point grade_point(const struct key_point *key_point,
                                      const struct collapsed *collapsed, int64_t *left_ns)
{
    struct pattern_text text = {collapsed->text.text, collapsed->text.len, 0};
    struct grade_point point = {0};
    struct error ignored; /* the deck's reader warned of it */
    size_t start, end;

    for (size_t i = 0; i < key_point->pattern_count && !point.is_found; i++) {
        auto_pattern struct pattern *pattern = pattern_new(key_point->patterns[i], &ignored);
        if (!pattern)
            continue;
        point.is_gradable = true;
        text.left_ns = *left_ns < PATTERN_BUDGET_NS ? *left_ns : PATTERN_BUDGET_NS;
        *left_ns -= text.left_ns;
        point.is_found = pattern_find_next(pattern, &text, 0, &start, &end);
        *left_ns += text.left_ns;
    }
    if (point.is_found)
        set_words(&point, collapsed, start, end);
    return point;
}

void grade_answer(const struct key_point *key_points, size_t count, const char *answer,
                  struct grade_point *points)
{
    struct collapsed collapsed = {.text = STR_INIT};
    int64_t left_ns = BUDGET_NS;

    collapse(&collapsed, answer);
    for (size_t i = 0; i < count; i++)
        points[i] = grade_point(&key_points[i], &collapsed, &left_ns);
    str_clear(&collapsed.text);
    free(collapsed.origins);
}
