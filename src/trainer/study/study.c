/* SPDX-License-Identifier: MIT */
#define LOG_MODULE "study"
#include "trainer/study/study.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "trainer/srs/calendar.h"
#include "trainer/study/study_internal.h"

/* Longer without a sign of life is a pause: a good answer said aloud takes two to three minutes. */
#define PAUSE_MS (5 * MS_PER_MINUTE)

static int64_t alive_since(const struct study *study)
{
    int64_t span_ms = clock_monotonic_ms() - study->alive_ms;

    return span_ms < PAUSE_MS ? span_ms : PAUSE_MS;
}

void study_note_life(struct study *study)
{
    study->answer.spent_ms += alive_since(study);
    study->alive_ms = clock_monotonic_ms();
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b ? str_eq(a, b) : a == b;
}

static char *copy_or_null(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

static void destroy(struct study *study)
{
    bank_question_free(study->question);
    answer_clear(&study->answer);
    for (size_t i = 0; i < study->action_count; i++)
        answer_clear(&study->actions[i].answer);
    for (size_t i = 0; i < study->put_off_count; i++)
        answer_clear(&study->put_off[i].answer);
    free(study->actions);
    free(study->put_off);
    queue_clear(&study->queue);
    free(study->deck);
    free(study->section);
    free(study->source);
    free(study);
}

static bool is_of_the_same_day(const struct study *study, const struct bank_session *left)
{
    int hour = study->rollover_hour;

    return calendar_day(left->started_ms, hour) == calendar_day(clock_now_ms(), hour);
}

/* The question that was left comes first, where it is still one of today's; one of another day only
 * where something was said to it. */
static int restore_place(struct study *study, struct bank_session *left, struct error *err)
{
    bool has_answer = left->is_revealed || (left->draft && *left->draft);

    if (!left->question || (!has_answer && !is_of_the_same_day(study, left)))
        return 0;
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, left->question, err);
    if (!question)
        return -1;
    if (!queue_remove(&study->queue, question->card_number))
        return 0;
    struct queue_entry entry = {question->card_number, question->number, question->card};
    queue_put_first(&study->queue, &entry);
    study_add_put_off(study, question->number,
                      (struct answer){.draft = steal_ptr(&left->draft),
                                      .is_revealed = left->is_revealed,
                                      .spent_ms = left->spent_ms});
    study->was_resumed = true;
    return 0;
}

/* The count of answers goes on within a day. */
static void continue_count(struct study *study, const struct bank_session *left)
{
    if (!is_of_the_same_day(study, left))
        return;
    study->started_ms = left->started_ms;
    if (study->limit == 0 || left->answered < study->limit)
        study->answered = left->answered;
}

static int begin(struct study *study, const struct study_options *options, bool is_left,
                 struct bank_session *left, struct error *err)
{
    const char *deck = options ? options->deck : left->deck;
    const char *section = options ? options->section : left->section;
    bool goes_on =
        is_left && is_same_text(deck, left->deck) && is_same_text(section, left->section);

    study->deck = copy_or_null(deck);
    study->section = copy_or_null(section);
    study->started_ms = clock_now_ms();
    study->is_kept = goes_on;
    study->has_kept_answer = goes_on && left->question;
    if (study_read_rollover(study, err) < 0)
        return -1;
    if (goes_on)
        continue_count(study, left);
    if (study_fill(study, err) < 0)
        return -1;
    return goes_on ? restore_place(study, left, err) : 0;
}

static int begin_or_resume(struct study *study, const struct study_options *options,
                           struct error *err)
{
    struct bank_session left = {0};
    bool found;

    if (bank_session_load(study->bank, &left, &found, err) < 0)
        return -1;
    int result = begin(study, options, found, &left, err);
    bank_session_clear(&left);
    return result;
}

static int begin_single(struct study *study, int64_t number, struct error *err)
{
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, number, err);

    if (!question)
        return -1;
    struct queue_entry entry = {question->card_number, number, question->card};
    queue_put_first(&study->queue, &entry);
    study->single = number;
    study->started_ms = clock_now_ms();
    return 0;
}

struct study *study_new(struct bank *bank, const struct study_options *options, struct error *err)
{
    struct study *study = xcalloc(1, sizeof(*study));
    int result;

    study->bank = bank;
    study->source = xstrdup(options && options->source ? options->source : "study");
    study->limit = options ? options->limit : 0;
    if (options && options->question)
        result = begin_single(study, options->question, err);
    else
        result = begin_or_resume(study, options, err);
    if (result < 0 || study_show_next(study, err) < 0) {
        destroy(study);
        return NULL;
    }
    return study;
}

static int save_place(struct study *study, struct error *err)
{
    struct bank_session session = {
        .deck = study->deck,
        .section = study->section,
        .question = study->question ? study->question->number : 0,
        .is_revealed = study->answer.is_revealed,
        .draft = study->answer.draft,
        .answered = study->answered,
        .started_ms = study->started_ms,
        .spent_ms = study->answer.spent_ms,
    };

    if (bank_session_save(study->bank, &session, err) < 0)
        return -1;
    study->is_kept = true;
    study->has_kept_answer = study->question && (*study->answer.draft || study->answer.is_revealed);
    return 0;
}

int study_keep(struct study *study, struct error *err)
{
    if (study->single)
        return 0;
    if (study->question)
        study_note_life(study);
    if (study_phase(study) != STUDY_DONE)
        return save_place(study, err);
    if (!study->is_kept)
        return 0;
    study->is_kept = study->has_kept_answer = false;
    return bank_session_forget(study->bank, err);
}

void study_free(struct study *study)
{
    struct error err;

    if (study_keep(study, &err) < 0)
        log_warn("cannot keep the place: %s", err.text);
    destroy(study);
}

/* --- What is on the screen */

enum study_phase study_phase(const struct study *study)
{
    if (study->question)
        return study->answer.is_revealed ? STUDY_REVEALED : STUDY_ASKED;
    return queue_count(&study->queue) > 0 ? STUDY_WAITING : STUDY_DONE;
}

const struct bank_question *study_question(const struct study *study)
{
    return study->question;
}

bool study_was_resumed(const struct study *study)
{
    return study->was_resumed;
}

int study_answered(const struct study *study)
{
    return study->answered;
}

int study_remaining(const struct study *study)
{
    return (int)queue_count(&study->queue) + (study->question ? 1 : 0);
}

int64_t study_next_due_ms(const struct study *study)
{
    return queue_next_due_ms(&study->queue);
}

int64_t study_elapsed_ms(const struct study *study)
{
    return study->question ? study->answer.spent_ms + alive_since(study) : 0;
}

const struct card *study_preview(const struct study *study)
{
    return study->preview;
}
