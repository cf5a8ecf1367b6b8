/* SPDX-License-Identifier: MIT
 * Browse: all questions in a list, filtered by words as they are typed or by a pattern. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/study/search.h"
#include "trainer/ui/card_actions.h"
#include "trainer/ui/document.h"
#include "trainer/ui/editor_view.h"
#include "trainer/ui/screen_reader.h"

#define COLS_FOR_SECTION 60
#define STANDING_COLS    11
#define ID_COLS_MAX      8

enum view { VIEW_ALL, VIEW_DUE, VIEW_SUSPENDED, VIEW_LEECHES, VIEW_COUNT };

struct browse {
    struct bank_filter filter;
    struct editor words;
    char *pattern; /* its source, or NULL */
    enum view view;
    int64_t *numbers;
    struct list list;
    bool is_filtering, is_stale, is_loaded;
    struct bank_row *rows; /* those seen, from `rows_top` */
    size_t rows_top, row_count;
    struct arena arena; /* of them */
};

static int load_list(struct screen *screen, struct error *err)
{
    struct browse *browse = screen->data;
    int64_t *numbers;
    size_t count;

    browse->is_stale = false;
    browse->filter.words = browse->words.text.len > 0 ? browse->words.text.text : NULL;
    browse->filter.only_due = browse->view == VIEW_DUE;
    browse->filter.only_suspended = browse->view == VIEW_SUSPENDED;
    browse->filter.only_leeches = browse->view == VIEW_LEECHES;
    browse->filter.now_ms = clock_now_ms();
    if (browse->pattern) {
        auto_pattern struct pattern *pattern = pattern_new(browse->pattern, err);
        if (!pattern ||
            search_pattern(ui_bank(screen), &browse->filter, pattern, &numbers, &count, err) < 0)
            return -1;
    } else if (bank_list(ui_bank(screen), &browse->filter, &numbers, &count, err) < 0) {
        return -1;
    }
    free(browse->numbers);
    browse->numbers = numbers;
    browse->is_loaded = true;
    browse->list.count = count;
    browse->row_count = 0;
    return 0;
}

static void reload(struct screen *screen)
{
    struct error err;

    if (load_list(screen, &err) < 0)
        ui_complain(screen, &err);
}

/* The list stays, as its order must not change under the cursor; what it shows is loaded anew. */
static void reload_rows(struct screen *screen)
{
    struct browse *browse = screen->data;

    browse->row_count = 0;
}

static int browse_open(struct screen *screen, const void *how, struct error *err)
{
    struct browse *browse = screen->data;
    const struct ui_options *options = ui_options(screen);

    editor_init(&browse->words);
    if (options->screen == UI_BROWSE) {
        browse->filter = options->filter;
        editor_set(&browse->words, options->words ? options->words : "");
    }
    browse->is_stale = true; /* browse_work() brings the list, after the screen is there */
    return 0;
}

static void browse_close(struct screen *screen)
{
    struct browse *browse = screen->data;

    editor_clear(&browse->words);
    arena_clear(&browse->arena);
    free(browse->numbers);
    free(browse->pattern);
    free(browse->rows);
}

static void browse_resume(struct screen *screen)
{
    reload_rows(screen);
}

static enum mode browse_mode(const struct screen *screen)
{
    const struct browse *browse = screen->data;

    return browse->is_filtering ? MODE_FILTER : MODE_BROWSE;
}

static const char *view_title(enum view view)
{
    static const char *const titles[VIEW_COUNT] = {N_("all"), N_("due"), N_("suspended"),
                                                   N_("leeches")};

    return _(titles[view]);
}

static void browse_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct browse *browse = screen->data;
    int count = (int)browse->list.count;

    str_add(left, _("Browse"));
    if (browse->view != VIEW_ALL)
        str_addf(left, " · %s", view_title(browse->view));
    if (browse->filter.section)
        str_addf(left, " · %s", browse->filter.section);
    if (count > 0)
        /* TRANSLATORS: which row of how many */
        str_addf(right, _("%zu of %d"), browse->list.marked + 1, count);
}

