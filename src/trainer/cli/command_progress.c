/* SPDX-License-Identifier: MIT
 * drydock progress: what would be recalled today, what is due, what was done. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/bank/json.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/screens.h"
#include "trainer/srs/calendar.h"

#define HISTORY_DAYS  28
#define FORECAST_DAYS 14
#define COUNT_COLS    8 /* of a column of numbers, with the blank before it */

struct progress {
    const char *deck;
    struct bank_overview *overview;
    struct bank_day history[HISTORY_DAYS];
    int forecast[FORECAST_DAYS];
};

static int load(struct bank *bank, struct progress *progress, struct error *err)
{
    int64_t now_ms = clock_now_ms();
    struct scheduler_settings settings;
    struct bank_limits limits;

    if (bank_settings(bank, progress->deck, &settings, &limits, err) < 0)
        return -1;
    int today = calendar_day(now_ms, settings.rollover_hour);
    if (bank_history(bank, progress->deck, today - HISTORY_DAYS + 1, HISTORY_DAYS,
                     progress->history, err) < 0 ||
        bank_forecast(bank, progress->deck, now_ms, FORECAST_DAYS, progress->forecast, err) < 0)
        return -1;
    progress->overview = bank_overview(bank, now_ms, err);
    return progress->overview ? 0 : -1;
}

static void add_summary(struct json *json, const struct bank_section_summary *summary)
{
    json_integer(json, "questions", summary->questions);
    json_integer(json, "new", summary->new_count);
    json_integer(json, "due", summary->due_count);
    json_integer(json, "learned", summary->learned_count);
    json_integer(json, "suspended", summary->suspended_count);
    json_number(json, "recall", summary->recall, 4);
}

static void add_deck(struct json *json, const struct bank_deck_summary *deck)
{
    json_open(json, NULL, '{');
    json_string(json, "deck", deck->id);
    json_string(json, "title", deck->title);
    add_summary(json, &deck->total);
    json_open(json, "sections", '[');
    for (size_t i = 0; i < deck->section_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "title", deck->sections[i].title);
        add_summary(json, &deck->sections[i]);
        json_close(json);
    }
    json_close(json);
    json_close(json);
}

static void add_history(struct json *json, const struct progress *progress)
{
    json_open(json, "history", '[');
    for (int i = 0; i < HISTORY_DAYS; i++) {
        const struct bank_day *day = &progress->history[i];
        autostr struct str date = STR_INIT;
        clock_add_rfc3339(&date, day->day * MS_PER_DAY);
        str_truncate(&date, 10);
        json_open(json, NULL, '{');
        json_string(json, "day", date.text);
        json_integer(json, "reviews", day->reviews);
        json_integer(json, "again", day->again);
        json_integer(json, "new", day->new_cards);
        json_integer(json, "seconds", day->time_ms / MS_PER_SECOND);
        json_close(json);
    }
    json_close(json);
}

static bool is_wanted(const struct progress *progress, const struct bank_deck_summary *deck)
{
    return !progress->deck || str_eq(progress->deck, deck->id);
}

static void add_json(struct json *json, const struct progress *progress)
{
    const struct bank_overview *overview = progress->overview;

    json_open(json, NULL, '{');
    json_time(json, "at", clock_now_ms());
    json_open(json, "today", '{');
    json_integer(json, "reviews", overview->reviews_today);
    json_integer(json, "new", overview->new_today);
    json_integer(json, "seconds", overview->time_today_ms / MS_PER_SECOND);
    json_close(json);
    json_open(json, "decks", '[');
    for (size_t i = 0; i < overview->deck_count; i++)
        if (is_wanted(progress, &overview->decks[i]))
            add_deck(json, &overview->decks[i]);
    json_close(json);
    add_history(json, progress);
    json_open(json, "forecast", '[');
    for (int i = 0; i < FORECAST_DAYS; i++)
        json_integer(json, NULL, progress->forecast[i]);
    json_close(json);
    json_close(json);
}

static void add_line(struct str *out, const char *title, const struct bank_section_summary *summary)
{
    autostr struct str visible = STR_INIT;

    utf8_add_visible(&visible, title, strlen(title), false);
    width_add_padded(out, visible.text, 40, "…");
    if (summary->learned_count > 0)
        str_addf(out, " %5.0f %%", summary->recall * 100);
    else
        str_add(out, "       –");
    str_addf(out, " %7d %7d %7d\n", summary->due_count, summary->new_count, summary->learned_count);
}

/* A column's head, flush right. */
static void add_head(struct str *out, const char *head)
{
    for (int cols = width_of_text(head); cols < COUNT_COLS; cols++)
        str_add_char(out, ' ');
    str_add(out, head);
}

static void add_text(struct str *out, const struct progress *progress)
{
    for (size_t i = 0; i < progress->overview->deck_count; i++) {
        const struct bank_deck_summary *deck = &progress->overview->decks[i];
        if (!is_wanted(progress, deck))
            continue;
        width_add_padded(out, _("deck, sections"), 40, "…");
        add_head(out, _("recall"));
        add_head(out, _("due"));
        add_head(out, _("new"));
        add_head(out, _("learned"));
        str_add_char(out, '\n');
        add_line(out, deck->title, &deck->total);
        for (size_t j = 0; j < deck->section_count; j++)
            add_line(out, deck->sections[j].title, &deck->sections[j]);
        str_add_char(out, '\n');
    }
}

static enum exit_status print_progress(struct bank *bank, const struct invocation *invocation)
{
    struct progress progress = {.deck = invocation->options[OPTION_DECK]};
    autostr struct str out = STR_INIT;
    struct error err;

    if (load(bank, &progress, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_has(invocation, OPTION_JSON)) {
        auto_json struct json *json = json_new(bank, &out);
        add_json(json, &progress);
        str_add_char(&out, '\n');
    } else {
        add_text(&out, &progress);
    }
    bank_overview_free(progress.overview);
    return cli_print_all(&out, STATUS_DONE);
}

enum exit_status command_progress(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    struct bank_filter filter;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    if (screens_are_wanted(invocation))
        return screens_progress(bank, invocation);
    return print_progress(bank, invocation);
}
