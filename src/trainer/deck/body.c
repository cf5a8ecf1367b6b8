/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "trainer/deck/details.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/html.h"
#include "trainer/deck/label_lines.h"
#include "trainer/deck/options.h"
#include "trainer/deck/references.h"

/* True for lines at the end of an answer that only close or decorate: tags without text, pictures.
 */
static bool is_empty_markup(const struct document *doc, int line)
{
    static const char *const names[] = {"br", "hr",  "p",    "div", "center",
                                        "a",  "img", "span", "b",   "i"};
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);
    bool has_tag = false;

    while (at < end) {
        struct html_tag tag;
        bool is_known = false;
        if (doc->text[at] == ' ' || doc->text[at] == '\t') {
            at++;
            continue;
        }
        if (end - at >= 7 && memcmp(doc->text + at, "<!--", 4) == 0) {
            at += html_skip_markup(doc->text + at, end - at);
            has_tag = true;
            continue;
        }
        if (!html_read_tag(doc->text + at, end - at, &tag))
            return false;
        for (size_t i = 0; i < ARRAY_LEN(names); i++)
            is_known |= html_is_named(&tag, names[i]);
        if (!is_known)
            return false;
        has_tag = true;
        at += tag.len;
    }
    return has_tag;
}

/* A link back to the contents, in whatever HTML: "<b><a href="#top">↥ back to top</a></b>". */
static bool is_link_back(const struct document *doc, int line)
{
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);
    const char *link = memmem(doc->text + start, end - start, "<a ", 3);
    const char *target =
        link ? memmem(link, (size_t)(doc->text + end - link), "href=\"#", 7) : NULL;
    const char *close =
        target ? memmem(target, (size_t)(doc->text + end - target), "</a>", 4) : NULL;

    if (!close)
        return false;
    for (const char *at = doc->text + start; at < link;) {
        size_t skipped = html_skip_markup(at, (size_t)(link - at));
        if (!skipped && *at != ' ')
            return false;
        at += skipped ? skipped : 1;
    }
    for (const char *at = close; at < doc->text + end;) {
        size_t skipped = html_skip_markup(at, (size_t)(doc->text + end - at));
        if (!skipped && *at != ' ')
            return false;
        at += skipped ? skipped : 1;
    }
    return true;
}

/* The line where something useless at the end of a range starts; 0 where the end is needed. */
static int useless_line(const struct document *doc, int line, int first_line)
{
    size_t index = document_block_before(doc, line);
    const struct block *block = index < doc->block_count ? &doc->blocks[index] : NULL;

    if (doc->line_kinds[line - 1] == LINE_CODE)
        return 0;
    if (block && block->end_line >= line && block->line > first_line) {
        if (block->kind == BLOCK_RULE)
            return block->line;
        if (block->kind == BLOCK_PARAGRAPH && block->is_link_only)
            return block->line;
    }
    if (block && block->kind == BLOCK_HEADING && block->depth == 0 && block->line >= first_line)
        return block->line; /* nothing stands below it */
    if (block && block->kind == BLOCK_RULE && block->line == line)
        return line;
    if (is_empty_markup(doc, line) || is_link_back(doc, line) || references_line_is(doc, line))
        return line;
    return 0;
}

/* A heading with nothing below it stays where nothing stands above it. */
static bool is_all_there_is(const struct document *doc, const struct range *range, int line)
{
    int first = document_line_at(doc, range->start);
    size_t index = document_block_before(doc, line);

    if (index >= doc->block_count || doc->blocks[index].kind != BLOCK_HEADING)
        return false;
    if (range->start + strspn(doc->text + range->start, " \t") >= document_line_end(doc, first))
        first++;
    while (first < line && (document_line_is_blank(doc, first) || is_empty_markup(doc, first)))
        first++;
    return first == line;
}

static void trim_end(const struct document *doc, struct range *range)
{
    while (range->end > range->start) {
        size_t at = range->end - 1;
        char c = doc->text[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            range->end--;
            continue;
        }
        int line = document_line_at(doc, at);
        if (range->end != document_line_end(doc, line) && !document_line_is_blank(doc, line) &&
            at + 1 < document_line_end(doc, line)) {
            size_t rest = at + 1, end = document_line_end(doc, line);
            while (rest < end && (doc->text[rest] == ' ' || doc->text[rest] == '\t'))
                rest++;
            if (rest < end)
                return; /* the range ends within a line */
        }
        int useless = useless_line(doc, line, document_line_at(doc, range->start));
        if (!useless || document_line_start(doc, useless) < range->start ||
            is_all_there_is(doc, range, useless))
            return;
        range->end = document_line_start(doc, useless);
    }
}

