/* SPDX-License-Identifier: MIT
 * What ends a question: a rating, leaving it out; and taking that back. */
#define LOG_MODULE "study"
#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/log.h"
#include "trainer/srs/calendar.h"
#include "trainer/study/study_internal.h"

/* Remembers what can be taken back, then goes on. What was done is done: where the next question
 * cannot be read, the session waits, and study_refresh() tells why. */
static void finish(struct study *study, struct action action)
{
    struct error err;

    action.answer = study_leave_question(study);
    *array_add(study->actions, study->action_count, study->action_cap) = action;
    if (study_next(study, &err) < 0)
        log_warn("cannot go on: %s", err.text);
}

static void count_in_forecast(struct study *study, int interval_days, int change)
{
    if (interval_days > 0 && interval_days < STUDY_FORECAST_DAYS)
        study->forecast[interval_days] += change;
}

/* A card that stays in its steps comes back, unless its step ends on another day. */
static void put_back(struct study *study, const struct card *after)
{
    struct queue_entry entry = study->current;

    entry.card = *after;
    if (!study->single && study_is_of_today(study, after->due_ms))
        queue_put_back(&study->queue, &entry);
}

/* After a failure: where another drydock rated the card meanwhile, that is settled. */
static void reconsider(struct study *study)
{
    struct error ignored;
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, study->current.question_number, &ignored);

    if (!question || study_is_same_card(&question->card, &study->current.card))
        return;
    study_put_off(study);
    if (study_next(study, &ignored) < 0)
        return; /* the next call tells */
}

int study_rate(struct study *study, enum rating rating, bool *is_leech, struct error *err)
{
    const struct scheduler_settings *settings = &study->scheduler.settings;
    struct action action = {.kind = ACTION_RATED, .entry = study->current};
    int64_t now_ms = clock_now_ms();

    if (!study->question)
        return error_set(err, 0, _("there is no question to rate"));
    study_note_life(study);
    study_foresee(study, now_ms);
    const struct card *after = &study->preview[rating - 1];
    bool becomes_leech = scheduler_is_leech(settings, &study->current.card, after);
    bool suspends = becomes_leech && settings->suspends_leeches;
    struct bank_review given = {rating, now_ms, study->answer.spent_ms, study->source};
    if (bank_rate(study->bank, study->current.card_number, &study->current.card, after, &given,
                  becomes_leech || study->question->is_leech, suspends, &action.review, err) < 0) {
        reconsider(study);
        return -1;
    }
    *is_leech = becomes_leech;
    study->answered++;
    action.interval_days = after->interval_days;
    count_in_forecast(study, after->interval_days, 1);
    if (!suspends)
        put_back(study, after);
    finish(study, action);
    return 0;
}

int study_bury(struct study *study, struct error *err)
{
    int tomorrow = calendar_day(clock_now_ms(), study->rollover_hour) + 1;

    if (!study->question)
        return error_set(err, 0, _("there is no question to leave out"));
    if (bank_bury(study->bank, study->current.card_number, tomorrow, err) < 0)
        return -1;
    finish(study, (struct action){.kind = ACTION_BURIED, .entry = study->current});
    return 0;
}

int study_suspend(struct study *study, struct error *err)
{
    if (!study->question)
        return error_set(err, 0, _("there is no question to leave out"));
    if (bank_suspend(study->bank, study->current.card_number, true, err) < 0)
        return -1;
    finish(study, (struct action){.kind = ACTION_SUSPENDED, .entry = study->current});
    return 0;
}

/* --- Taking back */

static int take_back(struct study *study, const struct action *action, struct error *err)
{
    switch (action->kind) {
    case ACTION_BURIED:
        return bank_bury(study->bank, action->entry.card_number, 0, err);
    case ACTION_SUSPENDED:
        return bank_suspend(study->bank, action->entry.card_number, false, err);
    case ACTION_RATED:
        break;
    }
    if (bank_revoke(study->bank, action->review, clock_now_ms(), err) < 0)
        return -1;
    count_in_forecast(study, action->interval_days, -1);
    if (study->answered > 0)
        study->answered--;
    return 0;
}

/* Brings a question back with what was said to it; the present one waits behind it. */
static int bring_back(struct study *study, const struct queue_entry *entry, struct answer *answer,
                      struct error *err)
{
    study_put_off(study);
    queue_remove(&study->queue, entry->card_number);
    if (study_show(study, entry, answer, err) < 0) {
        queue_put_first(&study->queue, entry);
        return -1;
    }
    return 0;
}

static int undo_earlier(struct study *study, bool *undone, struct error *err)
{
    struct answer answer = {.is_revealed = true};
    int64_t review, number;

    if (bank_last_review(study->bank, &review, &number, err) < 0)
        return -1;
    *undone = review != 0;
    if (!review)
        return 0;
    if (bank_revoke(study->bank, review, clock_now_ms(), err) < 0)
        return -1;
    if (study->answered > 0)
        study->answered--;
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, number, err);
    if (!question)
        return -1;
    struct queue_entry entry = {question->card_number, number, question->card};
    return bring_back(study, &entry, &answer, err);
}

int study_undo(struct study *study, bool *undone, struct error *err)
{
    if (study->action_count == 0)
        return undo_earlier(study, undone, err);
    if (take_back(study, &study->actions[study->action_count - 1], err) < 0)
        return -1;
    struct action action = study->actions[--study->action_count];
    if (action.kind == ACTION_RATED)
        action.answer.is_revealed = true;
    if (bring_back(study, &action.entry, &action.answer, err) < 0)
        return -1;
    *undone = true;
    return 0;
}
