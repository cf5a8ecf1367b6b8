/* SPDX-License-Identifier: MIT */
#include "trainer/deck/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/width.h"
#include "trainer/deck/layout_build.h"

/* The mark in front of a paragraph of a task list's item: "[ ] " or "[x] ". */
static bool starts_as_task(cmark_node *item, bool *is_done)
{
    cmark_node *paragraph = cmark_node_first_child(item);
    cmark_node *text = paragraph && cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH
                           ? cmark_node_first_child(paragraph)
                           : NULL;
    const char *mark =
        text && cmark_node_get_type(text) == CMARK_NODE_TEXT ? cmark_node_get_literal(text) : NULL;

    if (!mark || mark[0] != '[' || !mark[1] || !strchr(" xX", mark[1]) || mark[2] != ']' ||
        (mark[3] != ' ' && mark[3] != '\0'))
        return false;
    *is_done = mark[1] != ' ';
    return true;
}

#define TASK_MARK_BYTES 4

static int count_digits(int number)
{
    return snprintf(NULL, 0, "%d", number);
}

static int count_items(cmark_node *list)
{
    int count = 0;

    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        count++;
    return count;
}

/* Lists around the one at hand, with what their items need. */
struct list_state {
    bool is_tight, is_ordered;
    int number, digits;
    char delimiter;
};

struct walker {
    struct builder builder;
    struct list_state *lists;
    size_t list_count, list_cap;
};

static void enter_list(struct walker *walker, cmark_node *node)
{
    struct list_state *list = array_add(walker->lists, walker->list_count, walker->list_cap);

    list->is_tight = cmark_node_get_list_tight(node);
    list->is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (!list->is_ordered)
        return;
    list->number = cmark_node_get_list_start(node);
    list->digits = count_digits(list->number + count_items(node) - 1);
    list->delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
}

static void enter_item(struct walker *walker, cmark_node *node)
{
    struct builder *builder = &walker->builder;
    const struct layout_signs *signs = layout_signs(builder);
    struct list_state *list = &walker->lists[walker->list_count - 1];
    char marker[64] = "";
    bool is_done, is_task = starts_as_task(node, &is_done);
    const char *task = !is_task ? "" : is_done ? signs->done_task : signs->open_task;

    if (list->is_ordered)
        snprintf(marker, sizeof(marker), "%*d%c %s", list->digits, list->number++, list->delimiter,
                 task);
    else
        snprintf(marker, sizeof(marker), "%s",
                 is_task ? task : signs->bullets[(walker->list_count - 1) % 2]);
    container_push_item(builder, marker, width_of_text(marker));
    if (is_task)
        builder->skip = TASK_MARK_BYTES;
}

static bool is_in_tight_item(const struct walker *walker, cmark_node *node)
{
    cmark_node_type parent = cmark_node_get_type(cmark_node_parent(node));

    return walker->list_count > 0 && (parent == CMARK_NODE_ITEM || parent == CMARK_NODE_LIST) &&
           walker->lists[walker->list_count - 1].is_tight;
}

static void add_text_block(struct builder *builder, cmark_node *node, uint16_t style)
{
    inline_add_node(builder, &builder->run, node, style | block_style(builder));
    block_add_run(builder);
}

/* True where the walk need not go into the node. */
static bool enter_node(struct walker *walker, cmark_node *node)
{
    struct builder *builder = &walker->builder;
    cmark_node_type type = cmark_node_get_type(node);

    if (type != CMARK_NODE_DOCUMENT && cmark_node_previous(node) && !is_in_tight_item(walker, node))
        line_want_blank(builder);
    if (type == CMARK_NODE_LIST)
        enter_list(walker, node);
    else if (type == CMARK_NODE_ITEM)
        enter_item(walker, node);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        container_push_quote(builder);
    else if (type == CMARK_NODE_HEADING)
        add_text_block(builder, node, SPAN_HEADING | SPAN_BOLD);
    else if (type == CMARK_NODE_PARAGRAPH && !table_add(builder, node))
        add_text_block(builder, node, 0);
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        block_add_rule(builder);
    else if (type == CMARK_NODE_CODE_BLOCK)
        block_add_code(builder, cmark_node_get_fence_info(node), cmark_node_get_literal(node),
                       strlen(cmark_node_get_literal(node)));
    else if (type == CMARK_NODE_HTML_BLOCK)
        html_add_block(builder, cmark_node_get_literal(node));
    return type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH;
}

static void leave_node(struct walker *walker, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    if (type == CMARK_NODE_LIST)
        walker->list_count--;
    else if (type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE)
        container_pop(&walker->builder);
}

static void walk(struct walker *walker, cmark_node *document)
{
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT)
            leave_node(walker, node);
        else if (enter_node(walker, node))
            cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    }
    cmark_iter_free(iter);
}

static void clear_builder(struct builder *builder)
{
    run_free(&builder->run);
    highlighters_clear(&builder->highlighters);
    free(builder->wrapped.lines);
    free(builder->source_lines);
    free(builder->containers);
}

struct layout *layout_new(const char *markdown, int cols, bool ascii)
{
    autofree char *source = source_prepare(markdown);
    struct layout *layout = xcalloc(1, sizeof(*layout));
    struct walker walker = {.builder = {.layout = layout,
                                        .text = STR_INIT,
                                        .cols = cols > 1 ? cols : 1,
                                        .is_ascii = ascii,
                                        .source = source}};

    layout->storage = xcalloc(1, sizeof(*layout->storage));
    run_init(&walker.builder.run);
    cmark_node *document = cmark_parse_document(source, strlen(source), CMARK_OPT_DEFAULT);
    walk(&walker, document);
    cmark_node_free(document);
    layout->text = str_steal(&walker.builder.text);
    clear_builder(&walker.builder);
    free(walker.lists);
    return layout;
}

void layout_free(struct layout *layout)
{
    arena_clear(&layout->storage->arena);
    free(layout->storage->spans);
    free(layout->storage->line_spans);
    free(layout->storage);
    free(layout->text);
    free(layout->spans);
    free(layout->lines);
    free(layout->links);
    free(layout->codes);
    free(layout->matches);
    free(layout);
}
