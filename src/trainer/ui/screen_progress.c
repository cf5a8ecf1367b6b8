/* SPDX-License-Identifier: MIT
 * Progress: totals, reviews per day, recall by section, what is to come, a calendar of reviews. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/srs/calendar.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/sheet.h"

#define HISTORY_DAYS  371 /* 53 weeks */
#define SHOWN_DAYS    14
#define FORECAST_DAYS 14
#define BAR_COLS_MAX  60
#define COLS_FOR_BARS 56

struct progress {
    struct bank_overview *overview;
    size_t deck; /* 0: all; else its number from 1 */
    struct bank_day days[HISTORY_DAYS];
    int due[FORECAST_DAYS];
    int today, rollover_hour;
    struct sheet sheet;
    int sheet_cols; /* 0: to be made anew */
    bool is_stale, is_loaded;
};

static const struct bank_deck_summary *deck_of(const struct progress *progress)
{
    return progress->deck > 0 ? &progress->overview->decks[progress->deck - 1] : NULL;
}

static int load(struct screen *screen, struct error *err)
{
    struct progress *progress = screen->data;
    const char *deck = progress->overview && deck_of(progress) ? deck_of(progress)->id : NULL;
    struct scheduler_settings settings;
    struct bank_limits limits;
    struct bank *bank = ui_bank(screen);
    int64_t now = clock_now_ms();

    if (!progress->overview && !(progress->overview = bank_overview(bank, now, err)))
        return -1;
    if (bank_settings(bank, deck, &settings, &limits, err) < 0)
        return -1;
    progress->rollover_hour = settings.rollover_hour;
    progress->today = calendar_day(now, settings.rollover_hour);
    progress->sheet_cols = 0;
    if (bank_history(bank, deck, progress->today - HISTORY_DAYS + 1, HISTORY_DAYS, progress->days,
                     err) < 0)
        return -1;
    if (bank_forecast(bank, deck, now, FORECAST_DAYS, progress->due, err) < 0)
        return -1;
    progress->is_loaded = true;
    return 0;
}

static int progress_open(struct screen *screen, const void *how, struct error *err)
{
    struct progress *progress = screen->data;

    sheet_init(&progress->sheet);
    progress->is_stale = true;
    return 0;
}

/* Between keys, as counting takes long where the bank is large. */
static bool progress_work(struct screen *screen)
{
    struct progress *progress = screen->data;
    struct error err;

    if (!progress->is_stale)
        return false;
    progress->is_stale = false;
    if (load(screen, &err) < 0)
        ui_complain(screen, &err);
    return true;
}

static void progress_close(struct screen *screen)
{
    struct progress *progress = screen->data;

    if (progress->overview)
        bank_overview_free(progress->overview);
    sheet_clear(&progress->sheet);
}

static enum mode progress_mode(const struct screen *screen)
{
    return MODE_PROGRESS;
}

static void progress_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct progress *progress = screen->data;
    const struct bank_deck_summary *deck = deck_of(progress);

    str_addf(left, "%s · %s", _("Progress"), deck ? deck->title : _("all decks"));
}

/* --- Dates --- */

static struct tm date_of(const struct progress *progress, int day)
{
    time_t noon =
        (time_t)(calendar_day_start_ms(day, progress->rollover_hour) / MS_PER_SECOND) + 12 * 3600;
    struct tm date;

    localtime_r(&noon, &date);
    return date;
}

static char *date_text(const struct progress *progress, int day)
{
    struct tm date = date_of(progress, day);
    char text[64];

    if (day == progress->today)
        return xstrdup(_("today"));
    /* TRANSLATORS: a day in a list, see strftime(3) */
    if (strftime(text, sizeof(text), _("%a %d %b"), &date) == 0)
        text[0] = '\0';
    return xstrdup(text);
}

static int widest_date(const struct progress *progress)
{
    int cols = 0;

    for (int day = progress->today - SHOWN_DAYS; day <= progress->today + FORECAST_DAYS; day++) {
        autofree char *text = date_text(progress, day);
        cols = width_of_text(text) > cols ? width_of_text(text) : cols;
    }
    return cols;
}

/* --- The parts of the page --- */

static void add_heading(struct sheet *sheet, const char *title, const char *unit)
{
    sheet_add_blank(sheet);
    sheet_add(sheet, LOOK_BOLD, title);
    if (*unit)
        sheet_addf(sheet, LOOK_DIM, "  %s", unit);
    sheet_end_line(sheet);
}

