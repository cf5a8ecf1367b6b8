/* SPDX-License-Identifier: MIT
 * Study: question, answer typed, said or chosen, reveal, key points, rating, next. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "trainer/study/interval.h"
#include "trainer/ui/document.h"
#include "trainer/ui/screen_links.h"
#include "trainer/ui/study_view.h"

#define KEEP_EVERY_MS 1000

static bool has_question(const struct study_screen *state)
{
    return study_question(state->study) != NULL;
}

/* The question on the screen; an empty one where there is none. */
static const struct question *question_of(const struct study_screen *state)
{
    static const struct question none = {.id = "", .title = "", .answer = ""};
    const struct bank_question *question = study_question(state->study);

    return question ? &question->question : &none;
}

/* The sheet is to be made anew; the place scrolled to stays. */
static void make_stale(struct study_screen *state)
{
    state->sheet_cols = 0;
}

/* What the screen holds of a card that has just come up. */
static void begin_card(struct study_screen *state)
{
    const struct question *question = question_of(state);

    make_stale(state);
    state->sheet.top = 0;
    state->sheet.left = 0;
    state->marked = 0;
    state->follow_up = FOLLOW_UP_HIDDEN;
    state->is_draft_new = false;
    state->is_first_look = true;
    state->spent_ms = study_elapsed_ms(state->study);
    editor_set(&state->editor, has_question(state) ? study_draft(state->study) : "");
    state->is_choosing = question->option_count > 0 && state->editor.text.len == 0;
}

static void say_resumed(struct screen *screen)
{
    const struct study_screen *state = screen->data;
    int answered = study_answered(state->study);

    if (answered == 0)
        ui_say(screen, "%s", _("resumed where you left"));
    else
        ui_say(screen,
               ngettext("resumed where you left, after %d card",
                        "resumed where you left, after %d cards", answered),
               answered);
}

static int study_open(struct screen *screen, const void *how, struct error *err)
{
    struct study_screen *state = screen->data;
    const struct study_options *options = how;

    state->study = study_new(ui_bank(screen), options, err);
    if (!state->study)
        return -1;
    state->only_question = options ? options->question : 0;
    state->deck = options && options->deck ? xstrdup(options->deck) : NULL;
    state->began_ms = clock_now_ms();
    editor_init(&state->editor);
    sheet_init(&state->sheet);
    begin_card(state);
    if (study_was_resumed(state->study))
        say_resumed(screen);
    return 0;
}

static void study_close(struct screen *screen)
{
    struct study_screen *state = screen->data;

    study_free(state->study);
    editor_clear(&state->editor);
    sheet_clear(&state->sheet);
    free(state->ratings);
    free(state->deck);
}

static enum mode study_mode(const struct screen *screen)
{
    const struct study_screen *state = screen->data;

    switch (study_phase(state->study)) {
    case STUDY_ASKED:
        if (state->is_choosing)
            return MODE_OPTIONS;
        return state->editor.text.len > 0 ? MODE_TYPING : MODE_ASKED;
    case STUDY_REVEALED:
        return MODE_REVEALED;
    case STUDY_WAITING:
    case STUDY_DONE:
        break;
    }
    return MODE_RESTING;
}

static int64_t shown_elapsed_ms(const struct study_screen *state)
{
    return study_phase(state->study) == STUDY_ASKED ? study_elapsed_ms(state->study)
                                                    : state->spent_ms;
}

static void study_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct study_screen *state = screen->data;
    const struct bank_question *question = study_question(state->study);
    int answered = study_answered(state->study), remaining = study_remaining(state->study);

    if (!question) {
        str_add(left, _("Study"));
        return;
    }
    int seconds = (int)(shown_elapsed_ms(state) / MS_PER_SECOND);
    str_add(left, question->question.id);
    if (*question->section)
        str_addf(left, " · %s", question->section);
    if (question->question.level)
        str_addf(left, " · %s", question->question.level);
    /* TRANSLATORS: which card of how many */
    str_addf(right, _("%d of %d"), answered + 1, answered + remaining);
    str_addf(right, " · %02d:%02d", seconds / 60, seconds % 60);
}

static int study_next_change_ms(const struct screen *screen)
{
    const struct study_screen *state = screen->data;

    if (study_phase(state->study) == STUDY_ASKED)
        return (int)(MS_PER_SECOND - study_elapsed_ms(state->study) % MS_PER_SECOND);
    if (study_phase(state->study) == STUDY_WAITING) {
        int64_t left = study_next_due_ms(state->study) - clock_now_ms();
        return left < 0 ? 0 : (int)(left < MS_PER_MINUTE ? left + 1 : MS_PER_MINUTE);
    }
    return -1;
}