/* --- Drawing --- */

static int load_rows(struct screen *screen, size_t count, struct error *err)
{
    struct browse *browse = screen->data;

    if (browse->row_count == count && browse->rows_top == browse->list.top)
        return 0;
    arena_clear(&browse->arena);
    browse->rows = xrealloc(browse->rows, (count > 0 ? count : 1) * sizeof(*browse->rows));
    browse->row_count = 0;
    if (bank_rows(ui_bank(screen), browse->numbers + browse->list.top, count, &browse->arena,
                  browse->rows, err) < 0)
        return -1;
    browse->row_count = count;
    browse->rows_top = browse->list.top;
    return 0;
}

static void draw_filter(struct screen *screen, const struct canvas *canvas)
{
    struct browse *browse = screen->data;
    int col = 1;

    if (browse->pattern) {
        autofree char *text = str_printf("/%s/  ", browse->pattern);
        col = canvas_text(canvas, 0, col, LOOK_BOLD, text);
    }
    if (browse->is_filtering || browse->words.text.len > 0) {
        col = canvas_text(canvas, 0, col, LOOK_BOLD, _("filter:")) + 1;
        struct place cursor = *canvas->cursor;
        editor_view_line(&browse->words, canvas, 0, col);
        if (!browse->is_filtering)
            *canvas->cursor = cursor;
    } else if (!browse->pattern) {
        canvas_text(canvas, 0, col, LOOK_DIM, _("f filters by words, / by a pattern"));
    }
}

static int id_cols(const struct browse *browse)
{
    int cols = 2;

    for (size_t i = 0; i < browse->row_count; i++) {
        int own = width_of_text(browse->rows[i].id);
        cols = own > cols ? own : cols;
    }
    return cols < ID_COLS_MAX ? cols : ID_COLS_MAX;
}

static void draw_row(const struct browse *browse, const struct canvas *canvas, int row,
                     const struct bank_row *what, int ids)
{
    const struct card card = {.state = what->state, .due_ms = what->due_ms};
    bool is_marked = browse->list.top + (size_t)row == browse->list.marked;
    unsigned look = is_marked ? LOOK_BOLD : LOOK_PLAIN;
    int standing = canvas->cols - 1 - STANDING_COLS, title = 4 + ids, right = standing;
    autostr struct str text = STR_INIT;

    if (canvas->cols >= COLS_FOR_SECTION) {
        right = canvas->cols * 2 / 3;
        canvas_cell(canvas, row, right, standing - right - 1, LOOK_DIM, what->section);
    }
    card_add_standing(&text, &card, what->is_suspended);
    canvas_cell(canvas, row, 3, ids, LOOK_BOLD, what->id);
    canvas_cell(canvas, row, title, right - title - 1, look, what->title);
    canvas_number(canvas, row, standing, STANDING_COLS, look, text.text);
    if (what->is_leech)
        canvas_text(canvas, row, 2, LOOK_BOLD, "!");
    if (!is_marked)
        return;
    canvas_text(canvas, row, 1, LOOK_BOLD, "▸");
    if (!browse->is_filtering)
        canvas_cursor(canvas, row, 3);
}

static void browse_draw(struct screen *screen, const struct canvas *canvas)
{
    struct browse *browse = screen->data;
    struct canvas body = canvas_rows(canvas, 1, canvas->rows - 1);
    struct error err;

    screen->rows = body.rows;
    list_settle(&browse->list, body.rows);
    size_t left = browse->list.count - browse->list.top;
    size_t count = left < (size_t)body.rows ? left : (size_t)body.rows;
    if (load_rows(screen, count, &err) < 0) {
        ui_complain(screen, &err);
        return;
    }
    draw_filter(screen, canvas);
    if (browse->list.count == 0 && browse->is_loaded)
        canvas_text(&body, 1, 3, LOOK_PLAIN, _("No question is like that."));
    int ids = id_cols(browse);
    for (size_t i = 0; i < count; i++)
        draw_row(browse, &body, (int)i, &browse->rows[i], ids);
}

