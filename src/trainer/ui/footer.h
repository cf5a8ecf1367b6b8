/* SPDX-License-Identifier: MIT
 * The bottom row: the keys that work now, from the key table; narrow ones lose keys, never help. */
#pragma once

#include "trainer/ui/screen.h"

#define FOOTER_ZONES_MAX 32

struct footer_zone { /* to click on */
    int col, cols;
    const struct key_row *row;
};

struct footer {
    struct footer_zone zones[FOOTER_ZONES_MAX];
    size_t zone_count;
};

void footer_draw(struct footer *footer, const struct screen *screen, const struct canvas *canvas,
                 int row);

/* The key shown at this column, or NULL. */
const struct key_row *footer_at(const struct footer *footer, int col);
