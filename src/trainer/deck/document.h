/* SPDX-License-Identifier: MIT
 * A Markdown document made ready for the recognisers: clean text, its lines, its blocks in order.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "trainer/deck/deck.h"

struct range { /* bytes of the document's text */
    size_t start, end;
};

enum block_kind {
    BLOCK_HEADING,
    BLOCK_PARAGRAPH,
    BLOCK_CODE,
    BLOCK_HTML,
    BLOCK_RULE,
    BLOCK_QUOTE,
    BLOCK_LIST,
    BLOCK_ITEM,
};

struct block {
    enum block_kind kind;
    uint8_t level;     /* of a heading; of a list 1 where it is ordered */
    bool is_link_only; /* a paragraph or heading that is a single link into this document */
    uint16_t depth;    /* how many blocks hold it */
    int line, end_line;
    int column;       /* bytes before its first character in its first line */
    uint32_t top;     /* index of the block at the top that holds it, or its own */
    int number;       /* of an item of an ordered list; else -1 */
    uint32_t after;   /* index of the first block that is not inside this one */
    uint32_t parent;  /* index; its own for a block at the top */
    uint32_t bold;    /* how many bytes of the text the bold start takes */
    const char *text; /* of headings and paragraphs: plain, a line for each line of the source */
};

struct details_list;
struct label_lines;

struct reference {  /* a link reference definition, "[label]: target" (references.h) */
    uint64_t label; /* hash of its letters, without case */
    int line;
};

struct reference_list {
    struct reference *items; /* by label, then by line */
    size_t count, cap;
    struct str text; /* all of them, a line each, for reading pieces of the document */
};

struct document {
    struct deck *deck;
    const char *path;
    const char *text; /* valid UTF-8 that ends in the only NUL */
    size_t len;
    const char *parsed; /* the same bytes, but what would take too long to read is blanked */
    uint32_t *lines;    /* where each line starts; one more marks the end */
    size_t line_count, line_cap;
    struct block *blocks;
    size_t block_count, block_cap;
    uint8_t *line_kinds;                  /* enum line_kind for each line */
    int first_line;                       /* after the front matter, from 1 */
    const char *front_deck, *front_title; /* of the front matter, or NULL */
    bool has_flashcard_tag;
    struct reference_list references;
    char *owned_text, *owned_parsed;
    struct label_lines *label_lines; /* likewise (label_lines.h) */
    struct details_list *details;    /* found when first asked for (details.h) */
};

enum line_kind {
    LINE_TEXT,
    LINE_CODE, /* of a code block, fences included */
    LINE_HTML,
};

/* Reads text into a document; what it finds doubtful becomes a warning of the deck. */
void document_init(struct document *doc, struct deck *deck, const char *text, size_t len);
void document_clear(struct document *doc);

/* Makes the blocks (blocks.c), reading pieces of this size or more (pieces.h). */
void document_add_blocks(struct document *doc, size_t piece_bytes);

/* Start and end of line `line` (from 1) without its line end. */
size_t document_line_start(const struct document *doc, int line);
size_t document_line_end(const struct document *doc, int line);
/* The line that holds byte `at`. */
int document_line_at(const struct document *doc, size_t at);
bool document_line_is_blank(const struct document *doc, int line);

/* Index of the first block whose first line is `line` or later. */
size_t document_block_at(const struct document *doc, int line);

/* Adds a warning of this line to the deck. */
void document_warn(struct document *doc, int line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Index of the last block whose first line is `line` or earlier; SIZE_MAX where there is none. */
size_t document_block_before(const struct document *doc, int line);

/* A string in the deck's arena. */
const char *document_keep(struct document *doc, const char *s, size_t len);
