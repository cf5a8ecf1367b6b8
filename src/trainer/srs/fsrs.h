/* SPDX-License-Identifier: MIT
 * FSRS-6: the memory model. Formulas: "FSRS algorithm" of open-spaced-repetition, version 6, 21 parameters. */
#pragma once

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
    double decay;  /* -w20 */
    double factor; /* 0.9^(1/decay) - 1 */
    /* further precomputed values as needed */
};

void fsrs_model_init(struct fsrs_model *model, const double w[FSRS_PARAMETER_COUNT]);

/* Takes a vector of 21, 19 (FSRS-5) or 17 (FSRS-4.5) numbers, or none (defaults); clips to the bounds. */
int fsrs_parameters_load(const double *given, size_t count, int relearning_steps,
                         double w[FSRS_PARAMETER_COUNT], struct error *err) MUST_CHECK;
void fsrs_parameters_clip(double w[FSRS_PARAMETER_COUNT], int relearning_steps, int has_short_term);

struct fsrs_memory fsrs_first(const struct fsrs_model *model, enum rating rating);
struct fsrs_memory fsrs_next(const struct fsrs_model *model, struct fsrs_memory memory,
                             double elapsed_days, enum rating rating);

/* Probability of recall after `elapsed_days`. */
double fsrs_recall(const struct fsrs_model *model, double stability, double elapsed_days);

/* Days until recall falls to `retention`; not rounded. */
double fsrs_interval(const struct fsrs_model *model, double stability, double retention);
