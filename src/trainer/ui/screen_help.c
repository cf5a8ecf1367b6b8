/* SPDX-License-Identifier: MIT
 * Help: the keys that work in the screen below, from the key table; typing filters them. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/ui/editor_view.h"
#include "trainer/ui/list.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/wrap.h"

struct help {
    const struct key_row **rows;
    size_t row_cap;
    struct list list;
    struct editor filter;
};

/* Whether a row holds the words typed: in its keys, its sentence or its label. */
static bool is_wanted(const struct help *help, const struct key_row *row)
{
    autostr struct str text = STR_INIT;

    str_addf(&text, "%s %s %s", row->keys, _(row->help), row->label ? _(row->label) : "");
    return help->filter.text.len == 0 || strcasestr(text.text, help->filter.text.text);
}

static void collect(struct screen *screen)
{
    struct help *help = screen->data;
    const struct screen *below = ui_below(screen);
    unsigned mode = 1u << below->ops->mode(below);

    help->list.count = 0;
    for (size_t i = 0; i < keys_count; i++) {
        const struct key_row *row = &keys_table[i];
        if (!(row->modes & mode) || row->action == ACTION_HELP)
            continue;
        if (below->ops->can && !below->ops->can(below, row->action))
            continue;
        if (is_wanted(help, row))
            *array_add(help->rows, help->list.count, help->row_cap) = row;
    }
}

static int help_open(struct screen *screen, const void *how, struct error *err)
{
    struct help *help = screen->data;

    editor_init(&help->filter);
    collect(screen);
    return 0;
}

static void help_close(struct screen *screen)
{
    struct help *help = screen->data;

    editor_clear(&help->filter);
    free(help->rows);
}

static enum mode help_mode(const struct screen *screen)
{
    return MODE_HELP;
}

static void help_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct screen *below = ui_below(screen);

    /* TRANSLATORS: the title of a screen follows */
    str_addf(left, _("Keys · %s"), _(keys_mode_title(below->ops->mode(below))));
}

static int keys_cols(const struct help *help, int cols)
{
    int widest = 1;

    for (size_t i = 0; i < help->list.count; i++) {
        int own = width_of_text(help->rows[i]->keys);
        widest = own > widest ? own : widest;
    }
    return widest < cols / 3 ? widest : cols / 3;
}

static void draw_row(const struct help *help, const struct canvas *canvas, int row, size_t index,
                     int keys)
{
    bool is_marked = index == help->list.marked;
    unsigned look = is_marked ? LOOK_BOLD : LOOK_PLAIN;

    canvas_cell(canvas, row, 3, keys, LOOK_BOLD, help->rows[index]->keys);
    canvas_cell(canvas, row, 5 + keys, canvas->cols - 6 - keys, look, _(help->rows[index]->help));
    if (is_marked)
        canvas_text(canvas, row, 1, LOOK_BOLD, "▸");
}

/* The marked sentence in full where its row cuts it; returns the rows it takes. */
static int draw_whole(const struct help *help, const struct canvas *canvas, int keys)
{
    const char *text = _(help->rows[help->list.marked]->help);
    size_t next, len = strlen(text);
    int rows = 0;

    if (width_of_text(text) <= canvas->cols - 6 - keys || canvas->rows < 5)
        return 0;
    for (const char *rest = text; *rest; rest += next, rows++)
        wrap_line(rest, strlen(rest), canvas->cols - 2, &next);
    for (int row = canvas->rows - rows; *text; row++) {
        len = wrap_line(text, strlen(text), canvas->cols - 2, &next);
        canvas_bytes(canvas, row, 1, LOOK_DIM, text, len);
        text += next;
    }
    return rows;
}

static void help_draw(struct screen *screen, const struct canvas *canvas)
{
    struct help *help = screen->data;
    int keys = keys_cols(help, canvas->cols);
    int col = canvas_text(canvas, 0, 1, LOOK_BOLD, _("filter:")) + 1;

    int whole = help->list.count > 0 ? draw_whole(help, canvas, keys) : 0;
    struct canvas body = canvas_rows(canvas, 1, canvas->rows - 1 - whole);
    screen->rows = body.rows;
    list_settle(&help->list, body.rows);
    for (int row = 0; row < body.rows; row++) {
        size_t index;
        if (list_at(&help->list, row, &index))
            draw_row(help, &body, row, index, keys);
    }
    editor_view_line(&help->filter, canvas, 0, col);
}

/* Runs the marked line, unless it stands for several keys. */
static void run_marked(struct screen *screen)
{
    const struct help *help = screen->data;
    const struct key_row *row = help->rows[help->list.marked];

    if (row->action == ACTION_RATE || row->action == ACTION_CHOOSE)
        ui_say(screen, _("go back and press one of %s"), row->keys);
    else
        ui_do_below(screen, row->action);
}

static void help_act(struct screen *screen, int action, const char *key)
{
    struct help *help = screen->data;

    if (action == ACTION_LEAVE) {
        ui_leave(screen);
    } else if (action == ACTION_OPEN) {
        if (help->list.count > 0)
            run_marked(screen);
    } else if (action >= ACTION_EDITOR) {
        editor_act(&help->filter, (enum editor_action)(action - ACTION_EDITOR));
        help->list.marked = 0;
        collect(screen);
    } else {
        list_act(&help->list, action, screen->rows);
    }
}

static void help_type(struct screen *screen, const char *text, size_t len)
{
    struct help *help = screen->data;

    if (len == 1 && *text == '?' && help->filter.text.len == 0) { /* the key that came here */
        ui_leave(screen);
        return;
    }
    editor_view_insert_line(&help->filter, text, len);
    help->list.marked = 0;
    collect(screen);
}

static void help_click(struct screen *screen, int row, int col)
{
    struct help *help = screen->data;
    size_t index;

    if (!list_at(&help->list, row - 1, &index))
        return;
    if (index == help->list.marked)
        run_marked(screen);
    else
        help->list.marked = index;
}

const struct screen_ops screen_help = {
    .data_size = sizeof(struct help),
    .open = help_open,
    .close = help_close,
    .mode = help_mode,
    .title = help_title,
    .draw = help_draw,
    .act = help_act,
    .type = help_type,
    .click = help_click,
};
