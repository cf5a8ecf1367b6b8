/* SPDX-License-Identifier: MIT
 * The counts of the home screen: one pass over an index of the cards. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "trainer/bank/bank_internal.h"
#include "trainer/srs/calendar.h"

struct counting {
    struct bank *bank;
    struct bank_overview *overview;
    int64_t now_ms, until_ms;
    int day, rollover_hour;
    int64_t *day_starts; /* of today and the days before it; 0: not looked up yet */
    size_t day_start_len;
    struct scheduler scheduler; /* of the deck that is being counted */
    int64_t *deck_numbers;      /* beside overview->decks */
    int64_t *section_numbers;   /* of all decks one after the other */
    size_t deck_cap, section_len, section_cap, count_cap;
    struct bank_section_summary *sections; /* beside section_numbers */
};

/* --- Decks and sections */

static int read_decks(struct counting *counting, struct error *err)
{
    static const char sql[] = "SELECT number, id, title, path FROM deck ORDER BY number";
    auto_statement struct statement *rows = bank_prepare(counting->bank, sql, err);
    struct bank_overview *overview = counting->overview;
    struct bank_deck_summary *decks = NULL;
    size_t cap = 0, len = 0, number_len = 0;
    int found;

    if (!rows)
        return -1;
    while ((found = statement_step(rows, err)) == 1) {
        *array_add(counting->deck_numbers, number_len, counting->deck_cap) =
            column_integer(rows, 0);
        struct bank_deck_summary *deck = array_add(decks, len, cap);
        deck->id = column_copy(rows, 1, &overview->arena);
        deck->title = column_copy(rows, 2, &overview->arena);
        deck->path = column_copy(rows, 3, &overview->arena);
    }
    overview->decks = arena_alloc(&overview->arena, (len + 1) * sizeof(*decks));
    if (len)
        memcpy(overview->decks, decks, len * sizeof(*decks));
    overview->deck_count = len;
    free(decks);
    return found;
}

static int read_sections(struct counting *counting, int64_t deck, struct error *err)
{
    static const char sql[] = "SELECT number, title FROM section WHERE deck = ?1 ORDER BY ordinal";
    auto_statement struct statement *rows = bank_prepare(counting->bank, sql, err);
    size_t count_len = 0;
    int found;

    if (!rows)
        return -1;
    counting->section_len = 0;
    bind_integer(rows, 1, deck);
    while ((found = statement_step(rows, err)) == 1) {
        *array_add(counting->section_numbers, counting->section_len, counting->section_cap) =
            column_integer(rows, 0);
        array_add(counting->sections, count_len, counting->count_cap)->title =
            column_copy(rows, 1, &counting->overview->arena);
    }
    return found;
}

static struct bank_section_summary *find_section(struct counting *counting, int64_t number)
{
    for (size_t i = 0; i < counting->section_len; i++) {
        if (counting->section_numbers[i] == number)
            return &counting->sections[i];
    }
    return NULL;
}

/* --- Cards */

static int64_t day_start(struct counting *counting, int days_ago)
{
    size_t at = (size_t)days_ago;

    if (at >= counting->day_start_len) {
        size_t len = at + 512;
        counting->day_starts = xrealloc(counting->day_starts, len * sizeof(*counting->day_starts));
        memset(counting->day_starts + counting->day_start_len, 0,
               (len - counting->day_start_len) * sizeof(*counting->day_starts));
        counting->day_start_len = len;
    }
    if (counting->day_starts[at] == 0)
        counting->day_starts[at] =
            calendar_day_start_ms(counting->day - days_ago, counting->rollover_hour);
    return counting->day_starts[at];
}

/* Calendar days since a time. The C library's calendar would take more time than all the rest, so
 * each day is asked for once. */
static int days_since(struct counting *counting, int64_t time_ms)
{
    int64_t today_ms = day_start(counting, 0);
    int days = (int)((today_ms - time_ms) / MS_PER_DAY);

    if (time_ms >= today_ms)
        return 0;
    while (day_start(counting, days) > time_ms)
        days++;
    while (days > 0 && day_start(counting, days - 1) <= time_ms)
        days--;
    return days;
}

/* Until the end of the count, `recall` is a sum. */
static void count_card(struct counting *counting, struct bank_section_summary *section,
                       struct statement *row)
{
    enum card_state state = (enum card_state)column_integer(row, 1);

    section->questions++;
    if (state != CARD_NEW) {
        section->learned_count++;
        section->recall += fsrs_recall(&counting->scheduler.model, column_number(row, 4),
                                       days_since(counting, column_integer(row, 5)));
    }
    if (column_integer(row, 2))
        section->suspended_count++;
    else if (state == CARD_NEW)
        section->new_count++;
    else if (column_integer(row, 3) < counting->until_ms)
        section->due_count++;
}

