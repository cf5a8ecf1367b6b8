/* SPDX-License-Identifier: MIT
 * Home: decks and sections with what is due, new and recalled today, and what Enter does. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/bank/settings.h"
#include "trainer/ui/card_actions.h"
#include "trainer/ui/list.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/wrap.h"

#define FORECAST_DAYS      7
#define COLS_MAX           110
#define COLS_FOR_BARS      60
#define COLS_FOR_NEW       45
#define NUMBER_COLS        6
#define PERCENT_COLS       6
#define LEARNED_COLS       9
#define BAR_COLS_MAX       40
#define SLOW_PLAN_MS       4
#define REST_MS            200 /* a slow plan waits until the mark has rested for so long */
#define MINUTES_PER_REVIEW 2   /* where there is no history to judge by */
#define MINUTES_PER_NEW    3

struct home_row {
    const struct bank_deck_summary *deck;       /* NULL: all decks */
    const struct bank_section_summary *section; /* NULL: the whole deck */
};

struct home {
    struct bank_overview *overview;
    struct home_row *rows;
    size_t row_cap;
    struct list list;
    struct bank_section_summary all; /* of all decks */
    int (*forecasts)[FORECAST_DAYS]; /* of each deck */
    size_t planned_row;              /* that the plan is of; SIZE_MAX: none yet */
    bool is_stale;                   /* a screen above may have changed the bank */
    int plan_reviews, plan_new;
    int plan_rows;                  /* of the screen, when it was last drawn */
    int64_t plan_cost_ms, moved_ms; /* how long the last plan took; when the mark last moved */
    bool has_session;
    struct bank_session session; /* left, to resume */
};

static void add_row(struct home *home, const struct bank_deck_summary *deck,
                    const struct bank_section_summary *section)
{
    struct home_row *row = array_add(home->rows, home->list.count, home->row_cap);

    *row = (struct home_row){deck, section};
}

static void add_summary(struct bank_section_summary *sum, const struct bank_section_summary *part)
{
    double recalled = sum->recall * sum->learned_count + part->recall * part->learned_count;

    sum->questions += part->questions;
    sum->new_count += part->new_count;
    sum->due_count += part->due_count;
    sum->learned_count += part->learned_count;
    sum->suspended_count += part->suspended_count;
    sum->recall = sum->learned_count > 0 ? recalled / sum->learned_count : 0;
}

static void make_rows(struct home *home)
{
    struct bank_overview *overview = home->overview;

    home->list.count = 0;
    home->all = (struct bank_section_summary){.title = NULL};
    if (overview->deck_count > 1)
        add_row(home, NULL, NULL);
    for (size_t i = 0; i < overview->deck_count; i++) {
        const struct bank_deck_summary *deck = &overview->decks[i];
        add_row(home, deck, NULL);
        add_summary(&home->all, &deck->total);
        for (size_t k = 0; k < deck->section_count; k++)
            add_row(home, deck, &deck->sections[k]);
    }
}

static int load_forecasts(struct screen *screen, struct error *err)
{
    struct home *home = screen->data;
    size_t count = home->overview->deck_count;

    free(home->forecasts);
    home->forecasts = xcalloc(count > 0 ? count : 1, sizeof(*home->forecasts));
    for (size_t i = 0; i < count; i++)
        if (bank_forecast(ui_bank(screen), home->overview->decks[i].id, clock_now_ms(),
                          FORECAST_DAYS, home->forecasts[i], err) < 0)
            return -1;
    return 0;
}

/* A session of all decks is one of the only deck. */
static bool is_session_deck(const struct home *home, const struct bank_deck_summary *deck)
{
    if (home->session.deck)
        return deck && str_eq(deck->id, home->session.deck);
    return !deck || home->overview->deck_count == 1;
}

