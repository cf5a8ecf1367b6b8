/* SPDX-License-Identifier: MIT
 * Lists of questions: filtered, in deck order or by relevance. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "trainer/bank/bank_internal.h"
#include "trainer/srs/calendar.h"

#define SORTED_HITS_MAX 2000 /* more are listed in the order of their import */

struct numbers {
    int64_t *items;
    size_t len, cap;
};

static void add_number(struct numbers *numbers, int64_t number)
{
    *array_add(numbers->items, numbers->len, numbers->cap) = number;
}

static int collect(struct statement *rows, struct numbers *numbers, struct error *err)
{
    int found;

    while ((found = statement_step(rows, err)) == 1)
        add_number(numbers, column_integer(rows, 0));
    return found;
}

static bool is_only_deck(const struct bank_filter *filter)
{
    return !filter->section && !filter->words && !filter->level && !filter->tag &&
           !filter->only_due && !filter->only_suspended && !filter->only_leeches;
}

/* Served by the index alone. */
static int list_all(struct bank *bank, int64_t deck, struct numbers *numbers, struct error *err)
{
    static const char all[] =
        "SELECT number FROM question WHERE is_retired = 0 ORDER BY deck, ordinal";
    static const char of_deck[] =
        "SELECT number FROM question WHERE is_retired = 0 AND deck = ?1 ORDER BY ordinal";
    auto_statement struct statement *rows = bank_prepare(bank, deck ? of_deck : all, err);

    if (!rows)
        return -1;
    if (deck)
        bind_integer(rows, 1, deck);
    return collect(rows, numbers, err);
}

/* The end of today: what is due by then counts as due. */
static int due_until(struct bank *bank, int64_t now_ms, int64_t *until_ms, int *today,
                     struct error *err)
{
    int hour;

    if (bank_rollover_hour(bank, &hour, err))
        return -1;
    *today = calendar_day(now_ms, hour);
    *until_ms = calendar_day_start_ms(*today + 1, hour);
    return 0;
}

#define FILTER                                                                                     \
    " question.is_retired = 0 AND (?1 = 0 OR question.deck = ?1)"                                  \
    " AND (?2 IS NULL OR section.title = ?2) AND (?3 IS NULL OR level = ?3)"                       \
    " AND (?4 IS NULL OR instr(', ' || lower(tags) || ',', ', ' || lower(?4) || ',') > 0)"         \
    " AND (NOT ?5 OR card.state > 0 AND due_ms < ?6 AND NOT is_suspended AND buried_until <= ?7)"  \
    " AND (NOT ?8 OR is_suspended) AND (NOT ?9 OR is_leech)"

#define FILTER_TABLES                                                                              \
    " FROM question JOIN section ON section.number = question.section"                             \
    " JOIN card ON card.number = question.card"

static int bind_filter(struct statement *statement, struct bank *bank, int64_t deck,
                       const struct bank_filter *filter, struct error *err)
{
    int64_t until_ms = 0;
    int today = 0;

    if (filter->only_due && due_until(bank, filter->now_ms, &until_ms, &today, err))
        return -1;
    bind_integer(statement, 1, deck);
    bind_text(statement, 2, filter->section);
    bind_text(statement, 3, filter->level);
    bind_text(statement, 4, filter->tag);
    bind_integer(statement, 5, filter->only_due);
    bind_integer(statement, 6, until_ms);
    bind_integer(statement, 7, today);
    bind_integer(statement, 8, filter->only_suspended);
    bind_integer(statement, 9, filter->only_leeches);
    return 0;
}

static int list_filtered(struct bank *bank, int64_t deck, const struct bank_filter *filter,
                         struct numbers *numbers, struct error *err)
{
    static const char sql[] = "SELECT question.number" FILTER_TABLES " WHERE" FILTER
                              " ORDER BY question.deck, question.ordinal";
    auto_statement struct statement *rows = bank_prepare(bank, sql, err);

    if (!rows || bind_filter(rows, bank, deck, filter, err))
        return -1;
    return collect(rows, numbers, err);
}

/* --- With words */

struct hit {
    int64_t number, deck, ordinal;
    bool is_in_title;
};

static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;

    if (x->is_in_title != y->is_in_title)
        return x->is_in_title ? -1 : 1;
    if (x->deck != y->deck)
        return x->deck < y->deck ? -1 : 1;
    return x->ordinal < y->ordinal ? -1 : x->ordinal > y->ordinal;
}

/* Keeps the hits that pass the filter, and learns their place. */
static int filter_hits(struct bank *bank, int64_t deck, const struct bank_filter *filter,
                       struct hit *hits, size_t *count, struct error *err)
{
    static const char sql[] = "SELECT question.deck, question.ordinal" FILTER_TABLES
                              " WHERE question.number = ?10 AND" FILTER;
    auto_statement struct statement *row = bank_prepare(bank, sql, err);
    size_t kept = 0;

    if (!row || bind_filter(row, bank, deck, filter, err))
        return -1;
    for (size_t i = 0; i < *count; i++) {
        bind_integer(row, 10, hits[i].number);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        if (found == 1) {
            hits[kept] = hits[i];
            hits[kept].deck = column_integer(row, 0);
            hits[kept++].ordinal = column_integer(row, 1);
        }
        statement_reset(row);
    }
    *count = kept;
    return 0;
}

