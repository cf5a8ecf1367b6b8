/* SPDX-License-Identifier: MIT
 * Settings: the table of bank/settings.h, for all decks or for one. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/bank/settings.h"
#include "trainer/ui/list.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/wrap.h"

#define VALUE_COLS 14
#define COLS_MAX   80

struct settings {
    struct bank_overview *overview; /* for the decks' names */
    size_t deck;                    /* 0: all; else its number from 1 */
    const struct setting **shown;   /* those that the deck can have */
    size_t shown_cap;
    struct list list;
};

static const struct bank_deck_summary *deck_of(const struct settings *settings)
{
    return settings->deck > 0 ? &settings->overview->decks[settings->deck - 1] : NULL;
}

static const char *deck_id(const struct settings *settings)
{
    return deck_of(settings) ? deck_of(settings)->id : NULL;
}

static void collect(struct settings *settings)
{
    settings->list.count = 0;
    for (size_t i = 0; i < settings_count; i++)
        if (settings->deck == 0 || settings_table[i].is_per_deck)
            *array_add(settings->shown, settings->list.count, settings->shown_cap) =
                &settings_table[i];
}

static int settings_open(struct screen *screen, const void *how, struct error *err)
{
    struct settings *settings = screen->data;

    settings->overview = bank_overview(ui_bank(screen), clock_now_ms(), err);
    if (!settings->overview)
        return -1;
    collect(settings);
    return 0;
}

static void settings_close(struct screen *screen)
{
    struct settings *settings = screen->data;

    bank_overview_free(settings->overview);
    free(settings->shown);
}

static enum mode settings_mode(const struct screen *screen)
{
    return MODE_SETTINGS;
}

static void settings_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct settings *settings = screen->data;
    const struct bank_deck_summary *deck = deck_of(settings);

    str_addf(left, "%s · %s", _("Settings"), deck ? deck->title : _("for all decks"));
}

/* --- Drawing --- */

static char *shown_value(const struct setting *setting, const char *value)
{
    if (*value == '\0')
        return xstrdup("–");
    if (setting->kind == SETTING_PERCENT)
        return str_printf("%s\u00a0%%", value);
    if (setting->kind == SETTING_SWITCH)
        return xstrdup(str_eq(value, "on") ? _("on") : _("off"));
    return xstrdup(value);
}

static void draw_row(struct screen *screen, const struct canvas *canvas, int row, size_t index)
{
    const struct settings *settings = screen->data;
    const struct setting *setting = settings->shown[index];
    autofree char *value = setting_get(ui_bank(screen), deck_id(settings), setting->name);
    autofree char *text = shown_value(setting, value);
    bool is_marked = index == settings->list.marked;
    bool is_own = !str_eq(value, setting->fallback);
    int col = canvas->cols - 1 - VALUE_COLS;

    canvas_cell(canvas, row, 3, col - 4, is_marked ? LOOK_BOLD : LOOK_PLAIN, _(setting->title));
    canvas_number(canvas, row, col, VALUE_COLS - 2, is_own ? LOOK_BOLD : LOOK_PLAIN, text);
    if (is_own)
        canvas_text(canvas, row, col + VALUE_COLS - 1, LOOK_BOLD, "*");
    if (!is_marked)
        return;
    canvas_text(canvas, row, 1, LOOK_BOLD, "▸");
    canvas_cursor(canvas, row, 3);
}

/* A sentence in the last rows; returns how many they are, at most half of all. */
static int draw_help(const struct canvas *canvas, const char *text)
{
    int cols = canvas->cols - 2, rows = 0;
    size_t next;

    for (const char *rest = text; *rest && rows < canvas->rows / 2; rest += next, rows++)
        wrap_line(rest, strlen(rest), cols, &next);
    for (int row = canvas->rows - rows; row < canvas->rows; row++) {
        size_t len = wrap_line(text, strlen(text), cols, &next);
        canvas_bytes(canvas, row, 1, LOOK_DIM, text, len);
        text += next;
    }
    return rows;
}

static int draw_marked_help(struct screen *screen, const struct canvas *canvas)
{
    const struct settings *settings = screen->data;
    const struct setting *marked = settings->shown[settings->list.marked];
    autofree char *value = setting_get(ui_bank(screen), deck_id(settings), marked->name);
    autofree char *fallback = shown_value(marked, marked->fallback);
    bool is_own = !str_eq(value, marked->fallback);
    autostr struct str text = STR_INIT;

    /* TRANSLATORS: a sentence on a setting, and its default */
    str_addf(&text,
             is_own ? _("%s Default: %s. * marks what is not the default.") : _("%s Default: %s."),
             _(marked->help), fallback);
    return draw_help(canvas, text.text);
}

