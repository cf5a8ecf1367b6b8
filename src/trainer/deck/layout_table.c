/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/layout_build.h"

#define COLUMNS_MOST 64 /* what has more is text */
/* Longer words are split before a table gets wider than the screen. */
#define WORD_COLS_MOST  20
#define WORD_COLS_LEAST 10
#define WIDE_COLS_MOST  30 /* of a column where the table is wider than the screen anyway */
#define GAP_COLS        3

enum alignment { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct text_range {
    const char *start;
    size_t len;
};

struct cell {
    struct run_range range; /* of the table's run */
};

struct row {
    size_t first_cell, cell_count;
};

struct column {
    enum alignment alignment;
    int natural_cols, word_cols, cols;
};

struct table {
    struct run run;
    struct cell *cells;
    size_t cell_count, cell_cap;
    struct row *rows;
    size_t row_count, row_cap;
    struct column columns[COLUMNS_MOST];
    size_t column_count;
    bool has_head;
};

/* ---- Source lines ---- */

static void index_lines(struct builder *builder)
{
    size_t at = 0;

    do {
        array_grow(builder->source_lines, builder->source_line_count, builder->source_line_cap, 1);
        builder->source_lines[builder->source_line_count++] = at;
        at += strcspn(builder->source + at, "\n");
    } while (builder->source[at++] != '\0');
}

static struct text_range source_line(struct builder *builder, int line)
{
    if (builder->source_line_count == 0)
        index_lines(builder);
    if (line < 1 || (size_t)line > builder->source_line_count)
        return (struct text_range){"", 0};
    const char *start = builder->source + builder->source_lines[line - 1];
    return (struct text_range){start, strcspn(start, "\n")};
}

static struct text_range trim(struct text_range text)
{
    while (text.len > 0 && strchr(" \t", text.start[0])) {
        text.start++;
        text.len--;
    }
    while (text.len > 0 && strchr(" \t", text.start[text.len - 1]))
        text.len--;
    return text;
}

/* A line of a paragraph, without what belongs to the containers around it. */
static struct text_range paragraph_line(struct builder *builder, cmark_node *paragraph, int line)
{
    struct text_range text = source_line(builder, line);
    size_t skip = (size_t)cmark_node_get_start_column(paragraph) - 1;