static void sum_sections(const struct progress *progress, struct bank_section_summary *sum)
{
    double recalled = 0;

    *sum = (struct bank_section_summary){.title = NULL};
    for (size_t i = 0; i < progress->overview->deck_count; i++) {
        const struct bank_deck_summary *deck = &progress->overview->decks[i];
        if (deck_of(progress) && deck_of(progress) != deck)
            continue;
        sum->questions += deck->total.questions;
        sum->learned_count += deck->total.learned_count;
        sum->due_count += deck->total.due_count;
        sum->new_count += deck->total.new_count;
        sum->suspended_count += deck->total.suspended_count;
        recalled += deck->total.recall * deck->total.learned_count;
    }
    sum->recall = sum->learned_count > 0 ? recalled / sum->learned_count : 0;
}

static void add_total(struct sheet *sheet, const char *label, const char *value, int label_cols)
{
    sheet_add(sheet, LOOK_PLAIN, label);
    sheet_pad_to(sheet, label_cols);
    sheet_add(sheet, LOOK_BOLD, value);
    sheet_end_line(sheet);
}

/* Days in a row with at least one review, up to today or yesterday. */
static int streak(const struct progress *progress)
{
    int last = HISTORY_DAYS - 1, count = 0;

    if (progress->days[last].reviews == 0)
        last--;
    while (last - count >= 0 && progress->days[last - count].reviews > 0)
        count++;
    return count;
}

static void add_totals(struct progress *progress)
{
    struct bank_section_summary sum;
    const struct bank_day *today = &progress->days[HISTORY_DAYS - 1];
    int label_cols = 0;

    sum_sections(progress, &sum);
    autofree char *recall =
        sum.learned_count > 0 ? str_printf("%.0f %%", sum.recall * 100) : xstrdup("–");
    autofree char *learned = str_printf(_("%d of %d"), sum.learned_count, sum.questions);
    autofree char *due = str_printf("%d", sum.due_count);
    autofree char *suspended = str_printf("%d", sum.suspended_count);
    int minutes = (int)(today->time_ms / MS_PER_MINUTE);
    /* TRANSLATORS: reviews, minutes */
    autofree char *answered = minutes > 0 ? str_printf(_("%d in %d min"), today->reviews, minutes)
                                          : str_printf("%d", today->reviews);
    autofree char *in_a_row = str_printf("%d", streak(progress));
    const struct {
        const char *label, *value;
    } totals[] = {
        {_("recall today"), recall},
        {_("learned"), learned},
        {_("due now"), due},
        {_("suspended"), suspended},
        {_("answered today"), answered},
        {_("days in a row"), in_a_row},
    };
    for (size_t i = 0; i < ARRAY_LEN(totals); i++) {
        int cols = width_of_text(totals[i].label);
        label_cols = cols > label_cols ? cols : label_cols;
    }
    for (size_t i = 0; i < ARRAY_LEN(totals); i++)
        add_total(&progress->sheet, totals[i].label, totals[i].value, label_cols + 2);
}

static void add_section(struct sheet *sheet, const struct bank_section_summary *section,
                        int title_cols, int bar_cols)
{
    autostr struct str title = STR_INIT;
    autofree char *percent =
        section->learned_count > 0 ? str_printf("%.0f %%", section->recall * 100) : xstrdup("–");

    width_add_padded(&title, *section->title ? section->title : _("(no section)"), title_cols, "…");
    sheet_add(sheet, LOOK_PLAIN, title.text);
    sheet_add(sheet, LOOK_PLAIN, " ");
    sheet_add_right(sheet, LOOK_BOLD, percent, title_cols + 7);
    sheet_add(sheet, LOOK_PLAIN, "  ");
    if (bar_cols > 0)
        sheet_add_bar(sheet, section->recall, bar_cols);
    sheet_addf(sheet, LOOK_DIM, _(" %d of %d"), section->learned_count, section->questions);
    sheet_end_line(sheet);
}

static void add_sections(struct progress *progress, int cols)
{
    int bar_cols =
        cols >= COLS_FOR_BARS ? (cols - 46 > BAR_COLS_MAX ? BAR_COLS_MAX : cols - 46) : 0;
    int title_cols = cols - 7 - bar_cols - 12;

    if (bar_cols < 10)
        bar_cols = 0;
    if (title_cols > 40)
        title_cols = 40;
    add_heading(&progress->sheet, _("Recall by section"),
                cols >= COLS_FOR_BARS ? _("today; learned of all") : "");
    for (size_t i = 0; i < progress->overview->deck_count; i++) {
        const struct bank_deck_summary *deck = &progress->overview->decks[i];
        if (deck_of(progress) && deck_of(progress) != deck)
            continue;
        if (!deck_of(progress) && progress->overview->deck_count > 1) {
            sheet_add(&progress->sheet, LOOK_ITALIC, deck->title);
            sheet_end_line(&progress->sheet);
        }
        for (size_t k = 0; k < deck->section_count; k++)
            add_section(&progress->sheet, &deck->sections[k], title_cols, bar_cols);
    }
}