static void settings_draw(struct screen *screen, const struct canvas *canvas)
{
    struct settings *settings = screen->data;
    struct canvas all = canvas_indented(canvas, 0, COLS_MAX);

    if (settings->list.count == 0)
        return;
    struct canvas body = canvas_rows(&all, 0, all.rows - draw_marked_help(screen, &all));
    screen->rows = body.rows;
    list_settle(&settings->list, body.rows);
    for (int row = 0; row < body.rows; row++) {
        size_t index;
        if (list_at(&settings->list, row, &index))
            draw_row(screen, &body, row, index);
    }
}

/* --- Keys --- */

static void set(struct screen *screen, const char *value)
{
    struct settings *settings = screen->data;
    const struct setting *setting = settings->shown[settings->list.marked];
    struct error err;

    if (setting_set(ui_bank(screen), deck_id(settings), setting->name, value, &err) < 0)
        ui_complain(screen, &err);
    else if (str_eq(setting->name, "mouse") || str_eq(setting->name, "ascii"))
        ui_say(screen, "%s", _("holds from the next start on"));
}

static void change(struct screen *screen)
{
    struct settings *settings = screen->data;
    const struct setting *setting = settings->shown[settings->list.marked];
    autofree char *value = setting_get(ui_bank(screen), deck_id(settings), setting->name);
    /* TRANSLATORS: the name of a setting, before what is typed */
    autofree char *label = str_printf(_("%s:"), _(setting->title));

    if (setting->kind == SETTING_SWITCH)
        set(screen, str_eq(value, "on") ? "off" : "on");
    else
        ui_prompt(screen, label, value, set);
}

static void step(struct screen *screen, int by)
{
    struct settings *settings = screen->data;
    const struct setting *setting = settings->shown[settings->list.marked];
    autofree char *value = setting_get(ui_bank(screen), deck_id(settings), setting->name);

    if (setting->kind == SETTING_SWITCH) {
        set(screen, by > 0 ? "on" : "off");
    } else if (setting->kind == SETTING_STEPS) {
        ui_say(screen, "%s", _("Enter changes this one"));
    } else {
        double number = strtod(value, NULL) + by;
        if (number < setting->minimum || number > setting->maximum)
            return;
        autofree char *text = str_printf("%g", number);
        set(screen, text);
    }
}

static void next_deck(struct settings *settings)
{
    settings->deck = (settings->deck + 1) % (settings->overview->deck_count + 1);
    settings->list.marked = 0;
    collect(settings);
}

static void settings_act(struct screen *screen, int action, const char *key)
{
    struct settings *settings = screen->data;

    if (action == ACTION_LEAVE)
        ui_leave(screen);
    else if (list_act(&settings->list, action, screen->rows))
        return;
    else if (action == ACTION_SWITCH)
        next_deck(settings);
    else if (action == ACTION_OPEN)
        change(screen);
    else if (action == ACTION_MORE || action == ACTION_LESS)
        step(screen, action == ACTION_MORE ? 1 : -1);
    else if (action == ACTION_DEFAULT)
        set(screen, "");
}

static bool settings_can(const struct screen *screen, int action)
{
    const struct settings *settings = screen->data;

    switch (action) {
    case ACTION_SWITCH:
        return settings->overview->deck_count > 0;
    case ACTION_OPEN:
    case ACTION_MORE:
    case ACTION_LESS:
    case ACTION_DEFAULT:
        return settings->list.count > 0;
    default:
        return true;
    }
}

static void settings_click(struct screen *screen, int row, int col)
{
    struct settings *settings = screen->data;
    size_t index;

    if (!list_at(&settings->list, row, &index))
        return;
    bool was_marked = index == settings->list.marked;
    settings->list.marked = index;
    if (was_marked)
        change(screen);
}

const struct screen_ops screen_settings = {
    .data_size = sizeof(struct settings),
    .open = settings_open,
    .close = settings_close,
    .mode = settings_mode,
    .title = settings_title,
    .draw = settings_draw,
    .act = settings_act,
    .can = settings_can,
    .click = settings_click,
};