/* The row where the session was left, SIZE_MAX without one. */
static size_t session_row(const struct home *home)
{
    for (size_t i = 0; home->has_session && home->session.question && i < home->list.count; i++) {
        const struct home_row *row = &home->rows[i];
        const char *section = row->section ? row->section->title : NULL;
        bool is_section =
            home->session.section ? section && str_eq(section, home->session.section) : !section;
        if (is_section && is_session_deck(home, row->deck))
            return i;
    }
    return SIZE_MAX;
}

static int load(struct screen *screen, struct error *err)
{
    struct home *home = screen->data;
    struct bank_overview *overview = bank_overview(ui_bank(screen), clock_now_ms(), err);

    if (!overview)
        return -1;
    if (home->overview)
        bank_overview_free(home->overview);
    home->overview = overview;
    make_rows(home);
    home->planned_row = SIZE_MAX;
    home->is_stale = false;
    bank_session_clear(&home->session);
    if (bank_session_load(ui_bank(screen), &home->session, &home->has_session, err) < 0)
        return -1;
    return load_forecasts(screen, err);
}

static int home_open(struct screen *screen, const void *how, struct error *err)
{
    struct home *home = screen->data;

    home->plan_rows = 1;
    if (load(screen, err) < 0)
        return -1;
    if (session_row(home) != SIZE_MAX)
        home->list.marked = session_row(home);
    return 0;
}

static void home_close(struct screen *screen)
{
    struct home *home = screen->data;

    if (home->overview)
        bank_overview_free(home->overview);
    bank_session_clear(&home->session);
    free(home->rows);
    free(home->forecasts);
}

/* What is on the screen stays until home_work() has looked anew. */
static void home_resume(struct screen *screen)
{
    struct home *home = screen->data;

    home->is_stale = true;
}

static enum mode home_mode(const struct screen *screen)
{
    return MODE_HOME;
}

static void home_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct home *home = screen->data;
    const struct bank_overview *overview = home->overview;

    str_add(left, "drydock");
    if (overview->reviews_today > 0) {
        int count = overview->reviews_today;
        /* TRANSLATORS: cards answered, and minutes spent, today */
        str_addf(right, ngettext("today %d card", "today %d cards", count), count);
        str_addf(right, _(" · %d min"), (int)(overview->time_today_ms / MS_PER_MINUTE));
    }
}

/* --- Drawing --- */

struct columns { /* -1 where there is no room */
    int title_cols, bar, bar_cols, percent;
    int due, due_cols, fresh, fresh_cols, learned, learned_cols;
};

/* Columns of numbers, with a blank before the head. */
static int number_cols(const char *head, int cols)
{
    int needed = width_of_text(head) + 1;

    return needed > cols ? needed : cols;
}

static struct columns columns_for(int cols)
{
    struct columns columns = {
        .bar = -1,
        .due_cols = number_cols(_("due"), NUMBER_COLS),
        .fresh = -1,
        .fresh_cols = number_cols(_("new"), NUMBER_COLS),
        .learned = -1,
        .learned_cols = number_cols(_("learned"), LEARNED_COLS),
    };
    int right = cols - 1;

    if (cols >= COLS_FOR_BARS) {
        columns.learned = right - columns.learned_cols;
        right = columns.learned;
    }
    if (cols >= COLS_FOR_NEW) {
        columns.fresh = right - columns.fresh_cols;
        right = columns.fresh;
    }
    columns.due = right - columns.due_cols;
    columns.percent = columns.due - PERCENT_COLS;
    right = columns.percent;
    if (cols >= COLS_FOR_BARS) {
        columns.bar_cols = (cols - 44) / 3 > BAR_COLS_MAX ? BAR_COLS_MAX : (cols - 44) / 3;
        columns.bar = right - columns.bar_cols;
        right = columns.bar;
    }
    columns.title_cols = right - 4;
    return columns;
}

