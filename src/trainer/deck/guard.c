/* SPDX-License-Identifier: MIT
 * Blank lines cost cmark a step for each list that is open, so nesting is bounded: a marker that
 * stands too far to the right becomes a full stop. Endless paragraphs cost too much memory: their
 * rest is blanked. */
#include "trainer/deck/guard.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"

struct guard {
    struct document *doc;
    char *copy; /* made for the first change */
    bool is_deep_warned, is_run_warned;
    size_t run_start; /* where the lines without a blank one start */
    bool is_in_list;
};

static void change(struct guard *guard, size_t at, char c)
{
    struct document *doc = guard->doc;

    if (!guard->copy) {
        guard->copy = xmalloc(doc->len + 1);
        memcpy(guard->copy, doc->text, doc->len);
        guard->copy[doc->len] = '\0';
    }
    guard->copy[at] = c;
}

static bool is_marker(const char *s, size_t len)
{
    bool has_blank = len < 2 || s[1] == ' ' || s[1] == '\t';

    return s[0] == '>' || (strchr("-+*.)", s[0]) && has_blank);
}

/* Looks at the blanks and markers that a line starts with. */
static void guard_nesting(struct guard *guard, int line)
{
    const struct document *doc = guard->doc;
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);

    if (end - at <= GUARD_COLUMNS / 4) /* a tab is four columns */
        return;
    for (int col = 0; at < end; at++) {
        char c = doc->text[at];
        bool is_blank = c == ' ' || c == '\t';
        bool is_digit = c >= '0' && c <= '9';
        if (!is_blank && !is_digit && !is_marker(doc->text + at, end - at))
            return;
        col += c == '\t' ? 4 - col % 4 : 1;
        if (is_blank || is_digit || col <= GUARD_COLUMNS)
            continue;
        change(guard, at, '.');
        if (!guard->is_deep_warned)
            document_warn(guard->doc, line,
                          _("lists and quotes nested beyond column %d are read as text"),
                          GUARD_COLUMNS);
        guard->is_deep_warned = true;
    }
}

/* A list can be read in pieces, so its items start anew; "7." is one only below another. */
static bool is_item_line(const struct guard *guard, size_t at, size_t end)
{
    const char *text = guard->doc->text;
    size_t digits = 0;

    if (end - at >= 2 && strchr("-+*", text[at]) && strchr(" \t", text[at + 1]))
        return true;
    while (at + digits < end && text[at + digits] >= '0' && text[at + digits] <= '9')
        digits++;
    bool is_ordered = digits > 0 && digits < 10 && at + digits + 1 < end &&
                      strchr(".)", text[at + digits]) && strchr(" \t", text[at + digits + 1]);
    bool is_interrupting = atoi(text + at) == 1; /* others may be text in a paragraph */
    return is_ordered && (is_interrupting || guard->is_in_list || at == guard->run_start);
}

/* cmark makes two nodes of each line of a paragraph, and more of its markup: hundred times the
 * text. */
static void guard_run(struct guard *guard, int line)
{
    struct document *doc = guard->doc;
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);

    if (document_line_is_blank(doc, line)) {
        guard->run_start = document_line_start(doc, line + 1);
        guard->is_in_list = false;
        return;
    }
    bool is_item = is_item_line(guard, at, end);
    if (is_item)
        guard->run_start = at;
    guard->is_in_list = is_item || (guard->is_in_list && (strchr(" \t", doc->text[at]) ||
                                                          isalnum((unsigned char)doc->text[at])));
    if (end - guard->run_start <= GUARD_RUN_BYTES)
        return;
    if (at < guard->run_start + GUARD_RUN_BYTES)
        at = guard->run_start + GUARD_RUN_BYTES;
    while (at < end && (doc->text[at] & 0xC0) == 0x80)
        at++; /* not in the middle of a character */
    for (; at < end; at++)
        change(guard, at, ' ');
    if (!guard->is_run_warned)
        document_warn(doc, line,
                      _("more than %d KiB without a blank line: the rest is not looked through"),
                      (int)(GUARD_RUN_BYTES >> 10));
    guard->is_run_warned = true;
}

void guard_document(struct document *doc)
{
    struct guard guard = {.doc = doc, .run_start = document_line_start(doc, doc->first_line)};

    for (int line = doc->first_line; (size_t)line <= doc->line_count; line++) {
        guard_nesting(&guard, line);
        guard_run(&guard, line);
    }
    doc->owned_parsed = guard.copy;
    doc->parsed = guard.copy ? guard.copy : doc->text;
}
