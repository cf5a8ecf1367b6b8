/* SPDX-License-Identifier: MIT */
#include "trainer/deck/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/str.h"
#include "trainer/deck/label.h"
#include "trainer/deck/plain.h"

#define BOX_BYTES 3 /* "[x]" */

struct choice {
    size_t item, paragraph; /* blocks */
    size_t code;            /* block that is the choice where the item has no text; else 0 */
    bool is_right;
};

struct choices {
    struct choice *items;
    size_t count, cap;
    size_t right;
};

/* Reads "[x] " in front of an item's text. */
static bool read_box(const char *text, bool *is_ticked)
{
    if (text[0] != '[' || !strchr(" xX", text[1]) || !text[1] || text[2] != ']' ||
        !strchr(" \n", text[3]))
        return false;
    *is_ticked = text[1] != ' ';
    return true;
}

/* The code that follows an item without text: it is the choice. */
static size_t find_code(const struct document *doc, size_t paragraph, size_t end)
{
    size_t next = paragraph + 1;

    if (label_has_letters(doc->blocks[paragraph].text + BOX_BYTES))
        return 0;
    if (next >= doc->block_count || doc->blocks[next].kind != BLOCK_CODE ||
        document_line_start(doc, doc->blocks[next].line) >= end)
        return 0;
    return next;
}

static void collect(struct document *doc, struct range body, struct choices *choices)
{
    for (size_t i = document_block_at(doc, document_line_at(doc, body.start));
         i + 1 < doc->block_count; i++) {
        const struct block *item = &doc->blocks[i], *paragraph = &doc->blocks[i + 1];
        bool is_ticked;
        if (document_line_start(doc, item->line) >= body.end)
            break;
        if (item->kind != BLOCK_ITEM || paragraph->kind != BLOCK_PARAGRAPH ||
            paragraph->parent != i || !read_box(paragraph->text, &is_ticked))
            continue;
        struct choice *choice = array_add(choices->items, choices->count, choices->cap);
        *choice = (struct choice){.item = i,
                                  .paragraph = i + 1,
                                  .code = find_code(doc, i + 1, body.end),
                                  .is_right = is_ticked};
        choices->right += is_ticked;
    }
}

bool options_are_in(struct document *doc, struct range body)
{
    struct choices choices = {0};

    collect(doc, body, &choices);
    bool are_there = choices.count >= 2 && choices.right >= 1;
    free(choices.items);
    return are_there;
}

/* The lines of a code block, its fences included. */
static struct range code_source(const struct document *doc, size_t code)
{
    return (struct range){document_line_start(doc, doc->blocks[code].line),
                          document_line_end(doc, doc->blocks[code].end_line)};
}

static void add_code(const struct document *doc, size_t code, struct str *text)
{
    for (int line = doc->blocks[code].line; line <= doc->blocks[code].end_line; line++) {
        size_t start = document_line_start(doc, line), end = document_line_end(doc, line);
        while (start < end && strchr(" \t", doc->text[start]))
            start++;
        if (end - start >= 3 && strchr("`~", doc->text[start]) &&
            doc->text[start] == doc->text[start + 1] && doc->text[start] == doc->text[start + 2])
            continue;
        str_add_bytes(text, doc->text + start, end - start);
        str_add_char(text, '\n');
    }
}

/* The same choice told twice, as a picture and as text, is one. */
static void add_option(struct document *doc, struct entry *entry, const struct choice *choice)
{
    struct str text = STR_INIT;

    if (choice->code)
        add_code(doc, choice->code, &text);
    else
        str_add(&text, doc->blocks[choice->paragraph].text + BOX_BYTES);
    plain_collapse(&text);
    for (size_t i = 0; i < entry->option_count; i++) {
        if (strcmp(entry->options[i].text, text.text) == 0) {
            entry->options[i].is_correct |= choice->is_right;
            str_clear(&text);
            return;
        }
    }
    struct deck_option *option = &entry->options[entry->option_count++];
    option->text = document_keep(doc, text.text, text.len);
    option->is_correct = choice->is_right;
    str_clear(&text);
}

