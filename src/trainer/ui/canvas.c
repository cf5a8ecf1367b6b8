/* SPDX-License-Identifier: MIT */
#include "trainer/ui/canvas.h"

#include <curses.h>
#include <string.h>
#include <wchar.h>

#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/width.h"

#define RUN_CODES 128

struct canvas canvas_rows(const struct canvas *canvas, int row, int rows)
{
    struct canvas part = *canvas;
    int left = canvas->rows - row;

    part.row += row;
    part.rows = rows < left ? rows : left;
    if (part.rows < 0)
        part.rows = 0;
    return part;
}

struct canvas canvas_indented(const struct canvas *canvas, int col, int cols)
{
    struct canvas part = *canvas;
    int left = canvas->cols - col;

    part.col += col;
    part.cols = cols < left ? cols : left;
    if (part.cols < 0)
        part.cols = 0;
    return part;
}

static void set_look(const struct canvas *canvas, unsigned look)
{
    attr_t attributes = A_NORMAL;

    if (look & LOOK_BOLD)
        attributes |= A_BOLD;
    if (look & LOOK_DIM)
        attributes |= A_DIM;
    if (look & LOOK_ITALIC)
        attributes |= A_ITALIC;
    if (look & LOOK_UNDERLINE)
        attributes |= A_UNDERLINE;
    if (look & LOOK_REVERSE)
        attributes |= A_REVERSE;
    attr_set(attributes, canvas->has_color ? (short)(look >> 8 & 7) : 0, NULL);
}

/* What stands for a symbol of ours, or of a text, where only ASCII may be drawn: as wide as it. */
static uint32_t ascii_for(uint32_t code)
{
    static const struct {
        uint32_t code;
        char ascii;
    } table[] = {
        {0x00B7, '.'}, {0x00D7, 'x'},  {0x2010, '-'},  {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'},
        {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201C, '"'}, {0x201D, '"'}, {0x2022, '*'},
        {0x2026, '~'}, {0x2190, '<'},  {0x2191, '^'},  {0x2192, '>'}, {0x2193, 'v'}, {0x2500, '-'},
        {0x2502, '|'}, {0x2503, '|'},  {0x2588, '#'},  {0x2591, ':'}, {0x2592, '+'}, {0x2593, '*'},
        {0x25B8, '>'}, {0x2605, '*'},  {0x2713, '+'},  {0x2717, '-'}, {0x2610, '-'}, {0x2611, '+'},
        {0x2581, '_'}, {0x2582, '.'},  {0x2583, ':'},  {0x2584, '-'}, {0x2585, '='}, {0x2586, '+'},
        {0x2587, '*'}, {0x25CF, '*'},  {0x25CB, 'o'},  {0x00A0, ' '}, {0x2212, '-'}, {0x00AB, '"'},
        {0x00BB, '"'}, {0x201E, '"'},  {0x201A, '\''}, {0x2260, '#'}, {0x2264, '<'}, {0x2265, '>'},
    };

    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (table[i].code == code)
            return (unsigned char)table[i].ascii;
    /* Any other box, block, arrow or ornament. Letters of all languages stay. */
    if (code >= 0x2190 && code <= 0x2BFF && width_of_code(code) == 1)
        return '?';
    return code;
}

/* What can be drawn without steering the terminal. */
static uint32_t drawable(const struct canvas *canvas, uint32_t code)
{
    if (code == '\t' || code == '\n')
        return ' ';
    if (code < 0x20 && !canvas->ascii)
        return 0x2400 + code;
    if (utf8_is_control(code) || wcwidth((wchar_t)code) < 0)
        return canvas->ascii ? '?' : UTF8_REPLACEMENT;
    return canvas->ascii && code >= 0x80 ? ascii_for(code) : code;
}

struct run { /* characters on their way to curses */
    wchar_t codes[RUN_CODES];
    int count, col;
};

static void flush_run(const struct canvas *canvas, int row, struct run *run)
{
    if (run->count > 0)
        mvaddnwstr(canvas->row + row, canvas->col + run->col, run->codes, run->count);
    run->count = 0;
}

static void add_code(const struct canvas *canvas, int row, int col, struct run *run, uint32_t code)
{
    if (run->count == RUN_CODES)
        flush_run(canvas, row, run);
    if (run->count == 0)
        run->col = col;
    run->codes[run->count++] = (wchar_t)code;
}

int canvas_bytes(const struct canvas *canvas, int row, int col, unsigned look, const char *s,
                 size_t len)
{
    struct run run = {.count = 0};

    if (row < 0 || row >= canvas->rows)
        return col;
    set_look(canvas, look);
    for (size_t at = 0; at < len && col <= canvas->cols;) {
        uint32_t code;
        at += utf8_decode(s + at, len - at, &code);
        code = drawable(canvas, code);
        int cols = width_of_code(code);
        if (col + cols > canvas->cols)
            break;
        if (col >= 0 && (cols > 0 || col > 0))
            add_code(canvas, row, col, &run, code);
        col += cols;
    }
    flush_run(canvas, row, &run);
    set_look(canvas, LOOK_PLAIN);
    return col;
}

int canvas_text(const struct canvas *canvas, int row, int col, unsigned look, const char *text)
{
    return canvas_bytes(canvas, row, col, look, text, strlen(text));
}

int canvas_cell(const struct canvas *canvas, int row, int col, int cols, unsigned look,
                const char *text)
{
    autostr struct str cell = STR_INIT;

    width_add_padded(&cell, text, cols, "…");
    return canvas_bytes(canvas, row, col, look, cell.text, cell.len);
}

int canvas_number(const struct canvas *canvas, int row, int col, int cols, unsigned look,
                  const char *text)
{
    canvas_text(canvas, row, col + cols - width_of_text(text), look, text);
    return col + cols;
}

void canvas_rule(const struct canvas *canvas, int row)
{
    for (int col = 0; col < canvas->cols; col++)
        canvas_text(canvas, row, col, LOOK_DIM, "─");
}

void canvas_bar(const struct canvas *canvas, int row, int col, int cols, double share)
{
    int filled = (int)(share * cols + 0.5);

    for (int i = 0; i < cols; i++)
        canvas_text(canvas, row, col + i, i < filled ? LOOK_CYAN : LOOK_DIM,
                    i < filled ? "█" : "░");
}

void canvas_cursor(const struct canvas *canvas, int row, int col)
{
    if (col >= canvas->cols)
        col = canvas->cols - 1;
    if (row >= 0 && row < canvas->rows && col >= 0)
        *canvas->cursor = (struct place){canvas->row + row, canvas->col + col};
}

void canvas_sparkline(const int *values, size_t count, char *text)
{
    static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int most = 1;

    for (size_t i = 0; i < count; i++)
        most = values[i] > most ? values[i] : most;
    *text = '\0';
    for (size_t i = 0; i < count; i++)
        strcat(text, levels[values[i] > 0 ? (values[i] * 7 + most - 1) / most : 0]);
}