/* Between keys: the draft goes to disk, a card that was waited for comes up. */
static bool study_work(struct screen *screen)
{
    struct study_screen *state = screen->data;
    int64_t now = clock_monotonic_ms();
    struct error err;

    if (study_phase(state->study) == STUDY_WAITING &&
        study_next_due_ms(state->study) <= clock_now_ms()) {
        if (study_refresh(state->study, &err) < 0) {
            ui_complain(screen, &err);
            return true;
        }
        begin_card(state);
        return study_phase(state->study) != STUDY_WAITING;
    }
    if (!state->is_draft_new || now - state->kept_ms < KEEP_EVERY_MS)
        return false;
    state->is_draft_new = false;
    state->kept_ms = now;
    if (study_keep(state->study, &err) == 0)
        return false;
    ui_complain(screen, &err);
    return true;
}

/* --- What keys do --- */

static void note_draft(struct study_screen *state)
{
    study_set_draft(state->study, state->editor.text.text);
    state->is_draft_new = true;
}

static void reveal(struct study_screen *state)
{
    str_trim(&state->editor.text);
    study_set_draft(state->study, state->editor.text.text);
    state->spent_ms = study_elapsed_ms(state->study);
    study_reveal(state->study);
    state->is_draft_new = true;
    state->marked = 0;
    state->is_first_look = true;
    make_stale(state);
}

static bool ends_in_empty_line(const struct editor *editor)
{
    return editor->cursor == editor->text.len && editor->text.len > 0 &&
           editor->text.text[editor->text.len - 1] == '\n';
}

static void act_on_text(struct study_screen *state, enum editor_action action)
{
    if (action == EDITOR_NEWLINE && ends_in_empty_line(&state->editor)) {
        reveal(state);
        return;
    }
    editor_act(&state->editor, action);
    note_draft(state);
}

static void choose(struct study_screen *state, size_t option)
{
    const struct question *question = question_of(state);
    bool was_chosen = study_is_chosen(state->study, option);
    size_t correct = 0;

    for (size_t i = 0; i < question->option_count; i++)
        correct += question->options[i].is_correct;
    for (size_t i = 0; i < question->option_count && correct <= 1; i++)
        study_choose(state->study, i, false);
    study_choose(state->study, option, !was_chosen);
    state->marked = option;
    make_stale(state);
}

static void tick(struct study_screen *state)
{
    const struct study_point *points = study_points(state->study);

    study_tick(state->study, state->marked, !points[state->marked].is_ticked);
    make_stale(state);
}

static void say_next(struct screen *screen, const char *id, const struct card *after, bool is_leech)
{
    autostr struct str due = STR_INIT;

    interval_add(&due, after, clock_now_ms());
    if (is_leech)
        /* TRANSLATORS: a question's id */
        ui_say(screen, _("%s keeps being forgotten (a leech): rewrite it or split it"), id);
    else
        /* TRANSLATORS: a question's id, a time as in "5 days" */
        ui_say(screen, _("%s: next in %s"), id, due.text);
}

static void rate(struct screen *screen, const char *key)
{
    struct study_screen *state = screen->data;
    bool is_leech;
    struct error err;

    if (*key < '1' || *key > '4') {
        ui_say(screen, "%s", _("press 1, 2, 3 or 4"));
        return;
    }
    enum rating rating = (enum rating)(*key - '0');
    struct card after = study_preview(state->study)[rating - 1];
    autofree char *id = xstrdup(question_of(state)->id);
    if (study_rate(state->study, rating, &is_leech, &err) < 0) {
        ui_complain(screen, &err);
        make_stale(state); /* the card may have been rated elsewhere */
        if (study_phase(state->study) != STUDY_REVEALED)
            begin_card(state);
        return;
    }
    *array_add(state->ratings, state->rating_count, state->rating_cap) = rating;
    begin_card(state);
    say_next(screen, id, &after, is_leech);
    if (state->only_question && study_phase(state->study) != STUDY_ASKED)
        ui_leave(screen);
}

