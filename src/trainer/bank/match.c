/* SPDX-License-Identifier: MIT
 * Which question of a document is which of the bank, by what is certain: marks and titles. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "trainer/bank/import_internal.h"

/* --- The cards that are given out: an open hash set, at most half full */

static size_t find_slot(const int64_t *cards, size_t slots, int64_t card)
{
    size_t at = ((uint64_t)card * 0x9E3779B97F4A7C15u) & (slots - 1);

    while (cards[at] && cards[at] != card)
        at = (at + 1) & (slots - 1);
    return at;
}

static void grow_cards(struct import *import)
{
    size_t slots = import->card_slots ? import->card_slots * 2 : 64;
    int64_t *cards = xcalloc(slots, sizeof(*cards));

    for (size_t i = 0; i < import->card_slots; i++) {
        if (import->cards[i])
            cards[find_slot(cards, slots, import->cards[i])] = import->cards[i];
    }
    free(import->cards);
    import->cards = cards;
    import->card_slots = slots;
}

bool match_is_claimed(const struct import *import, int64_t card)
{
    return import->card_slots > 0 &&
           import->cards[find_slot(import->cards, import->card_slots, card)] == card;
}

bool match_claim_card(struct import *import, int64_t card)
{
    if (match_is_claimed(import, card))
        return false;
    if (2 * (import->card_count + 1) > import->card_slots)
        grow_cards(import);
    import->cards[find_slot(import->cards, import->card_slots, card)] = card;
    import->card_count++;
    return true;
}

/* --- Within the deck */

struct key { /* of a known question, sorted to be looked up */
    uint64_t value;
    size_t known;
};

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return x->known < y->known ? -1 : x->known > y->known;
}

/* Where the keys of this value begin. */
static size_t find_key(const struct key *keys, size_t count, uint64_t value)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void take_known(struct import *import, struct plan *plan, struct known *known,
                       enum import_match match)
{
    known->is_taken = true;
    plan->known = known;
    plan->match = match;
    plan->shared_with = known->shared_with;
    match_claim_card(import, known->card);
}

/* Of several with the same title, the one with the same text, else the first that is free. */
static bool take_by_key(struct import *import, struct plan *plan, const struct key *keys,
                        uint64_t value, enum import_match match, bool same_content)
{
    for (size_t i = find_key(keys, import->known_count, value);
         i < import->known_count && keys[i].value == value; i++) {
        struct known *known = &import->known[keys[i].known];
        if (known->is_taken || (same_content && known->content != plan->content))
            continue;
        take_known(import, plan, known, match);
        return true;
    }
    return false;
}

static struct key *make_fingerprint_keys(const struct import *import)
{
    struct key *keys = xcalloc(import->known_count + 1, sizeof(*keys));

    for (size_t i = 0; i < import->known_count; i++)
        keys[i] = (struct key){import->known[i].fingerprint, i};
    qsort(keys, import->known_count, sizeof(*keys), compare_keys);
    return keys;
}

static uint64_t parse_fingerprint(const char *digits)
{
    return strtoull(digits, NULL, 16);
}

static void match_same_as(struct import *import, const struct key *keys)
{
    for (size_t i = 0; i < import->document->question_count; i++) {
        struct plan *plan = &import->plans[i];
        for (size_t at = 0; at < plan->question->same_as_count && !plan->known; at++)
            take_by_key(import, plan, keys, parse_fingerprint(plan->question->same_as[at]),
                        IMPORT_MATCH_SAME_AS, false);
    }
}

struct marked { /* a known question with an `id:` mark */
    const char *mark;
    struct known *known;
};

static int compare_marks(const void *a, const void *b)
{
    const struct marked *x = a, *y = b;

    return strcmp(x->mark, y->mark);
}

static void match_marks(struct import *import)
{
    autofree struct marked *marks = xcalloc(import->known_count + 1, sizeof(*marks));
    size_t count = 0;

    for (size_t i = 0; i < import->known_count; i++) {
        if (import->known[i].mark)
            marks[count++] = (struct marked){import->known[i].mark, &import->known[i]};
    }
    qsort(marks, count, sizeof(*marks), compare_marks);
    for (size_t i = 0; i < import->document->question_count; i++) {
        struct plan *plan = &import->plans[i];
        struct marked key = {.mark = plan->question->mark};
        if (plan->known || !key.mark)
            continue;
        struct marked *found = bsearch(&key, marks, count, sizeof(*marks), compare_marks);
        if (found && !found->known->is_taken)
            take_known(import, plan, found->known, IMPORT_MATCH_MARK);
    }
}

