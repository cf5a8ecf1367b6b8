/* SPDX-License-Identifier: MIT
 * Which question of a document is which of the bank, by how alike the texts are. Comparing all with
 * all would take minutes at 10,000 questions, so an index of words first names a few candidates. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/str.h"
#include "trainer/bank/import_internal.h"
#include "trainer/bank/word_index.h"
#include "trainer/deck/identity.h"

#define NEAREST_MAX 4    /* candidates of a question that are compared in full */
#define SCORE_MIN   0.06 /* of a candidate, by its words */
#define LABEL_BONUS 0.15 /* for the same label, where several are alike */

/* Within a deck less is asked for than among decks: what is not matched would be retired. Half the
 * pairs of different questions of one document are alike by 0.1 to 0.55. */
#define SAME_LABEL_MIN 0.35
#define EDITED_MIN     0.70

struct candidate {
    size_t at;
    double score; /* 0: none */
};

struct nearest { /* the best first */
    struct candidate items[NEAREST_MAX];
};

struct pair { /* compared in full */
    struct plan *plan;
    size_t other;
    double similarity, rank;
    bool has_label;
};

struct search {
    struct import *import;
    bool is_in_deck;
    struct plan **plans; /* the questions of the document that are looked for */
    size_t len;
    int64_t *others;      /* numbers of the questions of the bank among which they are looked for */
    struct known **known; /* beside them, in the deck */
    size_t other_len, other_cap;
    struct nearest *of_plans, *of_others; /* candidates of each side */
    struct word_index index;
    struct words words;
    struct pair *pairs;
    size_t pair_len, pair_cap;
};

static void search_clear(struct search *search)
{
    free(search->plans);
    free(search->of_plans);
    free(search->of_others);
    free(search->others);
    free(search->known);
    free(search->words.items);
    free(search->pairs);
    word_index_clear(&search->index);
}

/* --- Candidates */

static void keep_nearest(struct nearest *nearest, size_t other, double score)
{
    struct candidate *items = nearest->items;
    size_t at = NEAREST_MAX - 1;

    if (score <= items[at].score)
        return;
    for (; at > 0 && items[at - 1].score < score; at--)
        items[at] = items[at - 1];
    items[at] = (struct candidate){other, score};
}

static bool is_nearest(const struct nearest *nearest, size_t other)
{
    for (size_t i = 0; i < NEAREST_MAX && nearest->items[i].score > 0; i++) {
        if (nearest->items[i].at == other)
            return true;
    }
    return false;
}

static void keep_pair(struct search *search, size_t plan, size_t other, double score)
{
    if (score < SCORE_MIN)
        return;
    keep_nearest(&search->of_plans[plan], other, score);
    keep_nearest(&search->of_others[other], plan, score);
}

static void read_plan_words(struct search *search, const struct plan *plan)
{
    words_read(&search->words, search->is_in_deck ? plan->question->id : NULL,
               plan->question->title, plan->question->answer_text);
}

/* The row of a known question: label, title, answer. */
static struct statement *find_other(struct search *search, size_t other, struct error *err)
{
    static const char sql[] = "SELECT label, title, answer_text FROM question"
                              " JOIN question_text USING (number) WHERE number = ?1";
    auto_statement struct statement *row = bank_prepare(search->import->bank, sql, err);

    if (!row)
        return NULL;
    bind_integer(row, 1, search->others[other]);
    int found = statement_step(row, err);
    if (found == 0)
        bank_fail(search->import->bank, err);
    return found == 1 ? steal_ptr(&row) : NULL;
}

static int read_other_words(struct search *search, size_t other, struct error *err)
{
    auto_statement struct statement *row = find_other(search, other, err);

    if (!row)
        return -1;
    words_read(&search->words, search->is_in_deck ? column_text(row, 0) : NULL, column_text(row, 1),
               column_text(row, 2));
    return 0;
}

struct looking { /* what is being looked up in the index */
    struct search *search;
    size_t at;
};

static void found_other(void *data, size_t item, double score)
{
    struct looking *looking = data;

    keep_pair(looking->search, looking->at, item, score);
}

