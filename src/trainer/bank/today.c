/* SPDX-License-Identifier: MIT
 * What is to be studied today: waiting cards in their order, within the daily limits. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "trainer/bank/bank_internal.h"
#include "trainer/srs/calendar.h"

/* No learning step is longer than a day. */
#define LEARNING_AHEAD_MS (2 * MS_PER_DAY)

struct candidate {
    int64_t card, deck;
    int64_t question; /* 0: the one that stands for the card */
    double rank;      /* the lowest comes first */
};

struct candidates {
    struct candidate *items;
    size_t len, cap;
};

struct scoped { /* a question that the filter lets pass */
    int64_t card, question;
    size_t place;
    bool is_extra;
};

struct budget { /* what a deck's limits leave for today */
    int64_t deck;
    int new_cards, reviews;
};

struct today {
    struct bank *bank;
    int64_t now_ms, until_ms; /* what is due before the end of today is due */
    int day;
    bool has_scope;
    struct scoped *scope; /* by card */
    size_t scope_len, scope_cap;
    struct budget *budgets;
    size_t budget_len, budget_cap;
    struct candidates learning, reviews, fresh;
};

/* --- The filter */

static int compare_scoped(const void *a, const void *b)
{
    const struct scoped *x = a, *y = b;

    if (x->card != y->card)
        return x->card < y->card ? -1 : 1;
    if (x->is_extra != y->is_extra)
        return x->is_extra ? 1 : -1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static void add_scoped(struct today *today, struct statement *row)
{
    struct scoped *scoped = array_add(today->scope, today->scope_len, today->scope_cap);

    scoped->question = column_integer(row, 0);
    scoped->card = column_integer(row, 1);
    scoped->is_extra = column_integer(row, 2) != 0;
    scoped->place = today->scope_len;
}

static int read_scope_of_place(struct today *today, const struct bank_filter *filter,
                               struct error *err)
{
    static const char sql[] =
        "SELECT number, card, is_extra FROM question WHERE is_retired = 0 AND (?1 = 0 OR deck = ?1)"
        " AND (?2 IS NULL OR section IN (SELECT number FROM section WHERE title = ?2))"
        " ORDER BY deck, ordinal";
    auto_statement struct statement *rows = bank_prepare(today->bank, sql, err);
    int64_t deck = 0;
    int found;

    if (!rows || (filter->deck && bank_deck_number(today->bank, filter->deck, &deck, err)))
        return -1;
    bind_integer(rows, 1, deck);
    bind_text(rows, 2, filter->section);
    while ((found = statement_step(rows, err)) == 1)
        add_scoped(today, rows);
    return found;
}

static int read_scope_of_list(struct today *today, const int64_t *numbers, size_t count,
                              struct error *err)
{
    static const char sql[] = "SELECT number, card, is_extra FROM question WHERE number = ?1";
    auto_statement struct statement *row = bank_prepare(today->bank, sql, err);

    if (!row)
        return -1;
    for (size_t i = 0; i < count; i++) {
        bind_integer(row, 1, numbers[i]);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        if (found)
            add_scoped(today, row);
        statement_reset(row);
    }
    return 0;
}

static int read_scope(struct today *today, const struct bank_filter *filter, struct error *err)
{
    autofree int64_t *numbers = NULL;
    size_t count;

    if (!filter)
        return 0;
    if (filter->words || filter->level || filter->tag || filter->only_suspended ||
        filter->only_leeches) {
        if (bank_list_numbers(today->bank, filter, &numbers, &count, err) ||
            read_scope_of_list(today, numbers, count, err))
            return -1;
    } else if (filter->deck || filter->section) {
        if (read_scope_of_place(today, filter, err))
            return -1;
    } else {
        return 0;
    }
    today->has_scope = true;
    if (today->scope_len)
        qsort(today->scope, today->scope_len, sizeof(*today->scope), compare_scoped);
    return 0;
}

/* The question of the scope to show for a card, the first of its run; NULL where there is none. */
static const struct scoped *find_scoped(const struct today *today, int64_t card)
{
    size_t low = 0, high = today->scope_len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (today->scope[middle].card < card)
            low = middle + 1;
        else
            high = middle;
    }
    return low < today->scope_len && today->scope[low].card == card ? &today->scope[low] : NULL;
}

