/* SPDX-License-Identifier: MIT
 * Paragraphs that ask: "**What is …?**" or "1) What is …?" or "Q1. What is …?", the answer below or
 * behind. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"

enum style {
    STYLE_BOLD,
    STYLE_NUMBERED,
    STYLE_LABELLED,
    STYLE_QUOTED,
    STYLE_SEPARATED,
    STYLE_TAGGED,
    STYLES
};

static const char *const style_names[STYLES] = {
    "bold-question",   "numbered-question",  "labelled-question",
    "quoted-question", "separated-question", "flashcard",
};

/* "What is …? #card" */
static bool has_card_tag(const char *text, size_t len)
{
    const char *tag = memrchr(text, '#', len);

    return tag && tag > text && tag[-1] == ' ' &&
           (strncmp(tag, "#card", 5) == 0 || strncmp(tag, "#flashcard", 10) == 0);
}

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
    if (style == STYLE_TAGGED)
        return has_card_tag(block->text, line) ? line : 0;
    if (is_bold && block->bold > label->len)
        return block->bold;
    return label_ends_asking(block->text, len) ? len : line;
}

static void add_head(const struct document *doc, const struct block *block, size_t start,
                     size_t body, size_t len, struct heads *heads)
{
    *array_add(heads->items, heads->count, heads->cap) = (struct head){
        .start = start,
        .body = body,
        .line = block->line,
        .level = LEVEL_NONE,
        .text = block->text,
        .text_len = len,
        .label = label_read(block->text),
        .asks = label_asks(block->text, len),
    };
}

static void collect_styled(struct document *doc, enum style style, struct heads *heads)
{
    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after) {
        const struct block *block = &doc->blocks[i];
        if (block->kind != BLOCK_PARAGRAPH || !block->text[0])
            continue;
        struct label label = label_read(block->text);
        size_t len = question_bytes(block, style, &label);
        if (len)
            add_head(doc, block, document_line_start(doc, block->line),
                     flow_body_start(doc, block, len), len, heads);
    }
}

/* Block quotes of one paragraph. */
static void collect_quoted(struct document *doc, struct heads *heads)
{
    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after) {
        const struct block *quote = &doc->blocks[i], *block = quote + 1;
        if (quote->kind == BLOCK_QUOTE && quote->after == i + 2 && block->kind == BLOCK_PARAGRAPH)
            add_head(doc, block, document_line_start(doc, quote->line),
                     document_line_start(doc, quote->end_line + 1), strlen(block->text), heads);
    }
}

/* Paragraphs behind a rule or heading, where more follows them. */
static void collect_separated(struct document *doc, struct heads *heads)
{
    bool is_start = false;

    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after) {
        const struct block *block = &doc->blocks[i];
        if (is_start && block->kind == BLOCK_PARAGRAPH)
            add_head(doc, block, document_line_start(doc, block->line),
                     document_line_start(doc, block->end_line + 1), strlen(block->text), heads);
        is_start = block->kind == BLOCK_RULE || (is_start && block->kind == BLOCK_HEADING);
    }
}

static void collect(struct document *doc, enum style style, struct heads *heads)
{
    if (style == STYLE_QUOTED)
        collect_quoted(doc, heads);
    else if (style == STYLE_SEPARATED)
        collect_separated(doc, heads);
    else
        collect_styled(doc, style, heads);
}

struct share { /* of the heads of a style */
    size_t all, asks, numbered;
    size_t first, last; /* that asks */
};

static struct share survey(const struct heads *heads)
{
    struct share share = {.all = heads->count, .first = heads->count};

    for (size_t i = 0; i < heads->count; i++) {
        share.numbered += heads->items[i].label.kind == LABEL_NUMBER;
        share.asks += heads->items[i].asks;
        if (!heads->items[i].asks)
            continue;
        share.first = i < share.first ? i : share.first;
        share.last = i;
    }
    return share;
}

/* Whether a head that does not ask is a question, judged by its like. */
static bool is_like_others(const struct head *head, size_t index, enum style style,
                           const struct share *share)
{
    switch (style) {
    case STYLE_BOLD:
        return share->numbered * 2 > share->all && head->label.kind == LABEL_NUMBER;
    case STYLE_QUOTED:
    case STYLE_SEPARATED:
        return index > share->first && index < share->last;
    case STYLE_TAGGED:
    case STYLE_NUMBERED:
    case STYLE_LABELLED:
    case STYLES:
        break;
    }
    return true;
}

static void keep_questions(struct heads *heads, enum style style, const struct share *share)
{
    size_t kept = 0;

    for (size_t i = 0; i < heads->count; i++)
        if (heads->items[i].asks || is_like_others(&heads->items[i], i, style, share))
            heads->items[kept++] = heads->items[i];
    heads->count = kept;
}

static bool is_evident(const struct flow *flow, const struct share *share, enum style style,
                       bool is_lenient)
{
    size_t least = style == STYLE_TAGGED ? 1 : is_lenient ? 2 : 3;

    if (flow->count < least || flow->bodies * 10 < flow->count * 6)
        return false;
    switch (style) {
    case STYLE_QUOTED: /* quotes, bold starts and rules are common in notes: most of them must ask
                        */
    case STYLE_SEPARATED:
        return share->asks * 10 >= share->all * 7;
    case STYLE_BOLD:
        return share->asks * 2 >= share->all;
    case STYLE_TAGGED:
        return true;
    case STYLE_LABELLED:
        return flow->asks * 2 >= flow->count || flow->answers * 2 >= flow->count;
    case STYLE_NUMBERED:
    case STYLES:
        break;
    }
    return flow->asks * 2 >= flow->count;
}

static void try_style(struct document *doc, struct findings *findings, enum style style)
{
    struct heads heads = {0};
    struct flow flow;

    collect(doc, style, &heads);
    struct share share = survey(&heads);
    keep_questions(&heads, style, &share);
    flow_find_ends(doc, &heads);
    flow_survey(doc, &heads, &flow);
    if (is_evident(&flow, &share, style, findings->is_lenient))
        flow_add_entries(doc, &heads, &flow, findings_add(findings, style_names[style], 2));
    free(heads.items);
}

void recognise_paragraph(struct document *doc, struct findings *findings)
{
    for (enum style style = 0; style < STYLES; style++)
        try_style(doc, findings, style);
}
