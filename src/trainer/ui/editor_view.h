/* SPDX-License-Identifier: MIT
 * An editor drawn: as one line, or as rows behind a margin. */
#pragma once

#include "trainer/ui/canvas.h"
#include "trainer/ui/editor.h"

/* In one row from column `col` on; scrolls sideways so that the cursor is seen. */
void editor_view_line(struct editor *editor, const struct canvas *canvas, int row, int col);

/* For an editor of one line: newlines become blanks. */
void editor_view_insert_line(struct editor *editor, const char *text, size_t len);

/* In all rows of the canvas. */
void editor_view_rows(struct editor *editor, const struct canvas *canvas, bool has_focus);