/* The rows of a deck come section by section. */
static int count_cards(struct counting *counting, const char *sql, int64_t deck, struct error *err)
{
    auto_statement struct statement *rows = bank_prepare(counting->bank, sql, err);
    struct bank_section_summary *section = NULL;
    int64_t number = 0;
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, deck);
    while ((found = statement_step(rows, err)) == 1) {
        if (!section || column_integer(rows, 0) != number) {
            number = column_integer(rows, 0);
            section = find_section(counting, number);
        }
        if (section)
            count_card(counting, section, rows);
    }
    return found;
}

static void add_to_total(struct bank_section_summary *total,
                         const struct bank_section_summary *section)
{
    total->questions += section->questions;
    total->new_count += section->new_count;
    total->due_count += section->due_count;
    total->learned_count += section->learned_count;
    total->suspended_count += section->suspended_count;
    total->recall += section->recall;
}

static void finish_recall(struct bank_section_summary *section)
{
    if (section->learned_count > 0)
        section->recall /= section->learned_count;
}

/* Sections whose questions are all retired are left out. */
static void finish_deck(struct counting *counting, struct bank_deck_summary *deck)
{
    deck->sections = arena_alloc(&counting->overview->arena,
                                 (counting->section_len + 1) * sizeof(*deck->sections));
    for (size_t i = 0; i < counting->section_len; i++) {
        struct bank_section_summary *section = &counting->sections[i];
        if (section->questions == 0)
            continue;
        add_to_total(&deck->total, section);
        finish_recall(section);
        deck->sections[deck->section_count++] = *section;
    }
    finish_recall(&deck->total);
    deck->total.title = deck->title;
}

static int count_deck(struct counting *counting, size_t at, struct error *err)
{
    static const char own[] =
        "SELECT section, state, is_suspended, due_ms, stability, last_review_ms FROM card"
        " INDEXED BY card_by_section WHERE deck = ?1 AND deck IS NOT NULL";
    static const char extra[] =
        "SELECT question.section, state, is_suspended, due_ms, stability, last_review_ms"
        " FROM question INDEXED BY question_extra JOIN card ON card.number = question.card"
        " WHERE question.deck = ?1 AND is_extra = 1 AND is_retired = 0";
    struct bank_deck_summary *deck = &counting->overview->decks[at];
    int64_t number = counting->deck_numbers[at];
    struct scheduler_settings settings;
    struct bank_limits limits;

    if (bank_settings(counting->bank, deck->id, &settings, &limits, err))
        return -1;
    scheduler_init(&counting->scheduler, &settings);
    if (read_sections(counting, number, err) || count_cards(counting, own, number, err) ||
        count_cards(counting, extra, number, err))
        return -1;
    finish_deck(counting, deck);
    return 0;
}

/* --- Today */

static int count_today(struct counting *counting, struct error *err)
{
    static const char sql[] = "SELECT sum(reviews), sum(new_cards), sum(time_ms) FROM day"
                              " WHERE day = ?1";
    auto_statement struct statement *row = bank_prepare(counting->bank, sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, counting->day);
    if (statement_step(row, err) < 0)
        return -1;
    counting->overview->reviews_today = (int)column_integer(row, 0);
    counting->overview->new_today = (int)column_integer(row, 1);
    counting->overview->time_today_ms = column_integer(row, 2);
    return 0;
}

static int count_all(struct counting *counting, struct error *err)
{
    int hour;

    if (bank_rollover_hour(counting->bank, &hour, err) || read_decks(counting, err))
        return -1;
    counting->rollover_hour = hour;
    counting->day = calendar_day(counting->now_ms, hour);
    counting->until_ms = calendar_day_start_ms(counting->day + 1, hour);
    for (size_t i = 0; i < counting->overview->deck_count; i++) {
        if (count_deck(counting, i, err))
            return -1;
    }
    return count_today(counting, err);
}

struct bank_overview *bank_overview(struct bank *bank, int64_t now_ms, struct error *err)
{
    struct bank_overview *overview = xcalloc(1, sizeof(*overview));
    struct counting counting = {.bank = bank, .overview = overview, .now_ms = now_ms};
    int result = bank_begin_read(bank, err);

    if (result == 0)
        result = bank_finish(bank, count_all(&counting, err), err);
    free(counting.deck_numbers);
    free(counting.section_numbers);
    free(counting.sections);
    free(counting.day_starts);
    if (result) {
        bank_overview_free(overview);
        return NULL;
    }
    return overview;
}

void bank_overview_free(struct bank_overview *overview)
{
    if (!overview)
        return;
    arena_clear(&overview->arena);
    free(overview);
}
