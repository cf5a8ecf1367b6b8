/* SPDX-License-Identifier: MIT */
#include "trainer/ui/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/width.h"
#include "trainer/deck/layout.h"
#include "trainer/ui/wrap.h"

void sheet_init(struct sheet *sheet)
{
    *sheet = (struct sheet){.is_line_open = false};
    str_init(&sheet->text);
}

void sheet_clear(struct sheet *sheet)
{
    str_clear(&sheet->text);
    free(sheet->runs);
    free(sheet->lines);
    free(sheet->links);
    free(sheet->matches);
    arena_clear(&sheet->arena);
    sheet_init(sheet);
}

void sheet_restart(struct sheet *sheet)
{
    str_truncate(&sheet->text, 0);
    sheet->run_count = sheet->line_count = sheet->link_count = sheet->match_count = 0;
    sheet->match = SIZE_MAX;
    sheet->is_line_open = false;
    sheet->tag = sheet->cols = 0;
    arena_clear(&sheet->arena);
}

static struct sheet_line *open_line(struct sheet *sheet)
{
    if (!sheet->is_line_open) {
        struct sheet_line *line = array_add(sheet->lines, sheet->line_count, sheet->line_cap);
        line->start = sheet->text.len;
        line->first_run = sheet->run_count;
        line->tag = sheet->tag;
        sheet->is_line_open = true;
    }
    return &sheet->lines[sheet->line_count - 1];
}

static void add_run(struct sheet *sheet, unsigned look, unsigned link, const char *s, size_t len)
{
    struct sheet_line *line = open_line(sheet);

    if (len == 0)
        return;
    struct sheet_run *run = array_add(sheet->runs, sheet->run_count, sheet->run_cap);
    *run = (struct sheet_run){sheet->text.len, len, look, link};
    str_add_bytes(&sheet->text, s, len);
    line->run_count++;
    line->len += len;
    line->cols += width_of(s, len);
    if (line->cols > sheet->cols)
        sheet->cols = line->cols;
}

void sheet_add(struct sheet *sheet, unsigned look, const char *text)
{
    add_run(sheet, look, 0, text, strlen(text));
}

void sheet_addf(struct sheet *sheet, unsigned look, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    int len = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (len < 0)
        return;
    add_run(sheet, look, 0, text, (size_t)len);
    free(text);
}

void sheet_end_line(struct sheet *sheet)
{
    open_line(sheet);
    sheet->is_line_open = false;
    str_add_char(&sheet->text, '\n');
}

void sheet_add_blank(struct sheet *sheet)
{
    if (sheet->is_line_open)
        sheet_end_line(sheet);
    if (sheet->line_count > 0 && sheet->lines[sheet->line_count - 1].len > 0)
        sheet_end_line(sheet);
}

static void add_blanks(struct sheet *sheet, int count)
{
    for (int i = 0; i < count; i++)
        add_run(sheet, LOOK_PLAIN, 0, " ", 1);
}

static int open_cols(struct sheet *sheet)
{
    return open_line(sheet)->cols;
}

/* One paragraph without newlines. */
static void add_paragraph(struct sheet *sheet, unsigned look, const char *s, size_t len, int hang,
                          int cols)
{
    for (;;) {
        size_t next, end;
        int room = cols - open_cols(sheet);
        end = wrap_line(s, len, room > 1 ? room : 1, &next);
        add_run(sheet, look, 0, s, end);
        s += next;
        len -= next;
        sheet_end_line(sheet);
        if (len == 0)
            return;
        add_blanks(sheet, hang);
    }
}

void sheet_add_wrapped(struct sheet *sheet, unsigned look, const char *text, int hang, int cols)
{
    for (;;) {
        size_t len = strcspn(text, "\n");
        add_paragraph(sheet, look, text, len, hang, cols);
        if (text[len] == '\0')
            return;
        text += len + 1;
        add_blanks(sheet, hang);
    }
}

