/* SPDX-License-Identifier: MIT
 * List items that ask: "1. **Question**" with the answer indented below, or following the list. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"

#define OTHERS_LEAST 3 /* items of a list whose others ask */
#define DEPTH_LIMIT  8 /* lists in lists deeper than this are not looked through */

struct item { /* whose text may ask */
    struct head head;
    size_t block;
    bool has_own_body; /* something inside the item answers it */
    bool is_styled;    /* its question is bold or a heading */
    bool is_ordered;
    bool is_candidate; /* answered, in a list where many ask */
    bool is_chosen;
};

struct items {
    struct document *doc;
    struct item *items;
    size_t count, cap;
    int depth;               /* of the lists */
    size_t candidates, asks; /* in lists where many ask */
};

/* Bytes of the text that form the question: all, its first line, or its bold start. */
static size_t question_bytes(const struct block *block, bool *is_styled)
{
    size_t len = strlen(block->text), line = strcspn(block->text, "\n");

    *is_styled = block->kind == BLOCK_HEADING || block->bold > 0;
    size_t behind, inner = label_inline_question(block->text, line, &behind);
    if (inner && !block->bold)
        return inner;
    if (block->kind == BLOCK_HEADING || label_ends_asking(block->text, len))
        return len;
    if (block->bold && block->bold <= len) {
        while (block->bold < line && label_ends_asking(block->text, line))
            return line; /* "**Question** (note)?" */
        return block->bold;
    }
    return line;
}

static void add_item(struct items *items, size_t index)
{
    const struct document *doc = items->doc;
    const struct block *item = &doc->blocks[index], *block = &doc->blocks[index + 1];
    bool is_styled;

    if (item->after <= index + 1 || block->parent != index || !block->text[0] ||
        block->is_link_only || block->text[0] == '[')
        return;
    size_t len = question_bytes(block, &is_styled);
    struct item *found = array_add(items->items, items->count, items->cap);
    found->block = index;
    found->is_styled = is_styled;
    found->is_ordered = item->number >= 0;
    found->has_own_body = block->after < item->after || len < strlen(block->text);
    found->head = (struct head){
        .start = document_line_start(doc, item->line),
        .body = flow_body_start(doc, block, len),
        .line = item->line,
        .level = LEVEL_NONE,
        .indent = block->column,
        .text = block->text,
        .text_len = len,
        .label = label_read(block->text),
        .asks = label_asks(block->text, len),
    };
    if (item->number >= 0 && found->head.label.kind == LABEL_NONE)
        found->head.label = (struct label){.kind = LABEL_NUMBER, .number = item->number};
}

static void collect_items(struct items *items)
{
    const struct document *doc = items->doc;

    for (size_t i = 0; i + 1 < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        if (block->kind == BLOCK_ITEM && doc->blocks[block->parent].depth == items->depth)
            add_item(items, i);
    }
}

/* An item of an ordered list at the top may be answered by what follows the list. */
static bool is_followed(const struct document *doc, const struct item *item)
{
    const struct block *block = &doc->blocks[item->block];
    const struct block *list = &doc->blocks[block->parent];
    size_t next = list->after;

    if (list->depth > 0 || block->after != list->after || next >= doc->block_count)
        return false;
    return doc->blocks[next].kind != BLOCK_HEADING && doc->blocks[next].kind != BLOCK_RULE &&
           doc->blocks[next].kind != BLOCK_LIST;
}

/* Same, where the answer is a list of the other kind: "1. Question?" and bullets without
 * indentation. */
static bool is_followed_by_list(const struct document *doc, const struct item *item)
{
    const struct block *list = &doc->blocks[doc->blocks[item->block].parent];
    size_t next = list->after;

    return list->depth == 0 && doc->blocks[item->block].after == list->after && item->is_ordered &&
           next < doc->block_count && doc->blocks[next].kind == BLOCK_LIST &&
           !doc->blocks[next].level;
}

