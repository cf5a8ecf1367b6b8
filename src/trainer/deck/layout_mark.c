/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/layout_build.h"
#include "trainer/deck/pattern.h"

#define BUDGET_NS (5 * PATTERN_BUDGET_NS) /* for all of a layout */

/* Lines that are one text, joined again; each joint is where a line begins in it. */
struct joint {
    size_t at;
    size_t line;
};

struct joined {
    struct str text;
    struct joint *joints;
    size_t joint_count, joint_cap;
};

static void add_line(struct joined *joined, const struct layout *layout, size_t index)
{
    const struct layout_line *line = &layout->lines[index];

    if (joined->joint_count > 0 && line->join == LAYOUT_JOIN_BLANK)
        str_add_char(&joined->text, ' ');
    *array_add(joined->joints, joined->joint_count, joined->joint_cap) =
        (struct joint){joined->text.len, index};
    str_add_bytes(&joined->text, layout->text + line->start + line->body, line->len - line->body);
}

/* Joins the lines from `first` on that are one text; returns the line after them. */
static size_t join_lines(struct joined *joined, const struct layout *layout, size_t first)
{
    size_t next = first;

    str_truncate(&joined->text, 0);
    joined->joint_count = 0;
    do
        add_line(joined, layout, next++);
    while (next < layout->line_count && layout->lines[next].join != LAYOUT_JOIN_NONE);
    return next;
}

/* The byte of the layout's text for a byte of the joined text. Offsets only grow: *joint goes
 * along. */
static uint32_t locate(const struct joined *joined, const struct layout *layout, size_t at,
                       size_t *joint)
{
    while (*joint + 1 < joined->joint_count && joined->joints[*joint + 1].at <= at)
        ++*joint;
    const struct layout_line *line = &layout->lines[joined->joints[*joint].line];
    size_t column = at - joined->joints[*joint].at;
    return line->start + line->body +
           (uint32_t)(column < line->len - line->body ? column : line->len - line->body);
}

static void find_in_joined(struct layout *layout, const struct joined *joined,
                           struct pattern *pattern, struct pattern_text *text)
{
    size_t from = 0, start, end, joint = 0;

    while (pattern_find_next(pattern, text, from, &start, &end)) {
        if (end > start) {
            uint32_t first = locate(joined, layout, start, &joint);
            struct layout_match match = {.line = (uint32_t)joined->joints[joint].line,
                                         .start = first};
            match.end = locate(joined, layout, end - 1, &joint) + 1;
            *array_add(layout->matches, layout->match_count, layout->match_cap) = match;
        }
        from = end > start ? end : end + 1;
        while (from < text->len && ((unsigned char)text->text[from] & 0xC0) == 0x80)
            from++;
    }
}

static void find_matches(struct layout *layout, struct pattern *pattern)
{
    struct joined joined = {.text = STR_INIT};
    int64_t left_ns = BUDGET_NS;

    for (size_t line = 0; line < layout->line_count;) {
        line = join_lines(&joined, layout, line);
        struct pattern_text text = {joined.text.text, joined.text.len, left_ns};
        find_in_joined(layout, &joined, pattern, &text);
        left_ns = text.left_ns;
    }
    str_clear(&joined.text);
    free(joined.joints);
}

static void add_span(struct layout *layout, uint32_t start, uint32_t end, const struct span *span,
                     bool is_match)
{
    if (start == end)
        return;
    *array_add(layout->spans, layout->span_count, layout->span_cap) = (struct span){
        start, end - start, (uint16_t)(span->style | (is_match ? SPAN_MATCH : 0)), span->link};
}

/* Splits a span where matches begin and end. Indentation between the lines of a match is no match.
 */
static void split_span(struct layout *layout, const struct span *span, uint32_t body, size_t *match)
{
    uint32_t at = span->start, span_end = span->start + span->len;

    while (at < span_end) {
        while (*match < layout->match_count && layout->matches[*match].end <= at)
            ++*match;
        bool is_left = *match < layout->match_count && layout->matches[*match].start < span_end;
        if (!is_left) {
            add_span(layout, at, span_end, span, false);
            return;
        }
        uint32_t start = layout->matches[*match].start, end = layout->matches[*match].end;
        start = start > body ? start : body;
        start = start < at ? at : start < span_end ? start : span_end;
        end = end < span_end ? end : span_end;
        add_span(layout, at, start, span, false);
        if (end > start)
            add_span(layout, start, end, span, true);
        at = end > start ? end : start;
    }
}

static void mark_spans(struct layout *layout)
{
    struct layout_storage *storage = layout->storage;
    size_t match = 0;

    layout->span_count = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        struct layout_line *line = &layout->lines[i];
        size_t end = i + 1 < layout->line_count ? storage->line_spans[i + 1] : storage->span_count;
        line->first_span = (uint32_t)layout->span_count;
        for (size_t k = storage->line_spans[i]; k < end; k++)
            split_span(layout, &storage->spans[k], line->start + line->body, &match);
        line->span_count = (uint32_t)(layout->span_count - line->first_span);
    }
}

static void keep_spans(struct layout *layout)
{
    struct layout_storage *storage = layout->storage;

    if (storage->line_spans)
        return;
    storage->span_count = layout->span_count;
    storage->spans = xmalloc(layout->span_count * sizeof(*storage->spans));
    storage->line_spans = xmalloc(layout->line_count * sizeof(*storage->line_spans));
    if (layout->span_count)
        memcpy(storage->spans, layout->spans, layout->span_count * sizeof(*storage->spans));
    for (size_t i = 0; i < layout->line_count; i++)
        storage->line_spans[i] = layout->lines[i].first_span;
}

void layout_mark(struct layout *layout, struct pattern *pattern)
{
    keep_spans(layout);
    layout->match_count = 0;
    if (pattern)
        find_matches(layout, pattern);
    mark_spans(layout);
}