/* What a full bar stands for; small counts do not fill it. */
static int most_of(const int *values, size_t count)
{
    int most = 10;

    for (size_t i = 0; i < count; i++)
        most = values[i] > most ? values[i] : most;
    return most;
}

/* "Mon 23 Nov    12  ████████  18 min · 92 % known" */
static void add_day(struct progress *progress, const struct bank_day *day, int date_cols, int most,
                    int bar_cols)
{
    struct sheet *sheet = &progress->sheet;
    autofree char *date = date_text(progress, day->day);
    autofree char *count = day->reviews > 0 ? str_printf("%d", day->reviews) : xstrdup("·");

    sheet_add(sheet, LOOK_PLAIN, date);
    sheet_add_right(sheet, LOOK_BOLD, count, date_cols + 6);
    sheet_add(sheet, LOOK_PLAIN, "  ");
    if (day->reviews > 0) {
        int filled = (day->reviews * bar_cols + most - 1) / most;
        if (bar_cols > 0)
            sheet_add_bar(sheet, 1, filled);
        sheet_addf(sheet, LOOK_DIM, _(" %d min · %.0f %% known"),
                   (int)(day->time_ms / MS_PER_MINUTE),
                   100.0 * (day->reviews - day->again) / day->reviews);
    }
    sheet_end_line(sheet);
}

static void add_history(struct progress *progress, int cols)
{
    int date_cols = widest_date(progress), bar_cols = cols - date_cols - 30;
    int reviews[SHOWN_DAYS];
    const struct bank_day *first = &progress->days[HISTORY_DAYS - SHOWN_DAYS];

    for (int i = 0; i < SHOWN_DAYS; i++)
        reviews[i] = first[i].reviews;
    if (bar_cols > BAR_COLS_MAX)
        bar_cols = BAR_COLS_MAX;
    add_heading(&progress->sheet, _("Reviews per day"), "");
    for (int i = SHOWN_DAYS - 1; i >= 0; i--)
        add_day(progress, &first[i], date_cols, most_of(reviews, SHOWN_DAYS),
                bar_cols > 3 ? bar_cols : 0);
}

static void add_forecast(struct progress *progress, int cols)
{
    int date_cols = widest_date(progress), bar_cols = cols - date_cols - 9;
    int most = most_of(progress->due, FORECAST_DAYS);
    struct sheet *sheet = &progress->sheet;

    if (bar_cols > BAR_COLS_MAX)
        bar_cols = BAR_COLS_MAX;
    add_heading(sheet, _("To come"), _("cards due"));
    for (int i = 0; i < FORECAST_DAYS; i++) {
        autofree char *date = date_text(progress, progress->today + i);
        autofree char *count =
            progress->due[i] > 0 ? str_printf("%d", progress->due[i]) : xstrdup("·");
        sheet_add(sheet, LOOK_PLAIN, date);
        sheet_add_right(sheet, LOOK_BOLD, count, date_cols + 6);
        sheet_add(sheet, LOOK_PLAIN, "  ");
        sheet_add_bar(sheet, 1, (progress->due[i] * bar_cols + most - 1) / most);
        sheet_end_line(sheet);
    }
}

/* --- The calendar --- */

static const struct {
    int least;
    const char *symbol;
} heat[] = {{0, "·"}, {1, "░"}, {5, "▒"}, {10, "▓"}, {20, "█"}};

static const char *heat_of(int reviews)
{
    size_t level = 0;

    while (level + 1 < ARRAY_LEN(heat) && reviews >= heat[level + 1].least)
        level++;
    return heat[level].symbol;
}

/* The months above the weeks, where one begins. */
static void add_months(struct progress *progress, int first_day, int weeks)
{
    struct sheet *sheet = &progress->sheet;
    int free_col = 4;

    sheet_add(sheet, LOOK_PLAIN, "    ");
    for (int week = 0; week < weeks; week++) {
        struct tm date = date_of(progress, first_day + week * 7);
        char name[32];
        int col = 4 + week * 2;
        if (date.tm_mday > 7 || col < free_col || strftime(name, sizeof(name), "%b", &date) == 0)
            continue;
        if (col + width_of_text(name) > 4 + weeks * 2)
            break;
        sheet_pad_to(sheet, col);
        sheet_add(sheet, LOOK_DIM, name);
        free_col = col + width_of_text(name) + 1;
    }
    sheet_end_line(sheet);
}

