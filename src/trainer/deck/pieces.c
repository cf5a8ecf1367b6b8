/* SPDX-License-Identifier: MIT
 * A cut is safe in front of a line that is not indented and follows a blank one, unless a code
 * fence or an HTML block that may hold blank lines is open. Inside list items and quotes it is not
 * known when those end: where that matters, nothing is cut any more. */
#include "trainer/deck/pieces.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "trainer/deck/html.h"

void pieces_start(struct piece_cutter *cutter, const struct document *doc, size_t least_bytes)
{
    *cutter = (struct piece_cutter){
        .doc = doc, .least_bytes = least_bytes, .line = doc->first_line, .is_certain = true};
}

struct line_view { /* a line without the markers of its containers */
    const char *text;
    size_t len;
    bool is_blank;
    bool is_indented; /* or behind markers */
    bool is_quoted;
    bool is_item;         /* a list item at the left margin */
    bool is_interrupting; /* one that may follow a line of text: a bullet, or "1." */
};

static size_t marker_bytes(const char *s, size_t len)
{
    size_t digits = 0;

    if (len >= 2 && strchr("-+*", s[0]) && strchr(" \t", s[1]))
        return 2;
    while (digits < len && digits < 9 && s[digits] >= '0' && s[digits] <= '9')
        digits++;
    if (digits && digits + 1 < len && strchr(".)", s[digits]) && strchr(" \t", s[digits + 1]))
        return digits + 2;
    return 0;
}

static struct line_view view_line(const struct document *doc, int line)
{
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);
    const char *text = doc->parsed;
    struct line_view view = {.is_indented = at < end && strchr(" \t", text[at])};
    size_t start = at;

    for (size_t bytes = 1; bytes && at < end;) {
        bytes = 0;
        while (at < end && strchr(" \t", text[at]))
            at++;
        if (at < end && text[at] == '>')
            bytes = 1;
        else if (at < end)
            bytes = marker_bytes(text + at, end - at);
        view.is_quoted |= bytes == 1;
        view.is_item |= bytes > 1 && at == start;
        if (view.is_item && at == start)
            view.is_interrupting = !isdigit((unsigned char)text[at]) || atoi(text + at) == 1;
        view.is_indented |= bytes > 0;
        at += bytes;
    }
    view.text = text + at;
    view.len = end - at;
    view.is_blank = at == end && !view.is_indented;
    if (at == end && document_line_is_blank(doc, line))
        view.is_blank = true;
    return view;
}

static size_t run_bytes(const struct line_view *view, char c)
{
    size_t count = 0;

    while (count < view->len && view->text[count] == c)
        count++;
    return count;
}

static bool opens_fence(const struct line_view *view, char *fence, size_t *len)
{
    if (view->len < 3 || (view->text[0] != '`' && view->text[0] != '~'))
        return false;
    *fence = view->text[0];
    *len = run_bytes(view, *fence);
    return *len >= 3 && (*fence == '~' || !memchr(view->text + *len, '`', view->len - *len));
}

static bool closes_fence(const struct piece_cutter *cutter, const struct line_view *view)
{
    size_t run = run_bytes(view, cutter->fence);

    if (run < cutter->fence_len)
        return false;
    for (size_t i = run; i < view->len; i++)
        if (!strchr(" \t", view->text[i]))
            return false;
    return true;
}

/* What ends an HTML block that may hold blank lines, or NULL for others. */
static const char *html_end_of(const struct line_view *view)
{
    static const struct {
        const char *start, *end;
    } kinds[] = {
        {"<!--", "-->"},         {"<?", "?>"},
        {"<![CDATA[", "]]>"},    {"<!", ">"},
        {"<script", "</script"}, {"<pre", "</pre"},
        {"<style", "</style"},   {"<textarea", "</textarea"},
    };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        size_t len = strlen(kinds[i].start);
        if (view->len >= len && strncasecmp(view->text, kinds[i].start, len) == 0)
            return kinds[i].end;
    }
    return NULL;
}