/* Items that do not ask count where most of their list do. */
static void choose_of_list(struct items *items, size_t first, size_t end, bool is_lenient)
{
    size_t asks = 0, answered = 0, count = end - first;

    for (size_t i = first; i < end; i++) {
        struct item *item = &items->items[i];
        item->has_own_body = item->has_own_body || is_followed(items->doc, item) ||
                             is_followed_by_list(items->doc, item);
        asks += item->head.asks;
        answered += item->head.asks && item->has_own_body;
    }
    if (asks * 2 < count || answered * 10 < asks * 6 || (asks < 1 && !is_lenient))
        return;
    items->candidates += count;
    items->asks += asks;
    for (size_t i = first; i < end; i++) {
        struct item *item = &items->items[i];
        item->is_chosen = item->head.asks || (item->is_styled && item->has_own_body);
        item->is_candidate = item->has_own_body;
    }
}

/* An ordered item that goes on counting beside a chosen one is a question too, where something
 * answers it. */
static bool counts_on(const struct items *items, const struct item *item, const struct item *chosen,
                      int step)
{
    const struct block *blocks = items->doc->blocks;

    return item->is_ordered && item->has_own_body && chosen->is_chosen &&
           blocks[item->block].number == blocks[chosen->block].number + step;
}

static void choose_neighbours(struct items *items)
{
    for (size_t i = 1; i < items->count; i++)
        if (counts_on(items, &items->items[i], &items->items[i - 1], 1))
            items->items[i].is_chosen = true;
    for (size_t i = items->count; i-- > 1;)
        if (counts_on(items, &items->items[i - 1], &items->items[i], -1))
            items->items[i - 1].is_chosen = true;
}

static void choose_items(struct items *items, bool is_lenient)
{
    for (size_t first = 0, end; first < items->count; first = end) {
        const struct block *blocks = items->doc->blocks;
        uint32_t list = blocks[items->items[first].block].parent;
        for (end = first + 1; end < items->count; end++)
            if (blocks[items->items[end].block].parent != list)
                break;
        choose_of_list(items, first, end, is_lenient);
    }
    if (items->candidates >= OTHERS_LEAST && items->asks * 3 >= items->candidates * 2)
        for (size_t i = 0; i < items->count; i++)
            items->items[i].is_chosen |= items->items[i].is_candidate;
    choose_neighbours(items);
}

/* Heads of the chosen items; one whose answer follows its list goes on, others end with their item.
 */
static void make_heads(const struct items *items, struct heads *heads, size_t *answered)
{
    const struct document *doc = items->doc;

    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &items->items[i];
        const struct block *block = &doc->blocks[item->block];
        if (!item->is_chosen)
            continue;
        struct head *head = array_add(heads->items, heads->count, heads->cap);
        *head = item->head;
        *answered += item->has_own_body;
        bool goes_on = is_followed(doc, item) || is_followed_by_list(doc, item);
        if (!goes_on)
            head->limit = block->after < doc->block_count
                              ? document_line_start(doc, doc->blocks[block->after].line)
                              : doc->len;
    }
}

static bool try_depth(struct document *doc, struct findings *findings, int depth)
{
    struct items items = {.doc = doc, .depth = depth};
    struct heads heads = {0};
    struct flow flow;
    size_t answered = 0;

    collect_items(&items);
    choose_items(&items, findings->is_lenient);
    make_heads(&items, &heads, &answered);
    flow_find_ends(doc, &heads);
    flow_survey(doc, &heads, &flow);
    bool is_found = flow.count >= (findings->is_lenient ? 2 : 3) && flow.asks * 2 >= flow.count &&
                    answered * 10 >= flow.count * 6;
    if (is_found)
        flow_add_entries(doc, &heads, &flow, findings_add(findings, "list", 2));
    free(items.items);
    free(heads.items);
    return is_found;
}

void recognise_list(struct document *doc, struct findings *findings)
{
    for (int depth = 0; depth < DEPTH_LIMIT; depth++)
        if (try_depth(doc, findings, depth))
            break;
}
