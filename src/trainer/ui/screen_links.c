/* SPDX-License-Identifier: MIT */
#include "trainer/ui/screen_links.h"

#include "base/i18n.h"
#include "trainer/ui/external.h"
#include "trainer/ui/list.h"

struct links {
    const struct sheet *sheet;
    struct list list;
};

static int links_open(struct screen *screen, const void *how, struct error *err)
{
    struct links *links = screen->data;

    links->sheet = ((const struct links_how *)how)->sheet;
    links->list.count = links->sheet->link_count;
    return 0;
}

static enum mode links_mode(const struct screen *screen)
{
    return MODE_LINKS;
}

static void links_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct links *links = screen->data;
    int count = (int)links->list.count;

    str_add(left, _("Links"));
    str_addf(right, ngettext("%d link", "%d links", count), count);
}

static void links_draw(struct screen *screen, const struct canvas *canvas)
{
    struct links *links = screen->data;

    list_settle(&links->list, canvas->rows);
    for (int row = 0; row < canvas->rows; row++) {
        size_t index;
        if (!list_at(&links->list, row, &index))
            break;
        bool is_marked = index == links->list.marked;
        canvas_cell(canvas, row, 3, canvas->cols - 4, is_marked ? LOOK_BOLD : LOOK_PLAIN,
                    links->sheet->links[index]);
        if (is_marked) {
            canvas_text(canvas, row, 1, LOOK_BOLD, "▸");
            canvas_cursor(canvas, row, 3);
        }
    }
}

static void open_marked(struct screen *screen)
{
    struct links *links = screen->data;
    const char *target = links->sheet->links[links->list.marked];
    struct error err;
    bool opened;

    if (external_open(target, &opened, &err) < 0)
        ui_complain(screen, &err);
    else if (opened)
        ui_say(screen, _("opened %s"), target);
    else
        /* TRANSLATORS: an address to copy */
        ui_say(screen, _("no browser is known here: %s"), target);
}

static void links_act(struct screen *screen, int action, const char *key)
{
    struct links *links = screen->data;

    if (list_act(&links->list, action, screen->rows))
        return;
    if (action == ACTION_OPEN)
        open_marked(screen);
    else if (action == ACTION_LEAVE)
        ui_leave(screen);
}

static void links_click(struct screen *screen, int row, int col)
{
    struct links *links = screen->data;
    size_t index;

    if (!list_at(&links->list, row, &index))
        return;
    if (index == links->list.marked)
        open_marked(screen);
    links->list.marked = index;
}

const struct screen_ops screen_links = {
    .data_size = sizeof(struct links),
    .open = links_open,
    .mode = links_mode,
    .title = links_title,
    .draw = links_draw,
    .act = links_act,
    .click = links_click,
};