static void draw_head(const struct canvas *canvas, const struct columns *columns)
{
    canvas_cell(canvas, 0, 3, columns->title_cols, LOOK_DIM, _("section"));
    if (columns->bar >= 0)
        canvas_text(canvas, 0, columns->bar, LOOK_DIM, _("recall today"));
    else
        canvas_number(canvas, 0, columns->percent - 4, PERCENT_COLS + 4, LOOK_DIM, _("recall"));
    canvas_number(canvas, 0, columns->due, columns->due_cols, LOOK_DIM, _("due"));
    if (columns->fresh >= 0)
        canvas_number(canvas, 0, columns->fresh, columns->fresh_cols, LOOK_DIM, _("new"));
    if (columns->learned >= 0)
        canvas_number(canvas, 0, columns->learned, columns->learned_cols, LOOK_DIM, _("learned"));
}

static void draw_count(const struct canvas *canvas, int row, int col, int cols, unsigned look,
                       int count)
{
    autofree char *text = count > 0 ? str_printf("%d", count) : xstrdup("·");

    canvas_number(canvas, row, col, cols, count > 0 ? look : LOOK_DIM, text);
}

static void draw_recall(const struct canvas *canvas, int row, const struct columns *columns,
                        const struct bank_section_summary *summary, bool has_bar)
{
    autofree char *percent =
        summary->learned_count > 0 ? str_printf("%.0f %%", summary->recall * 100) : xstrdup("–");

    if (has_bar && columns->bar >= 0)
        canvas_bar(canvas, row, columns->bar, columns->bar_cols, summary->recall);
    canvas_number(canvas, row, columns->percent, PERCENT_COLS, LOOK_PLAIN, percent);
}

static const struct bank_section_summary *summary_of(const struct home *home,
                                                     const struct home_row *row)
{
    if (row->section)
        return row->section;
    return row->deck ? &row->deck->total : &home->all;
}

static const char *title_of(const struct home_row *row)
{
    if (row->section)
        return *row->section->title ? row->section->title : _("(no section)");
    return row->deck ? row->deck->title : _("All decks");
}

/* The coming days of a deck stand where a section has its bar. */
static void draw_forecast(const struct home *home, const struct canvas *canvas, int row,
                          const struct columns *columns, const struct home_row *what)
{
    char line[FORECAST_DAYS * 3 + 1];
    int all[FORECAST_DAYS] = {0};

    if (columns->bar < 0 || columns->bar_cols < FORECAST_DAYS + 1 + width_of_text(_("week")))
        return;
    for (size_t i = 0; i < home->overview->deck_count; i++)
        for (int day = 0; day < FORECAST_DAYS; day++)
            if (!what->deck || what->deck == &home->overview->decks[i])
                all[day] += home->forecasts[i][day];
    canvas_sparkline(all, FORECAST_DAYS, line);
    int col = canvas_text(canvas, row, columns->bar, LOOK_DIM, _("week"));
    canvas_text(canvas, row, col + 1, LOOK_CYAN, line);
}

static void draw_row(const struct home *home, const struct canvas *canvas, int row, size_t index,
                     const struct columns *columns)
{
    const struct home_row *what = &home->rows[index];
    const struct bank_section_summary *summary = summary_of(home, what);
    bool is_marked = index == home->list.marked;
    unsigned look = what->section ? LOOK_PLAIN : LOOK_BOLD;
    int indent = what->section ? 5 : 3;
    autofree char *learned = str_printf("%d/%d", summary->learned_count, summary->questions);

    canvas_cell(canvas, row, indent, columns->title_cols - (indent - 3), look, title_of(what));
    draw_recall(canvas, row, columns, summary, what->section != NULL);
    if (!what->section)
        draw_forecast(home, canvas, row, columns, what);
    draw_count(canvas, row, columns->due, columns->due_cols, LOOK_BOLD, summary->due_count);
    if (columns->fresh >= 0)
        draw_count(canvas, row, columns->fresh, columns->fresh_cols, LOOK_PLAIN,
                   summary->new_count);
    if (columns->learned >= 0)
        canvas_number(canvas, row, columns->learned, columns->learned_cols, LOOK_PLAIN, learned);
    if (!is_marked)
        return;
    canvas_text(canvas, row, 1, LOOK_BOLD, "▸");
    canvas_cursor(canvas, row, indent);
}

