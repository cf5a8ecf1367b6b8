/* SPDX-License-Identifier: MIT */
#include "trainer/ui/study_view.h"

#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/study/interval.h"
#include "trainer/ui/editor_view.h"
#include "trainer/ui/wrap.h"

#define PROSE_COLS_MAX    100
#define EDITOR_ROWS_MIN   3
#define ROWS_FOR_QUESTION 10 /* above the key points */
#define ROWS_FOR_HINT     12
#define RATING_GAP_COLS   4

static const char *rating_title(enum rating rating)
{
    static const char *const titles[] = {NULL, N_("Again"), N_("Hard"), N_("Good"), N_("Easy")};

    return _(titles[rating]);
}

/* --- The question --- */

static void add_option(struct study_screen *state, size_t index, int cols)
{
    const struct bank_question *question = study_question(state->study);
    const struct deck_option *option = &question->question.options[index];
    bool is_chosen = study_is_chosen(state->study, index);
    struct sheet *sheet = &state->sheet;

    sheet->tag = (int)index + 1;
    sheet_add(sheet, LOOK_BOLD, index == state->marked && state->is_choosing ? "▸ " : "  ");
    sheet_addf(sheet, is_chosen ? LOOK_BOLD : LOOK_PLAIN, "%s %c  ", is_chosen ? "●" : "○",
               (char)('a' + index));
    sheet_add_wrapped(sheet, is_chosen ? LOOK_BOLD : LOOK_PLAIN, option->text, 7, cols);
    sheet->tag = 0;
}

static size_t count_correct(const struct question *question)
{
    size_t count = 0;

    for (size_t i = 0; i < question->option_count; i++)
        count += question->options[i].is_correct;
    return count;
}

static void add_question(struct screen *screen, int cols)
{
    struct study_screen *state = screen->data;
    const struct question *question = &study_question(state->study)->question;
    struct sheet *sheet = &state->sheet;

    sheet_add_wrapped(sheet, LOOK_BOLD, question->title, 0, cols);
    if (*question->prompt) {
        sheet_add_blank(sheet);
        sheet_add_markdown(sheet, question->prompt, 0, cols, ui_options(screen)->ascii);
    }
    if (question->option_count == 0)
        return;
    sheet_add_blank(sheet);
    for (size_t i = 0; i < question->option_count; i++)
        add_option(state, i, cols);
    if (count_correct(question) > 1) {
        sheet_add_blank(sheet);
        sheet_add_wrapped(sheet, LOOK_DIM, _("More than one is right."), 0, cols);
    }
}

/* --- The answer --- */

static void add_revealed_option(struct study_screen *state, size_t index, int cols)
{
    const struct deck_option *option = &study_question(state->study)->question.options[index];
    bool is_chosen = study_is_chosen(state->study, index);
    struct sheet *sheet = &state->sheet;
    unsigned look = option->is_correct ? LOOK_BOLD : LOOK_PLAIN;

    if (option->is_correct)
        sheet_add(sheet, LOOK_BOLD | LOOK_GREEN, " ✓ ");
    else
        sheet_add(sheet, LOOK_BOLD | LOOK_RED, is_chosen ? " ✗ " : "   ");
    sheet_addf(sheet, look, "%c  ", (char)('a' + index));
    autofree char *yours = is_chosen ? str_printf(_("%s (yours)"), option->text) : NULL;
    sheet_add_wrapped(sheet, look, is_chosen ? yours : option->text, 6, cols);
}

static void add_options(struct screen *screen, int cols)
{
    struct study_screen *state = screen->data;
    const struct question *question = &study_question(state->study)->question;
    bool has_chosen = false;

    if (question->option_count == 0)
        return;
    if (*question->prompt) { /* the options are about it */
        sheet_add_markdown(&state->sheet, question->prompt, 0, cols, ui_options(screen)->ascii);
        sheet_add_blank(&state->sheet);
    }
    for (size_t i = 0; i < question->option_count; i++) {
        has_chosen = has_chosen || study_is_chosen(state->study, i);
        add_revealed_option(state, i, cols);
    }
    if (has_chosen) {
        sheet_add_blank(&state->sheet);
        sheet_add_wrapped(&state->sheet, LOOK_BOLD,
                          study_choice_is_correct(state->study) ? _("Right.") : _("Not right."), 0,
                          cols);
    }
    sheet_add_blank(&state->sheet);
}