static void found_searched(void *data, size_t item, double score)
{
    struct looking *looking = data;

    keep_pair(looking->search, item, looking->at, score);
}

/* The index is made of the smaller side. */
static int find_in_others(struct search *search, struct error *err)
{
    for (size_t i = 0; i < search->other_len; i++) {
        if (read_other_words(search, i, err))
            return -1;
        word_index_add(&search->index, &search->words);
    }
    word_index_finish(&search->index);
    for (size_t i = 0; i < search->len; i++) {
        struct looking looking = {search, i};
        read_plan_words(search, search->plans[i]);
        word_index_find(&search->index, &search->words, found_other, &looking);
    }
    return 0;
}

static int find_in_searched(struct search *search, struct error *err)
{
    for (size_t i = 0; i < search->len; i++) {
        read_plan_words(search, search->plans[i]);
        word_index_add(&search->index, &search->words);
    }
    word_index_finish(&search->index);
    for (size_t i = 0; i < search->other_len; i++) {
        struct looking looking = {search, i};
        if (read_other_words(search, i, err))
            return -1;
        word_index_find(&search->index, &search->words, found_searched, &looking);
    }
    return 0;
}

/* --- Comparing in full */

static int compare_texts(struct search *search, struct plan *plan,
                         const struct identity_words *words, size_t other, struct error *err)
{
    auto_statement struct statement *row = find_other(search, other, err);

    if (!row)
        return -1;
    struct identity_words *theirs = identity_words_new(column_text(row, 1), column_text(row, 2));
    struct pair *pair = array_add(search->pairs, search->pair_len, search->pair_cap);
    pair->plan = plan;
    pair->other = other;
    pair->similarity = identity_similarity(words, theirs);
    pair->has_label = search->is_in_deck && str_eq(column_text(row, 0), plan->question->id);
    pair->rank = pair->similarity + (pair->has_label ? LABEL_BONUS : 0);
    identity_words_free(theirs);
    return 0;
}

/* Only what is near from both sides: a few of the document may look a little like hundreds. */
static int compare_nearest(struct search *search, size_t at, struct error *err)
{
    const struct question *question = search->plans[at]->question;
    const struct candidate *candidates = search->of_plans[at].items;
    struct identity_words *words = NULL;
    int result = 0;

    for (size_t i = 0; i < NEAREST_MAX && candidates[i].score > 0 && result == 0; i++) {
        if (!is_nearest(&search->of_others[candidates[i].at], at))
            continue;
        if (!words)
            words = identity_words_new(question->title, question->answer_text);
        result = compare_texts(search, search->plans[at], words, candidates[i].at, err);
    }
    identity_words_free(words);
    return result;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    if (x->plan != y->plan)
        return x->plan < y->plan ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static int rank_pairs(struct search *search, struct error *err)
{
    if (search->other_len == 0 || search->len == 0)
        return 0;
    search->of_plans = xcalloc(search->len, sizeof(*search->of_plans));
    search->of_others = xcalloc(search->other_len, sizeof(*search->of_others));
    if (search->other_len < search->len ? find_in_others(search, err)
                                        : find_in_searched(search, err))
        return -1;
    for (size_t i = 0; i < search->len; i++) {
        if (compare_nearest(search, i, err))
            return -1;
    }
    if (search->pair_len)
        qsort(search->pairs, search->pair_len, sizeof(*search->pairs), compare_pairs);
    return 0;
}

static void collect_searched(struct search *search)
{
    struct import *import = search->import;

    search->plans = xcalloc(import->document->question_count + 1, sizeof(struct plan *));
    for (size_t i = 0; i < import->document->question_count; i++) {
        if (!import->plans[i].known && !import->plans[i].other_card)
            search->plans[search->len++] = &import->plans[i];
    }
}

/* --- In the deck: among those that would be retired */

static void collect_leftover(struct search *search)
{
    struct import *import = search->import;

    search->others = xcalloc(import->known_count + 1, sizeof(*search->others));
    search->known = xcalloc(import->known_count + 1, sizeof(struct known *));
    for (size_t i = 0; i < import->known_count; i++) {
        if (import->known[i].is_taken)
            continue;
        search->known[search->other_len] = &import->known[i];
        search->others[search->other_len++] = import->known[i].number;
    }
}

static void take_pair(struct import *import, const struct pair *pair, struct known *known)
{
    if (pair->plan->known || known->is_taken ||
        pair->similarity < (pair->has_label ? SAME_LABEL_MIN : EDITED_MIN))
        return;
    known->is_taken = true;
    pair->plan->known = known;
    pair->plan->match = pair->has_label ? IMPORT_MATCH_LABEL : IMPORT_MATCH_TEXT;
    pair->plan->similarity = pair->similarity;
    pair->plan->shared_with = known->shared_with;
    match_claim_card(import, known->card);
}

static int match_in_deck(struct import *import, struct error *err)
{
    struct search search = {.import = import, .is_in_deck = true};

    collect_searched(&search);
    collect_leftover(&search);
    int result = rank_pairs(&search, err);
    for (size_t i = 0; i < search.pair_len && result == 0; i++)
        take_pair(import, &search.pairs[i], search.known[search.pairs[i].other]);
    search_clear(&search);
    return result;
}

/* --- In other decks */

static int collect_others(struct search *search, struct error *err)
{
    auto_statement struct statement *rows = bank_prepare(
        search->import->bank, "SELECT number FROM question WHERE deck <> ?1 ORDER BY number", err);
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, search->import->deck);
    while ((found = statement_step(rows, err)) == 1)
        *array_add(search->others, search->other_len, search->other_cap) = column_integer(rows, 0);
    return found;
}