static void undo(struct screen *screen)
{
    struct study_screen *state = screen->data;
    int answered = study_answered(state->study);
    bool undone;
    struct error err;

    if (study_undo(state->study, &undone, &err) < 0) {
        ui_complain(screen, &err);
        return;
    }
    if (!undone) {
        ui_say(screen, "%s", _("there is nothing to take back"));
        return;
    }
    if (study_answered(state->study) < answered && state->rating_count > 0)
        state->rating_count--;
    begin_card(state);
    if (has_question(state))
        /* TRANSLATORS: a question's id */
        ui_say(screen, _("taken back: %s"), question_of(state)->id);
}

static void leave_out(struct screen *screen, int action)
{
    struct study_screen *state = screen->data;
    autofree char *id = xstrdup(question_of(state)->id);
    struct error err;
    int result =
        action == ACTION_BURY ? study_bury(state->study, &err) : study_suspend(state->study, &err);

    if (result < 0) {
        ui_complain(screen, &err);
        return;
    }
    begin_card(state);
    if (action == ACTION_BURY)
        ui_say(screen, _("%s is left out for today"), id);
    else
        ui_say(screen, _("%s is suspended; browse takes it back (s)"), id);
}

static void edit_file(struct screen *screen)
{
    struct study_screen *state = screen->data;
    const struct bank_question *question = study_question(state->study);
    struct error err;

    if (document_edit(screen, question->path, question->question.line) &&
        study_refresh(state->study, &err) < 0)
        ui_complain(screen, &err);
    make_stale(state);
}

static void switch_focus(struct study_screen *state)
{
    state->is_choosing = !state->is_choosing;
    make_stale(state);
}

/* To the answer, or back to the top from there. */
static void go_to_answer(struct screen *screen)
{
    struct study_screen *state = screen->data;
    size_t answer = sheet_find_tag(&state->sheet, TAG_ANSWER);
    size_t top = state->sheet.top;

    if (answer >= state->sheet.line_count)
        return;
    state->sheet.top = answer;
    sheet_clamp(&state->sheet, screen->rows);
    if (state->sheet.top == top)
        state->sheet.top = 0;
}

static void go_on_with_follow_up(struct screen *screen)
{
    struct study_screen *state = screen->data;

    state->follow_up =
        state->follow_up == FOLLOW_UP_ANSWERED ? FOLLOW_UP_HIDDEN : state->follow_up + 1;
    make_stale(state);
    study_view_make(screen, screen->cols);
    size_t line = sheet_find_tag(&state->sheet, TAG_FOLLOW_UP);
    if (line < state->sheet.line_count)
        sheet_show_line(&state->sheet, line, screen->rows);
}

/* Through the key points first, then through the page. */
static void move_down(struct screen *screen)
{
    struct study_screen *state = screen->data;
    int rows = screen->rows;

    if (state->marked + 1 >= question_of(state)->key_point_count) {
        sheet_scroll(&state->sheet, 1, rows);
        return;
    }
    state->marked++;
    make_stale(state);
    size_t line = sheet_find_tag(&state->sheet, (int)state->marked + 1);
    sheet_show_line(&state->sheet, line, rows);
}

static void move_up(struct screen *screen)
{
    struct study_screen *state = screen->data;
    size_t line = sheet_find_tag(&state->sheet, (int)state->marked + 1);

    if (state->marked == 0 || (line < state->sheet.line_count && line < state->sheet.top)) {
        sheet_scroll(&state->sheet, -1, screen->rows);
        return;
    }
    state->marked--;
    make_stale(state);
    line = sheet_find_tag(&state->sheet, (int)state->marked + 1);
    sheet_show_line(&state->sheet, line, screen->rows);
}

static void move_option(struct study_screen *state, int by)
{
    size_t count = question_of(state)->option_count;

    if (by > 0 && state->marked + 1 < count)
        state->marked++;
    if (by < 0 && state->marked > 0)
        state->marked--;
    make_stale(state);
}

static bool scroll(struct screen *screen, int action)
{
    struct study_screen *state = screen->data;
    int rows = screen->rows;
    int page = rows > 1 ? rows - 1 : 1;

    switch (action) {
    case ACTION_PAGE_UP:
        return sheet_scroll(&state->sheet, -page, rows), true;
    case ACTION_PAGE_DOWN:
        return sheet_scroll(&state->sheet, page, rows), true;
    case ACTION_FIRST:
        return sheet_scroll(&state->sheet, -(int)state->sheet.line_count, rows), true;
    case ACTION_LAST:
        return sheet_scroll(&state->sheet, (int)state->sheet.line_count, rows), true;
    case ACTION_LEFT:
        return sheet_scroll_sideways(&state->sheet, -8, screen->cols - 2), true;
    case ACTION_RIGHT:
        return sheet_scroll_sideways(&state->sheet, 8, screen->cols - 2), true;
    default:
        return false;
    }
}

