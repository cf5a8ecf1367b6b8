/* SPDX-License-Identifier: MIT */
#include "trainer/ui/screen_prompt.h"

#include <stdlib.h>
#include <string.h>

#include "base/width.h"
#include "trainer/ui/editor.h"
#include "trainer/ui/editor_view.h"
#include "trainer/ui/wrap.h"

struct prompt {
    char *label;
    struct editor editor;
    void (*accept)(struct screen *asker, const char *text);
};

struct confirm {
    char *question;
    void (*yes)(struct screen *asker);
};

/* The screen that asked lies below. */
static struct screen *asker_of(struct screen *screen)
{
    return screen - 1;
}

static void no_title(const struct screen *screen, struct str *left, struct str *right)
{
}

/* --- A line to type --- */

static int prompt_open(struct screen *screen, const void *how, struct error *err)
{
    struct prompt *prompt = screen->data;
    const struct prompt_how *wanted = how;

    prompt->label = xstrdup(wanted->label);
    prompt->accept = wanted->accept;
    editor_init(&prompt->editor);
    editor_set(&prompt->editor, wanted->text);
    return 0;
}

static void prompt_close(struct screen *screen)
{
    struct prompt *prompt = screen->data;

    free(prompt->label);
    editor_clear(&prompt->editor);
}

static enum mode prompt_mode(const struct screen *screen)
{
    return MODE_PROMPT;
}

static void prompt_draw(struct screen *screen, const struct canvas *canvas)
{
    struct prompt *prompt = screen->data;
    int row = canvas->rows - 1;

    canvas_cell(canvas, row, 0, canvas->cols, LOOK_PLAIN, "");
    int col = canvas_text(canvas, row, 1, LOOK_BOLD, prompt->label) + 1;
    editor_view_line(&prompt->editor, canvas, row, col);
}

static void prompt_act(struct screen *screen, int action, const char *key)
{
    struct prompt *prompt = screen->data;

    if (action >= ACTION_EDITOR) {
        editor_act(&prompt->editor, (enum editor_action)(action - ACTION_EDITOR));
    } else if (action == ACTION_LEAVE) {
        ui_leave(screen);
    } else if (action == ACTION_OPEN) {
        autofree char *text = str_steal(&prompt->editor.text);
        void (*accept)(struct screen *, const char *) = prompt->accept;
        struct screen *asker = asker_of(screen);
        ui_leave(screen);
        accept(asker, text ? text : "");
    }
}

static void prompt_type(struct screen *screen, const char *text, size_t len)
{
    struct prompt *prompt = screen->data;

    editor_view_insert_line(&prompt->editor, text, len);
}

void ui_prompt(struct screen *screen, const char *label, const char *text,
               void (*accept)(struct screen *asker, const char *text))
{
    const struct prompt_how how = {label, text, accept};

    ui_push(screen, &screen_prompt, &how);
}

const struct screen_ops screen_prompt = {
    .data_size = sizeof(struct prompt),
    .is_overlay = true,
    .open = prompt_open,
    .close = prompt_close,
    .mode = prompt_mode,
    .title = no_title,
    .draw = prompt_draw,
    .act = prompt_act,
    .type = prompt_type,
};

/* --- Yes or no --- */

static int confirm_open(struct screen *screen, const void *how, struct error *err)
{
    struct confirm *confirm = screen->data;
    const struct confirm_how *wanted = how;

    confirm->question = xstrdup(wanted->question);
    confirm->yes = wanted->yes;
    return 0;
}

static void confirm_close(struct screen *screen)
{
    struct confirm *confirm = screen->data;

    free(confirm->question);
}

static enum mode confirm_mode(const struct screen *screen)
{
    return MODE_CONFIRM;
}

static int count_rows(const char *text, int cols)
{
    size_t len = strlen(text), next;
    int rows = 0;

    while (len > 0) {
        wrap_line(text, len, cols, &next);
        text += next;
        len -= next;
        rows++;
    }
    return rows;
}

static void confirm_draw(struct screen *screen, const struct canvas *canvas)
{
    struct confirm *confirm = screen->data;
    int cols = canvas->cols - 2;
    int rows = count_rows(confirm->question, cols);
    const char *rest = confirm->question;

    for (int row = canvas->rows - rows; row < canvas->rows; row++) {
        size_t next, len = wrap_line(rest, strlen(rest), cols, &next);
        canvas_cell(canvas, row, 0, canvas->cols, LOOK_PLAIN, "");
        int col = canvas_bytes(canvas, row, 1, LOOK_BOLD, rest, len);
        canvas_cursor(canvas, row, col + 1);
        rest += next;
    }
}

static void confirm_act(struct screen *screen, int action, const char *key)
{
    struct confirm *confirm = screen->data;
    struct screen *asker = asker_of(screen);
    void (*yes)(struct screen *) = confirm->yes;

    if (action != ACTION_YES && action != ACTION_NO)
        return;
    ui_leave(screen);
    if (action == ACTION_YES)
        yes(asker);
}

void ui_confirm(struct screen *screen, const char *question, void (*yes)(struct screen *asker))
{
    const struct confirm_how how = {question, yes};

    ui_push(screen, &screen_confirm, &how);
}

const struct screen_ops screen_confirm = {
    .data_size = sizeof(struct confirm),
    .is_overlay = true,
    .open = confirm_open,
    .close = confirm_close,
    .mode = confirm_mode,
    .title = no_title,
    .draw = confirm_draw,
    .act = confirm_act,
};