/* --- Keys --- */

static int64_t marked_number(const struct browse *browse)
{
    return browse->numbers[browse->list.marked];
}

/* The words of the filter as a pattern that marks them; NULL without any. */
static char *pattern_of_words(const char *words)
{
    autostr struct str out = STR_INIT;

    while (*words) {
        size_t len = strcspn(words, " ");
        if (len > 0 && !memmem(words, len, "\\E", 2)) {
            str_add(&out, out.len > 0 ? "|\\Q" : "\\Q");
            str_add_bytes(&out, words, len);
            str_add(&out, "\\E");
        }
        words += len;
        words += strspn(words, " ");
    }
    return out.len > 0 ? str_steal(&out) : NULL;
}

static void read_marked(struct screen *screen)
{
    struct browse *browse = screen->data;
    autofree char *words = pattern_of_words(browse->words.text.text);
    const struct reader_how how = {browse->numbers, &browse->list,
                                   browse->pattern ? browse->pattern : words};

    ui_push(screen, &screen_reader, &how);
}

static void accept_pattern(struct screen *screen, const char *text)
{
    struct browse *browse = screen->data;
    struct error err;

    if (*text) {
        auto_pattern struct pattern *pattern = pattern_new(text, &err);
        if (!pattern) {
            ui_complain(screen, &err);
            return;
        }
    }
    free(browse->pattern);
    browse->pattern = *text ? xstrdup(text) : NULL;
    browse->list.marked = 0;
    ui_say(screen, "%s", _("searching"));
    ui_draw_now(screen);
    ui_say(screen, "%s", "");
    reload(screen);
    if (browse->pattern && browse->list.count > 0) {
        int count = (int)browse->list.count;
        ui_say(screen,
               ngettext("%d question matches; Enter reads it",
                        "%d questions match; Enter reads one", count),
               count);
    }
}

static void reset_marked(struct screen *screen)
{
    const struct browse *browse = screen->data;

    if (card_reset(screen, marked_number(browse)))
        reload_rows(screen);
}

/* Reads its row anew: keys may have moved the mark out of the rows that were drawn. */
static void ask_reset(struct screen *screen)
{
    int64_t number = marked_number(screen->data);
    struct arena arena = {0};
    struct bank_row row;
    struct error err;

    if (bank_rows(ui_bank(screen), &number, 1, &arena, &row, &err) < 0) {
        ui_complain(screen, &err);
    } else {
        /* TRANSLATORS: a question's id */
        autofree char *question = str_printf(_("Make %s new again?"), row.id);
        ui_confirm(screen, question, reset_marked);
    }
    arena_clear(&arena);
}

static void study_marked(struct screen *screen)
{
    const struct study_options options = {.question = marked_number(screen->data)};

    ui_push(screen, &screen_study, &options);
}

static void edit_marked(struct screen *screen)
{
    struct error err;
    auto_bank_question struct bank_question *question =
        bank_question_load(ui_bank(screen), marked_number(screen->data), &err);

    if (!question)
        ui_complain(screen, &err);
    else if (document_edit(screen, question->path, question->question.line))
        reload(screen);
}

/* One step up: what narrows the list goes first, the screen last. */
static void step_back(struct screen *screen)
{
    struct browse *browse = screen->data;

    browse->is_filtering = false;
    if (browse->words.text.len > 0 || browse->pattern) {
        editor_set(&browse->words, "");
        free(browse->pattern);
        browse->pattern = NULL;
        browse->list.marked = 0;
        browse->is_stale = true;
        return;
    }
    ui_leave(screen);
}