static void match_fingerprints(struct import *import, const struct key *keys)
{
    for (int same_content = 1; same_content >= 0; same_content--) {
        for (size_t i = 0; i < import->document->question_count; i++) {
            struct plan *plan = &import->plans[i];
            if (!plan->known)
                take_by_key(import, plan, keys, plan->fingerprint, IMPORT_MATCH_FINGERPRINT,
                            same_content != 0);
        }
    }
}

/* --- In other decks */

/* Takes the first row (card, "DECK:Q7", is_retired) whose card is free. */
static int take_other(struct import *import, struct plan *plan, struct statement *rows,
                      enum import_match match, struct error *err)
{
    int found;

    while ((found = statement_step(rows, err)) == 1) {
        int64_t card = column_integer(rows, 0);
        bool is_own = plan->known && plan->known->card == card;
        if (!is_own && !match_claim_card(import, card))
            continue;
        plan->other_card = card;
        plan->shared_with = column_copy(rows, 1, import->arena);
        plan->is_from_retired = column_integer(rows, 2) != 0;
        plan->match = plan->known ? plan->match : match;
        break;
    }
    return found < 0 ? -1 : 0;
}

static int take_other_fingerprint(struct import *import, struct plan *plan, uint64_t fingerprint,
                                  enum import_match match, struct error *err)
{
    static const char sql[] =
        "SELECT card, deck.id || ':' || label, is_retired FROM question"
        " JOIN deck ON deck.number = question.deck WHERE fingerprint = ?1 AND deck <> ?2"
        " ORDER BY is_retired, deck, ordinal";
    auto_statement struct statement *rows = bank_prepare(import->bank, sql, err);

    if (!rows)
        return -1;
    bind_integer(rows, 1, (int64_t)fingerprint);
    bind_integer(rows, 2, import->deck);
    return take_other(import, plan, rows, match, err);
}

/* A question of another deck whose own mark names this one. */
static int take_other_mark(struct import *import, struct plan *plan, struct error *err)
{
    static const char sql[] =
        "SELECT card, deck.id || ':' || label, is_retired FROM same_as"
        " JOIN question ON question.number = same_as.question"
        " JOIN deck ON deck.number = question.deck"
        " WHERE same_as.fingerprint = ?1 AND deck <> ?2 ORDER BY is_retired, deck, ordinal";
    auto_statement struct statement *rows = bank_prepare(import->bank, sql, err);

    if (!rows)
        return -1;
    bind_integer(rows, 1, (int64_t)plan->fingerprint);
    bind_integer(rows, 2, import->deck);
    return take_other(import, plan, rows, IMPORT_MATCH_SAME_AS, err);
}

static int match_other_marks(struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->document->question_count; i++) {
        struct plan *plan = &import->plans[i];
        for (size_t at = 0; at < plan->question->same_as_count && !plan->other_card; at++) {
            uint64_t named = parse_fingerprint(plan->question->same_as[at]);
            if (take_other_fingerprint(import, plan, named, IMPORT_MATCH_SAME_AS, err))
                return -1;
        }
        if (import->has_same_as && !plan->other_card && take_other_mark(import, plan, err))
            return -1;
    }
    return 0;
}

static int match_other_fingerprints(struct import *import, struct error *err)
{
    for (size_t i = 0; i < import->document->question_count; i++) {
        struct plan *plan = &import->plans[i];
        if (plan->known || plan->other_card)
            continue;
        if (take_other_fingerprint(import, plan, plan->fingerprint, IMPORT_MATCH_FINGERPRINT, err))
            return -1;
    }
    return 0;
}

int match_questions(struct import *import, struct error *err)
{
    autofree struct key *keys = make_fingerprint_keys(import);

    match_marks(import);
    match_fingerprints(import, keys);
    match_same_as(import, keys);
    if (import->has_other_decks &&
        (match_other_marks(import, err) || match_other_fingerprints(import, err)))
        return -1;
    return match_by_text(import, err);
}