    if (line == cmark_node_get_start_line(paragraph)) {
        skip = skip < text.len ? skip : text.len;
        return trim((struct text_range){text.start + skip, text.len - skip});
    }
    text = trim(text);
    for (int depth = 0; depth < builder->quote_depth && text.len > 0 && *text.start == '>'; depth++)
        text = trim((struct text_range){text.start + 1, text.len - 1});
    return text;
}

/* ---- Recognition ---- */

/* Takes the next cell off a row; a pipe after a backslash belongs to the cell. */
static bool next_cell(struct text_range *row, struct text_range *cell)
{
    size_t at = 0;

    if (row->len == 0)
        return false;
    while (at < row->len && row->start[at] != '|')
        at += row->start[at] == '\\' && at + 1 < row->len ? 2 : 1;
    *cell = trim((struct text_range){row->start, at});
    at += at < row->len;
    row->start += at;
    row->len -= at;
    return true;
}

static struct text_range without_outer_pipe(struct text_range row)
{
    if (row.len > 0 && row.start[0] == '|') {
        row.start++;
        row.len--;
    }
    return row;
}

static size_t count_cells(struct text_range row)
{
    struct text_range cell;
    size_t count = 0;

    row = without_outer_pipe(row);
    while (next_cell(&row, &cell))
        count++;
    return count;
}

static bool read_alignment(struct text_range cell, enum alignment *alignment)
{
    bool is_left = cell.len > 0 && cell.start[0] == ':';
    bool is_right = cell.len > 1 && cell.start[cell.len - 1] == ':';

    if (cell.len <= (size_t)is_left + is_right)
        return false;
    for (size_t i = is_left; i < cell.len - is_right; i++)
        if (cell.start[i] != '-')
            return false;
    *alignment = is_left && is_right ? ALIGN_CENTRE : is_right ? ALIGN_RIGHT : ALIGN_LEFT;
    return true;
}

/* A row like "|:---|---:|"; fills the columns. */
static bool read_delimiter_row(struct text_range row, struct table *table)
{
    struct text_range cell;

    table->column_count = 0;
    if (!memchr(row.start, '|', row.len))
        return false;
    row = without_outer_pipe(row);
    while (next_cell(&row, &cell)) {
        struct column *column = &table->columns[table->column_count];
        if (table->column_count == COLUMNS_MOST || !read_alignment(cell, &column->alignment))
            return false;
        column->natural_cols = column->word_cols = 1;
        table->column_count++;
    }
    return table->column_count > 0;
}

/* The line of the head row; 0 where the paragraph holds no table. */
static int find_table(struct builder *builder, cmark_node *paragraph, struct table *table)
{
    int first = cmark_node_get_start_line(paragraph), last = cmark_node_get_end_line(paragraph);

    for (int line = first + 1; line <= last; line++) {
        struct text_range row = paragraph_line(builder, paragraph, line);
        if (row.len > 0 && strchr("|:-", *row.start) && read_delimiter_row(row, table) &&
            count_cells(paragraph_line(builder, paragraph, line - 1)) == table->column_count)
            return line - 1;
    }
    return 0;
}

/* ---- Cells ---- */

static void add_cell(struct builder *builder, struct table *table, struct text_range text,
                     uint16_t base)
{
    autostr struct str markdown = STR_INIT;
    size_t start = table->run.text.len;
    size_t piece = table->run.piece_count ? table->run.piece_count - 1 : 0;
    struct cell *cell = array_add(table->cells, table->cell_count, table->cell_cap);

    for (size_t i = 0; i < text.len; i++)
        if (text.start[i] != '\\' || i + 1 == text.len || text.start[i + 1] != '|')
            str_add_char(&markdown, text.start[i]);
    inline_add_markdown(builder, &table->run, markdown.text, markdown.len, base);
    cell->range = run_range_from(&table->run, start, piece);
    str_add_char(&table->run.text, '\n'); /* cells are apart */
}

static bool is_empty_row(const struct table *table, const struct row *row)
{
    for (size_t i = 0; i < row->cell_count; i++)
        if (table->cells[row->first_cell + i].range.start <
            table->cells[row->first_cell + i].range.end)
            return false;
    return true;
}

/* A row without any text is not shown: the head of a table without one. */
static void add_row(struct builder *builder, struct table *table, struct text_range text,
                    uint16_t base)
{
    struct row *row = array_add(table->rows, table->row_count, table->row_cap);
    struct text_range cell;

    row->first_cell = table->cell_count;
    text = without_outer_pipe(text);
    while (row->cell_count + 1 < table->column_count && next_cell(&text, &cell)) {
        add_cell(builder, table, cell, base);
        row->cell_count++;
    }
    text = trim(text); /* what is too much stays in the last cell */
    if (text.len > 0 && text.start[text.len - 1] == '|' &&
        (text.len < 2 || text.start[text.len - 2] != '\\'))
        text.len--;
    if (row->cell_count + 1 == table->column_count) {
        add_cell(builder, table, trim(text), base);
        row->cell_count++;
    }
    if (is_empty_row(table, row))
        table->row_count--;
    else
        table->has_head = table->has_head || base & SPAN_BOLD;
}

/* ---- Widths ---- */

static void measure(struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t k = 0; k < table->rows[i].cell_count; k++) {
            struct column *column = &table->columns[k];
            int line_cols, word_cols;
            wrap_measure(&table->run, table->cells[table->rows[i].first_cell + k].range, &line_cols,
                         &word_cols);
            if (line_cols > column->natural_cols)
                column->natural_cols = line_cols;
            if (word_cols > column->word_cols)
                column->word_cols = word_cols;
        }
}

/* Columns that the table needs where words of at most `most` columns are kept whole. */
static int limit_words(struct table *table, int most)
{
    int least = GAP_COLS * (int)(table->column_count - 1);

    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        column->cols = column->word_cols < most ? column->word_cols : most;
        least += column->cols;
    }
    return least;
}

/* Gives each column what it needs, the small ones first, and shares the rest evenly. */
static void share(struct table *table, int room)
{
    size_t open = table->column_count;

    while (room > 0 && open > 0) {
        int part = room / (int)open > 0 ? room / (int)open : 1;
        open = 0;
        for (size_t i = 0; i < table->column_count && room > 0; i++) {
            struct column *column = &table->columns[i];
            int wish = column->natural_cols - column->cols;
            int given = wish < part ? wish : part;
            given = given < room ? given : room;
            column->cols += given;
            room -= given;
            open += column->cols < column->natural_cols;
        }
    }
}

static void fit(struct table *table, int room)
{
    int most = WORD_COLS_MOST, least = limit_words(table, most);

    while (least > room && most > WORD_COLS_LEAST)
        least = limit_words(table, --most);
    if (least > room) { /* scrolled: it need not be narrow */
        limit_words(table, WIDE_COLS_MOST);
        room = INT_MAX;
        for (size_t i = 0; i < table->column_count; i++)
            if (table->columns[i].natural_cols > WIDE_COLS_MOST)
                table->columns[i].natural_cols = WIDE_COLS_MOST;
    }
    share(table, room - least);
}

/* ---- Drawing ---- */