/* Joins the card of the pair's other question where it is sure enough, else mentions it, where each
 * is the other's best. */
static int take_other_pair(struct search *search, const struct pair *pair, bool is_best,
                           struct error *err)
{
    static const char sql[] = "SELECT card, deck.id || ':' || label, is_retired FROM question"
                              " JOIN deck ON deck.number = question.deck"
                              " WHERE question.number = ?1";
    auto_statement struct statement *row = bank_prepare(search->import->bank, sql, err);
    struct plan *plan = pair->plan;

    if (!row)
        return -1;
    bind_integer(row, 1, search->others[pair->other]);
    int found = statement_step(row, err);
    if (found <= 0)
        return found < 0 ? -1 : bank_fail(search->import->bank, err);
    if (pair->similarity >= IDENTITY_SURE &&
        match_claim_card(search->import, column_integer(row, 0))) {
        plan->similarity = pair->similarity;
        plan->other_card = column_integer(row, 0);
        plan->shared_with = column_copy(row, 1, search->import->arena);
        plan->is_from_retired = column_integer(row, 2) != 0;
        plan->match = IMPORT_MATCH_TEXT;
    } else if (is_best) {
        plan->similarity = pair->similarity;
        plan->similar_to = column_copy(row, 1, search->import->arena);
    }
    return 0;
}

/* The pairs come best first. */
static int take_other_pairs(struct search *search, struct error *err)
{
    autofree bool *is_seen = xcalloc(search->other_len + 1, sizeof(*is_seen));

    for (size_t i = 0; i < search->pair_len; i++) {
        const struct pair *pair = &search->pairs[i];
        bool is_best = !is_seen[pair->other] && !pair->plan->is_compared;
        is_seen[pair->other] = true;
        pair->plan->is_compared = true;
        if (pair->similarity < IDENTITY_DOUBT || pair->plan->other_card)
            continue;
        if ((is_best || pair->similarity >= IDENTITY_SURE) &&
            take_other_pair(search, pair, is_best, err))
            return -1;
    }
    return 0;
}

static int match_in_others(struct import *import, struct error *err)
{
    struct search search = {.import = import};

    collect_searched(&search);
    int result = search.len ? collect_others(&search, err) : 0;
    if (result == 0)
        result = rank_pairs(&search, err);
    if (result == 0)
        result = take_other_pairs(&search, err);
    search_clear(&search);
    return result;
}

int match_by_text(struct import *import, struct error *err)
{
    if (match_in_deck(import, err))
        return -1;
    return import->has_other_decks ? match_in_others(import, err) : 0;
}
