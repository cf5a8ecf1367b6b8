/* SPDX-License-Identifier: MIT
 * A page of styled lines to scroll in both ways, with links and search: all that is read is one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "trainer/deck/pattern.h"
#include "trainer/ui/canvas.h"

struct sheet_run {
    size_t start, len; /* bytes of the text */
    unsigned look;
    unsigned link; /* number from 1, 0 for none */
};

struct sheet_line {
    size_t start, len;
    size_t first_run, run_count;
    int cols;
    int tag; /* the caller's: what the line belongs to; 0 for nothing */
};

struct sheet_match {
    size_t line, start, len;
};

struct sheet {
    struct str text;
    struct sheet_run *runs;
    size_t run_count, run_cap;
    struct sheet_line *lines;
    size_t line_count, line_cap;
    const char **links;
    size_t link_count, link_cap;
    struct sheet_match *matches;
    size_t match_count, match_cap;
    size_t match; /* the one the cursor is on; SIZE_MAX: none yet */
    struct arena arena;
    bool is_line_open;
    int tag;  /* of the lines to come */
    int cols; /* the widest line */
    size_t top;
    int left;
};

void sheet_init(struct sheet *sheet);
void sheet_clear(struct sheet *sheet);

/* Empties it; the place scrolled to stays. */
void sheet_restart(struct sheet *sheet);

/* Appends to the line that is open, or to a new one. */
void sheet_add(struct sheet *sheet, unsigned look, const char *text);
void sheet_addf(struct sheet *sheet, unsigned look, const char *format, ...) PRINTF_LIKE(3, 4);
void sheet_end_line(struct sheet *sheet);
void sheet_add_blank(struct sheet *sheet); /* an empty line, but not two in a row */

/* Text wrapped to `cols` columns; its further lines begin `hang` blanks in. Begins on the open
 * line. */
void sheet_add_wrapped(struct sheet *sheet, unsigned look, const char *text, int hang, int cols);

void sheet_add_markdown(struct sheet *sheet, const char *markdown, int indent, int cols,
                        bool ascii);

/* A line of its own: "• title", which leads to `target`. */
void sheet_add_link(struct sheet *sheet, const char *title, const char *target, int cols);

/* A bar of `cols` columns, filled to `share`. */
void sheet_add_bar(struct sheet *sheet, double share, int cols);

/* Right-aligned in, or filled up to, the given column of the open line. */
void sheet_pad_to(struct sheet *sheet, int col);
void sheet_add_right(struct sheet *sheet, unsigned look, const char *text, int col);

/* Draws the lines from `top`, and the matches. */
void sheet_draw(const struct sheet *sheet, const struct canvas *canvas);

/* Moves; false where nothing moved. `rows` and `cols` are what is seen. */
bool sheet_scroll(struct sheet *sheet, int lines, int rows);
bool sheet_scroll_sideways(struct sheet *sheet, int by, int cols);
void sheet_clamp(struct sheet *sheet, int rows);
void sheet_show_line(struct sheet *sheet, size_t line, int rows);

/* The first line with this tag, SIZE_MAX where there is none. */
size_t sheet_find_tag(const struct sheet *sheet, int tag);

/* Marks all matches; NULL takes the marks away. */
void sheet_search(struct sheet *sheet, struct pattern *pattern);

/* Goes to the next (1) or previous (-1) match; false where there is no further one. */
bool sheet_next_match(struct sheet *sheet, int by, int rows);
