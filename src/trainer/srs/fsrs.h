/* SPDX-License-Identifier: MIT
 * FSRS-6: the memory model. Formulas: "FSRS algorithm" of open-spaced-repetition, version 6, 21
 * parameters. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "trainer/srs/card.h"

#define FSRS_PARAMETER_COUNT   21
#define FSRS_STABILITY_MIN     0.001   /* days */
#define FSRS_STABILITY_MAX     36500.0 /* days */
#define FSRS_RETENTION_DEFAULT 0.9

extern const double fsrs_default_parameters[FSRS_PARAMETER_COUNT];

struct fsrs_memory {
    double stability;  /* days */
    double difficulty; /* 1 to 10 */
};

/* The parameters with all that can be computed once. */
struct fsrs_model {
    double w[FSRS_PARAMETER_COUNT];
    double decay;              /* -w20 */
    double factor;             /* 0.9^(1/decay) - 1 */
    double growth;             /* exp(w8) */
    double lapse_divisor;      /* exp(w17 * w18): a lapse leaves at most stability / this */
    double easy_difficulty;    /* where difficulty reverts to: that of a first Easy, unclamped */
    double difficulty_step[4]; /* per rating: -w6 * (rating - 3) / 9 */
    double success_factor[4];  /* per rating: w15 for Hard, w16 for Easy, else 1 */
    double same_day_factor[4]; /* per rating: exp(w17 * (rating - 3 + w18)) */
    struct fsrs_memory after_first[4]; /* per rating */
};

void fsrs_model_init(struct fsrs_model *model, const double w[FSRS_PARAMETER_COUNT]);

/* Takes a vector of 21, 19 (FSRS-5) or 17 (FSRS-4.5) numbers, or none (defaults); clips to the
 * bounds. A vector of 21 whose w17 to w19 are all 0 says that reviews of the same day count for
 * nothing, and stays so. */
int fsrs_parameters_load(const double *given, size_t count, int relearning_steps,
                         double w[FSRS_PARAMETER_COUNT], struct error *err) MUST_CHECK;
void fsrs_parameters_clip(double w[FSRS_PARAMETER_COUNT], int relearning_steps,
                          bool has_short_term);

/* Brings a vector of 19 or 17 numbers to 21, not clipped. Returns 0, or -1 for any other count. */
int fsrs_parameters_migrate(const double *given, size_t count,
                            double w[FSRS_PARAMETER_COUNT]) MUST_CHECK;

struct fsrs_memory fsrs_first(const struct fsrs_model *model, enum rating rating);

/* Whole days since the last review; 0 is the same day. A rating that is none leaves the memory as
 * it is. */
struct fsrs_memory fsrs_next(const struct fsrs_model *model, struct fsrs_memory memory,
                             double elapsed_days, enum rating rating);

/* The memory of a card that another program scheduled by an ease (2.5) and an interval, which it
 * took to be recalled with probability `retention` when it was due. */
struct fsrs_memory fsrs_from_ease(const struct fsrs_model *model, double ease, double interval_days,
                                  double retention);

/* Probability of recall after `elapsed_days`. */
double fsrs_recall(const struct fsrs_model *model, double stability, double elapsed_days);

/* Days until recall falls to `retention`; not rounded. */
double fsrs_interval(const struct fsrs_model *model, double stability, double retention);