static void plan(struct screen *screen)
{
    struct home *home = screen->data;
    const struct home_row *row = &home->rows[home->list.marked];
    const struct bank_filter filter = {.deck = row->deck ? row->deck->id : NULL,
                                       .section = row->section ? row->section->title : NULL};
    struct bank_due *cards;
    size_t count;
    struct error err;

    home->plan_reviews = home->plan_new = 0;
    home->planned_row = home->list.marked;
    if (bank_today(ui_bank(screen), &filter, clock_now_ms(), 0, &cards, &count, &err) < 0) {
        ui_complain(screen, &err);
        return;
    }
    for (size_t i = 0; i < count; i++)
        *(cards[i].card.state == CARD_NEW ? &home->plan_new : &home->plan_reviews) += 1;
    free(cards);
}

static char *reviews_text(int count)
{
    return str_printf(ngettext("%d review", "%d reviews", count), count);
}

static char *new_text(int count)
{
    return str_printf(ngettext("%d new question", "%d new questions", count), count);
}

/* "7 reviews and 3 new questions" */
static char *cards_text(const struct home *home)
{
    if (home->plan_new == 0)
        return reviews_text(home->plan_reviews);
    if (home->plan_reviews == 0)
        return new_text(home->plan_new);
    autofree char *reviews = reviews_text(home->plan_reviews);
    autofree char *fresh = new_text(home->plan_new);
    /* TRANSLATORS: "7 reviews", "3 new questions" */
    return str_printf(_("%s and %s"), reviews, fresh);
}

static void add_plan(const struct home *home, struct str *out)
{
    const struct home_row *row = &home->rows[home->list.marked];
    int minutes = home->plan_reviews * MINUTES_PER_REVIEW + home->plan_new * MINUTES_PER_NEW;
    const char *what = row->section ? title_of(row) : _("Today");

    if (home->plan_reviews + home->plan_new == 0) {
        /* TRANSLATORS: "Today", or the title of a section */
        str_addf(out, _("%s: nothing is due and nothing new is left for today."), what);
        return;
    }
    autofree char *cards = cards_text(home);
    autofree char *time =
        str_printf(ngettext("about %d minute", "about %d minutes", minutes), minutes);
    /* TRANSLATORS: "Today" or a section, "7 reviews and 3 new questions", "about 21 minutes" */
    if (session_row(home) == home->list.marked)
        str_addf(out, _("%s: %s, %s. Enter goes on where you left."), what, cards, time);
    else
        str_addf(out, _("%s: %s, %s."), what, cards, time);
}

/* The sentence at the bottom, once home_work() knows it; returns how many rows it takes. */
static int draw_plan(struct screen *screen, const struct canvas *canvas)
{
    struct home *home = screen->data;
    autostr struct str sentence = STR_INIT;
    size_t next, rows = 0, starts[4];

    if (home->planned_row != home->list.marked)
        return home->plan_rows;
    add_plan(home, &sentence);
    for (size_t at = 0; at < sentence.len && rows < ARRAY_LEN(starts); at += next) {
        starts[rows++] = at;
        wrap_line(sentence.text + at, sentence.len - at, canvas->cols - 2, &next);
    }
    for (size_t i = 0; i < rows; i++) {
        size_t len =
            wrap_line(sentence.text + starts[i], sentence.len - starts[i], canvas->cols - 2, &next);
        canvas_bytes(canvas, canvas->rows - (int)(rows - i), 1, LOOK_PLAIN,
                     sentence.text + starts[i], len);
    }
    home->plan_rows = (int)rows;
    return home->plan_rows;
}

static void draw_empty(const struct canvas *canvas)
{
    canvas_text(canvas, 1, 1, LOOK_BOLD, _("The bank is empty."));
    canvas_text(canvas, 3, 1, LOOK_PLAIN, _("drydock import FILE brings in questions."));
}