/* The looks of spans; code and names are told apart by more than colour where it matters. */
static unsigned look_of(unsigned style)
{
    static const struct {
        unsigned style, look;
    } table[] = {
        {SPAN_BOLD, LOOK_BOLD},      {SPAN_ITALIC, LOOK_ITALIC}, {SPAN_HEADING, LOOK_BOLD},
        {SPAN_LINK, LOOK_UNDERLINE}, {SPAN_QUOTE, LOOK_DIM},     {SPAN_DIM, LOOK_DIM},
        {SPAN_COMMENT, LOOK_DIM},    {SPAN_MATCH, LOOK_REVERSE},
    };
    static const struct {
        unsigned style, look;
    } colors[] = {
        {SPAN_KEYWORD, LOOK_MAGENTA}, {SPAN_STRING, LOOK_GREEN}, {SPAN_NUMBER, LOOK_BLUE},
        {SPAN_NAME, LOOK_CYAN},       {SPAN_LINK, LOOK_BLUE},    {SPAN_CODE, LOOK_CYAN},
    };
    unsigned look = LOOK_PLAIN;

    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (style & table[i].style)
            look |= table[i].look;
    /* Inside code blocks, plain code stays in the text's own colour. */
    for (size_t i = 0; i < ARRAY_LEN(colors); i++)
        if (style & colors[i].style)
            return look | colors[i].look;
    return look;
}

static void add_layout_line(struct sheet *sheet, const struct layout *layout,
                            const struct layout_line *line, unsigned first_link)
{
    for (size_t i = 0; i < line->span_count; i++) {
        const struct span *span = &layout->spans[line->first_span + i];
        unsigned style = span->style;
        if (line->code_block)
            style &= ~(unsigned)SPAN_CODE;
        add_run(sheet, look_of(style), span->link ? first_link + span->link : 0,
                layout->text + span->start, span->len);
    }
}

void sheet_add_markdown(struct sheet *sheet, const char *markdown, int indent, int cols, bool ascii)
{
    int room = cols - indent;
    struct layout *layout = layout_new(markdown, room > 1 ? room : 1, ascii);
    unsigned first_link = (unsigned)sheet->link_count;

    for (size_t i = 0; i < layout->link_count; i++)
        *array_add(sheet->links, sheet->link_count, sheet->link_cap) =
            arena_strdup(&sheet->arena, layout->links[i]);
    for (size_t i = 0; i < layout->line_count; i++) {
        if (layout->lines[i].len > 0)
            add_blanks(sheet, indent);
        add_layout_line(sheet, layout, &layout->lines[i], first_link);
        sheet_end_line(sheet);
    }
    layout_free(layout);
}

void sheet_add_link(struct sheet *sheet, const char *title, const char *target, int cols)
{
    size_t next, len = wrap_line(title, strlen(title), cols - 2, &next);

    *array_add(sheet->links, sheet->link_count, sheet->link_cap) =
        arena_strdup(&sheet->arena, target);
    sheet_add(sheet, LOOK_DIM, "• ");
    add_run(sheet, LOOK_UNDERLINE | LOOK_BLUE, (unsigned)sheet->link_count, title, len);
    if (title[next])
        sheet_add(sheet, LOOK_DIM, "…");
    sheet_end_line(sheet);
}

void sheet_add_bar(struct sheet *sheet, double share, int cols)
{
    int filled = (int)(share * cols + 0.5);
    autostr struct str bar = STR_INIT;

    for (int i = 0; i < filled && i < cols; i++)
        str_add(&bar, "█");
    sheet_add(sheet, LOOK_CYAN, bar.text);
    str_truncate(&bar, 0);
    for (int i = filled; i < cols; i++)
        str_add(&bar, "░");
    sheet_add(sheet, LOOK_DIM, bar.text);
}

void sheet_pad_to(struct sheet *sheet, int col)
{
    add_blanks(sheet, col - open_cols(sheet));
}

void sheet_add_right(struct sheet *sheet, unsigned look, const char *text, int col)
{
    sheet_pad_to(sheet, col - width_of_text(text));
    sheet_add(sheet, look, text);
}

static void draw_match(const struct sheet *sheet, const struct canvas *canvas,
                       const struct sheet_match *match, bool is_current)
{
    const struct sheet_line *line = &sheet->lines[match->line];
    const char *text = sheet->text.text;
    int col = width_of(text + line->start, match->start - line->start) - sheet->left;
    int row = (int)(match->line - sheet->top);
    unsigned look = is_current ? LOOK_REVERSE | LOOK_BOLD : LOOK_REVERSE;

    canvas_bytes(canvas, row, col, look, text + match->start, match->len);
    if (is_current)
        canvas_cursor(canvas, row, col > 0 ? col : 0);
}