static void add_weekday(struct progress *progress, int weekday, int first_day, int weeks)
{
    struct sheet *sheet = &progress->sheet;
    struct tm date = date_of(progress, first_day + weekday);
    char name[32];

    if (strftime(name, sizeof(name), "%a", &date) == 0)
        name[0] = '\0';
    autostr struct str label = STR_INIT;
    width_add_padded(&label, name, 3, "");
    sheet_add(sheet, LOOK_DIM, label.text);
    for (int week = 0; week < weeks; week++) {
        int day = first_day + week * 7 + weekday;
        int index = HISTORY_DAYS - 1 - (progress->today - day);
        if (day > progress->today || index < 0)
            sheet_add(sheet, LOOK_PLAIN, "  ");
        else
            sheet_addf(sheet, progress->days[index].reviews > 0 ? LOOK_CYAN : LOOK_DIM, " %s",
                       heat_of(progress->days[index].reviews));
    }
    sheet_end_line(sheet);
}

static void add_scale(struct sheet *sheet)
{
    sheet_add(sheet, LOOK_PLAIN, "    ");
    for (size_t i = 0; i < ARRAY_LEN(heat); i++) {
        sheet_addf(sheet, LOOK_PLAIN, "%s ", heat[i].symbol);
        if (i == 0)
            sheet_addf(sheet, LOOK_DIM, "%s  ", _("none"));
        else if (i + 1 < ARRAY_LEN(heat))
            sheet_addf(sheet, LOOK_DIM, "%d–%d  ", heat[i].least, heat[i + 1].least - 1);
        else
            sheet_addf(sheet, LOOK_DIM, "%d+", heat[i].least);
    }
    sheet_end_line(sheet);
}

static void add_calendar(struct progress *progress, int cols)
{
    struct tm today = date_of(progress, progress->today);
    int weekday = (today.tm_wday + 6) % 7; /* from Monday */
    int weeks = (cols - 4) / 2 > 53 ? 53 : (cols - 4) / 2;
    int first_day = progress->today - weekday - (weeks - 1) * 7;

    add_heading(&progress->sheet, _("Calendar"), _("reviews a day"));
    add_months(progress, first_day, weeks);
    for (int i = 0; i < 7; i++)
        add_weekday(progress, i, first_day, weeks);
    add_scale(&progress->sheet);
}

static void progress_draw(struct screen *screen, const struct canvas *canvas)
{
    struct progress *progress = screen->data;
    struct canvas page = canvas_indented(canvas, 1, canvas->cols - 2);

    canvas_cursor(&page, 0, 0);
    if (!progress->is_loaded)
        return;
    if (progress->sheet_cols != canvas->cols) {
        sheet_restart(&progress->sheet);
        add_totals(progress);
        add_sections(progress, page.cols);
        add_history(progress, page.cols);
        add_forecast(progress, page.cols);
        add_calendar(progress, page.cols);
        progress->sheet_cols = canvas->cols;
    }
    sheet_clamp(&progress->sheet, page.rows);
    sheet_draw(&progress->sheet, &page);
    if (progress->sheet.top + (size_t)page.rows < progress->sheet.line_count)
        canvas_text(&page, page.rows - 1, page.cols - 1, LOOK_DIM, "↓");
}

static void next_deck(struct screen *screen)
{
    struct progress *progress = screen->data;

    progress->deck = (progress->deck + 1) % (progress->overview->deck_count + 1);
    progress->sheet.top = 0;
    progress->is_stale = true;
}

static void progress_act(struct screen *screen, int action, const char *key)
{
    struct progress *progress = screen->data;
    struct sheet *sheet = &progress->sheet;
    int rows = screen->rows, page = rows > 1 ? rows - 1 : 1;

    if (action == ACTION_LEAVE)
        ui_leave(screen);
    else if (action == ACTION_SWITCH)
        next_deck(screen);
    else if (action == ACTION_UP || action == ACTION_DOWN)
        sheet_scroll(sheet, action == ACTION_UP ? -1 : 1, rows);
    else if (action == ACTION_PAGE_UP || action == ACTION_PAGE_DOWN)
        sheet_scroll(sheet, action == ACTION_PAGE_UP ? -page : page, rows);
    else if (action == ACTION_FIRST || action == ACTION_LAST)
        sheet_scroll(sheet, (action == ACTION_FIRST ? -1 : 1) * (int)sheet->line_count, rows);
}

static bool progress_can(const struct screen *screen, int action)
{
    const struct progress *progress = screen->data;

    return action != ACTION_SWITCH || (progress->is_loaded && progress->overview->deck_count > 1);
}

const struct screen_ops screen_progress = {
    .data_size = sizeof(struct progress),
    .open = progress_open,
    .close = progress_close,
    .mode = progress_mode,
    .title = progress_title,
    .draw = progress_draw,
    .act = progress_act,
    .can = progress_can,
    .work = progress_work,
};