static bool holds(const struct line_view *view, const char *end)
{
    size_t len = strlen(end);

    for (size_t at = 0; at + len <= view->len; at++) {
        const char *next = memchr(view->text + at, end[0], view->len - at);
        if (!next || (size_t)(next - view->text) + len > view->len)
            return false;
        at = (size_t)(next - view->text);
        if (strncasecmp(next, end, len) == 0)
            return true;
    }
    return false;
}

static void open_something(struct piece_cutter *cutter, const struct line_view *view)
{
    const char *html_end = html_end_of(view);

    cutter->is_inside_container = view->is_indented;
    cutter->is_quoted = view->is_quoted;
    if (html_end && !holds(view, html_end)) {
        /* <script>, <pre> … end with any of their end tags */
        cutter->html_end = html_end[0] == '<' ? "</" : html_end;
        cutter->open = PIECE_OPEN_HTML;
    } else if (!html_end && opens_fence(view, &cutter->fence, &cutter->fence_len)) {
        if (cutter->is_html_paragraph)
            cutter->is_certain = false; /* inside HTML a fence is text */
        cutter->open = PIECE_OPEN_FENCE;
    }
    if (view->len && view->text[0] == '<')
        cutter->is_html_paragraph = true;
}

static void read_line(struct piece_cutter *cutter, const struct line_view *view)
{
    bool is_outside = cutter->is_quoted ? !view->is_quoted : !view->is_indented;

    if (cutter->open != PIECE_OPEN_NONE && cutter->is_inside_container && is_outside &&
        !view->is_blank)
        cutter->is_certain = false;
    if (view->is_blank)
        cutter->is_html_paragraph = false;
    if (cutter->open == PIECE_OPEN_FENCE) {
        if (closes_fence(cutter, view))
            cutter->open = PIECE_OPEN_NONE;
    } else if (cutter->open == PIECE_OPEN_HTML) {
        if (holds(view, cutter->html_end))
            cutter->open = PIECE_OPEN_NONE;
    } else {
        open_something(cutter, view);
    }
}

/* In front of an item at the left margin a list can be cut; "7." starts one only inside a list or
 * behind a blank line, else it may be text. */
static bool is_item_start(const struct line_view *view, bool is_in_list)
{
    return view->is_item && (view->is_interrupting || is_in_list);
}

/* Lines of text and indented ones belong to the item above. */
static bool stays_in_list(const struct line_view *view)
{
    unsigned char first = view->len ? (unsigned char)view->text[0] : 0;

    return !view->is_blank && (view->is_indented || isalnum(first) || first >= 0x80);
}

int pieces_next(struct piece_cutter *cutter)
{
    const struct document *doc = cutter->doc;
    size_t start = document_line_start(doc, cutter->line);
    bool is_after_blank = false, is_in_list = false;

    if ((size_t)cutter->line > doc->line_count)
        return 0;
    for (; (size_t)cutter->line <= doc->line_count; cutter->line++) {
        struct line_view view = view_line(doc, cutter->line);
        size_t bytes = document_line_start(doc, cutter->line) - start;
        bool is_free = cutter->open == PIECE_OPEN_NONE && !view.is_blank;
        bool is_item = is_free && !cutter->is_html_paragraph &&
                       is_item_start(&view, is_in_list || is_after_blank);
        bool is_place =
            cutter->is_certain && is_free && ((is_after_blank && !view.is_indented) || is_item);
        bool is_overdue = bytes >= PIECE_LIMIT_BYTES && is_free && is_after_blank;
        if ((bytes >= cutter->least_bytes && is_place) || is_overdue)
            return cutter->line;
        read_line(cutter, &view);
        is_after_blank = view.is_blank;
        is_in_list = is_item || (is_in_list && stays_in_list(&view));
    }
    return (int)doc->line_count + 1;
}
