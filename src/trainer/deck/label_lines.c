/* SPDX-License-Identifier: MIT */
#include "trainer/deck/label_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"

#define COUNT_LIMIT 500000 /* keeps memory in proportion where every line is a label */

/* The byte of a line of a paragraph, behind its container's markers. */
static size_t text_start(const struct document *doc, const struct block *block, int line)
{
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);

    if (line == block->line)
        return at + (size_t)block->column < end ? at + (size_t)block->column : end;
    while (at < end && (doc->text[at] == ' ' || doc->text[at] == '\t' || doc->text[at] == '>'))
        at++;
    return at;
}

/* The label of a line of text; a bold line or heading may be one without a colon ("**Answer**"). */
static struct label read_line_label(const struct block *block, const char *text, size_t len)
{
    struct label label = label_read(text);
    bool stands_out = block->kind == BLOCK_HEADING || (text == block->text && block->bold >= len);

    if (label.kind != LABEL_NONE || !stands_out || len == 0 || len > LABEL_WORD_BYTES)
        return label;
    struct str closed = STR_INIT;
    str_add_bytes(&closed, text, len);
    str_add_char(&closed, ':');
    label = label_read(closed.text);
    bool is_word = label.kind == LABEL_WORD || label.kind == LABEL_WORD_NUMBER;
    if (is_word && label.len == closed.len && label_is_answer_word(label.word))
        label.len = len;
    else
        label = (struct label){.number = -1};
    str_clear(&closed);
    return label;
}

static void add_block(struct document *doc, size_t index, struct label_lines *lines)
{
    const struct block *block = &doc->blocks[index];
    const char *text = block->text;

    for (int line = block->line; *text && line <= block->end_line; line++) {
        size_t len = strcspn(text, "\n");
        struct label label = read_line_label(block, text, len);
        if (label.kind == LABEL_WORD || label.kind == LABEL_WORD_NUMBER)
            *array_add(lines->items, lines->count, lines->cap) = (struct label_line){
                .label = label,
                .block = (uint32_t)index,
                .line = line,
                .start = text_start(doc, block, line),
                .line_start = document_line_start(doc, line),
                .text = text,
                .text_len = len,
            };
        text += len + (text[len] == '\n');
    }
}

const struct label_lines *label_lines_of(struct document *doc)
{
    if (doc->label_lines)
        return doc->label_lines;
    doc->label_lines = xcalloc(1, sizeof(*doc->label_lines));
    for (size_t i = 0; i < doc->block_count; i++) {
        if (doc->label_lines->count > COUNT_LIMIT) {
            document_warn(doc, doc->blocks[i].line,
                          _("more than %d lines start with a label: from here on they are text"),
                          COUNT_LIMIT);
            break;
        }
        add_block(doc, i, doc->label_lines);
    }
    return doc->label_lines;
}

void label_lines_clear(struct document *doc)
{
    if (doc->label_lines)
        free(doc->label_lines->items);
    free(doc->label_lines);
}

size_t label_lines_at(const struct label_lines *lines, size_t at)
{
    size_t low = 0, high = lines->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lines->items[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
