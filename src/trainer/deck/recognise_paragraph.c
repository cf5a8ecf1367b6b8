/* SPDX-License-Identifier: MIT
 * Paragraphs that ask: "**What is …?**" or "1) What is …?" or "Q1. What is …?", the answer below or
 * behind. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"

enum style { STYLE_BOLD, STYLE_NUMBERED, STYLE_LABELLED, STYLES };

static const char *const style_names[STYLES] = {"bold-question", "numbered-question",
                                                "labelled-question"};

/* Bytes of the question in a paragraph of this style; 0 where it has not the style. */
static size_t question_bytes(const struct block *block, enum style style, const struct label *label)
{
    size_t len = strlen(block->text), line = strcspn(block->text, "\n");
    bool is_bold = block->bold > 0 && block->bold <= len;

    if (style == STYLE_BOLD && !is_bold)
        return 0;
    if (style == STYLE_NUMBERED && (label->kind != LABEL_NUMBER || !label->has_separator))
        return 0;
    if (style == STYLE_LABELLED &&
        (label->kind != LABEL_WORD_NUMBER || !label_is_question_word(label->word)))
        return 0;
    if (is_bold && block->bold > label->len)
        return block->bold;
    return label_ends_asking(block->text, len) ? len : line;
}

static void collect(struct document *doc, enum style style, struct heads *heads)
{
    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after) {
        const struct block *block = &doc->blocks[i];
        if (block->kind != BLOCK_PARAGRAPH || !block->text[0])
            continue;
        struct label label = label_read(block->text);
        size_t len = question_bytes(block, style, &label);
        if (len == 0)
            continue;
        *array_add(heads->items, heads->count, heads->cap) = (struct head){
            .start = document_line_start(doc, block->line),
            .body = flow_body_start(doc, block, len),
            .line = block->line,
            .level = LEVEL_NONE,
            .text = block->text,
            .text_len = len,
            .label = label,
            .asks = label_asks(block->text, len),
        };
    }
}

/* Bold paragraphs that do not ask are questions only where they carry a number as the others do. */
static void keep_questions(struct heads *heads, enum style style, size_t *asks)
{
    size_t kept = 0, numbered = 0;

    *asks = 0;
    for (size_t i = 0; i < heads->count; i++) {
        *asks += heads->items[i].asks;
        numbered += heads->items[i].label.kind == LABEL_NUMBER;
    }
    for (size_t i = 0; i < heads->count; i++) {
        bool is_numbered =
            numbered * 2 > heads->count && heads->items[i].label.kind == LABEL_NUMBER;
        if (heads->items[i].asks || style != STYLE_BOLD || is_numbered)
            heads->items[kept++] = heads->items[i];
    }
    heads->count = kept;
}

static void try_style(struct document *doc, struct findings *findings, enum style style)
{
    struct heads heads = {0};
    struct flow flow;
    size_t asks, all;

    collect(doc, style, &heads);
    all = heads.count;
    keep_questions(&heads, style, &asks);
    flow_find_ends(doc, &heads);
    flow_survey(doc, &heads, &flow);
    size_t least = findings->is_lenient ? 2 : 3;
    bool is_evident =
        flow.asks * 2 >= flow.count || (style == STYLE_LABELLED && flow.answers * 2 >= flow.count);
    /* bold starts of paragraphs are common in notes: most of them must ask */
    if (style == STYLE_BOLD)
        is_evident = asks * 2 >= all && is_evident;
    if (flow.count >= least && is_evident && flow.bodies * 10 >= flow.count * 6)
        flow_add_entries(doc, &heads, &flow, findings_add(findings, style_names[style], 2));
    free(heads.items);
}

void recognise_paragraph(struct document *doc, struct findings *findings)
{
    for (enum style style = 0; style < STYLES; style++)
        try_style(doc, findings, style);
}