static void act_on_row(struct screen *screen, int action, const char *key)
{
    struct browse *browse = screen->data;
    int64_t number = marked_number(browse);
    bool changed = false;

    if (action == ACTION_OPEN)
        read_marked(screen);
    else if (action == ACTION_STUDY_THIS)
        study_marked(screen);
    else if (action == ACTION_RESET)
        ask_reset(screen);
    else if (action == ACTION_EDIT_FILE)
        edit_marked(screen);
    else if (action == ACTION_SUSPEND)
        changed = card_toggle_suspended(screen, number);
    else if (action == ACTION_RATE && *key >= '1' && *key <= '4')
        changed = card_rate(screen, number, (enum rating)(*key - '0'));
    if (changed)
        reload_rows(screen);
}

static void act_on_filter(struct screen *screen, int action)
{
    struct browse *browse = screen->data;

    if (action >= ACTION_EDITOR) {
        editor_act(&browse->words, (enum editor_action)(action - ACTION_EDITOR));
        browse->is_stale = true;
        browse->list.marked = 0;
    } else if (action == ACTION_OPEN) {
        browse->is_filtering = false;
    } else if (action == ACTION_LEAVE) {
        browse->is_filtering = false;
        editor_set(&browse->words, "");
        browse->is_stale = true;
    }
}

static void browse_act(struct screen *screen, int action, const char *key)
{
    struct browse *browse = screen->data;

    if (browse->is_stale && !browse->is_filtering) /* keys came faster than the list they mean */
        reload(screen);
    if (action == ACTION_NEXT_MATCH) /* the list holds nothing but matches */
        action = ACTION_DOWN;
    else if (action == ACTION_PREVIOUS_MATCH)
        action = ACTION_UP;
    if (list_act(&browse->list, action, screen->rows))
        return;
    if (browse->is_filtering)
        act_on_filter(screen, action);
    else if (action == ACTION_LEAVE)
        step_back(screen);
    else if (action == ACTION_FILTER)
        browse->is_filtering = true;
    else if (action == ACTION_SEARCH)
        ui_prompt(screen, "/", browse->pattern ? browse->pattern : "", accept_pattern);
    else if (action == ACTION_VIEW) {
        browse->view = (browse->view + 1) % VIEW_COUNT;
        browse->list.marked = 0;
        browse->is_stale = true;
    } else if (action == ACTION_UNDO) {
        if (card_undo(screen))
            reload_rows(screen);
    } else if (browse->list.count > 0) {
        act_on_row(screen, action, key);
    }
}

static bool browse_can(const struct screen *screen, int action)
{
    const struct browse *browse = screen->data;

    if (browse->is_filtering)
        return true;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_RATE:
    case ACTION_SUSPEND:
    case ACTION_RESET:
    case ACTION_STUDY_THIS:
        return browse->list.count > 0;
    case ACTION_NEXT_MATCH:
    case ACTION_PREVIOUS_MATCH:
        return browse->list.count > 0 && browse->pattern;
    case ACTION_EDIT_FILE:
        return browse->list.count > 0 && ui_options(screen)->reimport;
    default:
        return true;
    }
}

static void browse_type(struct screen *screen, const char *text, size_t len)
{
    struct browse *browse = screen->data;

    editor_view_insert_line(&browse->words, text, len);
    browse->list.marked = 0;
    browse->is_stale = true;
}

static bool browse_work(struct screen *screen)
{
    struct browse *browse = screen->data;

    if (!browse->is_stale)
        return false;
    reload(screen);
    return true;
}

static void browse_click(struct screen *screen, int row, int col)
{
    struct browse *browse = screen->data;
    size_t index;

    browse->is_filtering = row == 0;
    if (!list_at(&browse->list, row - 1, &index))
        return;
    if (index == browse->list.marked)
        read_marked(screen);
    else
        browse->list.marked = index;
}

const struct screen_ops screen_browse = {
    .data_size = sizeof(struct browse),
    .open = browse_open,
    .close = browse_close,
    .mode = browse_mode,
    .title = browse_title,
    .draw = browse_draw,
    .act = browse_act,
    .can = browse_can,
    .type = browse_type,
    .click = browse_click,
    .resume = browse_resume,
    .work = browse_work,
};