static int list_words(struct bank *bank, int64_t deck, const struct bank_filter *filter,
                      struct numbers *numbers, struct error *err)
{
    struct bank_filter others = *filter;
    autofree int64_t *found = NULL;
    autofree struct hit *hits = NULL;
    size_t count, title_count;

    others.words = NULL;
    if (search_words(bank, filter->words, &found, &count, &title_count, err))
        return -1;
    if (count > SORTED_HITS_MAX && !deck && is_only_deck(&others)) {
        *numbers = (struct numbers){.items = steal_ptr(&found), .len = count};
        return 0;
    }
    hits = xcalloc(count + 1, sizeof(*hits));
    for (size_t i = 0; i < count; i++)
        hits[i] = (struct hit){.number = found[i], .is_in_title = i < title_count};
    if (filter_hits(bank, deck, &others, hits, &count, err))
        return -1;
    qsort(hits, count, sizeof(*hits), compare_hits);
    for (size_t i = 0; i < count; i++)
        add_number(numbers, hits[i].number);
    return 0;
}

static int list(struct bank *bank, const struct bank_filter *filter, struct numbers *numbers,
                struct error *err)
{
    int64_t deck = 0;

    if (filter->deck && bank_deck_number(bank, filter->deck, &deck, err))
        return -1;
    if (is_only_deck(filter))
        return list_all(bank, deck, numbers, err);
    if (filter->words && filter->words[strspn(filter->words, " \t\n")])
        return list_words(bank, deck, filter, numbers, err);
    return list_filtered(bank, deck, filter, numbers, err);
}

int bank_list_numbers(struct bank *bank, const struct bank_filter *filter, int64_t **numbers,
                      size_t *count, struct error *err)
{
    static const struct bank_filter any;
    struct numbers found = {0};

    if (list(bank, filter ? filter : &any, &found, err)) {
        free(found.items);
        return -1;
    }
    *numbers = found.items ? found.items : xcalloc(1, sizeof(**numbers));
    *count = found.len;
    return 0;
}

int bank_list(struct bank *bank, const struct bank_filter *filter, int64_t **numbers, size_t *count,
              struct error *err)
{
    if (bank_begin_read(bank, err))
        return -1;
    return bank_finish(bank, bank_list_numbers(bank, filter, numbers, count, err), err);
}

/* --- What a list shows */

static void read_row(struct statement *row, struct arena *arena, struct bank_row *into)
{
    *into = (struct bank_row){
        .number = column_integer(row, 0),
        .card_number = column_integer(row, 1),
        .id = column_copy(row, 2, arena),
        .deck = column_copy(row, 3, arena),
        .section = column_copy(row, 4, arena),
        .title = column_copy(row, 5, arena),
        .level = column_copy(row, 6, arena),
        .state = (enum card_state)column_integer(row, 7),
        .due_ms = column_integer(row, 8),
        .stability = column_number(row, 9),
        .last_review_ms = column_integer(row, 10),
        .is_suspended = column_integer(row, 11) != 0,
        .is_leech = column_integer(row, 12) != 0,
    };
}

static int read_rows(struct bank *bank, const int64_t *numbers, size_t count, struct arena *arena,
                     struct bank_row *rows, struct error *err)
{
    static const char sql[] =
        "SELECT question.number, card, label, deck.id, section.title, question.title, level, state,"
        " due_ms, stability, last_review_ms, is_suspended, is_leech" FILTER_TABLES
        " JOIN deck ON deck.number = question.deck WHERE question.number = ?1";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);

    if (!row)
        return -1;
    for (size_t i = 0; i < count; i++) {
        bind_integer(row, 1, numbers[i]);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        if (!found)
            return error_set(err, 0, _("the question is no longer in the bank"));
        read_row(row, arena, &rows[i]);
        statement_reset(row);
    }
    return 0;
}

int bank_rows(struct bank *bank, const int64_t *numbers, size_t count, struct arena *arena,
              struct bank_row *rows, struct error *err)
{
    if (bank_begin_read(bank, err))
        return -1;
    return bank_finish(bank, read_rows(bank, numbers, count, arena, rows, err), err);
}

/* --- Texts one by one */

int bank_each_text(struct bank *bank, const struct bank_filter *filter,
                   bool (*visit)(void *data, int64_t number, const char *title, const char *answer),
                   void *data, struct error *err)
{
    static const char sql[] = "SELECT title, answer_text FROM question"
                              " JOIN question_text USING (number) WHERE number = ?1";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);
    autofree int64_t *numbers = NULL;
    size_t count;
    bool goes_on = true;

    if (!row || bank_list(bank, filter, &numbers, &count, err))
        return -1;
    for (size_t i = 0; i < count && goes_on; i++) {
        bind_integer(row, 1, numbers[i]);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        if (found == 1)
            goes_on = visit(data, numbers[i], column_text(row, 0), column_text(row, 1));
        statement_reset(row);
    }
    return 0;
}
