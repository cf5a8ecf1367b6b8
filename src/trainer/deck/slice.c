/* SPDX-License-Identifier: MIT */
#include "trainer/deck/slice.h"

#include <string.h>

#include "trainer/deck/html.h"
#include "trainer/deck/plain.h"
#include "trainer/deck/references.h"

/* Skips up to `indent` columns of white space. */
static size_t skip_indent(const struct document *doc, size_t at, size_t end, int indent)
{
    int col = 0;

    while (at < end && col < indent && (doc->text[at] == ' ' || doc->text[at] == '\t')) {
        col += doc->text[at] == '\t' ? 4 - col % 4 : 1;
        at++;
    }
    return at;
}

/* Skips the mark of a block quote. */
static size_t skip_quote(const struct document *doc, size_t at, size_t end)
{
    size_t mark = skip_indent(doc, at, end, 3);

    if (mark >= end || doc->text[mark] != '>')
        return at;
    return mark + 1 < end && doc->text[mark + 1] == ' ' ? mark + 2 : mark + 1;
}

static void add_lines(struct str *str, const struct document *doc, struct range range, int indent,
                      bool is_quoted)
{
    int line = document_line_at(doc, range.start);

    if (range.start >= range.end)
        return;
    for (size_t at = range.start; at < range.end; line++) {
        size_t end = document_line_end(doc, line);
        if (end > range.end)
            end = range.end;
        if (is_quoted && at == document_line_start(doc, line))
            at = skip_quote(doc, at, end);
        else if (at == document_line_start(doc, line))
            at = skip_indent(doc, at, end, indent);
        str_add_bytes(str, doc->text + at, end - at);
        str_add_char(str, '\n');
        at = document_line_start(doc, line + 1);
    }
}

void slice_add(struct str *str, const struct document *doc, struct range range, int indent)
{
    add_lines(str, doc, range, indent, false);
}

/* Text may be indented as the continuation of a line that is not part of it ("Answer:"): on its own
 * it would become code. */
static void unindent(struct str *str, const struct document *doc, struct range range)
{
    size_t first = range.start;
    struct str text = STR_INIT;

    while (first < range.end && strchr(" \t\r\n", doc->text[first]))
        first++;
    size_t skipped = strspn(str->text, "\n"), indent = strspn(str->text + skipped, " ");
    if (first >= range.end || indent == 0 ||
        doc->line_kinds[document_line_at(doc, first) - 1] == LINE_CODE)
        return;
    for (const char *line = str->text; *line;) {
        size_t len = strcspn(line, "\n"), blanks = strspn(line, " ");
        size_t cut = blanks < indent ? blanks : indent;
        str_add_bytes(&text, line + cut, len - cut);
        line += len;
        if (*line == '\n')
            str_add_char(&text, *line++);
    }
    str_clear(str);
    *str = text;
}

/* A table writes line breaks as <br> and bars as \|. */
static void unfold_cell(struct str *str)
{
    struct str text = STR_INIT;

    for (size_t at = 0; at < str->len;) {
        struct html_tag tag;
        if (str->text[at] == '\\' && str->text[at + 1] == '|') {
            at++;
        } else if (html_read_tag(str->text + at, str->len - at, &tag) &&
                   html_is_named(&tag, "br")) {
            str_add(&text, "\n\n");
            at += tag.len;
            continue;
        }
        str_add_char(&text, str->text[at++]);
    }
    str_clear(str);
    *str = text;
}

/* Wrappers that carry no meaning: "<br><b>" in front, "</b>" behind. */
static bool is_wrapper(const struct html_tag *tag)
{
    return html_is_named(tag, "b") || html_is_named(tag, "strong") || html_is_named(tag, "p") ||
           html_is_named(tag, "div") || html_is_named(tag, "i") || html_is_named(tag, "font") ||
           html_is_named(tag, "span") || html_is_named(tag, "blockquote") ||
           html_is_named(tag, "center") || html_is_named(tag, "article");
}

static bool is_break(const struct html_tag *tag)
{
    return html_is_named(tag, "br") || html_is_named(tag, "hr");
}

/* Where the element that the tag at `at` opens ends: the offset of its end tag; SIZE_MAX where it
 * has none. */
static size_t find_end_tag(const struct str *str, size_t at, const struct html_tag *start)
{
    int depth = 0;
    char name[12] = {0};

    memcpy(name, start->name, start->name_len < 11 ? start->name_len : 11);
    while (at < str->len) {
        struct html_tag tag;
        const char *next = memchr(str->text + at, '<', str->len - at);
        if (!next)
            break;
        at = (size_t)(next - str->text);
        if (!html_read_tag(next, str->len - at, &tag)) {
            at++;
            continue;
        }
        if (html_is_named(&tag, name)) {
            depth += tag.is_end ? -1 : 1;
            if (depth == 0)
                return at;
        }
        at += tag.len;
    }
    return SIZE_MAX;
}

