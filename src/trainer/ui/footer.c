/* SPDX-License-Identifier: MIT */
#include "trainer/ui/footer.h"

#include "base/i18n.h"
#include "base/width.h"

#define GAP_COLS 2

static int zone_cols(const struct key_row *row)
{
    autostr struct str key = STR_INIT;

    keys_add_first(&key, row);
    return width_of_text(key.text) + 1 + width_of_text(_(row->label));
}

static void collect(struct footer *footer, const struct screen *screen)
{
    unsigned mode = 1u << screen->ops->mode(screen);

    footer->zone_count = 0;
    for (size_t i = 0; i < keys_count && footer->zone_count < FOOTER_ZONES_MAX; i++) {
        const struct key_row *row = &keys_table[i];
        if (!row->label || !(row->modes & mode))
            continue;
        if (screen->ops->can && !screen->ops->can(screen, row->action))
            continue;
        footer->zones[footer->zone_count++] = (struct footer_zone){0, zone_cols(row), row};
    }
}

static int total_cols(const struct footer *footer)
{
    int cols = 0;

    for (size_t i = 0; i < footer->zone_count; i++)
        cols += footer->zones[i].cols + (i > 0 ? GAP_COLS : 0);
    return cols;
}

/* Takes away the key that matters least; false where only those are left that stay. */
static bool drop_one(struct footer *footer)
{
    size_t least = 0;

    for (size_t i = 1; i < footer->zone_count; i++)
        if (footer->zones[i].row->rank >= footer->zones[least].row->rank)
            least = i;
    if (footer->zone_count == 0 || footer->zones[least].row->rank == KEYS_NEVER_DROPPED)
        return false;
    footer->zone_count--;
    for (size_t i = least; i < footer->zone_count; i++)
        footer->zones[i] = footer->zones[i + 1];
    return true;
}

void footer_draw(struct footer *footer, const struct screen *screen, const struct canvas *canvas,
                 int row)
{
    int col = 1;

    collect(footer, screen);
    while (total_cols(footer) > canvas->cols - 2)
        if (!drop_one(footer))
            break;
    for (size_t i = 0; i < footer->zone_count; i++) {
        struct footer_zone *zone = &footer->zones[i];
        autostr struct str key = STR_INIT;
        keys_add_first(&key, zone->row);
        zone->col = col;
        col = canvas_text(canvas, row, col, LOOK_BOLD, key.text);
        col = canvas_text(canvas, row, col + 1, LOOK_PLAIN, _(zone->row->label)) + GAP_COLS;
    }
}

const struct key_row *footer_at(const struct footer *footer, int col)
{
    for (size_t i = 0; i < footer->zone_count; i++) {
        const struct footer_zone *zone = &footer->zones[i];
        if (col >= zone->col && col < zone->col + zone->cols)
            return zone->row;
    }
    return NULL;
}
