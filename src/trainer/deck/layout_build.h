/* SPDX-License-Identifier: MIT
 * Inside of layout: runs of styled text, wrapping, and the builder that adds lines. */
#pragma once

#include <cmark.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "trainer/deck/highlight.h"
#include "trainer/deck/layout.h"

struct layout_storage {
    struct arena arena; /* link targets, code */
    struct span *spans; /* as laid out, kept while matches are marked */
    size_t span_count;
    uint32_t *line_spans; /* the first span of each line, likewise */
};

/* The Markdown as cmark reads it in linear time, with newlines at all line ends; yours to free. */
char *source_prepare(const char *markdown);

/* ---- A run: text of one style after the other, not yet wrapped. A newline is a hard break. ----
 */

struct run_piece { /* reaches to the next piece */
    uint32_t start;
    uint16_t style, link;
};

struct run {
    struct str text;
    struct run_piece *pieces;
    size_t piece_count, piece_cap;
    bool is_soft_break_pending;
};

struct run_range { /* of a run's text */
    uint32_t start, end;
    size_t piece; /* that `start` is in */
};

void run_init(struct run *run);
void run_reset(struct run *run);
void run_free(struct run *run);

/* What is added from here on looks like this. */
void run_set_style(struct run *run, uint16_t style, uint16_t link);

/* Appends text with white space collapsed, or as it stands. Control characters become visible. */
void run_add(struct run *run, const char *text, size_t len);
void run_add_verbatim(struct run *run, const char *text, size_t len);
void run_add_break(struct run *run);
void run_add_soft_break(struct run *run);

/* From `start` (and the piece that was the last one then) to the end, without blanks around. */
struct run_range run_range_from(const struct run *run, size_t start, size_t piece);
struct run_range run_range_all(const struct run *run);

/* ---- Wrapping ---- */

struct wrapped_line {
    uint32_t start, end; /* of the run's text */
    int cols;
    enum layout_join join;
};

struct wrapped {
    struct wrapped_line *lines;
    size_t line_count, line_cap;
};

/* Appends the lines of a range. `next_cols` is for all but the first line, and not the smaller. */
void wrap_range(const struct run *run, struct run_range range, int first_cols, int next_cols,
                struct wrapped *wrapped);

/* Columns of the widest line without wrapping, and of what is never wrapped unless it must. */
void wrap_measure(const struct run *run, struct run_range range, int *line_cols, int *word_cols);

/* ---- The builder ---- */

struct container { /* a list item or a block quote around the blocks */
    bool is_quote;
    bool has_marker;   /* not yet shown */
    bool is_invisible; /* nested so deep that it is not indented */
    int cols, marker_cols;
    char marker[24];
};

struct inline_state { /* how deep in what */
    int bold, italic, code, link_depth;
    uint16_t base; /* of the block */
    uint16_t link;
    size_t link_start;
    const char *link_target;
};

struct builder {
    struct layout *layout;
    struct str text;
    int cols;
    bool is_ascii;
    const char *source; /* the Markdown, and where its lines begin */
    size_t *source_lines, source_line_count, source_line_cap;
    struct container *containers; /* the visible ones come first */
    size_t container_count, container_cap, visible_count;
    size_t marker_from; /* no container before it has a marker to show */
    int indent_cols;    /* of the visible containers */
    int extra_cols;     /* of markers of invisible ones, on the next line */
    int quote_depth;
    bool is_blank_pending;
    size_t blank_depth; /* the containers that reach through the blank line */
    size_t skip;        /* bytes of the next text that are not shown */
    int line_cols, code_block;
    struct run run; /* of the block at hand */
    struct wrapped wrapped;
    struct highlighters highlighters;
};

/* What separates and decorates, by character set. */
struct layout_signs {
    const char *bar, *rule, *column, *crossing, *bullets[2], *open_task, *done_task;
};
const struct layout_signs *layout_signs(const struct builder *builder);

/* Containers: what the lines in between are indented by. */
void container_push_quote(struct builder *builder);
void container_push_item(struct builder *builder, const char *marker, int cols);
void container_pop(struct builder *builder);

/* A blank line in front of the next line, within the containers of now. */
void line_want_blank(struct builder *builder);

/* One line: begin with the indentation, add text, end. */
void line_begin(struct builder *builder, enum layout_join join);
void line_add(struct builder *builder, const char *text, size_t len, uint16_t style, uint16_t link);
void line_add_repeated(struct builder *builder, const char *text, int count, uint16_t style);
void line_add_range(struct builder *builder, const struct run *run, uint32_t start, uint32_t end,
                    size_t *piece);
void line_trim(struct builder *builder);      /* takes blanks off the end */
void line_mark_body(struct builder *builder); /* its own text begins here */
void line_end(struct builder *builder);

/* Columns that are left for text after the indentation. */
int line_room(const struct builder *builder);

/* Style of all text of a block here. */
uint16_t block_style(const struct builder *builder);

/* Wraps the builder's run to lines, and forgets it. */
void block_add_run(struct builder *builder);
void block_add_code(struct builder *builder, const char *language, const char *text, size_t len);
void block_add_rule(struct builder *builder);

/* Inlines of a paragraph, heading or cell, added to a run. */
void inline_add_node(struct builder *builder, struct run *run, cmark_node *node, uint16_t base);
void inline_add_markdown(struct builder *builder, struct run *run, const char *text, size_t len,
                         uint16_t base);
uint16_t inline_style(const struct inline_state *state);
void inline_link_open(struct builder *builder, struct run *run, struct inline_state *state,
                      const char *target);
void inline_link_close(struct run *run, struct inline_state *state);

/* A tag among inlines; a block of HTML. */
void html_add_inline(struct builder *builder, struct run *run, struct inline_state *state,
                     const char *html);
void html_add_block(struct builder *builder, const char *html);

/* A paragraph that holds a pipe table; false where it holds none. */
bool table_add(struct builder *builder, cmark_node *paragraph);