/* The words of the answer in which the key point was found. */
static void add_evidence(struct study_screen *state, const struct grade_point *grade, int cols)
{
    autostr struct str words = STR_INIT;

    if (!grade->is_found)
        return;
    str_add(&words, "“");
    str_add_bytes(&words, study_draft(state->study) + grade->start, grade->len);
    str_add(&words, "”");
    for (size_t i = 0; i < words.len; i++)
        if (words.text[i] == '\n')
            words.text[i] = ' ';
    sheet_add(&state->sheet, LOOK_PLAIN, "       ");
    sheet_add_wrapped(&state->sheet, LOOK_DIM, words.text, 7, cols);
}

static void add_point(struct study_screen *state, size_t index, int cols)
{
    const struct key_point *point = &study_question(state->study)->question.key_points[index];
    const struct study_point *marked = &study_points(state->study)[index];
    struct sheet *sheet = &state->sheet;
    bool is_marked = index == state->marked;

    sheet->tag = (int)index + 1;
    sheet_add(sheet, LOOK_BOLD, is_marked ? "▸" : " ");
    sheet_add(sheet, LOOK_BOLD | (marked->is_ticked ? LOOK_GREEN : LOOK_RED),
              marked->is_ticked ? "✓" : "✗");
    sheet_add(sheet, LOOK_BOLD, point->is_must ? " ★ " : "   ");
    sheet_add_wrapped(sheet, is_marked ? LOOK_BOLD : LOOK_PLAIN, point->text, 5, cols);
    add_evidence(state, &marked->grade, cols);
    sheet->tag = 0;
}

static void add_points(struct study_screen *state, int cols)
{
    const struct question *question = &study_question(state->study)->question;
    size_t ticked = 0;

    if (question->key_point_count == 0)
        return;
    for (size_t i = 0; i < question->key_point_count; i++)
        ticked += study_points(state->study)[i].is_ticked;
    autofree char *count = str_printf(_("%zu of %zu"), ticked, question->key_point_count);
    state->sheet.tag = TAG_POINTS;
    sheet_add(&state->sheet, LOOK_BOLD, _("Key points"));
    if (cols >= 60)
        sheet_add(&state->sheet, LOOK_DIM, _("  (★ must be said)"));
    sheet_add_right(&state->sheet, LOOK_BOLD, count, cols);
    sheet_end_line(&state->sheet);
    state->sheet.tag = 0;
    for (size_t i = 0; i < question->key_point_count; i++)
        add_point(state, i, cols);
    sheet_add_blank(&state->sheet);
}

static void add_follow_up(struct screen *screen, int cols)
{
    struct study_screen *state = screen->data;
    const struct follow_up *follow_up = study_follow_up(state->study);
    struct sheet *sheet = &state->sheet;

    if (!follow_up || state->follow_up == FOLLOW_UP_HIDDEN)
        return;
    sheet->tag = TAG_FOLLOW_UP;
    sheet_add(sheet, LOOK_BOLD, _("Follow-up"));
    sheet_end_line(sheet);
    sheet_add_wrapped(sheet, LOOK_ITALIC, follow_up->text, 0, cols);
    if (state->follow_up == FOLLOW_UP_ANSWERED) {
        sheet_add_blank(sheet);
        if (*follow_up->answer)
            sheet_add_markdown(sheet, follow_up->answer, 2, cols, ui_options(screen)->ascii);
        else
            sheet_add_wrapped(sheet, LOOK_DIM, _("The deck has no answer to it."), 0, cols);
    }
    sheet->tag = 0;
    sheet_add_blank(sheet);
}

