/* SPDX-License-Identifier: MIT
 * The inside of a study session, for the files of this folder. */
#pragma once

#include "base/str.h"
#include "trainer/srs/queue.h"
#include "trainer/study/study.h"

#define STUDY_FORECAST_DAYS 100 /* as far as load is balanced, fuzz included */

/* What was done about one question so far. */
struct answer {
    char *draft; /* never NULL once the question was shown */
    bool *chosen;
    size_t option_count;
    struct study_point *points;
    size_t point_count;
    bool is_revealed;
    bool was_ticked;  /* by hand */
    int64_t spent_ms; /* up to the last sign of life */
};

void answer_clear(struct answer *answer);

/* Makes the answer fit a question: draft and choices stay where the options are as many. A revealed
 * one is graded anew where the key points are not as many. */
void answer_fit(struct answer *answer, const struct question *question);
void answer_grade(struct answer *answer, const struct question *question);

enum action_kind { ACTION_RATED, ACTION_BURIED, ACTION_SUSPENDED };

/* A step of this session that can be undone. */
struct action {
    enum action_kind kind;
    int64_t review; /* of a rating */
    int interval_days;
    struct queue_entry entry; /* before */
    struct answer answer;
};

/* What was typed on a question that an undo put off. */
struct put_off {
    int64_t question;
    struct answer answer;
};

struct study {
    struct bank *bank;
    char *deck, *section, *source;
    int limit;
    int64_t single; /* the only question, 0: the queue */
    struct queue queue;
    struct queue_entry current; /* what the question stands for */
    struct bank_question *question;
    struct answer answer;
    struct scheduler scheduler; /* of the question's deck */
    int rollover_hour;
    struct card preview[4];
    bool has_forecast;
    int forecast[STUDY_FORECAST_DAYS]; /* cards due on the days from today on */
    struct action *actions;
    size_t action_count, action_cap;
    struct put_off *put_off;
    size_t put_off_count, put_off_cap;
    int answered;
    bool was_resumed;
    bool is_kept;         /* the bank has a place of this session */
    bool has_kept_answer; /* with a draft, or revealed */
    int64_t started_ms;
    int64_t alive_ms; /* of the monotonic clock, the last sign of life */
};

/* Something was done about the question: time since the last such moment counts, up to a pause. */
void study_note_life(struct study *study);

/* Shows a question with an answer so far, which is handed over (also where this fails). */
int study_show(struct study *study, const struct queue_entry *entry, struct answer *answer,
               struct error *err) MUST_CHECK;

/* Reads when a day begins. */
int study_read_rollover(struct study *study, struct error *err) MUST_CHECK;

/* Fills the queue with what is to be studied today. */
int study_fill(struct study *study, struct error *err) MUST_CHECK;

/* Takes the next question that is to be asked out of the queue and shows it, or none. */
int study_show_next(struct study *study, struct error *err) MUST_CHECK;

/* Leaves the question and shows the next one. What is kept of the session follows. */
int study_next(struct study *study, struct error *err) MUST_CHECK;

/* No question is shown; returns what was said to the last one. */
struct answer study_leave_question(struct study *study);

/* Sets an answer aside until its question comes again. */
void study_add_put_off(struct study *study, int64_t question, struct answer answer);

/* The present question goes back to the front of the queue with what was said to it. */
void study_put_off(struct study *study);

/* Fills the preview for a rating given now. */
void study_foresee(struct study *study, int64_t now_ms);

/* False for what is due on a later day, unless that begins very soon. */
bool study_is_of_today(const struct study *study, int64_t due_ms);

bool study_is_same_card(const struct card *a, const struct card *b);
