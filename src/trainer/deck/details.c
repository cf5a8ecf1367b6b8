/* SPDX-License-Identifier: MIT */
#include "trainer/deck/details.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/memory.h"
#include "trainer/deck/html.h"
#include "trainer/deck/plain.h"
#include "trainer/deck/reveals.h"

struct scanner {
    struct document *doc;
    struct details_list *list;
    size_t *open; /* stack of indexes */
    size_t open_count, open_cap;
};

static void open_details(struct scanner *scanner, size_t at, const struct html_tag *tag)
{
    struct details *details =
        array_add(scanner->list->items, scanner->list->count, scanner->list->cap);

    details->whole.start = at;
    details->content.start = at + tag->len;
    details->depth = (int)scanner->open_count;
    array_grow(scanner->open, scanner->open_count, scanner->open_cap, 1);
    scanner->open[scanner->open_count++] = scanner->list->count - 1;
}

static void take_tag(struct scanner *scanner, size_t at, const struct html_tag *tag)
{
    if (html_is_named(tag, "details") && !tag->is_end) {
        open_details(scanner, at, tag);
        return;
    }
    if (scanner->open_count == 0)
        return;
    struct details *top = &scanner->list->items[scanner->open[scanner->open_count - 1]];
    if (html_is_named(tag, "details")) {
        top->content.end = at;
        top->whole.end = at + tag->len;
        scanner->open_count--;
    } else if (html_is_named(tag, "summary") && !tag->is_end && !top->summary.start) {
        top->summary.start = at + tag->len;
        top->content.start = at + tag->len;
    } else if (html_is_named(tag, "summary") && tag->is_end && !top->summary.end) {
        top->summary.end = at;
        top->content.start = at + tag->len;
    }
}

/* Bytes of the code span at `at`, or of its backticks where it does not end in this line. */
static size_t skip_code_span(const char *text, size_t at, size_t end)
{
    size_t ticks = 0;

    while (at + ticks < end && text[at + ticks] == '`')
        ticks++;
    for (size_t close = at + ticks; close < end;) {
        size_t run = 0;
        while (close + run < end && text[close + run] == '`')
            run++;
        if (run == ticks)
            return close + run - at;
        close += run ? run : 1;
    }
    return ticks;
}

static size_t take_markup(struct scanner *scanner, size_t at)
{
    const struct document *doc = scanner->doc;
    struct html_tag tag;

    if (html_read_tag(doc->text + at, doc->len - at, &tag)) {
        take_tag(scanner, at, &tag);
        return tag.len;
    }
    size_t bytes = html_skip_markup(doc->text + at, doc->len - at);
    return bytes ? bytes : 1;
}

static void scan(struct scanner *scanner)
{
    const struct document *doc = scanner->doc;
    size_t at = document_line_start(doc, doc->first_line);
    int line = doc->first_line;
    size_t line_end = document_line_start(doc, line + 1);
    int failed_spans = 0; /* backticks without an end in one line: after some, they are text */

    while (at < doc->len) {
        while (at >= line_end && (size_t)line <= doc->line_count) {
            line_end = document_line_start(doc, ++line + 1);
            failed_spans = 0;
        }
        if (doc->line_kinds[line - 1] == LINE_CODE) {
            at = line_end;
        } else if (doc->text[at] == '<') {
            at += take_markup(scanner, at);
        } else if (doc->text[at] == '`' && doc->line_kinds[line - 1] == LINE_TEXT &&
                   failed_spans < 16) {
            size_t bytes = skip_code_span(doc->text, at, line_end);
            failed_spans += doc->text[at + bytes - 1] != '`' || bytes < 3;
            at += bytes;
        } else {
            at++;
        }
    }
}

/* One without an end ends where the next begins, or with the document. */
static void close_open(struct scanner *scanner)
{
    struct details_list *list = scanner->list;

    for (size_t i = 0; i < scanner->open_count; i++) {
        size_t index = scanner->open[i];
        size_t end =
            index + 1 < list->count ? list->items[index + 1].whole.start : scanner->doc->len;
        list->items[index].content.end = end;
        list->items[index].whole.end = end;
    }
    size_t closed = 0;
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].depth -= (int)closed;
        if (closed < scanner->open_count && scanner->open[closed] == i)
            closed++;
    }
}

/* The summary's first paragraph; what follows it belongs to the question. */
static void read_title(struct document *doc, struct details *details)
{
    struct str title = STR_INIT;
    struct range *summary = &details->summary;
    size_t end = summary->start;
    bool has_text = false;

    if (!summary->end || summary->end < summary->start)
        summary->end = summary->start;
    for (int line = document_line_at(doc, end); end < summary->end; line++) {
        bool is_blank = document_line_is_blank(doc, line);
        if (has_text && (is_blank || doc->line_kinds[line - 1] == LINE_CODE))
            break;
        has_text |= !is_blank;
        end = document_line_start(doc, line + 1);
    }
    end = end < summary->end ? end : summary->end;
    size_t text = summary->start;
    while (text < end && strchr(" \t\r\n", doc->text[text]))
        text++;
    details->summary_line_at = text < end ? text : details->whole.start;
    plain_add_markdown(&title, doc->text + summary->start, end - summary->start);
    plain_collapse(&title);
    details->title = document_keep(doc, title.text, title.len);
    summary->start = end;
    str_clear(&title);
}

static void find_outer(struct details_list *list)
{
    list->outer = xcalloc(list->count + 1, sizeof(*list->outer));
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].depth == 0)
            list->outer[list->outer_count++] = i;
}

const struct details_list *details_of(struct document *doc)
{
    if (doc->details)
        return doc->details;
    doc->details = xcalloc(1, sizeof(*doc->details));
    struct scanner scanner = {.doc = doc, .list = doc->details};
    scan(&scanner);
    close_open(&scanner);
    for (size_t i = 0; i < doc->details->count; i++)
        read_title(doc, &doc->details->items[i]);
    reveals_find(doc, doc->details);
    find_outer(doc->details);
    free(scanner.open);
    return doc->details;
}

const struct details *details_around(struct document *doc, size_t at)
{
    const struct details_list *list = details_of(doc);
    size_t low = 0, high = list->outer_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[list->outer[middle]].whole.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == list->outer_count || list->items[list->outer[low]].whole.start > at)
        return NULL;
    return &list->items[list->outer[low]];
}

void details_clear(struct document *doc)
{
    if (doc->details) {
        free(doc->details->items);
        free(doc->details->outer);
    }
    free(doc->details);
}
