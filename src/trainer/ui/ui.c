/* SPDX-License-Identifier: MIT */
#include "trainer/ui/ui.h"

#include <curses.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/width.h"
#include "trainer/ui/footer.h"
#include "trainer/ui/key.h"
#include "trainer/ui/repaint.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/terminal.h"

#define SCREENS_MAX   16
#define ROWS_MIN      5
#define COLS_MIN      20
#define ROWS_FOR_RULE 9 /* smaller windows do without the rules */

struct ui {
    struct bank *bank;
    const struct ui_options *options;
    struct screen screens[SCREENS_MAX];
    size_t depth;
    bool is_over, is_dirty, is_pasting;
    struct str message, paste;
    bool message_is_error;
    struct footer footer;
    struct repaint repaint;
    struct place cursor;
    int body_row, footer_row;
};

struct bank *ui_bank(const struct screen *screen)
{
    return screen->ui->bank;
}

const struct ui_options *ui_options(const struct screen *screen)
{
    return screen->ui->options;
}

static struct screen *top_screen(struct ui *ui)
{
    return &ui->screens[ui->depth - 1];
}

const struct screen *ui_below(const struct screen *screen)
{
    return screen > screen->ui->screens ? screen - 1 : NULL;
}

/* --- Messages --- */

static void say(struct ui *ui, bool is_error, const char *text)
{
    str_truncate(&ui->message, 0);
    str_add(&ui->message, text);
    ui->message_is_error = is_error;
    ui->is_dirty = true;
}

void ui_say(struct screen *screen, const char *format, ...)
{
    va_list arguments;
    char text[ERROR_TEXT_BYTES];

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    say(screen->ui, false, text);
}

void ui_complain(struct screen *screen, const struct error *err)
{
    say(screen->ui, true, err->text);
}

/* --- The stack of screens --- */

static int push(struct ui *ui, const struct screen_ops *ops, const void *how, struct error *err)
{
    struct screen *screen = &ui->screens[ui->depth];

    if (ui->depth == SCREENS_MAX)
        return error_set(err, 0, _("too many screens are open: go back first"));
    *screen = (struct screen){.ops = ops, .ui = ui, .data = xcalloc(1, ops->data_size)};
    ui->depth++;
    ui->is_dirty = true;
    if (!ops->open || ops->open(screen, how, err) == 0)
        return 0;
    ui->depth--;
    free(screen->data);
    return -1;
}

void ui_push(struct screen *screen, const struct screen_ops *ops, const void *how)
{
    struct error err;

    if (push(screen->ui, ops, how, &err) < 0)
        ui_complain(screen, &err);
}

static void pop(struct ui *ui)
{
    struct screen *screen = top_screen(ui);

    if (screen->ops->close)
        screen->ops->close(screen);
    free(screen->data);
    ui->depth--;
    ui->is_dirty = true;
}

void ui_quit(struct screen *screen)
{
    screen->ui->is_over = true;
}

void ui_leave(struct screen *screen)
{
    struct ui *ui = screen->ui;
    struct error err;
    bool was_home = screen->ops == &screen_home;

    while (ui->screens + ui->depth > screen)
        pop(ui);
    if (ui->depth == 0 && (was_home || push(ui, &screen_home, NULL, &err) < 0))
        ui->is_over = true;
    else if (top_screen(ui)->ops->resume)
        top_screen(ui)->ops->resume(top_screen(ui));
}

/* --- Drawing --- */

static void draw_title(const struct screen *screen, const struct canvas *canvas)
{
    autostr struct str left = STR_INIT, right = STR_INIT;

    screen->ops->title(screen, &left, &right);
    int right_cols = width_of_text(right.text);
    int left_cols = canvas->cols - 1 - (right_cols > 0 ? right_cols + 3 : 1);
    if (right_cols > 0 && left_cols < 8 && width_of_text(left.text) > left_cols) {
        right_cols = 0;
        left_cols = canvas->cols - 2;
    }
    canvas_cell(canvas, 0, 1, left_cols, LOOK_BOLD, left.text);
    if (right_cols > 0)
        canvas_number(canvas, 0, canvas->cols - 1 - right_cols, right_cols, LOOK_PLAIN, right.text);
}

