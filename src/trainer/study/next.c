/* SPDX-License-Identifier: MIT
 * Which question comes next, and showing it. */
#define LOG_MODULE "study"
#include <stdlib.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/log.h"
#include "trainer/srs/calendar.h"
#include "trainer/study/study_internal.h"

/* --- What comes next */

static int64_t end_of_today_ms(const struct study *study)
{
    int today = calendar_day(clock_now_ms(), study->rollover_hour);

    return calendar_day_start_ms(today + 1, study->rollover_hour);
}

int study_read_rollover(struct study *study, struct error *err)
{
    struct scheduler_settings settings;
    struct bank_limits limits;

    if (bank_settings(study->bank, NULL, &settings, &limits, err) < 0)
        return -1;
    study->rollover_hour = settings.rollover_hour;
    return 0;
}

bool study_is_of_today(const struct study *study, int64_t due_ms)
{
    return due_ms <= clock_now_ms() + QUEUE_AHEAD_MS || due_ms < end_of_today_ms(study);
}

static size_t to_entries(const struct study *study, const struct bank_due *due, size_t count,
                         struct queue_entry *entries)
{
    size_t len = 0;

    for (size_t i = 0; i < count; i++)
        if (study_is_of_today(study, due[i].card.due_ms))
            entries[len++] =
                (struct queue_entry){due[i].card_number, due[i].question_number, due[i].card};
    return len;
}

int study_fill(struct study *study, struct error *err)
{
    struct bank_filter filter = {.deck = study->deck, .section = study->section};
    size_t limit = study->limit > study->answered ? (size_t)(study->limit - study->answered) : 0;
    int64_t now_ms = clock_now_ms();
    autofree struct bank_due *due = NULL;
    size_t count;

    if (bank_today(study->bank, &filter, now_ms, limit, &due, &count, err) < 0)
        return -1;
    autofree struct queue_entry *entries = xcalloc(count + 1, sizeof(*entries));
    queue_fill(&study->queue, entries, to_entries(study, due, count, entries), now_ms);
    study->has_forecast = false;
    return 0;
}

bool study_is_same_card(const struct card *a, const struct card *b)
{
    return a->state == b->state && a->step == b->step && a->reviews == b->reviews &&
           a->due_ms == b->due_ms && a->last_review_ms == b->last_review_ms &&
           a->stability == b->stability && a->difficulty == b->difficulty;
}

/* False for a card that was rated or suspended since the queue was made, and is not due any more.
 */
static bool is_to_be_asked(struct study *study, const struct queue_entry *entry)
{
    const struct card *card = &study->question->card;
    struct queue_entry later = study->current;

    if (study->single || study_is_same_card(card, &entry->card))
        return study->single || !study->question->is_suspended;
    if (study->question->is_suspended || !study_is_of_today(study, card->due_ms))
        return false;
    if (card->state == CARD_NEW || card->due_ms <= clock_now_ms())
        return true;
    queue_put_back(&study->queue, &later);
    return false;
}

static struct answer take_put_off(struct study *study, int64_t question)
{
    struct answer answer = {0};

    for (size_t i = 0; i < study->put_off_count; i++)
        if (study->put_off[i].question == question) {
            answer = study->put_off[i].answer;
            study->put_off[i] = study->put_off[--study->put_off_count];
            break;
        }
    return answer;
}

void study_add_put_off(struct study *study, int64_t question, struct answer answer)
{
    *array_add(study->put_off, study->put_off_count, study->put_off_cap) =
        (struct put_off){question, answer};
}

struct answer study_leave_question(struct study *study)
{
    struct answer answer = study->answer;

    bank_question_free(study->question);
    study->question = NULL;
    study->answer = (struct answer){0};
    return answer;
}

void study_put_off(struct study *study)
{
    if (!study->question)
        return;
    int64_t number = study->current.question_number;
    study_note_life(study);
    queue_put_first(&study->queue, &study->current);
    study_add_put_off(study, number, study_leave_question(study));
}

int study_show_next(struct study *study, struct error *err)
{
    struct queue_entry entry;

    while (queue_take(&study->queue, clock_now_ms(), &entry)) {
        struct answer answer = take_put_off(study, entry.question_number);
        if (study_show(study, &entry, &answer, err) < 0) {
            queue_put_first(&study->queue, &entry);
            return -1;
        }
        if (is_to_be_asked(study, &entry))
            return 0;
        answer = study_leave_question(study);
        answer_clear(&answer);
    }
    return 0;
}

