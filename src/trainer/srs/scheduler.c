/* SPDX-License-Identifier: MIT */
#include "trainer/srs/scheduler.h"

#include <math.h>

#include "base/clock.h"
#include "trainer/srs/calendar.h"
#include "trainer/srs/fuzz.h"

#define RETENTION_MIN        0.70
#define RETENTION_MAX        0.99
#define INTERVAL_MAX_DAYS    36500
#define BALANCE_LIMIT_DAYS   90 /* beyond, the days are empty enough */
#define DEFAULT_STEP_MINUTES 10

/* One answer being worked out. */
struct answering {
    const struct scheduler *scheduler;
    const struct card *card;
    int64_t now_ms;
    double random;                /* in [0, 1), the same for all four ratings */
    struct fsrs_memory memory[4]; /* after each rating */
};

struct steps {
    const int *minutes;
    int count;
    enum card_state state; /* of a card that is in them */
};

void scheduler_settings_init(struct scheduler_settings *settings)
{
    *settings = (struct scheduler_settings){
        .desired_retention = FSRS_RETENTION_DEFAULT,
        .learning_steps = {DEFAULT_STEP_MINUTES},
        .learning_step_count = 1,
        .relearning_steps = {DEFAULT_STEP_MINUTES},
        .relearning_step_count = 1,
        .maximum_interval_days = INTERVAL_MAX_DAYS,
        .rollover_hour = 4,
        .has_fuzz = true,
        .balances_load = true,
        .leech_threshold = 8,
    };
    for (int i = 0; i < FSRS_PARAMETER_COUNT; i++)
        settings->parameters[i] = fsrs_default_parameters[i];
}

static int clamp_int(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void scheduler_init(struct scheduler *scheduler, const struct scheduler_settings *settings)
{
    struct scheduler_settings *own = &scheduler->settings;

    *scheduler = (struct scheduler){.settings = *settings};
    own->desired_retention = fmin(fmax(own->desired_retention, RETENTION_MIN), RETENTION_MAX);
    own->maximum_interval_days = clamp_int(own->maximum_interval_days, 1, INTERVAL_MAX_DAYS);
    own->learning_step_count = clamp_int(own->learning_step_count, 0, SCHEDULER_STEPS_MAX);
    own->relearning_step_count = clamp_int(own->relearning_step_count, 0, SCHEDULER_STEPS_MAX);
    own->rollover_hour = clamp_int(own->rollover_hour, 0, 23);
    fsrs_model_init(&scheduler->model, own->parameters);
}

/* --- Intervals */

static bool is_balanced(const struct scheduler *scheduler, double interval_days, int minimum)
{
    return scheduler->settings.balances_load && scheduler->load &&
           interval_days <= BALANCE_LIMIT_DAYS && minimum <= BALANCE_LIMIT_DAYS;
}

/* The lowest day that fuzz may go down to: a growing interval stays above the one before. */
static int fuzz_floor(const struct card *card, double interval_days, int maximum)
{
    int previous = card->interval_days;
    int low, high;

    if (round(interval_days) > previous)
        return previous + 1;
    fuzz_range(interval_days, 1, maximum, &low, &high);
    return previous >= low && previous <= high ? previous : 1;
}

/* The interval after `rating`, at least `minimum` days where the maximum allows it. */
static int pick_interval(const struct answering *answering, enum rating rating, int minimum)
{
    const struct scheduler *scheduler = answering->scheduler;
    int maximum = scheduler->settings.maximum_interval_days;
    double ideal = fsrs_interval(&scheduler->model, answering->memory[rating - 1].stability,
                                 scheduler->settings.desired_retention);
    int low, high;

    if (!scheduler->settings.has_fuzz || ideal < FUZZ_INTERVAL_MIN)
        return (int)fmin(fmax(round(ideal), minimum), maximum);
    if (rating != RATING_AGAIN) {
        int fuzz_minimum = fuzz_floor(answering->card, ideal, maximum);
        minimum = minimum > fuzz_minimum ? minimum : fuzz_minimum;
    }
    fuzz_range(ideal, minimum, maximum, &low, &high);
    if (is_balanced(scheduler, ideal, minimum))
        return fuzz_pick_balanced(low, high, answering->random, scheduler->load,
                                  scheduler->load_data);
    return fuzz_pick(low, high, answering->random);
}

/* --- Where the card goes */

static void enter_step(const struct answering *answering, const struct steps *steps, int step,
                       int64_t delay_ms, struct card *after)
{
    after->state = steps->state;
    after->step = step;
    after->interval_days = 0;
    after->due_ms = answering->now_ms + delay_ms;
}

static void enter_review(const struct answering *answering, int interval_days, struct card *after)
{
    after->state = CARD_REVIEW;
    after->step = 0;
    after->interval_days = interval_days;
    after->due_ms = calendar_add_days(answering->now_ms, interval_days,
                                      answering->scheduler->settings.rollover_hour);
}

static int64_t step_delay_ms(const struct steps *steps, int step)
{
    return steps->minutes[step] * MS_PER_MINUTE;
}

/* Hard repeats the step; the first one a little later, so that it is not the same as Again. */
static int64_t hard_delay_ms(const struct steps *steps, int step)
{
    if (step > 0)
        return step_delay_ms(steps, step);
    if (steps->count > 1)
        return (step_delay_ms(steps, 0) + step_delay_ms(steps, 1)) / 2;
    return step_delay_ms(steps, 0) * 3 / 2;
}

static void lapse_or_restart(const struct answering *answering, const struct steps *steps,
                             struct card *after)
{
    if (steps->count > 0)
        enter_step(answering, steps, 0, step_delay_ms(steps, 0), after);
    else
        enter_review(answering, pick_interval(answering, RATING_AGAIN, 1), after);
}

/* Hard, Good and Easy, each a day apart from the one before. */
static void pass(const struct answering *answering, struct card after[4])
{
    int days = 0;

    for (int rating = RATING_HARD; rating <= RATING_EASY; rating++) {
        days = pick_interval(answering, rating, days + 1);
        enter_review(answering, days, &after[rating - 1]);
    }
}

/* Hard, Good and Easy of a card in its steps. */
static void pass_step(const struct answering *answering, const struct steps *steps,
                      struct card after[4])
{
    int step = clamp_int(answering->card->step, 0, steps->count - 1);
    int good_days = 0;

    enter_step(answering, steps, step, hard_delay_ms(steps, step), &after[RATING_HARD - 1]);
    if (step + 1 < steps->count) {
        enter_step(answering, steps, step + 1, step_delay_ms(steps, step + 1),
                   &after[RATING_GOOD - 1]);
    } else {
        good_days = pick_interval(answering, RATING_GOOD, 1);
        enter_review(answering, good_days, &after[RATING_GOOD - 1]);
    }
    enter_review(answering, pick_interval(answering, RATING_EASY, good_days + 1),
                 &after[RATING_EASY - 1]);
}

/* --- Memory */

static bool has_memory(const struct card *card)
{
    return card->state != CARD_NEW && card->stability > 0;
}

static void remember(struct answering *answering, struct card after[4])
{
    const struct card *card = answering->card;
    const struct fsrs_model *model = &answering->scheduler->model;
    struct fsrs_memory memory = {card->stability, card->difficulty};
    int elapsed = calendar_days_between(card->last_review_ms, answering->now_ms,
                                        answering->scheduler->settings.rollover_hour);

    for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++) {
        struct fsrs_memory next = has_memory(card) ? fsrs_next(model, memory, elapsed, rating)
                                                   : fsrs_first(model, rating);
        answering->memory[rating - 1] = next;
        after[rating - 1] = *card;
        after[rating - 1].stability = next.stability;
        after[rating - 1].difficulty = next.difficulty;
        after[rating - 1].reviews++;
        /* Where the clock was set back, the time that really passed is not counted twice later. */
        if (answering->now_ms > card->last_review_ms)
            after[rating - 1].last_review_ms = answering->now_ms;
    }
}

