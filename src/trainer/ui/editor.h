/* SPDX-License-Identifier: MIT
 * A text being typed: one line or many, with real line editing and undo. Knows no screen. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

#define EDITOR_LIMIT_BYTES (64u << 10)

enum editor_action {
    EDITOR_LEFT,
    EDITOR_RIGHT,
    EDITOR_UP,
    EDITOR_DOWN,
    EDITOR_WORD_LEFT,
    EDITOR_WORD_RIGHT,
    EDITOR_LINE_START,
    EDITOR_LINE_END,
    EDITOR_TEXT_START,
    EDITOR_TEXT_END,
    EDITOR_NEWLINE,
    EDITOR_DELETE_BACK,
    EDITOR_DELETE,
    EDITOR_KILL_WORD_BACK,
    EDITOR_KILL_WORD,
    EDITOR_KILL_START, /* of the line, up to the cursor */
    EDITOR_KILL_END,
    EDITOR_YANK,
    EDITOR_UNDO,
};

struct editor_state {
    char *text;
    size_t cursor;
};

struct editor_row { /* of the text as it is shown */
    size_t start, len;
};

struct editor {
    struct str text;
    size_t cursor; /* byte */
    int cols;      /* of a row; set by editor_layout() */
    int goal_col;  /* that Up and Down keep to; -1: the cursor's */
    struct editor_row *rows;
    size_t row_count, row_cap;
    size_t top; /* the first row shown */
    struct editor_state *undo;
    size_t undo_count, undo_cap;
    bool is_typing; /* the last change was a character: the next one joins its undo step */
    struct str killed;
    bool was_kill; /* the last action was one: the next one joins it */
};

void editor_init(struct editor *editor);
void editor_clear(struct editor *editor);

/* Begins anew with this text, the cursor at its end. */
void editor_set(struct editor *editor, const char *text);

/* Inserts at the cursor; false where the text would grow beyond the limit. Control characters but
 * the newline are left out; tabs become blanks. */
bool editor_insert(struct editor *editor, const char *s, size_t len);

/* Pasted text is one undo step. */
void editor_end_step(struct editor *editor);

/* False where nothing was there to do. */
bool editor_act(struct editor *editor, enum editor_action action);

/* Breaks the text into rows of `cols` columns. */
void editor_layout(struct editor *editor, int cols);

/* The cursor's row and column after editor_layout(). */
void editor_place(const struct editor *editor, size_t *row, int *col);

/* Moves the first row shown so that the cursor is among `rows`. */
void editor_scroll(struct editor *editor, size_t rows);
