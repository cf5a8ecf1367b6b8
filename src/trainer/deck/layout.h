/* SPDX-License-Identifier: MIT
 * Markdown laid out for a width of terminal columns: lines of styled spans. Knows no screen. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

struct pattern;

/* Bits. */
enum span_style {
    SPAN_BOLD = 1 << 0,
    SPAN_ITALIC = 1 << 1,
    SPAN_CODE = 1 << 2,
    SPAN_LINK = 1 << 3,
    SPAN_HEADING = 1 << 4,
    SPAN_QUOTE = 1 << 5,
    SPAN_DIM = 1 << 6,     /* rules, table lines, bullets */
    SPAN_KEYWORD = 1 << 7, /* these five in code blocks */
    SPAN_STRING = 1 << 8,
    SPAN_COMMENT = 1 << 9,
    SPAN_NUMBER = 1 << 10,
    SPAN_NAME = 1 << 11,  /* variables, keys, options */
    SPAN_MATCH = 1 << 12, /* what a search or a key point found */
};

struct span {
    uint32_t start, len; /* bytes of the layout's text */
    uint16_t style;
    uint16_t link; /* number of the link, from 1; 0 for none */
};

/* How a line goes on with the one before. */
enum layout_join {
    LAYOUT_JOIN_NONE,  /* it begins a text */
    LAYOUT_JOIN_BLANK, /* it was wrapped at a blank, which is in neither line */
    LAYOUT_JOIN_WORD,  /* it was wrapped where there is no blank */
};

struct layout_line { /* its spans cover it without gaps */
    uint32_t first_span, span_count;
    uint32_t start, len; /* bytes of the layout's text, without the newline */
    uint32_t body;       /* bytes in front of its own text: indentation, bullets, bars */
    enum layout_join join;
    int cols; /* its width; more than the layout's where it cannot be wrapped (code, tables) */
    int code_block; /* number of the code block, from 1; 0 outside of one */
};

struct layout_match {
    uint32_t line;       /* where it begins */
    uint32_t start, end; /* bytes of the layout's text; may reach over several lines */
};

struct layout_code {
    const char *language; /* first word of the fence; "" for none */
    const char *text;
};

struct layout {
    char *text; /* valid UTF-8 without control characters but the newline at the end of each line */
    struct span *spans;
    size_t span_count, span_cap;
    struct layout_line *lines;
    size_t line_count, line_cap;
    const char **links; /* targets */
    size_t link_count, link_cap;
    struct layout_code *codes;
    size_t code_count, code_cap;
    struct layout_match *matches; /* of layout_mark() */
    size_t match_count, match_cap;
    int cols;                       /* the widest line */
    struct layout_storage *storage; /* owns the rest */
};

/* Lays out Markdown for `cols` columns (at least 1). `ascii` draws tables, bullets and rules in
 * ASCII. */
struct layout *layout_new(const char *markdown, int cols, bool ascii);
void layout_free(struct layout *layout);

/* Adds SPAN_MATCH where the text matches, across wrapped lines too, and fills `matches`; what an
 * earlier call marked is forgotten. NULL only forgets. */
void layout_mark(struct layout *layout, struct pattern *pattern);

DEFINE_CLEANUP(layout, struct layout, layout_free)
#define auto_layout __attribute__((cleanup(cleanup_layout)))