static void add_sources(struct sheet *sheet, const struct question *question, int cols)
{
    if (question->source_count == 0)
        return;
    sheet_add_blank(sheet);
    sheet_add(sheet, LOOK_BOLD, _("Sources"));
    sheet_end_line(sheet);
    for (size_t i = 0; i < question->source_count; i++)
        sheet_add_link(sheet, question->sources[i].title, question->sources[i].target, cols);
}

static void add_answer(struct screen *screen, int cols)
{
    struct study_screen *state = screen->data;
    const struct question *question = &study_question(state->study)->question;
    const char *draft = study_draft(state->study);
    struct sheet *sheet = &state->sheet;

    sheet_add_wrapped(sheet, LOOK_BOLD, question->title, 0, cols);
    sheet_add_blank(sheet);
    add_options(screen, cols);
    add_points(state, cols);
    add_follow_up(screen, cols);
    if (*draft) {
        sheet_add(sheet, LOOK_BOLD, _("Your answer"));
        sheet_end_line(sheet);
        sheet_add(sheet, LOOK_DIM, "  ");
        sheet_add_wrapped(sheet, LOOK_PLAIN, draft, 2, cols);
        sheet_add_blank(sheet);
    }
    sheet->tag = TAG_ANSWER;
    sheet_add(sheet, LOOK_BOLD, _("Answer"));
    sheet_end_line(sheet);
    sheet->tag = 0;
    if (*question->answer)
        sheet_add_markdown(sheet, question->answer, 0, cols, ui_options(screen)->ascii);
    else
        sheet_add_wrapped(sheet, LOOK_DIM, _("The document gives none."), 0, cols);
    add_sources(sheet, question, cols);
}

void study_view_make(struct screen *screen, int cols)
{
    struct study_screen *state = screen->data;
    int prose = cols - 2 > PROSE_COLS_MAX ? PROSE_COLS_MAX : cols - 2;

    if (state->sheet_cols == cols)
        return;
    sheet_restart(&state->sheet);
    if (study_phase(state->study) == STUDY_ASKED)
        add_question(screen, prose);
    else if (study_phase(state->study) == STUDY_REVEALED)
        add_answer(screen, prose);
    state->sheet_cols = cols;
}

/* --- Drawing --- */

/* What is still below the lines that are seen. */
static void draw_more(const struct study_screen *state, const struct canvas *canvas, int row,
                      int rows)
{
    size_t answer = sheet_find_tag(&state->sheet, TAG_ANSWER);
    size_t end = state->sheet.top + (size_t)rows;

    if (end >= state->sheet.line_count)
        return;
    int count = (int)(state->sheet.line_count - end);
    autofree char *text =
        answer >= end && answer < state->sheet.line_count
            ? str_printf(ngettext("↓ answer, %d line", "↓ answer, %d lines", count), count)
            : str_printf(ngettext("↓ %d line", "↓ %d lines", count), count);
    canvas_number(canvas, row, 0, canvas->cols, LOOK_DIM, text);
}

static void draw_asked(struct screen *screen, const struct canvas *canvas)
{
    struct study_screen *state = screen->data;
    struct canvas body = canvas_indented(canvas, 1, canvas->cols - 2);
    bool has_hint = canvas->rows >= ROWS_FOR_HINT;
    bool has_text = !state->is_choosing || state->editor.text.len > 0;
    int below = (has_text ? EDITOR_ROWS_MIN + 1 : 0) + (has_hint ? 2 : 0);
    int rows = (int)state->sheet.line_count;

    if (rows > canvas->rows - below)
        rows = canvas->rows - below > 1 ? canvas->rows - below : 1;
    struct canvas question = canvas_rows(&body, 0, rows);
    screen->rows = rows;
    if (state->is_choosing) {
        size_t line = sheet_find_tag(&state->sheet, (int)state->marked + 1);
        if (line < state->sheet.line_count) {
            sheet_show_line(&state->sheet, line, rows);
            canvas_cursor(&question, (int)(line - state->sheet.top), 2);
        }
    }
    sheet_clamp(&state->sheet, rows);
    sheet_draw(&state->sheet, &question);
    draw_more(state, &body, rows, rows);
    if (has_hint)
        canvas_text(&body, canvas->rows - 1, 0, LOOK_DIM,
                    state->is_choosing
                        ? _("Choose, then reveal. Tab: say it in your own words.")
                        : _("Say it or type it; a real answer takes two to three minutes."));
    if (has_text) {
        struct canvas typed =
            canvas_rows(&body, rows + 1, canvas->rows - rows - 1 - (has_hint ? 2 : 0));
        editor_view_rows(&state->editor, &typed, !state->is_choosing);
    }
}