/* --- Candidates */

static void add_candidate(struct today *today, struct candidates *list, int64_t card, int64_t deck,
                          double rank)
{
    const struct scoped *scoped = today->has_scope ? find_scoped(today, card) : NULL;

    if (today->has_scope && !scoped)
        return;
    *array_add(list->items, list->len, list->cap) = (struct candidate){
        .card = card, .deck = deck, .question = scoped ? scoped->question : 0, .rank = rank};
}

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->card < y->card ? -1 : x->card > y->card;
}

static void sort_candidates(struct candidates *list)
{
    if (list->len)
        qsort(list->items, list->len, sizeof(*list->items), compare_candidates);
}

/* Learning cards and due reviews; the most overdue, relative to their interval, come first. */
static int collect_due(struct today *today, struct error *err)
{
    static const char sql[] =
        "SELECT number, deck, state, due_ms, interval_days, last_review_ms FROM card"
        " INDEXED BY card_due WHERE due_ms < ?1 AND deck IS NOT NULL AND state > 0"
        " AND is_suspended = 0 AND buried_until <= ?2";
    auto_statement struct statement *rows = bank_prepare(today->bank, sql, err);
    int64_t ahead_ms = today->now_ms + LEARNING_AHEAD_MS;
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, ahead_ms > today->until_ms ? ahead_ms : today->until_ms);
    bind_integer(rows, 2, today->day);
    while ((found = statement_step(rows, err)) == 1) {
        int64_t card = column_integer(rows, 0), deck = column_integer(rows, 1);
        int64_t due_ms = column_integer(rows, 3);
        double interval_ms = (double)(column_integer(rows, 4) * MS_PER_DAY);
        double elapsed_ms = (double)(today->now_ms - column_integer(rows, 5));
        if (column_integer(rows, 2) != CARD_REVIEW)
            add_candidate(today, &today->learning, card, deck, (double)due_ms);
        else if (due_ms < today->until_ms)
            add_candidate(today, &today->reviews, card, deck,
                          -elapsed_ms / (interval_ms > 0 ? interval_ms : MS_PER_DAY));
    }
    sort_candidates(&today->learning);
    sort_candidates(&today->reviews);
    return found;
}

/* --- Daily limits */

static int read_done(struct today *today, struct budget *budget, struct error *err)
{
    static const char sql[] = "SELECT new_cards, due_cards FROM day WHERE day = ?1 AND deck = ?2";
    auto_statement struct statement *row = bank_prepare(today->bank, sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, today->day);
    bind_integer(row, 2, budget->deck);
    int found = statement_step(row, err);
    if (found == 1) {
        budget->new_cards -= (int)column_integer(row, 0);
        budget->reviews -= (int)column_integer(row, 1);
    }
    return found < 0 ? -1 : 0;
}

static int add_budget(struct today *today, int64_t deck, struct error *err)
{
    struct budget *budget = array_add(today->budgets, today->budget_len, today->budget_cap);
    struct bank_limits limits;

    if (bank_limits_read(today->bank, deck, &limits, err))
        return -1;
    *budget = (struct budget){
        .deck = deck, .new_cards = limits.new_per_day, .reviews = limits.reviews_per_day};
    return read_done(today, budget, err);
}

static int read_budgets(struct today *today, struct error *err)
{
    auto_statement struct statement *decks =
        bank_prepare(today->bank, "SELECT number FROM deck ORDER BY number", err);
    int found;

    if (!decks)
        return -1;
    while ((found = statement_step(decks, err)) == 1) {
        if (add_budget(today, column_integer(decks, 0), err))
            return -1;
    }
    return found;
}

static int compare_budgets(const void *a, const void *b)
{
    const struct budget *x = a, *y = b;

    return x->deck < y->deck ? -1 : x->deck > y->deck;
}

static struct budget *find_budget(const struct today *today, int64_t deck)
{
    struct budget key = {.deck = deck};

    return bsearch(&key, today->budgets, today->budget_len, sizeof(key), compare_budgets);
}

/* --- New cards */

