/* SPDX-License-Identifier: MIT */
#include "trainer/ui/editor.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/array.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/ui/wrap.h"

#define UNDO_STEPS_MAX 200

void editor_init(struct editor *editor)
{
    *editor = (struct editor){.cols = 1, .goal_col = -1};
    str_init(&editor->text);
    str_init(&editor->killed);
}

static void forget_steps(struct editor *editor)
{
    for (size_t i = 0; i < editor->undo_count; i++)
        free(editor->undo[i].text);
    editor->undo_count = 0;
}

void editor_clear(struct editor *editor)
{
    forget_steps(editor);
    free(editor->undo);
    free(editor->rows);
    str_clear(&editor->text);
    str_clear(&editor->killed);
    editor_init(editor);
}

void editor_set(struct editor *editor, const char *text)
{
    forget_steps(editor);
    str_truncate(&editor->text, 0);
    str_add(&editor->text, text);
    editor->cursor = editor->text.len;
    editor->goal_col = -1;
    editor->top = 0;
    editor->is_typing = editor->was_kill = false;
}

static void keep_step(struct editor *editor)
{
    if (editor->undo_count == UNDO_STEPS_MAX) {
        free(editor->undo[0].text);
        editor->undo_count--;
        memmove(editor->undo, editor->undo + 1, editor->undo_count * sizeof(*editor->undo));
    }
    struct editor_state *step = array_add(editor->undo, editor->undo_count, editor->undo_cap);
    step->text = xstrdup(editor->text.text);
    step->cursor = editor->cursor;
}

static bool undo(struct editor *editor)
{
    if (editor->undo_count == 0)
        return false;
    struct editor_state *step = &editor->undo[--editor->undo_count];
    str_truncate(&editor->text, 0);
    str_add(&editor->text, step->text);
    editor->cursor = step->cursor;
    free(step->text);
    return true;
}

static void add_typed(struct str *out, const char *s, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(s + at, len - at, &code);
        if (code == '\t')
            str_add(out, "    ");
        else if (code == '\n' || !utf8_is_control(code))
            utf8_add(out, code);
    }
}

bool editor_insert(struct editor *editor, const char *s, size_t len)
{
    autostr struct str typed = STR_INIT;

    add_typed(&typed, s, len);
    if (editor->text.len + typed.len > EDITOR_LIMIT_BYTES)
        return false;
    if (!editor->is_typing)
        keep_step(editor);
    str_insert(&editor->text, editor->cursor, typed.text, typed.len);
    editor->cursor += typed.len;
    editor->is_typing = !(len == 1 && (*s == ' ' || *s == '\n'));
    editor->was_kill = false;
    editor->goal_col = -1;
    return true;
}

void editor_end_step(struct editor *editor)
{
    editor->is_typing = false;
}

static bool is_word(const struct editor *editor, size_t at)
{
    uint32_t code;

    utf8_decode(editor->text.text + at, editor->text.len - at, &code);
    return iswalnum((wint_t)code) || code == '_';
}

static size_t before(const struct editor *editor, size_t at)
{
    return at - utf8_previous(editor->text.text, editor->text.len, at);
}

static size_t after(const struct editor *editor, size_t at)
{
    return at + utf8_next(editor->text.text, editor->text.len, at);
}

static size_t word_left(const struct editor *editor)
{
    size_t at = editor->cursor;

    while (at > 0 && !is_word(editor, before(editor, at)))
        at = before(editor, at);
    while (at > 0 && is_word(editor, before(editor, at)))
        at = before(editor, at);
    return at;
}

static size_t word_right(const struct editor *editor)
{
    size_t at = editor->cursor, len = editor->text.len;

    while (at < len && !is_word(editor, at))
        at = after(editor, at);
    while (at < len && is_word(editor, at))
        at = after(editor, at);
    return at;
}

