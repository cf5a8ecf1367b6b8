/* SPDX-License-Identifier: MIT
 * The bank: one SQLite file with questions, cards and reviews. The only SQL of the program.
 * Every write is one transaction, on disk before the function returns. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "trainer/deck/deck.h"
#include "trainer/srs/scheduler.h"

struct bank;

/* Opens or creates the bank at `path` (its folder too) and migrates an older one. A bank of a newer
 * version, a corrupt or unreadable one is an error and stays untouched; a read-only one opens for
 * reading. */
struct bank *bank_open(const char *path, struct error *err) MUST_CHECK;
void bank_close(struct bank *bank);
bool bank_is_read_only(const struct bank *bank);

/* True until the first deck was imported: the bundled one is due then. */
bool bank_is_fresh(struct bank *bank);

DEFINE_CLEANUP(bank, struct bank, bank_close)
#define auto_bank __attribute__((cleanup(cleanup_bank)))

/* --- Import ------------------------------------------------------------------------------------
 */

enum import_change { IMPORT_ADDED, IMPORT_UPDATED, IMPORT_UNCHANGED, IMPORT_RETIRED };

/* Why a question of the document is taken for one that is known. */
enum import_match {
    IMPORT_MATCH_NONE,        /* a new question */
    IMPORT_MATCH_SAME_AS,     /* its `same-as:` mark names the other's fingerprint, or the other way
                                 round */
    IMPORT_MATCH_MARK,        /* the same `id:` mark in the same deck */
    IMPORT_MATCH_FINGERPRINT, /* the same title */
    IMPORT_MATCH_LABEL,       /* the same label (Q3) in the same deck, and a similar text */
    IMPORT_MATCH_TEXT,        /* a similar text */
};

struct import_question {
    enum import_change change;
    enum import_match match;
    bool has_moved;         /* to another section or deck, or to another place (label) */
    double similarity;      /* of a match by label or text, 0 to 1 */
    const char *id, *title; /* of the document; of the bank for a retired one */
    int line;
    const char
        *same_card_as;      /* "DECK:Q7" where another deck's question shares the card, else NULL */
    const char *similar_to; /* one that may be the same by `similarity`, but keeps its own card: a
                               `same-as:` mark would join them; else NULL */
};

struct import_report {
    struct import_question *questions; /* the document's in order, then the retired ones */
    size_t question_count;
    int added, updated, unchanged, moved, retired; /* a moved one also counts as updated */
    struct arena arena;
};

/* Brings the bank to what the document says: all or nothing. With `dry_run` the bank stays as it is
 * and the report says what would happen. Free the report with import_report_free(). */
struct import_report *bank_import(struct bank *bank, const struct deck *deck, bool dry_run,
                                  struct error *err) MUST_CHECK;
void import_report_free(struct import_report *report);

/* --- Questions ----------------------------------------------------------------------------------
 */

struct bank_question { /* a question with its card */
    int64_t number, card_number;
    const char *deck, *deck_title, *section,
        *path; /* `path` is the absolute path of the source document */
    uint64_t fingerprint;
    struct question question; /* question.section means nothing here */
    struct card card;
    bool is_suspended, is_leech;
    struct arena arena; /* owns all of it */
};

/* NULL with `err` where it fails or there is no such question. Free with bank_question_free(). */
struct bank_question *bank_question_load(struct bank *bank, int64_t number,
                                         struct error *err) MUST_CHECK;
void bank_question_free(struct bank_question *question);

DEFINE_CLEANUP(bank_question, struct bank_question, bank_question_free)
#define auto_bank_question __attribute__((cleanup(cleanup_bank_question)))

/* Finds "Q3" where one deck has it, or "DECK:Q3". An ambiguous id is an error that names the
 * candidates; 0 in *number: there is none. */
int bank_find(struct bank *bank, const char *id, int64_t *number, struct error *err) MUST_CHECK;

struct bank_filter { /* NULL and 0 mean: any */
    const char *deck, *section;
    const char *words; /* full-text, the last word as a prefix: search as you type */
    const char *level, *tag;
    bool only_due, only_suspended, only_leeches;
    int64_t now_ms; /* for only_due */
};

/* The numbers of the questions that pass, by relevance with `words`, else in deck order; yours to
 * free(). */
int bank_list(struct bank *bank, const struct bank_filter *filter, int64_t **numbers, size_t *count,
              struct error *err) MUST_CHECK;

struct bank_row { /* what a list shows of a question */
    int64_t number, card_number;
    const char *id, *deck, *section, *title, *level;
    enum card_state state;
    int64_t due_ms;
    double stability;
    int64_t last_review_ms;
    bool is_suspended, is_leech;
};

/* Rows of `count` questions, strings in `arena`; `rows` has room for them. */
int bank_rows(struct bank *bank, const int64_t *numbers, size_t count, struct arena *arena,
              struct bank_row *rows, struct error *err) MUST_CHECK;

/* Calls `visit` for each question in deck order until it returns false; the texts live during the
 * call. */