int study_next(struct study *study, struct error *err)
{
    struct answer answer = study_leave_question(study);
    struct error kept;

    answer_clear(&answer);
    if (study_show_next(study, err) < 0)
        return -1;
    if (study->has_kept_answer && study_keep(study, &kept) < 0)
        log_warn("cannot keep the place: %s", kept.text);
    return 0;
}

/* --- Showing a question */

static int due_on(void *data, int days)
{
    const struct study *study = data;

    return days >= 0 && days < STUDY_FORECAST_DAYS ? study->forecast[days] : 0;
}

static int load_forecast(struct study *study, struct error *err)
{
    if (!study->has_forecast && bank_forecast(study->bank, NULL, clock_now_ms(),
                                              STUDY_FORECAST_DAYS, study->forecast, err) < 0)
        return -1;
    study->has_forecast = true;
    return 0;
}

/* Read anew each time: the settings can be changed in the middle of a session. */
static int load_scheduler(struct study *study, const char *deck, struct error *err)
{
    struct scheduler_settings settings;
    struct bank_limits limits;

    if (bank_settings(study->bank, deck, &settings, &limits, err) < 0)
        return -1;
    if (settings.balances_load && load_forecast(study, err) < 0)
        return -1;
    scheduler_init(&study->scheduler, &settings);
    study->scheduler.load = due_on;
    study->scheduler.load_data = study;
    study->rollover_hour = settings.rollover_hour;
    return 0;
}

void study_foresee(struct study *study, int64_t now_ms)
{
    scheduler_preview(&study->scheduler, &study->current.card, (uint64_t)study->current.card_number,
                      now_ms, study->preview);
}

int study_show(struct study *study, const struct queue_entry *entry, struct answer *answer,
               struct error *err)
{
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, entry->question_number, err);

    if (!question || load_scheduler(study, question->deck, err) < 0) {
        answer_clear(answer);
        return -1;
    }
    bank_question_free(study->question);
    answer_clear(&study->answer);
    study->question = steal_ptr(&question);
    study->answer = *answer;
    study->current = *entry;
    study->current.card = study->question->card;
    study->alive_ms = clock_monotonic_ms();
    answer_fit(&study->answer, &study->question->question);
    study_foresee(study, clock_now_ms());
    return 0;
}

/* False where the document no longer has the question. */
static int find_out_if_listed(struct study *study, const struct bank_question *question,
                              bool *is_listed, struct error *err)
{
    const struct bank_filter filter = {.deck = question->deck};
    autofree int64_t *numbers = NULL;
    size_t count;

    if (bank_list(study->bank, &filter, &numbers, &count, err) < 0)
        return -1;
    *is_listed = false;
    for (size_t i = 0; i < count && !*is_listed; i++)
        *is_listed = numbers[i] == question->number;
    return 0;
}

static int reload(struct study *study, struct error *err)
{
    auto_bank_question struct bank_question *question =
        bank_question_load(study->bank, study->current.question_number, err);

    bool is_listed;

    if (!question || find_out_if_listed(study, question, &is_listed, err) < 0 ||
        load_scheduler(study, question->deck, err) < 0)
        return -1;
    if (!is_listed)
        return study_next(study, err);
    if (!study->single && !study_is_same_card(&question->card, &study->current.card)) {
        study_put_off(study);
        return study_next(study, err);
    }
    bank_question_free(study->question);
    study->question = steal_ptr(&question);
    study->current.card = study->question->card;
    if (study->answer.is_revealed && !study->answer.was_ticked)
        answer_grade(&study->answer, &study->question->question);
    answer_fit(&study->answer, &study->question->question);
    study_foresee(study, clock_now_ms());
    return 0;
}

/* Makes the queue anew: another day may have begun, or an import taken questions away. A session of
 * so many cards keeps those that it has. */
static int refill(struct study *study, struct error *err)
{
    if (study->single || study->limit > 0)
        return 0;
    if (study_read_rollover(study, err) < 0 || study_fill(study, err) < 0)
        return -1;
    if (study->question)
        queue_remove(&study->queue, study->current.card_number);
    return 0;
}

int study_refresh(struct study *study, struct error *err)
{
    if (refill(study, err) < 0)
        return -1;
    return study->question ? reload(study, err) : study_next(study, err);
}

void study_reveal(struct study *study)
{
    if (!study->question || study->answer.is_revealed)
        return;
    study_note_life(study);
    study->answer.is_revealed = true;
    answer_grade(&study->answer, &study->question->question);
    study_foresee(study, clock_now_ms());
}
