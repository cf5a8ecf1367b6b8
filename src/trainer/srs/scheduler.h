/* SPDX-License-Identifier: MIT
 * What a rating does to a card: steps, intervals, fuzz, load balancing. Pure: the time, the
 * randomness and the load of the days are handed in. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "trainer/srs/fsrs.h"

#define SCHEDULER_STEPS_MAX 8

struct scheduler_settings {
    double desired_retention; /* 0.70 to 0.99 */
    double parameters[FSRS_PARAMETER_COUNT];
    int learning_steps[SCHEDULER_STEPS_MAX]; /* minutes */
    int learning_step_count;
    int relearning_steps[SCHEDULER_STEPS_MAX]; /* minutes */
    int relearning_step_count;
    int maximum_interval_days;
    int rollover_hour; /* a day begins at this hour, local time */
    bool has_fuzz;
    bool balances_load;
    int leech_threshold; /* lapses; 0 turns leeches off */
    bool suspends_leeches;
};

/* Retention 0.90, steps 10m / 10m, 36500 days, rollover 4, fuzz and balancing on, leech at 8. */
void scheduler_settings_init(struct scheduler_settings *settings);

/* How many cards are due on the day `days` from today (for load balancing); `data` is the caller's.
 */
typedef int (*scheduler_load)(void *data, int days);

struct scheduler {
    struct scheduler_settings settings;
    struct fsrs_model model;
    scheduler_load load; /* NULL: no balancing */
    void *load_data;
};

void scheduler_init(struct scheduler *scheduler, const struct scheduler_settings *settings);

/* The card after each of the four ratings given at `now_ms`: after[RATING_GOOD - 1] and so on.
 * `seed` is of the card (its id), so that a preview shows what a rating will do. A clock set back
 * counts as no time elapsed. */
void scheduler_preview(const struct scheduler *scheduler, const struct card *card, uint64_t seed,
                       int64_t now_ms, struct card after[4]);

/* True where this card, after a lapse, has become a leech (again). */
bool scheduler_is_leech(const struct scheduler_settings *settings, const struct card *before,
                        const struct card *after);

/* Probability of recall now; a new card has none (0). */
double scheduler_recall(const struct scheduler *scheduler, const struct card *card, int64_t now_ms);
