/* SPDX-License-Identifier: MIT */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "trainer/deck/document.h"
#include "trainer/deck/pieces.h"
#include "trainer/deck/plain.h"

#define BLOCK_LIMIT 2000000 /* bounds the memory that a document takes */

struct reader {
    struct document *doc;
    int line_offset; /* lines before the piece that is read */
    int last_line;   /* of the piece */
    uint32_t open;   /* the block that holds the next one */
    uint16_t depth;
    struct plain plain;
    bool has_link, has_other; /* what the paragraph at hand holds */
};

static bool kind_of(cmark_node_type type, enum block_kind *kind)
{
    static const int kinds[] = {
        [CMARK_NODE_BLOCK_QUOTE] = BLOCK_QUOTE + 1, [CMARK_NODE_LIST] = BLOCK_LIST + 1,
        [CMARK_NODE_ITEM] = BLOCK_ITEM + 1,         [CMARK_NODE_CODE_BLOCK] = BLOCK_CODE + 1,
        [CMARK_NODE_HTML_BLOCK] = BLOCK_HTML + 1,   [CMARK_NODE_PARAGRAPH] = BLOCK_PARAGRAPH + 1,
        [CMARK_NODE_HEADING] = BLOCK_HEADING + 1,   [CMARK_NODE_THEMATIC_BREAK] = BLOCK_RULE + 1,
    };

    if ((size_t)type >= ARRAY_LEN(kinds) || kinds[type] == 0)
        return false;
    *kind = (enum block_kind)(kinds[type] - 1);
    return true;
}

static bool holds_text(enum block_kind kind)
{
    return kind == BLOCK_HEADING || kind == BLOCK_PARAGRAPH;
}

static bool holds_blocks(enum block_kind kind)
{
    return kind == BLOCK_QUOTE || kind == BLOCK_LIST || kind == BLOCK_ITEM;
}

static int item_number(const struct document *doc, const struct block *list, size_t item)
{
    size_t at = document_line_start(doc, doc->blocks[item].line) + (size_t)doc->blocks[item].column;

    if (!list->level)
        return -1;
    return at < doc->len ? atoi(doc->text + at) : -1;
}

static void mark_lines(struct document *doc, const struct block *block)
{
    uint8_t kind = block->kind == BLOCK_CODE ? LINE_CODE : LINE_HTML;

    for (int line = block->line; line <= block->end_line && (size_t)line <= doc->line_count; line++)
        doc->line_kinds[line - 1] = kind;
}

/* cmark 0.30 tells too many lines of headings with a line below, where a list follows. */
static int heading_end(const struct document *doc, const struct block *block)
{
    size_t at = document_line_start(doc, block->line) + (size_t)block->column;
    size_t marks = strspn(doc->text + at, "#");

    if (marks > 0 && marks <= 6 && strchr(" \t\r\n", doc->text[at + marks]))
        return block->line;
    for (int line = block->line + 1; line <= block->end_line; line++) {
        size_t start = document_line_start(doc, line), end = document_line_end(doc, line);
        while (start < end && strchr(" \t>", doc->text[start]))
            start++;
        while (end > start && strchr(" \t", doc->text[end - 1]))
            end--;
        size_t run =
            start < end ? strspn(doc->text + start, doc->text[start] == '=' ? "=" : "-") : 0;
        if (run > 0 && start + run == end)
            return line;
    }
    return block->end_line;
}

/* cmark 0.30 tells one line too few of HTML that ends within its last line. */
static int count_lines(const char *literal)
{
    int count = 0;

    for (const char *at = literal; at && (at = strchr(at, '\n')); at++)
        count++;
    return count;
}