static void add_cell_line(struct builder *builder, const struct table *table,
                          const struct column *column, const struct wrapped_line *line,
                          size_t *piece, bool is_last)
{
    int cols = line ? line->cols : 0, space = column->cols > cols ? column->cols - cols : 0;
    int before = column->alignment == ALIGN_RIGHT    ? space
                 : column->alignment == ALIGN_CENTRE ? space / 2
                                                     : 0;

    line_add_repeated(builder, " ", line ? before : 0, 0);
    if (line)
        line_add_range(builder, &table->run, line->start, line->end, piece);
    if (!is_last)
        line_add_repeated(builder, " ", line ? space - before : space, 0);
}

/* The lines of each cell of a row, one after the other in builder->wrapped. */
struct row_lines {
    size_t first[COLUMNS_MOST + 1], piece[COLUMNS_MOST], height;
};

static void wrap_row(struct builder *builder, const struct table *table, const struct row *row,
                     struct row_lines *lines)
{
    struct wrapped *wrapped = &builder->wrapped;

    wrapped->line_count = 0;
    lines->height = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        lines->first[i] = wrapped->line_count;
        if (i < row->cell_count) {
            struct run_range range = table->cells[row->first_cell + i].range;
            lines->piece[i] = range.piece;
            wrap_range(&table->run, range, table->columns[i].cols, table->columns[i].cols, wrapped);
        }
        if (wrapped->line_count - lines->first[i] > lines->height)
            lines->height = wrapped->line_count - lines->first[i];
    }
    lines->first[table->column_count] = wrapped->line_count;
}

static void draw_row(struct builder *builder, const struct table *table, const struct row *row)
{
    const char *gap = layout_signs(builder)->column;
    struct row_lines lines;

    wrap_row(builder, table, row, &lines);
    for (size_t k = 0; k < lines.height; k++) {
        line_begin(builder, LAYOUT_JOIN_NONE);
        for (size_t i = 0; i < table->column_count; i++) {
            bool is_there = lines.first[i] + k < lines.first[i + 1];
            add_cell_line(builder, table, &table->columns[i],
                          is_there ? &builder->wrapped.lines[lines.first[i] + k] : NULL,
                          &lines.piece[i], i + 1 == table->column_count);
            if (i + 1 < table->column_count)
                line_add(builder, gap, strlen(gap), SPAN_DIM, 0);
        }
        line_trim(builder);
        line_end(builder);
    }
}

static void draw_rule(struct builder *builder, const struct table *table)
{
    const struct layout_signs *signs = layout_signs(builder);

    line_begin(builder, LAYOUT_JOIN_NONE);
    for (size_t i = 0; i < table->column_count; i++) {
        line_add_repeated(builder, signs->rule, table->columns[i].cols, SPAN_DIM);
        if (i + 1 < table->column_count)
            line_add(builder, signs->crossing, strlen(signs->crossing), SPAN_DIM, 0);
    }
    line_end(builder);
}

static bool has_wrapped_row(const struct table *table)
{
    for (size_t i = table->has_head; i < table->row_count; i++)
        for (size_t k = 0; k < table->rows[i].cell_count; k++) {
            const struct cell *cell = &table->cells[table->rows[i].first_cell + k];
            int line_cols, word_cols;
            wrap_measure(&table->run, cell->range, &line_cols, &word_cols);
            if (line_cols > table->columns[k].cols)
                return true;
        }
    return false;
}

static void draw(struct builder *builder, const struct table *table)
{
    bool has_rules = has_wrapped_row(table);

    for (size_t i = 0; i < table->row_count; i++) {
        draw_row(builder, table, &table->rows[i]);
        if ((i == 0 && table->has_head) || (has_rules && i + 1 < table->row_count))
            draw_rule(builder, table);
    }
}

static void clear(struct table *table)
{
    run_free(&table->run);
    free(table->cells);
    free(table->rows);
}

/* The lines above a table are a paragraph of their own. */
static void add_text_above(struct builder *builder, cmark_node *paragraph, int head)
{
    autostr struct str text = STR_INIT;

    for (int line = cmark_node_get_start_line(paragraph); line < head; line++) {
        struct text_range range = paragraph_line(builder, paragraph, line);
        str_add_bytes(&text, range.start, range.len);
        str_add_char(&text, '\n');
    }
    if (text.len == 0)
        return;
    inline_add_markdown(builder, &builder->run, text.text, text.len, block_style(builder));
    block_add_run(builder);
    line_want_blank(builder);
}

bool table_add(struct builder *builder, cmark_node *paragraph)
{
    struct table table = {.column_count = 0};
    int head = find_table(builder, paragraph, &table);
    uint16_t style = block_style(builder);

    if (head == 0)
        return false;
    add_text_above(builder, paragraph, head);
    run_init(&table.run);
    add_row(builder, &table, paragraph_line(builder, paragraph, head), style | SPAN_BOLD);
    for (int line = head + 2; line <= cmark_node_get_end_line(paragraph); line++)
        add_row(builder, &table, paragraph_line(builder, paragraph, line), style);
    measure(&table);
    fit(&table, line_room(builder) - builder->extra_cols);
    draw(builder, &table);
    clear(&table);
    return true;
}
