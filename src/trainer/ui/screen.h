/* SPDX-License-Identifier: MIT
 * What a screen is, and what the event loop does for it. A screen is a private struct and a const
 * struct screen_ops. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trainer/bank/bank.h"
#include "trainer/ui/canvas.h"
#include "trainer/ui/keys.h"
#include "trainer/ui/ui.h"

struct ui;
struct screen;

struct screen_ops {
    size_t data_size;
    bool is_overlay; /* the screen below stays in sight */
    /* `how` is the screen's own; what fails here never comes up. */
    int (*open)(struct screen *screen, const void *how, struct error *err);
    void (*close)(struct screen *screen);
    enum mode (*mode)(const struct screen *screen);
    /* What stands at the left and at the right of the top row. */
    void (*title)(const struct screen *screen, struct str *left, struct str *right);
    void (*draw)(struct screen *screen, const struct canvas *canvas);
    /* Does what a key of the table asks for; `key` is its name. */
    void (*act)(struct screen *screen, int action, const char *key);
    /* Optional, from here. False for an action that has nothing to work on now: not shown, not
     * done. */
    bool (*can)(const struct screen *screen, int action);
    void (*type)(struct screen *screen, const char *text, size_t len); /* text typed or pasted */
    void (*click)(struct screen *screen, int row, int col);            /* of its canvas */
    void (*resume)(struct screen *screen); /* the screen above has gone */
    /* Until when the screen stays as it is, if nothing happens: ms from now; -1 for ever. */
    int (*next_change_ms)(const struct screen *screen);
    bool (*work)(struct screen *screen); /* when no key waits; true: the screen has changed */
};

struct screen {
    const struct screen_ops *ops;
    struct ui *ui;
    void *data;
    int rows, cols; /* of its canvas when it was last drawn */
};

struct bank *ui_bank(const struct screen *screen);
const struct ui_options *ui_options(const struct screen *screen);

/* Puts a screen on top; where it cannot open, its error is shown instead. */
void ui_push(struct screen *screen, const struct screen_ops *ops, const void *how);

/* The screen goes, once the key is done with; the first one leads home, home to the end. */
void ui_leave(struct screen *screen);
void ui_quit(struct screen *screen);

/* A sentence for the person, until the next key. */
void ui_say(struct screen *screen, const char *format, ...) PRINTF_LIKE(2, 3);
void ui_complain(struct screen *screen, const struct error *err);

/* Does an action as if its key had been typed at the screen below this one, which leaves. */
void ui_do_below(struct screen *screen, int action);
const struct screen *ui_below(const struct screen *screen);

/* Draws now: before something that takes long. */
void ui_draw_now(struct screen *screen);

/* Asks; on "yes" calls `yes` with the screen that asked. */
void ui_confirm(struct screen *screen, const char *question, void (*yes)(struct screen *asker));

/* Asks for a line that begins as `text`; calls `accept` with it. */
void ui_prompt(struct screen *screen, const char *label, const char *text,
               void (*accept)(struct screen *asker, const char *text));

extern const struct screen_ops screen_home, screen_study, screen_browse, screen_reader,
    screen_progress, screen_settings, screen_help, screen_links, screen_prompt, screen_confirm;