void body_trim(const struct document *doc, struct range *range)
{
    if (range->end > doc->len)
        range->end = doc->len;
    trim_end(doc, range);
    /* The start stays at the start of a line, so that indentation can be told. */
    while (range->start < range->end) {
        int line = document_line_at(doc, range->start);
        size_t at = range->start, end = document_line_end(doc, line);
        size_t block = document_block_before(doc, line);
        while (at < end && (doc->text[at] == ' ' || doc->text[at] == '\t'))
            at++;
        bool is_rule = block < doc->block_count && doc->blocks[block].kind == BLOCK_RULE &&
                       doc->blocks[block].line == line && doc->blocks[block].depth == 0;
        bool is_break =
            at < end && end - at <= 8 && doc->text[at] == '<' && is_empty_markup(doc, line);
        if (at < end && !is_rule && !is_break)
            break;
        range->start = document_line_start(doc, line + 1);
    }
    if (range->start > range->end)
        range->start = range->end;
}

static bool is_first_choice(const struct label *label)
{
    return strcmp(label->word, "a") == 0 || strcmp(label->word, "а") == 0;
}

static bool is_second_choice(const struct label *label)
{
    return strcmp(label->word, "b") == 0 || strcmp(label->word, "б") == 0;
}

/* The first answer label of the range, or NULL. "A:" is none where "B:" follows: then both are
 * choices. */
static const struct label_line *find_answer_line(struct document *doc, struct range body)
{
    const struct label_lines *lines = label_lines_of(doc);
    bool has_choices = false;

    for (size_t i = label_lines_at(lines, body.start);
         i < lines->count && lines->items[i].start < body.end; i++) {
        const struct label *label = &lines->items[i].label;
        if (is_first_choice(label) && i + 1 < lines->count &&
            lines->items[i + 1].start < body.end && is_second_choice(&lines->items[i + 1].label))
            has_choices = true;
        bool is_choice = has_choices && !label->word[1];
        if (label_is_answer_word(label->word) && !is_choice)
            return &lines->items[i];
    }
    return NULL;
}

bool body_find_answer(struct document *doc, struct range body, struct answer_label *answer)
{
    const struct label_line *found = body.start < body.end ? find_answer_line(doc, body) : NULL;

    if (!found)
        return false;
    const struct block *block = &doc->blocks[found->block];
    size_t end = document_line_end(doc, found->line);
    size_t bytes = label_source_bytes(doc->text + found->start, end - found->start, &found->label,
                                      &answer->is_bold_open);
    if (!bytes)
        return false;
    answer->start = found->line_start > body.start ? found->line_start : body.start;
    answer->end = found->start + bytes;
    answer->column = block->depth ? block->column : 0;
    if (answer->end >= end)
        answer->is_bold_open = false;
    return true;
}

static const struct details *find_reveal(struct document *doc, struct range body)
{
    const struct details_list *list = details_of(doc);
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle].whole.start < body.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < list->count && list->items[low].whole.start < body.end; low++)
        if (list->items[low].is_reveal && list->items[low].content.end <= body.end)
            return &list->items[low];
    return NULL;
}

void body_survey(struct document *doc, struct range body, struct flow *flow)
{
    body_trim(doc, &body);
    if (body.start >= body.end)
        return;
    flow->bodies++;
    flow->reveals += find_reveal(doc, body) != NULL;
    flow->options += options_are_in(doc, body);
    flow->answers += find_answer_line(doc, body) != NULL;
}

static void split_at_reveal(const struct details *details, struct entry *entry)
{
    struct range body = entry->answer;

    entry->prompt = (struct range){body.start, details->whole.start};
    entry->answer = details->content;
    entry->more = (struct range){details->whole.end, body.end};
}

static void split_at_label(struct document *doc, struct entry *entry)
{
    struct answer_label label;

    if (!body_find_answer(doc, entry->answer, &label))
        return;
    entry->prompt = (struct range){entry->answer.start, label.start};
    entry->answer.start = label.end;
    entry->answer_note = label.is_bold_open ? "**" : NULL;
    entry->indent = label.column > entry->indent ? label.column : entry->indent;
}

void body_split(struct document *doc, const struct flow *flow, struct entry *entry)
{
    const struct details *reveal = find_reveal(doc, entry->answer);

    if (reveal)
        split_at_reveal(reveal, entry);
    else if (flow->options && options_are_in(doc, entry->answer))
        options_split(doc, entry);
    else if (flow->has_answer_labels)
        split_at_label(doc, entry);
    options_read_letters(doc, entry);
    body_trim(doc, &entry->prompt);
    body_trim(doc, &entry->answer);
    body_trim(doc, &entry->more);
}