static void home_draw(struct screen *screen, const struct canvas *whole)
{
    struct home *home = screen->data;
    struct canvas part = canvas_indented(whole, 0, COLS_MAX);
    const struct canvas *canvas = &part;
    struct columns columns = columns_for(canvas->cols);

    if (home->list.count == 0) {
        draw_empty(canvas);
        return;
    }
    int plan_rows = draw_plan(screen, canvas);
    bool has_air = canvas->rows > 12;
    int first = canvas->rows > 6 ? 1 : 0;
    struct canvas body =
        canvas_rows(canvas, first, canvas->rows - first - plan_rows - (has_air ? 1 : 0));
    if (first)
        draw_head(canvas, &columns);
    screen->rows = body.rows;
    list_settle(&home->list, body.rows);
    for (int row = 0; row < body.rows; row++) {
        size_t index;
        if (list_at(&home->list, row, &index))
            draw_row(home, &body, row, index, &columns);
    }
}

/* How long until the plan is to be made; -1: it is there. */
static int plan_wait_ms(const struct home *home)
{
    int64_t rested_ms = clock_monotonic_ms() - home->moved_ms;

    if (home->list.count == 0 || home->planned_row == home->list.marked)
        return -1;
    return home->plan_cost_ms < SLOW_PLAN_MS || rested_ms >= REST_MS ? 0
                                                                     : (int)(REST_MS - rested_ms);
}

/* Between keys: what takes long where the bank is large. */
static bool home_work(struct screen *screen)
{
    struct home *home = screen->data;
    struct error err;

    if (home->is_stale) {
        home->is_stale = false;
        if (load(screen, &err) < 0)
            ui_complain(screen, &err);
        return true;
    }
    if (plan_wait_ms(home) != 0)
        return false;
    int64_t before_ms = clock_monotonic_ms();
    plan(screen);
    home->plan_cost_ms = clock_monotonic_ms() - before_ms;
    return true;
}

static int home_next_change_ms(const struct screen *screen)
{
    return plan_wait_ms(screen->data);
}

/* --- Keys --- */

static void study(struct screen *screen)
{
    const struct home *home = screen->data;
    const struct home_row *row = &home->rows[home->list.marked];
    bool resumes = session_row(home) == home->list.marked;
    const struct study_options options = {
        .deck = resumes     ? home->session.deck
                : row->deck ? row->deck->id
                            : NULL,
        .section = row->section ? row->section->title : NULL,
    };

    ui_push(screen, &screen_study, &options);
}

static void home_act(struct screen *screen, int action, const char *key)
{
    struct home *home = screen->data;

    if (list_act(&home->list, action, screen->rows)) {
        home->moved_ms = clock_monotonic_ms();
        return;
    }
    if (action == ACTION_OPEN && home->list.count > 0)
        study(screen);
    else if (action == ACTION_BROWSE)
        ui_push(screen, &screen_browse, NULL);
    else if (action == ACTION_PROGRESS)
        ui_push(screen, &screen_progress, NULL);
    else if (action == ACTION_SETTINGS)
        ui_push(screen, &screen_settings, NULL);
    else if (action == ACTION_UNDO && card_undo(screen))
        home_resume(screen);
    else if (action == ACTION_QUIT)
        ui_quit(screen);
}

static void home_click(struct screen *screen, int row, int col)
{
    struct home *home = screen->data;
    size_t index;

    if (!list_at(&home->list, row - 1, &index))
        return;
    if (index == home->list.marked)
        study(screen);
    else
        home->list.marked = index;
}

const struct screen_ops screen_home = {
    .data_size = sizeof(struct home),
    .open = home_open,
    .close = home_close,
    .mode = home_mode,
    .title = home_title,
    .draw = home_draw,
    .act = home_act,
    .click = home_click,
    .resume = home_resume,
    .next_change_ms = home_next_change_ms,
    .work = home_work,
};