static struct range item_content(const struct document *doc, const struct choice *choice)
{
    const struct block *item = &doc->blocks[choice->item];
    const struct block *paragraph = &doc->blocks[choice->paragraph];
    struct range content = {
        .start = document_line_start(doc, paragraph->line) + (size_t)paragraph->column + BOX_BYTES,
        .end = document_line_end(doc, item->end_line),
    };

    if (content.start < content.end && doc->text[content.start] == ' ')
        content.start++;
    return content;
}

/* The right choices as a list of Markdown: the answer tells them too. */
static const char *right_choices(struct document *doc, const struct choices *choices)
{
    struct str list = STR_INIT;

    for (size_t i = 0; i < choices->count; i++) {
        if (!choices->items[i].is_right)
            continue;
        size_t code = choices->items[i].code;
        struct range content =
            code ? code_source(doc, code) : item_content(doc, &choices->items[i]);
        while (content.end > content.start && strchr(" \t\r\n", doc->text[content.end - 1]))
            content.end--;
        str_add(&list, code ? "\n" : "- ");
        str_add_bytes(&list, doc->text + content.start, content.end - content.start);
        str_add_char(&list, '\n');
    }
    const char *kept = document_keep(doc, list.text, list.len);
    str_clear(&list);
    return kept;
}

/* Where the choices end: after the last item and the code that an unindented fence tells of it. */
static size_t choices_end(const struct document *doc, const struct choices *choices, size_t limit,
                          bool is_told_twice)
{
    const struct block *last = &doc->blocks[choices->items[choices->count - 1].item];
    size_t next = last->after;
    size_t end = document_line_start(doc, last->end_line + 1);

    if (is_told_twice && next < doc->block_count && doc->blocks[next].kind == BLOCK_CODE &&
        document_line_start(doc, doc->blocks[next].line) < limit)
        end = document_line_start(doc, doc->blocks[next].end_line + 1);
    return end < limit ? end : limit;
}

/* Copies the prompt with the boxes empty: it must not tell which are right. */
static const char *without_ticks(struct document *doc, struct range range,
                                 const struct choices *choices)
{
    struct str text = STR_INIT;

    str_add_bytes(&text, doc->text + range.start, range.end - range.start);
    for (size_t i = 0; i < choices->count; i++) {
        const struct block *box = &doc->blocks[choices->items[i].paragraph];
        size_t tick = document_line_start(doc, box->line) + (size_t)box->column + 1;
        if (tick >= range.start && tick < range.end)
            text.text[tick - range.start] = ' ';
    }
    str_trim(&text);
    str_add_char(&text, '\n');
    const char *kept = document_keep(doc, text.text, text.len);
    str_clear(&text);
    return kept;
}

void options_split(struct document *doc, struct entry *entry)
{
    struct choices choices = {0};
    struct range body = entry->answer;

    collect(doc, body, &choices);
    entry->options = arena_alloc(&doc->deck->arena, choices.count * sizeof(*entry->options));
    for (size_t i = 0; i < choices.count; i++)
        add_option(doc, entry, &choices.items[i]);
    bool is_told_twice = entry->option_count < choices.count;
    for (size_t i = 0; i < choices.count; i++)
        is_told_twice |= choices.items[i].code > 0; /* told in one line it is no code */
    size_t first = document_line_start(doc, doc->blocks[choices.items[0].item].line);
    size_t end = choices_end(doc, &choices, body.end, is_told_twice);
    entry->prompt = (struct range){body.start, first > body.start ? first : body.start};
    if (is_told_twice) {
        entry->prompt_note = without_ticks(doc, (struct range){body.start, end}, &choices);
        entry->prompt = (struct range){0};
    }
    entry->answer_note = right_choices(doc, &choices);
    entry->answer = (struct range){end, body.end};
    free(choices.items);
}
