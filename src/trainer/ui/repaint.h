/* SPDX-License-Identifier: MIT
 * Keeps curses from scrolling parts of the screen: terminals and recorders that call themselves an
 * xterm, but do not know its scrolling by lines (SU, SD), would show rubbish. */
#pragma once

#include <stdint.h>

struct repaint {
    uint64_t *rows; /* what each row held when it was last drawn */
    int row_count;
};

/* Before refresh(): where rows have moved, those that changed are written anew instead. */
void repaint_moved_rows(struct repaint *repaint);
void repaint_clear(struct repaint *repaint);