static void enter_block(struct reader *reader, cmark_node *node, enum block_kind kind)
{
    struct document *doc = reader->doc;
    struct block *block = array_add(doc->blocks, doc->block_count, doc->block_cap);
    uint32_t index = (uint32_t)(doc->block_count - 1);

    block->kind = kind;
    block->line = cmark_node_get_start_line(node) + reader->line_offset;
    block->end_line = cmark_node_get_end_line(node) + reader->line_offset;
    block->column = cmark_node_get_start_column(node) - 1;
    block->depth = reader->depth;
    block->parent = reader->depth ? reader->open : index;
    block->top = reader->depth ? doc->blocks[reader->open].top : index;
    block->after = index + 1;
    block->number = -1;
    block->text = "";
    if (kind == BLOCK_HEADING)
        block->end_line = heading_end(doc, block);
    if (kind == BLOCK_HTML)
        block->end_line = block->line + count_lines(cmark_node_get_literal(node)) - 1;
    if (block->end_line > reader->last_line)
        block->end_line = reader->last_line;
    if (block->end_line < block->line)
        block->end_line = block->line;
    if (kind == BLOCK_HEADING)
        block->level = (uint8_t)cmark_node_get_heading_level(node);
    if (kind == BLOCK_LIST)
        block->level = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (kind == BLOCK_ITEM)
        block->number = item_number(doc, &doc->blocks[block->parent], index);
    if (kind == BLOCK_CODE || kind == BLOCK_HTML)
        mark_lines(doc, block);
    if (holds_blocks(kind)) {
        reader->open = index;
        reader->depth++;
    }
    if (holds_text(kind))
        plain_start(&reader->plain, kind == BLOCK_HEADING);
}

static void leave_block(struct reader *reader, enum block_kind kind)
{
    struct document *doc = reader->doc;

    if (holds_text(kind)) {
        struct block *block = &doc->blocks[doc->block_count - 1];
        plain_end(&reader->plain);
        block->text = document_keep(doc, reader->plain.text.text, reader->plain.text.len);
        block->bold = (uint32_t)reader->plain.bold;
        block->is_link_only = reader->plain.is_link_only;
    }
    if (holds_blocks(kind)) {
        struct block *block = &doc->blocks[reader->open];
        block->after = (uint32_t)doc->block_count;
        reader->depth--;
        reader->open = block->parent;
    }
}

static cmark_node *parse_piece(const struct document *doc, int first_line, int end_line)
{
    size_t start = document_line_start(doc, first_line);
    size_t end = document_line_start(doc, end_line);
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);

    cmark_parser_feed(parser, doc->parsed + start, end - start);
    if (doc->references.text.len) {
        cmark_parser_feed(parser, "\n\n", 2);
        cmark_parser_feed(parser, doc->references.text.text, doc->references.text.len);
    }
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

static void read_piece(struct reader *reader, int first_line, int end_line)
{
    struct document *doc = reader->doc;
    cmark_node *root = parse_piece(doc, first_line, end_line);
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;

    reader->line_offset = first_line - 1;
    reader->last_line = end_line - 1;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && doc->block_count < BLOCK_LIMIT) {
        cmark_node *node = cmark_iter_get_node(iter);
        enum block_kind kind;
        if (!kind_of(cmark_node_get_type(node), &kind)) {
            plain_add_node(&reader->plain, node, event);
        } else if (event == CMARK_EVENT_EXIT) {
            leave_block(reader, kind);
        } else if (cmark_node_get_start_line(node) + reader->line_offset > reader->last_line) {
            break; /* a definition that is none */
        } else {
            enter_block(reader, node, kind);
        }
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

void document_add_blocks(struct document *doc, size_t piece_bytes)
{
    struct reader reader = {.doc = doc};
    struct piece_cutter cutter;
    int line = doc->first_line;

    plain_init(&reader.plain);
    pieces_start(&cutter, doc, piece_bytes);
    for (int end; (end = pieces_next(&cutter)) != 0 && doc->block_count < BLOCK_LIMIT; line = end)
        read_piece(&reader, line, end);
    if (doc->block_count >= BLOCK_LIMIT)
        document_warn(doc, line,
                      _("the document has more than %d paragraphs, list items and the like: "
                        "the rest is not read"),
                      BLOCK_LIMIT);
    plain_clear(&reader.plain);
}