static void draw_line(const struct sheet *sheet, const struct canvas *canvas, int row,
                      const struct sheet_line *line)
{
    int col = line->cols > canvas->cols || sheet->left == 0 ? -sheet->left : 0;

    for (size_t i = 0; i < line->run_count; i++) {
        const struct sheet_run *run = &sheet->runs[line->first_run + i];
        col = canvas_bytes(canvas, row, col, run->look, sheet->text.text + run->start, run->len);
    }
    if (line->cols - sheet->left > canvas->cols)
        canvas_text(canvas, row, canvas->cols - 1, LOOK_BOLD, "→");
}

void sheet_draw(const struct sheet *sheet, const struct canvas *canvas)
{
    for (int row = 0; row < canvas->rows && sheet->top + (size_t)row < sheet->line_count; row++) {
        draw_line(sheet, canvas, row, &sheet->lines[sheet->top + (size_t)row]);
    }
    for (size_t i = 0; i < sheet->match_count; i++) {
        size_t line = sheet->matches[i].line;
        if (line >= sheet->top && line < sheet->top + (size_t)canvas->rows)
            draw_match(sheet, canvas, &sheet->matches[i], i == sheet->match);
    }
}

void sheet_clamp(struct sheet *sheet, int rows)
{
    size_t seen = rows > 0 ? (size_t)rows : 1;
    size_t last = sheet->line_count > seen ? sheet->line_count - seen : 0;

    if (sheet->top > last)
        sheet->top = last;
}

bool sheet_scroll(struct sheet *sheet, int lines, int rows)
{
    size_t before = sheet->top;

    if (lines < 0 && (size_t)-lines > sheet->top)
        sheet->top = 0;
    else
        sheet->top = (size_t)((long)sheet->top + lines);
    sheet_clamp(sheet, rows);
    return sheet->top != before;
}

bool sheet_scroll_sideways(struct sheet *sheet, int by, int cols)
{
    int before = sheet->left, last = sheet->cols > cols ? sheet->cols - cols : 0;

    sheet->left += by;
    if (sheet->left > last)
        sheet->left = last;
    if (sheet->left < 0)
        sheet->left = 0;
    return sheet->left != before;
}

void sheet_show_line(struct sheet *sheet, size_t line, int rows)
{
    if (line < sheet->top)
        sheet->top = line;
    else if (line >= sheet->top + (size_t)rows)
        sheet->top = line - (size_t)rows / 2;
    sheet_clamp(sheet, rows);
}

size_t sheet_find_tag(const struct sheet *sheet, int tag)
{
    for (size_t i = 0; i < sheet->line_count; i++)
        if (sheet->lines[i].tag == tag)
            return i;
    return SIZE_MAX;
}

static void search_line(struct sheet *sheet, size_t number, struct pattern *pattern)
{
    const struct sheet_line *line = &sheet->lines[number];
    size_t from = 0, start, end;

    while (from <= line->len &&
           pattern_find(pattern, sheet->text.text + line->start, line->len, from, &start, &end)) {
        if (end > start) {
            struct sheet_match *match =
                array_add(sheet->matches, sheet->match_count, sheet->match_cap);
            *match = (struct sheet_match){number, line->start + start, end - start};
        }
        from = end > from ? end : from + 1;
    }
}

void sheet_search(struct sheet *sheet, struct pattern *pattern)
{
    sheet->match_count = 0;
    sheet->match = SIZE_MAX;
    for (size_t i = 0; pattern && i < sheet->line_count; i++)
        search_line(sheet, i, pattern);
}

/* The first one on the screen or below it; going back, the last one above. */
static size_t nearest_match(const struct sheet *sheet, int by)
{
    size_t i = 0;

    while (i < sheet->match_count && sheet->matches[i].line < sheet->top)
        i++;
    if (by < 0)
        return i > 0 ? i - 1 : SIZE_MAX;
    return i < sheet->match_count ? i : SIZE_MAX;
}

bool sheet_next_match(struct sheet *sheet, int by, int rows)
{
    size_t next = sheet->match + (size_t)by;

    if (sheet->match == SIZE_MAX)
        next = nearest_match(sheet, by);
    if (next >= sheet->match_count)
        return false;
    sheet->match = next;
    sheet_show_line(sheet, sheet->matches[next].line, rows);
    return true;
}