/* The message lies on the lower rule; without one it covers the footer until the next key. */
static void draw_message(const struct ui *ui, const struct canvas *canvas, int row)
{
    autostr struct str cut = STR_INIT;
    int cols = width_of_text(ui->message.text);

    if (cols > canvas->cols - 4)
        cols = canvas->cols - 4;
    width_add_padded(&cut, ui->message.text, cols, "…");
    canvas_text(canvas, row, 1, LOOK_PLAIN, " ");
    int col = canvas_text(canvas, row, 2, ui->message_is_error ? LOOK_BOLD | LOOK_RED : LOOK_BOLD,
                          cut.text);
    canvas_text(canvas, row, col, LOOK_PLAIN, " ");
}

/* The screen on top, and below overlays the one they lie on. */
static void draw_screens(struct ui *ui, const struct canvas *body)
{
    size_t first = ui->depth - 1;

    while (first > 0 && ui->screens[first].ops->is_overlay)
        first--;
    for (size_t i = first; i < ui->depth; i++) {
        struct screen *screen = &ui->screens[i];
        screen->rows = body->rows;
        screen->cols = body->cols;
        screen->ops->draw(screen, body);
    }
}

static void draw_frame(struct ui *ui, const struct canvas *all)
{
    struct screen *screen = top_screen(ui);
    const struct screen *titled = screen;
    bool has_rules = all->rows >= ROWS_FOR_RULE;

    while (titled->ops->is_overlay && ui_below(titled))
        titled = ui_below(titled);
    ui->body_row = has_rules ? 2 : 1;
    ui->footer_row = all->rows - 1;
    struct canvas body = canvas_rows(all, ui->body_row, all->rows - (has_rules ? 4 : 2));
    if (has_rules) {
        canvas_rule(all, 1);
        canvas_rule(all, all->rows - 2);
    }
    ui->cursor = (struct place){ui->footer_row, 0};
    footer_draw(&ui->footer, screen, all, ui->footer_row);
    draw_screens(ui, &body);
    draw_title(titled, all);
    if (ui->message.len > 0) {
        if (!has_rules)
            canvas_cell(all, ui->footer_row, 0, all->cols, LOOK_PLAIN, "");
        draw_message(ui, all, has_rules ? all->rows - 2 : ui->footer_row);
    }
}

static void draw(struct ui *ui)
{
    struct canvas all = {.rows = LINES,
                         .cols = COLS,
                         .ascii = ui->options->ascii,
                         .has_color = !ui->options->no_color && has_colors(),
                         .cursor = &ui->cursor};

    erase();
    if (all.rows < ROWS_MIN || all.cols < COLS_MIN)
        canvas_text(&all, 0, 0, LOOK_PLAIN, _("make it bigger"));
    else
        draw_frame(ui, &all);
    repaint_moved_rows(&ui->repaint);
    move(ui->cursor.row < LINES ? ui->cursor.row : LINES - 1,
         ui->cursor.col < COLS ? ui->cursor.col : COLS - 1);
    refresh();
    ui->is_dirty = false;
}

void ui_draw_now(struct screen *screen)
{
    draw(screen->ui);
}

/* --- Keys --- */

static void act(struct ui *ui, int action, const char *key)
{
    struct screen *screen = top_screen(ui);

    if (screen->ops->can && !screen->ops->can(screen, action))
        return;
    if (action == ACTION_HELP)
        ui_push(screen, &screen_help, NULL);
    else if (action == ACTION_REDRAW)
        clearok(stdscr, TRUE);
    else
        screen->ops->act(screen, action, key);
}

void ui_do_below(struct screen *screen, int action)
{
    struct ui *ui = screen->ui;

    ui_leave(screen);
    act(ui, action, "");
}

static void type(struct ui *ui, const char *text, size_t len)
{
    struct screen *screen = top_screen(ui);

    if (screen->ops->type && keys_is_typing(screen->ops->mode(screen)))
        screen->ops->type(screen, text, len);
}

static void press(struct ui *ui, const struct key *key)
{
    struct screen *screen = top_screen(ui);
    enum mode mode = screen->ops->mode(screen);
    const struct key_row *row = keys_find(mode, key->name);

    if (row)
        act(ui, row->action, key->name);
    else if (key->kind == KEY_KIND_TEXT && keys_is_typing(mode))
        type(ui, key->name, strlen(key->name));
    else
        ui_say(screen,
               keys_is_typing(mode) ? _("%s does nothing here; F1 shows the keys")
                                    : _("%s does nothing here; ? shows the keys"),
               key->name);
}