static void make_ratings(const struct study_screen *state, struct str texts[4])
{
    const struct card *preview = study_preview(state->study);
    enum rating suggested = study_suggested(state->study);

    for (int i = 0; i < 4; i++) {
        bool is_suggested = suggested == (enum rating)(i + 1);
        str_init(&texts[i]);
        str_addf(&texts[i], "%s%d %s ", is_suggested ? "[" : " ", i + 1,
                 rating_title((enum rating)(i + 1)));
        interval_add(&texts[i], &preview[i], clock_now_ms());
        str_add(&texts[i], is_suggested ? "]" : " ");
    }
}

static int widest(const struct str texts[4])
{
    int cols = 0;

    for (int i = 0; i < 4; i++)
        cols = width_of_text(texts[i].text) > cols ? width_of_text(texts[i].text) : cols;
    return cols;
}

/* The four ratings in one row, or two by two; returns how many rows. */
static int draw_ratings(const struct study_screen *state, const struct canvas *canvas)
{
    struct str texts[4];
    enum rating suggested = study_suggested(state->study);

    make_ratings(state, texts);
    int cols = widest(texts);
    int per_row = 4 * cols <= canvas->cols ? 4 : 2;
    int gap = per_row == 4 ? (canvas->cols - 4 * cols) / 3 : canvas->cols - 2 * cols;
    if (gap > RATING_GAP_COLS)
        gap = RATING_GAP_COLS;
    if (gap < 0)
        gap = 0;
    for (int i = 0; i < 4; i++) {
        int row = canvas->rows - 4 / per_row + i / per_row;
        canvas_text(canvas, row, i % per_row * (cols + gap),
                    suggested == (enum rating)(i + 1) ? LOOK_BOLD : LOOK_PLAIN, texts[i].text);
        str_clear(&texts[i]);
    }
    return 4 / per_row;
}

static int rating_rows(const struct study_screen *state, int cols)
{
    struct str texts[4];

    make_ratings(state, texts);
    int rows = 4 * widest(texts) <= cols ? 1 : 2;
    for (int i = 0; i < 4; i++)
        str_clear(&texts[i]);
    return rows;
}

/* On a small screen the key points come first; the question is one key up. */
static void look_first(struct study_screen *state, int rows)
{
    size_t points = sheet_find_tag(&state->sheet, TAG_POINTS);

    state->is_first_look = false;
    state->sheet.top = 0;
    if (points < state->sheet.line_count && rows < ROWS_FOR_QUESTION)
        state->sheet.top = points;
}

static void draw_revealed(struct screen *screen, const struct canvas *canvas)
{
    struct study_screen *state = screen->data;
    struct canvas body = canvas_indented(canvas, 1, canvas->cols - 2);
    int rows = canvas->rows - rating_rows(state, body.cols) - 1;
    struct canvas page = canvas_rows(&body, 0, rows);
    size_t line = sheet_find_tag(&state->sheet, (int)state->marked + 1);

    screen->rows = rows;
    if (state->is_first_look)
        look_first(state, rows);
    sheet_clamp(&state->sheet, rows);
    sheet_draw(&state->sheet, &page);
    canvas_cursor(&page, 0, 0);
    if (line < state->sheet.line_count && line >= state->sheet.top)
        canvas_cursor(&page, (int)(line - state->sheet.top), 1);
    draw_more(state, &body, rows, rows);
    draw_ratings(state, &body);
}