/* Back over blanks, then to the blank before: what C-w takes in a shell. */
static size_t blank_left(const struct editor *editor)
{
    size_t at = editor->cursor;
    const char *text = editor->text.text;

    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n'))
        at--;
    while (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_start(const struct editor *editor)
{
    size_t at = editor->cursor;

    while (at > 0 && editor->text.text[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(const struct editor *editor)
{
    return editor->cursor + strcspn(editor->text.text + editor->cursor, "\n");
}

static bool remove_range(struct editor *editor, size_t start, size_t end)
{
    if (start == end)
        return false;
    keep_step(editor);
    str_remove(&editor->text, start, end - start);
    editor->cursor = start;
    return true;
}

/* Kills in a row make one text for the yank. */
static bool kill_range(struct editor *editor, size_t start, size_t end)
{
    bool is_backward = start < editor->cursor;

    if (start == end)
        return false;
    if (!editor->was_kill)
        str_truncate(&editor->killed, 0);
    str_insert(&editor->killed, is_backward ? 0 : editor->killed.len, editor->text.text + start,
               end - start);
    return remove_range(editor, start, end);
}

static bool kill_to_end(struct editor *editor)
{
    size_t end = line_end(editor);

    if (end == editor->cursor && end < editor->text.len)
        end++; /* an empty rest: the newline itself */
    return kill_range(editor, editor->cursor, end);
}

static bool move_to(struct editor *editor, size_t at)
{
    bool moves = at != editor->cursor;

    editor->cursor = at;
    return moves;
}

void editor_layout(struct editor *editor, int cols)
{
    const char *text = editor->text.text;
    size_t len = editor->text.len, at = 0;

    editor->cols = cols > 1 ? cols : 1;
    editor->row_count = 0;
    for (;;) {
        size_t end = at + strcspn(text + at, "\n"), next;
        do {
            wrap_line(text + at, end - at, editor->cols, &next);
            struct editor_row *row = array_add(editor->rows, editor->row_count, editor->row_cap);
            *row = (struct editor_row){at, next};
            at += next;
        } while (at < end);
        if (end == len)
            break;
        at = end + 1;
    }
}

void editor_place(const struct editor *editor, size_t *row, int *col)
{
    *row = 0;
    while (*row + 1 < editor->row_count && editor->rows[*row + 1].start <= editor->cursor)
        (*row)++;
    size_t start = editor->rows[*row].start;
    *col = width_of(editor->text.text + start, editor->cursor - start);
    if (*col >= editor->cols)
        *col = editor->cols - 1;
}

void editor_scroll(struct editor *editor, size_t rows)
{
    size_t row;
    int col;

    editor_place(editor, &row, &col);
    if (row < editor->top)
        editor->top = row;
    if (row >= editor->top + rows)
        editor->top = row - rows + 1;
    if (editor->top + rows > editor->row_count)
        editor->top = editor->row_count > rows ? editor->row_count - rows : 0;
}

static bool move_rows(struct editor *editor, int by)
{
    size_t row;
    int col;

    editor_layout(editor, editor->cols);
    editor_place(editor, &row, &col);
    if (editor->goal_col < 0)
        editor->goal_col = col;
    if (by < 0 ? row == 0 : row + 1 == editor->row_count)
        return false;
    row = by < 0 ? row - 1 : row + 1;
    const struct editor_row *to = &editor->rows[row];
    size_t fit = width_fit(editor->text.text + to->start, to->len, editor->goal_col);
    /* The end of a wrapped row is the start of the next one: stay on this one. */
    if (fit == to->len && fit > 0 && row + 1 < editor->row_count &&
        editor->rows[row + 1].start == to->start + to->len)
        fit -= utf8_previous(editor->text.text + to->start, to->len, fit);
    editor->cursor = to->start + fit;
    return true;
}

static bool edit(struct editor *editor, int action)
{
    size_t at = editor->cursor;

    switch (action) {
    case EDITOR_NEWLINE:
        return editor_insert(editor, "\n", 1);
    case EDITOR_DELETE_BACK:
        return remove_range(editor, before(editor, at), at);
    case EDITOR_DELETE:
        return remove_range(editor, at, after(editor, at));
    case EDITOR_KILL_WORD_BACK:
        return kill_range(editor, blank_left(editor), at);
    case EDITOR_KILL_WORD:
        return kill_range(editor, at, word_right(editor));
    case EDITOR_KILL_START:
        return kill_range(editor, line_start(editor), at);
    case EDITOR_KILL_END:
        return kill_to_end(editor);
    case EDITOR_YANK:
        editor->is_typing = false;
        return editor->killed.len > 0 &&
               editor_insert(editor, editor->killed.text, editor->killed.len);
    case EDITOR_UNDO:
        return undo(editor);
    default:
        return false;
    }
}

static bool move(struct editor *editor, int action)
{
    size_t at = editor->cursor;

    switch (action) {
    case EDITOR_LEFT:
        return move_to(editor, before(editor, at));
    case EDITOR_RIGHT:
        return move_to(editor, after(editor, at));
    case EDITOR_WORD_LEFT:
        return move_to(editor, word_left(editor));
    case EDITOR_WORD_RIGHT:
        return move_to(editor, word_right(editor));
    case EDITOR_LINE_START:
        return move_to(editor, line_start(editor));
    case EDITOR_LINE_END:
        return move_to(editor, line_end(editor));
    case EDITOR_TEXT_START:
        return move_to(editor, 0);
    default:
        return move_to(editor, editor->text.len);
    }
}

bool editor_act(struct editor *editor, enum editor_action action)
{
    bool is_kill = action >= EDITOR_KILL_WORD_BACK && action <= EDITOR_KILL_END;
    bool done;

    if (action == EDITOR_UP || action == EDITOR_DOWN) {
        done = move_rows(editor, action == EDITOR_UP ? -1 : 1);
    } else {
        done = action < EDITOR_NEWLINE ? move(editor, action) : edit(editor, action);
        editor->goal_col = -1;
    }
    if (action != EDITOR_NEWLINE)
        editor->is_typing = false;
    editor->was_kill = is_kill;
    return done;
}