static void act_on_question(struct screen *screen, int action, const char *key)
{
    struct study_screen *state = screen->data;

    if (action >= ACTION_EDITOR)
        act_on_text(state, (enum editor_action)(action - ACTION_EDITOR));
    else if (action == ACTION_REVEAL)
        reveal(state);
    else if (action == ACTION_SWITCH)
        switch_focus(state);
    else if (action == ACTION_CHOOSE && *key >= 'a' &&
             (size_t)(*key - 'a') < question_of(state)->option_count)
        choose(state, (size_t)(*key - 'a'));
    else if (action == ACTION_TICK && state->is_choosing)
        choose(state, state->marked);
    else if (state->is_choosing && (action == ACTION_UP || action == ACTION_DOWN))
        move_option(state, action == ACTION_UP ? -1 : 1);
}

static void act_on_answer(struct screen *screen, int action, const char *key)
{
    struct study_screen *state = screen->data;

    switch (action) {
    case ACTION_RATE:
        rate(screen, key);
        break;
    case ACTION_TICK:
        tick(state);
        break;
    case ACTION_ANSWER:
        go_to_answer(screen);
        break;
    case ACTION_FOLLOW_UP:
        go_on_with_follow_up(screen);
        break;
    case ACTION_UP:
        move_up(screen);
        break;
    case ACTION_DOWN:
        move_down(screen);
        break;
    case ACTION_LINKS: {
        const struct links_how how = {&state->sheet};
        ui_push(screen, &screen_links, &how);
        break;
    }
    default:
        break;
    }
}

static void study_act(struct screen *screen, int action, const char *key)
{
    struct study_screen *state = screen->data;

    if (action == ACTION_LEAVE)
        ui_leave(screen);
    else if (action == ACTION_UNDO)
        undo(screen);
    else if (scroll(screen, action) || !has_question(state))
        return;
    else if (action == ACTION_EDIT_FILE)
        edit_file(screen);
    else if (action == ACTION_BURY || action == ACTION_SUSPEND)
        leave_out(screen, action);
    else if (study_phase(state->study) == STUDY_REVEALED)
        act_on_answer(screen, action, key);
    else
        act_on_question(screen, action, key);
}

static bool study_can(const struct screen *screen, int action)
{
    const struct study_screen *state = screen->data;
    const struct question *question = question_of(state);

    switch (action) {
    case ACTION_SWITCH:
        return question->option_count > 0;
    case ACTION_TICK:
        return study_phase(state->study) == STUDY_ASKED ? question->option_count > 0
                                                        : question->key_point_count > 0;
    case ACTION_FOLLOW_UP:
        return has_question(state) && study_follow_up(state->study) != NULL;
    case ACTION_LINKS:
        return state->sheet.link_count > 0;
    case ACTION_EDIT_FILE:
        return has_question(state) && ui_options(screen)->reimport;
    default:
        return true;
    }
}

static void study_type(struct screen *screen, const char *text, size_t len)
{
    struct study_screen *state = screen->data;

    if (!editor_insert(&state->editor, text, len))
        ui_say(screen, "%s", _("the answer is as long as it can be"));
    if (len > 4) /* pasted */
        editor_end_step(&state->editor);
    note_draft(state);
}

static void study_click(struct screen *screen, int row, int col)
{
    struct study_screen *state = screen->data;
    size_t line = state->sheet.top + (size_t)row;

    if (!has_question(state) || row >= screen->rows || line >= state->sheet.line_count ||
        state->sheet.lines[line].tag <= 0)
        return;
    size_t index = (size_t)state->sheet.lines[line].tag - 1;
    bool was_marked = index == state->marked;
    state->marked = index;
    make_stale(state);
    if (study_phase(state->study) == STUDY_ASKED)
        choose(state, index);
    else if (was_marked)
        tick(state);
}

const struct screen_ops screen_study = {
    .data_size = sizeof(struct study_screen),
    .open = study_open,
    .close = study_close,
    .mode = study_mode,
    .title = study_title,
    .draw = study_view_draw,
    .act = study_act,
    .can = study_can,
    .type = study_type,
    .click = study_click,
    .next_change_ms = study_next_change_ms,
    .work = study_work,
};
