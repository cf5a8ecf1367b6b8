/* SPDX-License-Identifier: MIT
 * An import between its files: first a plan is made, which is also what a dry run reports; then it
 * is carried out. */
#pragma once

#include "trainer/bank/bank_internal.h"

struct known { /* a question of this deck in the bank, listed or retired */
    int64_t number, card, section;
    int ordinal, line, end_line, key_points;
    uint64_t fingerprint, content;
    const char *label, *mark, *title;
    const char *shared_with; /* "DECK:Q7" of another deck, or NULL */
    bool is_retired, is_taken;
};

struct known_section {
    int64_t number;
    int ordinal;
    const char *title;
    bool is_taken;
};

struct plan { /* what becomes of a question of the document */
    const struct question *question;
    uint64_t fingerprint, content;
    struct known *known; /* the same question in this deck; NULL: there is none */
    int64_t number;      /* of a new question, once it is written */
    int64_t other_card;  /* the card of the same question in another deck; 0: there is none */
    const char *shared_with;
    const char *similar_to; /* may be the same, but it is not sure enough */
    double similarity;
    enum import_match match;
    bool is_compared;     /* with questions of other decks */
    bool is_from_retired; /* the other deck no longer has it: it moved here */
};

struct import {
    struct bank *bank;
    const struct deck *document;
    struct arena *arena; /* lives as long as the report */
    char *path;          /* absolute where there is such a file */
    int64_t deck;        /* 0: a new one */
    const char *deck_id;
    bool has_other_decks, has_same_as;
    struct known *known;
    size_t known_count, known_cap;
    struct known_section *sections;
    size_t section_count, section_cap;
    struct plan *plans; /* one for each question of the document */
    int64_t *cards;     /* a set of the cards that this document's questions have */
    size_t card_slots, card_count;
    struct known_section **section_of; /* of the document's sections; NULL: a new one */
};

/* --- import_deck.c */

/* Sets deck (0: a new one) and deck_id; needs path and the fingerprints of the plans. */
int import_find_deck(struct import *import, struct error *err) MUST_CHECK;

/* --- match.c */

int match_questions(struct import *import, struct error *err) MUST_CHECK;

/* True where no question of this document has the card yet. */
bool match_claim_card(struct import *import, int64_t card);
bool match_is_claimed(const struct import *import, int64_t card);

/* --- similar.c */

/* Matches what is left over by its text: first within the deck, then in other decks. */
int match_by_text(struct import *import, struct error *err) MUST_CHECK;

/* --- import_parts.c */

/* Options, key points, follow-ups, labs, sources and `same-as:` marks of the question of that
 * number. */
int import_write_parts(struct bank *bank, int64_t number, const struct question *question,
                       struct error *err) MUST_CHECK;
int import_remove_parts(struct bank *bank, int64_t number, struct error *err) MUST_CHECK;

/* --- import_apply.c */

int import_apply(struct import *import, struct error *err) MUST_CHECK;