static bool starts_with_wrapper(struct str *str)
{
    struct html_tag tag;

    if (!html_read_tag(str->text, str->len, &tag))
        return false;
    if (is_break(&tag) || (is_wrapper(&tag) && tag.is_end)) {
        str_remove(str, 0, tag.len);
        return true;
    }
    if (!is_wrapper(&tag))
        return false;
    size_t end = find_end_tag(str, 0, &tag);
    struct html_tag close;
    if (end == SIZE_MAX) {
        str_remove(str, 0, tag.len);
        return true;
    }
    if (!html_read_tag(str->text + end, str->len - end, &close) ||
        strspn(str->text + end + close.len, " \t\n") != str->len - end - close.len)
        return false; /* it ends before the answer does: it means something */
    str_truncate(str, end);
    str_remove(str, 0, tag.len);
    return true;
}

/* An end tag, or a break, at the very end. */
static bool ends_with_wrapper(struct str *str)
{
    const char *open = memrchr(str->text, '<', str->len);
    struct html_tag tag;
    size_t at = open ? (size_t)(open - str->text) : 0;

    if (!open || !html_read_tag(open, str->len - at, &tag) || at + tag.len != str->len)
        return false;
    if (!is_break(&tag) && !(is_wrapper(&tag) && tag.is_end))
        return false;
    /* one that closes something inside stays */
    if (is_wrapper(&tag)) {
        char name[12] = {0};
        int depth = 0;
        memcpy(name, tag.name, tag.name_len < 11 ? tag.name_len : 11);
        for (size_t i = 0; i < at;) {
            struct html_tag other;
            const char *next = memchr(str->text + i, '<', at - i);
            if (!next)
                break;
            i = (size_t)(next - str->text);
            if (!html_read_tag(next, str->len - i, &other)) {
                i++;
                continue;
            }
            if (html_is_named(&other, name))
                depth += other.is_end ? -(depth > 0) : 1;
            i += other.len;
        }
        if (depth > 0)
            return false;
    }
    str_truncate(str, at);
    return true;
}

static void trim_lines(struct str *str)
{
    size_t start = 0;

    while (str->len && strchr(" \t\n", str->text[str->len - 1]))
        str_truncate(str, str->len - 1);
    for (size_t at = 0; at < str->len && strchr(" \t\n", str->text[at]); at++)
        if (str->text[at] == '\n')
            start = at + 1;
    str_remove(str, 0, start);
}

static void strip_wrappers(struct str *str)
{
    trim_lines(str);
    while (str->len && (starts_with_wrapper(str) || ends_with_wrapper(str)))
        trim_lines(str);
}

static const char *keep_markdown(struct document *doc, struct str *str)
{
    strip_wrappers(str);
    references_add_used(doc, str);
    if (str->len)
        str_add_char(str, '\n');
    return document_keep(doc, str->text, str->len);
}

static void fill_prompt(struct document *doc, const struct entry *entry, struct question *question)
{
    struct str text = STR_INIT;

    if (entry->prompt_note)
        str_add(&text, entry->prompt_note);
    add_lines(&text, doc, entry->prompt, entry->indent, entry->is_quoted);
    question->prompt = keep_markdown(doc, &text);
    str_clear(&text);
}

void slice_question(struct document *doc, const struct entry *entry, struct question *question)
{
    struct str text = STR_INIT, more = STR_INIT, plain = STR_INIT;

    fill_prompt(doc, entry, question);
    add_lines(&text, doc, entry->answer, entry->indent, entry->is_quoted);
    if (entry->is_cell)
        unfold_cell(&text);
    else
        unindent(&text, doc, entry->answer);
    strip_wrappers(&text);
    add_lines(&more, doc, entry->more, entry->indent, entry->is_quoted);
    strip_wrappers(&more);
    if (entry->answer_note) {
        if (text.len && strchr(entry->answer_note, '\n'))
            str_insert(&text, 0, "\n", 1); /* a list of its own */
        str_insert(&text, 0, entry->answer_note, strlen(entry->answer_note));
    }
    if (more.len && text.len)
        str_add(&text, "\n\n");
    str_add_bytes(&text, more.text, more.len);
    if (entry->more_note && text.len)
        str_add(&text, "\n\n");
    if (entry->more_note)
        str_add(&text, entry->more_note);
    question->answer = keep_markdown(doc, &text);
    plain_add_markdown(&plain, question->answer, strlen(question->answer));
    question->answer_text = document_keep(doc, plain.text, plain.len);
    str_clear(&text);
    str_clear(&more);
    str_clear(&plain);
}