int bank_each_text(struct bank *bank, const struct bank_filter *filter,
                   bool (*visit)(void *data, int64_t number, const char *title, const char *answer),
                   void *data, struct error *err) MUST_CHECK;

/* --- Cards and reviews
 * ---------------------------------------------------------------------------- */

struct bank_due { /* a card to study today */
    int64_t card_number, question_number;
    struct card card;
};

/* Today's cards: (re)learning ones, due reviews (most overdue first) and new ones in deck order,
 * within each deck's daily limits less what was done today; without suspended and buried ones, one
 * question per card (the one with key points, else of the deck imported first). `limit` 0 means all
 * that the daily limits allow. Yours to free(). */
int bank_today(struct bank *bank, const struct bank_filter *filter, int64_t now_ms, size_t limit,
               struct bank_due **cards, size_t *count, struct error *err) MUST_CHECK;

struct bank_review {
    enum rating rating;
    int64_t at_ms;
    int64_t duration_ms;
    const char *source; /* "study", "script", "browse", … */
};

/* Appends the review and writes the card, in one transaction. Fails, and changes nothing, where the
 * card is no longer as `before` says: it was rated by another drydock meanwhile. *review is its
 * number for bank_revoke(). */
int bank_rate(struct bank *bank, int64_t card_number, const struct card *before,
              const struct card *after, const struct bank_review *given, bool is_leech,
              bool suspends, int64_t *review, struct error *err) MUST_CHECK;

/* Makes a card new again: a review of its own (rating 0), so that it can be revoked. */
int bank_reset(struct bank *bank, int64_t card_number, int64_t at_ms, int64_t *review,
               struct error *err) MUST_CHECK;

/* Appends a review that revokes `review` and puts the card back to what it was before. Fails where
 * a later one of that card stands. */
int bank_revoke(struct bank *bank, int64_t review, int64_t at_ms, struct error *err) MUST_CHECK;

/* The newest review that stands (0: there is none), and its question. */
int bank_last_review(struct bank *bank, int64_t *review, int64_t *question,
                     struct error *err) MUST_CHECK;

int bank_suspend(struct bank *bank, int64_t card_number, bool suspended,
                 struct error *err) MUST_CHECK;

/* Leaves a card out until that calendar day (srs/calendar.h); 0 takes it back. */
int bank_bury(struct bank *bank, int64_t card_number, int until_day, struct error *err) MUST_CHECK;

/* --- Settings
 * -------------------------------------------------------------------------------------- */

struct bank_limits {
    int new_per_day, reviews_per_day;
};

/* The settings of a deck (NULL: the general ones) with the stored parameters, see settings.h. */
int bank_settings(struct bank *bank, const char *deck, struct scheduler_settings *settings,
                  struct bank_limits *limits, struct error *err) MUST_CHECK;

/* --- Counts
 * ---------------------------------------------------------------------------------------- */

struct bank_section_summary {
    const char *title;
    int questions, new_count, due_count, learned_count, suspended_count;
    double recall; /* mean probability over the learned ones now; 0 where there is none */
};

struct bank_deck_summary {
    const char *id, *title, *path;
    struct bank_section_summary *sections;
    size_t section_count;
    struct bank_section_summary total;
};

struct bank_overview {
    struct bank_deck_summary *decks;
    size_t deck_count;
    int reviews_today, new_today;
    int64_t time_today_ms;
    struct arena arena;
};

/* Free with bank_overview_free(). */
struct bank_overview *bank_overview(struct bank *bank, int64_t now_ms,
                                    struct error *err) MUST_CHECK;
void bank_overview_free(struct bank_overview *overview);

struct bank_day {
    int day; /* calendar day */
    int reviews, again, new_cards;
    int64_t time_ms;
};

/* Reviews of each of `count` days from `first_day`; `days` has room for them. */
int bank_history(struct bank *bank, const char *deck, int first_day, int count,
                 struct bank_day *days, struct error *err) MUST_CHECK;

/* How many cards are due on each of `count` days from today (the first also has the overdue ones).
 */
int bank_forecast(struct bank *bank, const char *deck, int64_t now_ms, int count, int *due,
                  struct error *err) MUST_CHECK;

/* --- A session to resume
 * ------------------------------------------------------------------------------ */

struct bank_session {
    char *deck, *section; /* NULL: all; yours to free with bank_session_clear() */
    int64_t question;     /* the one on the screen, 0: none */
    bool is_revealed;
    char *draft; /* the typed answer so far */
    int answered;
    int64_t started_ms, spent_ms; /* spent on the question on the screen */
};

int bank_session_save(struct bank *bank, const struct bank_session *session,
                      struct error *err) MUST_CHECK;
/* *found is false where there is none. */
int bank_session_load(struct bank *bank, struct bank_session *session, bool *found,
                      struct error *err) MUST_CHECK;
int bank_session_forget(struct bank *bank, struct error *err) MUST_CHECK;
void bank_session_clear(struct bank_session *session);
