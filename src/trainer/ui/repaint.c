/* SPDX-License-Identifier: MIT */
#include "trainer/ui/repaint.h"

#include <curses.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

#define FNV_START 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

static uint64_t hash_row(int row, cchar_t *cells, int cols)
{
    uint64_t hash = FNV_START;

    if (mvin_wchnstr(row, 0, cells, cols) == ERR)
        return 0;
    const unsigned char *bytes = (const unsigned char *)cells;
    for (size_t i = 0; i < (size_t)cols * sizeof(*cells); i += sizeof(uint32_t))
        hash = (hash ^ *(const uint32_t *)(const void *)(bytes + i)) * FNV_PRIME;
    return hash;
}

static bool was_elsewhere(const struct repaint *repaint, int row, uint64_t hash)
{
    for (int i = 0; i < repaint->row_count; i++)
        if (i != row && repaint->rows[i] == hash)
            return true;
    return false;
}

static bool have_moved(const struct repaint *repaint, const uint64_t *now)
{
    for (int row = 0; row < repaint->row_count; row++)
        if (now[row] != repaint->rows[row] && was_elsewhere(repaint, row, now[row]))
            return true;
    return false;
}

void repaint_moved_rows(struct repaint *repaint)
{
    autofree cchar_t *cells = xcalloc((size_t)COLS + 1, sizeof(*cells));
    uint64_t *now = xcalloc((size_t)LINES, sizeof(*now));

    for (int row = 0; row < LINES; row++)
        now[row] = hash_row(row, cells, COLS);
    if (repaint->row_count == LINES && have_moved(repaint, now))
        for (int row = 0; row < LINES; row++)
            if (now[row] != repaint->rows[row])
                wredrawln(stdscr, row, 1);
    free(repaint->rows);
    repaint->rows = now;
    repaint->row_count = LINES;
}

void repaint_clear(struct repaint *repaint)
{
    free(repaint->rows);
}