/* In deck order; without a scope no more of a deck than its limit lets pass. */
static int collect_new_of(struct today *today, const struct budget *budget, struct error *err)
{
    static const char sql[] =
        "SELECT number FROM card INDEXED BY card_new WHERE deck = ?1 AND deck IS NOT NULL"
        " AND state = 0 AND is_suspended = 0 AND buried_until <= ?2 ORDER BY position LIMIT ?3";
    auto_statement struct statement *rows = bank_prepare(today->bank, sql, err);
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, budget->deck);
    bind_integer(rows, 2, today->day);
    bind_integer(rows, 3, today->has_scope ? -1 : budget->new_cards);
    while ((found = statement_step(rows, err)) == 1) {
        int64_t card = column_integer(rows, 0);
        const struct scoped *scoped = today->has_scope ? find_scoped(today, card) : NULL;
        add_candidate(today, &today->fresh, card, budget->deck,
                      scoped ? (double)scoped->place : (double)today->fresh.len);
    }
    return found;
}

static int collect_new(struct today *today, struct error *err)
{
    for (size_t i = 0; i < today->budget_len; i++) {
        if (today->budgets[i].new_cards > 0 && collect_new_of(today, &today->budgets[i], err))
            return -1;
    }
    sort_candidates(&today->fresh);
    return 0;
}

/* --- The result */

static int load_due(struct bank *bank, const struct candidate *candidate, struct bank_due *due,
                    struct error *err)
{
    static const char sql[] = "SELECT (SELECT number FROM question WHERE card = ?1 AND is_retired "
                              "= 0 AND is_extra = 0), " CARD_COLUMNS " FROM card WHERE number = ?1";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, candidate->card);
    int found = statement_step(row, err);
    if (found <= 0)
        return found < 0 ? -1 : bank_fail(bank, err);
    due->card_number = candidate->card;
    due->question_number = candidate->question ? candidate->question : column_integer(row, 0);
    column_card(row, 1, &due->card);
    return 0;
}

struct due_list {
    struct bank_due *items;
    size_t len, cap, limit;
};

/* `budget_at` is where the deck's budget of this kind stands in struct budget. */
static int take(struct today *today, const struct candidates *list, size_t budget_at,
                struct due_list *due, struct error *err)
{
    for (size_t i = 0; i < list->len && due->len < due->limit; i++) {
        struct budget *budget = find_budget(today, list->items[i].deck);
        int *left = budget && budget_at ? (int *)((char *)budget + budget_at) : NULL;
        if (left && (*left)-- <= 0)
            continue;
        array_grow(due->items, due->len, due->cap, 1);
        if (load_due(today->bank, &list->items[i], &due->items[due->len], err))
            return -1;
        due->len++;
    }
    return 0;
}

static int find_today(struct today *today, const struct bank_filter *filter, struct due_list *due,
                      struct error *err)
{
    int hour;

    if (bank_rollover_hour(today->bank, &hour, err))
        return -1;
    today->day = calendar_day(today->now_ms, hour);
    today->until_ms = calendar_day_start_ms(today->day + 1, hour);
    if (read_scope(today, filter, err) || read_budgets(today, err) || collect_due(today, err) ||
        collect_new(today, err))
        return -1;
    if (take(today, &today->learning, 0, due, err) ||
        take(today, &today->reviews, offsetof(struct budget, reviews), due, err))
        return -1;
    return take(today, &today->fresh, offsetof(struct budget, new_cards), due, err);
}

int bank_today(struct bank *bank, const struct bank_filter *filter, int64_t now_ms, size_t limit,
               struct bank_due **cards, size_t *count, struct error *err)
{
    struct today today = {.bank = bank, .now_ms = now_ms};
    struct due_list due = {.limit = limit ? limit : SIZE_MAX};
    int result = bank_begin_read(bank, err);

    if (result == 0)
        result = bank_finish(bank, find_today(&today, filter, &due, err), err);
    free(today.scope);
    free(today.budgets);
    free(today.learning.items);
    free(today.reviews.items);
    free(today.fresh.items);
    if (result) {
        free(due.items);
        return -1;
    }
    *cards = due.items ? due.items : xcalloc(1, sizeof(**cards));
    *count = due.len;
    return 0;
}
