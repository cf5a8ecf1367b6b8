/* SPDX-License-Identifier: MIT
 * Drawing: text in looks on a rectangle of the terminal, clipped to it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum look { /* bits, and a colour in bits 8 to 10; no meaning is carried by colour alone */
            LOOK_PLAIN = 0,
            LOOK_BOLD = 1 << 0,
            LOOK_DIM = 1 << 1,
            LOOK_ITALIC = 1 << 2,
            LOOK_UNDERLINE = 1 << 3,
            LOOK_REVERSE = 1 << 4,
            LOOK_RED = 1 << 8,
            LOOK_GREEN = 2 << 8,
            LOOK_YELLOW = 3 << 8,
            LOOK_BLUE = 4 << 8,
            LOOK_MAGENTA = 5 << 8,
            LOOK_CYAN = 6 << 8,
};

struct place { /* of the terminal */
    int row, col;
};

struct canvas {
    int row, col, rows, cols; /* of the terminal */
    bool ascii, has_color;
    struct place *cursor; /* where the terminal's cursor is left once all is drawn */
};

/* The rows from `row` on, at most `rows` of them; the columns from `col` on. */
struct canvas canvas_rows(const struct canvas *canvas, int row, int rows);
struct canvas canvas_indented(const struct canvas *canvas, int col, int cols);

/* Draws text from column `col`, which may be negative: what lies outside is cut. Control characters
 * are made visible. Returns the column after the text. */
int canvas_text(const struct canvas *canvas, int row, int col, unsigned look, const char *text);
int canvas_bytes(const struct canvas *canvas, int row, int col, unsigned look, const char *s,
                 size_t len);

/* The same in exactly `cols` columns: cut with an ellipsis, or filled with blanks; or right-aligned
 * in them. */
int canvas_cell(const struct canvas *canvas, int row, int col, int cols, unsigned look,
                const char *text);
int canvas_number(const struct canvas *canvas, int row, int col, int cols, unsigned look,
                  const char *text);

void canvas_rule(const struct canvas *canvas, int row);

/* A bar of `cols` columns, filled to `share` (0 to 1); its rest is drawn too. */
void canvas_bar(const struct canvas *canvas, int row, int col, int cols, double share);

void canvas_cursor(const struct canvas *canvas, int row, int col);

/* "▁▂▃▄▅▆▇█" of counts. `text` has room for 3 * count + 1 bytes. */
void canvas_sparkline(const int *values, size_t count, char *text);