/* A sentence on as many rows as it needs; returns the row after it. */
static int draw_line(const struct canvas *canvas, int row, unsigned look, const char *text)
{
    size_t len, next;

    for (const char *rest = text; *rest; rest += next, row++) {
        len = wrap_line(rest, strlen(rest), canvas->cols, &next);
        canvas_bytes(canvas, row, 0, look, rest, len);
    }
    return row;
}

static void draw_waiting(struct screen *screen, const struct canvas *canvas)
{
    struct study_screen *state = screen->data;
    struct canvas body = canvas_indented(canvas, 1, canvas->cols - 2);
    autostr struct str wait = STR_INIT;
    int64_t left = study_next_due_ms(state->study) - clock_now_ms();

    interval_add_duration(&wait, left);
    autofree char *sentence = str_printf(_("The next card comes back in %s."), wait.text);
    int row = draw_line(&body, 0, LOOK_BOLD, _("Nothing is due this moment."));
    row = draw_line(&body, row + 1, LOOK_PLAIN, sentence);
    canvas_cursor(&body, row, 0);
    draw_line(&body, row, LOOK_PLAIN, _("It shows up here by itself; or go home."));
}

static void add_counts(const struct study_screen *state, struct str *out)
{
    int counts[5] = {0};

    for (size_t i = 0; i < state->rating_count; i++)
        counts[state->ratings[i]]++;
    for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++) {
        if (counts[rating] == 0)
            continue;
        str_addf(out, "%s%d %s", out->len > 0 ? " · " : "", counts[rating],
                 rating_title((enum rating)rating));
    }
}

static void draw_done(struct screen *screen, const struct canvas *canvas)
{
    struct study_screen *state = screen->data;
    struct canvas body = canvas_indented(canvas, 1, canvas->cols - 2);
    autostr struct str counts = STR_INIT, spent = STR_INIT;
    int answered = study_answered(state->study), due[2] = {0};
    struct error err;

    canvas_cursor(&body, 0, 0);
    if (answered == 0) {
        int row =
            draw_line(&body, 0, LOOK_BOLD, _("Nothing is due, and nothing new is left for today."));
        draw_line(&body, row + 1, LOOK_PLAIN, _("Browse lets you study any question now."));
        return;
    }
    interval_add_duration(&spent, clock_now_ms() - state->began_ms);
    /* TRANSLATORS: the second one is a time, as in "18 min" */
    autofree char *sentence =
        str_printf(ngettext("%d card answered in %s.", "%d cards answered in %s.", answered),
                   answered, spent.text);
    add_counts(state, &counts);
    int row = draw_line(&body, 0, LOOK_BOLD, _("Done for today."));
    row = draw_line(&body, row + 1, LOOK_PLAIN, sentence);
    row = draw_line(&body, row, LOOK_PLAIN, counts.text);
    if (bank_forecast(ui_bank(screen), state->deck, clock_now_ms(), 2, due, &err) == 0) {
        autofree char *tomorrow = str_printf(
            ngettext("Tomorrow: %d card is due.", "Tomorrow: %d cards are due.", due[1]), due[1]);
        draw_line(&body, row + 1, LOOK_PLAIN, tomorrow);
    }
}

void study_view_draw(struct screen *screen, const struct canvas *canvas)
{
    struct study_screen *state = screen->data;

    study_view_make(screen, canvas->cols);
    switch (study_phase(state->study)) {
    case STUDY_ASKED:
        draw_asked(screen, canvas);
        break;
    case STUDY_REVEALED:
        draw_revealed(screen, canvas);
        break;
    case STUDY_WAITING:
        draw_waiting(screen, canvas);
        break;
    case STUDY_DONE:
        draw_done(screen, canvas);
        break;
    }
}