static struct steps steps_of(const struct scheduler_settings *settings, const struct card *card)
{
    if (card->state == CARD_NEW || card->state == CARD_LEARNING)
        return (struct steps){settings->learning_steps, settings->learning_step_count,
                              CARD_LEARNING};
    return (struct steps){settings->relearning_steps, settings->relearning_step_count,
                          CARD_RELEARNING};
}

void scheduler_preview(const struct scheduler *scheduler, const struct card *card, uint64_t seed,
                       int64_t now_ms, struct card after[4])
{
    struct steps steps = steps_of(&scheduler->settings, card);
    struct answering answering = {
        .scheduler = scheduler,
        .card = card,
        .now_ms = now_ms,
        .random = fuzz_random(seed, card->reviews),
    };

    remember(&answering, after);
    if (card->state == CARD_REVIEW)
        after[RATING_AGAIN - 1].lapses++;
    lapse_or_restart(&answering, &steps, &after[RATING_AGAIN - 1]);
    if (card->state == CARD_REVIEW || steps.count == 0)
        pass(&answering, after);
    else
        pass_step(&answering, &steps, after);
}

bool scheduler_is_leech(const struct scheduler_settings *settings, const struct card *before,
                        const struct card *after)
{
    int threshold = settings->leech_threshold;

    if (threshold <= 0 || after->lapses <= before->lapses || after->lapses < threshold)
        return false;
    return (after->lapses - threshold) % ((threshold + 1) / 2) == 0;
}

double scheduler_recall(const struct scheduler *scheduler, const struct card *card, int64_t now_ms)
{
    if (!has_memory(card))
        return 0;
    return fsrs_recall(
        &scheduler->model, card->stability,
        calendar_days_between(card->last_review_ms, now_ms, scheduler->settings.rollover_hour));
}
