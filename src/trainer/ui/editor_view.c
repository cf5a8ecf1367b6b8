/* SPDX-License-Identifier: MIT */
#include "trainer/ui/editor_view.h"

#include "base/width.h"

#define MARGIN_COLS 2

void editor_view_line(struct editor *editor, const struct canvas *canvas, int row, int col)
{
    int room = canvas->cols - col - 1;
    int at = width_of(editor->text.text, editor->cursor);
    int skipped = at >= room ? at - room + 1 : 0;
    struct canvas part = canvas_indented(canvas, col, room > 1 ? room : 1);

    canvas_bytes(&part, row, -skipped, LOOK_PLAIN, editor->text.text, editor->text.len);
    canvas_cursor(&part, row, at - skipped);
}

void editor_view_insert_line(struct editor *editor, const char *text, size_t len)
{
    autostr struct str line = STR_INIT;

    str_add_bytes(&line, text, len);
    for (size_t i = 0; i < line.len; i++)
        if (line.text[i] == '\n')
            line.text[i] = ' ';
    editor_insert(editor, line.text, line.len);
}

void editor_view_rows(struct editor *editor, const struct canvas *canvas, bool has_focus)
{
    struct canvas part = canvas_indented(canvas, MARGIN_COLS, canvas->cols - MARGIN_COLS);
    size_t cursor_row;
    int cursor_col;

    editor_layout(editor, part.cols);
    editor_scroll(editor, part.rows > 0 ? (size_t)part.rows : 1);
    editor_place(editor, &cursor_row, &cursor_col);
    for (int row = 0; row < part.rows && editor->top + (size_t)row < editor->row_count; row++) {
        const struct editor_row *line = &editor->rows[editor->top + (size_t)row];
        canvas_text(canvas, row, 0, has_focus ? LOOK_PLAIN : LOOK_DIM, "┃");
        canvas_bytes(&part, row, 0, LOOK_PLAIN, editor->text.text + line->start, line->len);
    }
    if (has_focus)
        canvas_cursor(&part, (int)(cursor_row - editor->top), cursor_col);
}