static void click(struct ui *ui, const struct key *key)
{
    struct screen *screen = top_screen(ui);

    if (key->button != MOUSE_CLICK) {
        for (int i = 0; i < 3; i++)
            act(ui, key->button == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN, "");
        return;
    }
    if (key->row == ui->footer_row) {
        const struct key_row *row = footer_at(&ui->footer, key->col);
        if (row && row->action != ACTION_RATE && row->action != ACTION_CHOOSE)
            act(ui, row->action, "");
    } else if (screen->ops->click && key->row >= ui->body_row) {
        screen->ops->click(screen, key->row - ui->body_row, key->col);
    }
}

/* Pasted text is never taken for commands. */
static void paste(struct ui *ui, const struct key *key)
{
    if (key->kind == KEY_KIND_PASTE_END) {
        ui->is_pasting = false;
        type(ui, ui->paste.text, ui->paste.len);
        str_truncate(&ui->paste, 0);
    } else if (key->kind == KEY_KIND_TEXT) {
        str_add(&ui->paste, key->name);
    } else if (str_eq(key->name, "Enter")) {
        str_add_char(&ui->paste, '\n');
    } else if (str_eq(key->name, "Tab")) {
        str_add_char(&ui->paste, '\t');
    }
}

static void handle(struct ui *ui, const struct key *key)
{
    ui->is_dirty = true;
    if (ui->is_pasting) {
        paste(ui, key);
        return;
    }
    if (key->kind != KEY_KIND_NONE)
        str_truncate(&ui->message, 0);
    if (key->kind == KEY_KIND_PASTE_BEGIN)
        ui->is_pasting = true;
    else if (key->kind == KEY_KIND_MOUSE)
        click(ui, key);
    else if (key->kind == KEY_KIND_NAMED || key->kind == KEY_KIND_TEXT)
        press(ui, key);
}

static void handle_all(struct ui *ui)
{
    struct key key;

    while (!ui->is_over && key_read(&key))
        handle(ui, &key);
}

/* --- The loop --- */

/* How long the screen stays as it is; 0 while there is work to do between keys. */
static int wait_ms(const struct screen *screen)
{
    if (screen->ops->next_change_ms)
        return screen->ops->next_change_ms(screen);
    return -1;
}

static void handle_event(struct ui *ui, enum terminal_event event)
{
    switch (event) {
    case TERMINAL_INPUT:
        handle_all(ui);
        break;
    case TERMINAL_SUSPEND:
        terminal_suspend();
        ui->is_dirty = true;
        break;
    case TERMINAL_END:
        ui->is_over = true;
        break;
    case TERMINAL_RESIZED:
    case TERMINAL_TIMEOUT:
        ui->is_dirty = true;
        break;
    }
}

static void loop(struct ui *ui)
{
    while (!ui->is_over) {
        if (ui->is_dirty)
            draw(ui);
        struct screen *screen = top_screen(ui);
        enum terminal_event event = TERMINAL_TIMEOUT;
        if (screen->ops->work) {
            event = terminal_wait(0);
            if (event == TERMINAL_TIMEOUT && screen->ops->work(screen)) {
                ui->is_dirty = true;
                continue;
            }
        }
        if (event == TERMINAL_TIMEOUT)
            event = terminal_wait(wait_ms(screen));
        handle_event(ui, event);
    }
}

static const struct screen_ops *first_screen(const struct ui_options *options)
{
    static const struct screen_ops *const screens[] = {
        [UI_HOME] = &screen_home,
        [UI_STUDY] = &screen_study,
        [UI_BROWSE] = &screen_browse,
        [UI_PROGRESS] = &screen_progress,
    };

    return screens[options->screen];
}

/* What the first screen opens with. */
static const void *first_how(const struct ui_options *options)
{
    return options->screen == UI_STUDY ? &options->study : NULL;
}

int ui_run(struct bank *bank, const struct ui_options *options, struct error *err)
{
    struct ui *ui = xcalloc(1, sizeof(*ui));
    const struct terminal_options terminal = {!options->no_color, options->mouse};

    ui->bank = bank;
    ui->options = options;
    str_init(&ui->message);
    str_init(&ui->paste);
    int result = push(ui, first_screen(options), first_how(options), err);
    if (result == 0)
        result = terminal_start(&terminal, err);
    if (result == 0)
        loop(ui);
    while (ui->depth > 0)
        pop(ui);
    if (result == 0)
        terminal_stop();
    str_clear(&ui->message);
    str_clear(&ui->paste);
    repaint_clear(&ui->repaint);
    free(ui);
    if (terminal_ending_signal() != 0)
        raise(terminal_ending_signal()); /* the default action: whoever waits sees why */
    return result;
}
