/* SPDX-License-Identifier: MIT
 * A study session without a screen: question, answer, reveal, rating, undo, next. */
#pragma once

#include <stdbool.h>

#include "trainer/bank/bank.h"
#include "trainer/deck/grade.h"

enum study_phase {
    STUDY_ASKED,    /* the question is shown, the answer is not */
    STUDY_REVEALED, /* the answer is shown, a rating is due */
    STUDY_WAITING,  /* nothing now; study_next_due_ms() tells when a learning card comes back */
    STUDY_DONE,
};

struct study_options {
    const char *deck, *section; /* NULL: all */
    int limit;                  /* cards of the session; 0: the daily limits */
    int64_t question;           /* study just this one now, due or not; 0: the queue */
    const char *source;         /* of the reviews: NULL is "study" */
};

struct study;

/* Begins a session, or resumes the one that was left where `options` is NULL or the same. A session
 * of one question leaves the kept one alone. */
struct study *study_new(struct bank *bank, const struct study_options *options,
                        struct error *err) MUST_CHECK;

/* Leaves: place and draft are kept for the next study_new(). */
void study_free(struct study *study);

DEFINE_CLEANUP(study, struct study, study_free)
#define auto_study __attribute__((cleanup(cleanup_study)))

/* What is on the screen. The question is NULL when waiting or done; borrowed until the next call
 * that changes it. */
enum study_phase study_phase(const struct study *study);
const struct bank_question *study_question(const struct study *study);
bool study_was_resumed(const struct study *study);
int study_answered(const struct study *study);  /* ratings of this session that stand */
int study_remaining(const struct study *study); /* cards still to come, this one included */
int64_t study_next_due_ms(const struct study *study);
int64_t study_elapsed_ms(const struct study *study); /* on this question, pauses left out */

/* The answer as typed so far; the session keeps a copy. */
const char *study_draft(const struct study *study);
void study_set_draft(struct study *study, const char *text);
int study_keep(struct study *study, struct error *err) MUST_CHECK; /* place and draft to disk now */

/* Multiple choice: which options are chosen. */
void study_choose(struct study *study, size_t option, bool chosen);
bool study_is_chosen(const struct study *study, size_t option);
bool study_choice_is_correct(const struct study *study);

/* Shows the answer; grades the draft against the key points. */
void study_reveal(struct study *study);

struct study_point { /* of each key point, after the reveal */
    struct grade_point grade;
    bool is_ticked; /* found, or ticked by hand */
};
const struct study_point *study_points(const struct study *study); /* as many as the question has */
void study_tick(struct study *study, size_t point, bool ticked);

/* Suggested, never given by itself: 0 where there is nothing to judge by (nothing typed, ticked or
 * chosen). The rule stands in judge.h and in the manual. */
enum rating study_suggested(const struct study *study);

/* The follow-up that the answer leads to: the first of a missed key point, else the least deep one,
 * else the first; NULL without any. */
const struct follow_up *study_follow_up(const struct study *study);

/* The card after each rating, for the four buttons: preview[RATING_GOOD - 1]. */
const struct card *study_preview(const struct study *study);

/* Rates and goes on; durable when it returns 0. *is_leech tells whether the card has become one. */
int study_rate(struct study *study, enum rating rating, bool *is_leech,
               struct error *err) MUST_CHECK;

/* Takes the last rating (or bury, or suspend) back, of this session at any depth, else the last
 * rating of an earlier session. Its question comes back as it was, what was typed and ticked
 * included; what is typed on the present one is kept until that comes again. *undone is false where
 * there is none. */
int study_undo(struct study *study, bool *undone, struct error *err) MUST_CHECK;

/* Leaves the question out: for today, or until it is taken back in browse. */
int study_bury(struct study *study, struct error *err) MUST_CHECK;
int study_suspend(struct study *study, struct error *err) MUST_CHECK;

/* Looks again whether a waiting card is due, and whether the question was changed by an import. */
int study_refresh(struct study *study, struct error *err) MUST_CHECK;
