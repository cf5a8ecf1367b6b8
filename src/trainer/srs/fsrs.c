/* SPDX-License-Identifier: MIT */
#include "trainer/srs/fsrs.h"

#include <math.h>
#include <string.h>

#define DIFFICULTY_MIN 1.0
#define DIFFICULTY_MAX 10.0

/* What is not a number becomes the lower bound. */
static inline double clamp(double value, double low, double high)
{
    return value > low ? (value < high ? value : high) : low;
}

static double clamp_stability(double stability)
{
    return clamp(stability, FSRS_STABILITY_MIN, FSRS_STABILITY_MAX);
}

static double clamp_difficulty(double difficulty)
{
    return clamp(difficulty, DIFFICULTY_MIN, DIFFICULTY_MAX);
}

static double first_difficulty(const double *w, int rating)
{
    return w[4] - exp(w[5] * (rating - 1)) + 1;
}

void fsrs_model_init(struct fsrs_model *model, const double w[FSRS_PARAMETER_COUNT])
{
    memcpy(model->w, w, sizeof(model->w));
    model->decay = -w[20];
    model->factor = expm1(log(0.9) / model->decay);
    model->growth = exp(w[8]);
    model->lapse_divisor = exp(w[17] * w[18]);
    model->easy_difficulty = first_difficulty(w, RATING_EASY);
    for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++) {
        int i = rating - 1;
        model->difficulty_step[i] = -w[6] * (rating - 3) / 9;
        model->success_factor[i] = rating == RATING_HARD   ? w[15]
                                   : rating == RATING_EASY ? w[16]
                                                           : 1;
        model->same_day_factor[i] = exp(w[17] * (rating - 3 + w[18]));
        model->after_first[i].stability = clamp_stability(w[i]);
        model->after_first[i].difficulty = clamp_difficulty(first_difficulty(w, rating));
    }
}

struct fsrs_memory fsrs_first(const struct fsrs_model *model, enum rating rating)
{
    return model->after_first[rating - 1];
}

static double recall(const struct fsrs_model *model, double stability, double elapsed_days)
{
    return pow(1 + model->factor * elapsed_days / stability, model->decay);
}

double fsrs_recall(const struct fsrs_model *model, double stability, double elapsed_days)
{
    return recall(model, clamp_stability(stability), elapsed_days > 0 ? elapsed_days : 0);
}

double fsrs_interval(const struct fsrs_model *model, double stability, double retention)
{
    return stability / model->factor * expm1(log(retention) / model->decay);
}

/* How much one unit of forgetting adds; without the factors of the rating. */
static double success_gain(const struct fsrs_model *model, double stability, double forgotten)
{
    return model->growth * pow(stability, -model->w[9]) * expm1(forgotten * model->w[10]);
}

static double after_success(const struct fsrs_model *model, struct fsrs_memory memory,
                            double forgotten, enum rating rating)
{
    double gain = (11 - memory.difficulty) * success_gain(model, memory.stability, forgotten);

    return memory.stability * (1 + gain * model->success_factor[rating - 1]);
}

static double after_lapse(const struct fsrs_model *model, struct fsrs_memory memory,
                          double forgotten)
{
    const double *w = model->w;
    double stability = w[11] * pow(memory.difficulty, -w[12]) *
                       (pow(memory.stability + 1, w[13]) - 1) * exp(forgotten * w[14]);

    return fmin(stability, memory.stability / model->lapse_divisor);
}

static double after_same_day(const struct fsrs_model *model, double stability, enum rating rating)
{
    double factor = model->same_day_factor[rating - 1] * pow(stability, -model->w[19]);

    if (rating >= RATING_HARD && factor < 1)
        return stability;
    return stability * factor;
}

static double next_difficulty(const struct fsrs_model *model, double difficulty, enum rating rating)
{
    double damped = difficulty + (10 - difficulty) * model->difficulty_step[rating - 1];

    return clamp_difficulty(model->w[7] * model->easy_difficulty + (1 - model->w[7]) * damped);
}

struct fsrs_memory fsrs_next(const struct fsrs_model *model, struct fsrs_memory memory,
                             double elapsed_days, enum rating rating)
{
    struct fsrs_memory next;

    if (rating < RATING_AGAIN || rating > RATING_EASY)
        return memory;
    memory.stability = clamp_stability(memory.stability);
    memory.difficulty = clamp_difficulty(memory.difficulty);
    if (elapsed_days > 0) {
        double forgotten = 1 - recall(model, memory.stability, elapsed_days);
        next.stability = rating == RATING_AGAIN ? after_lapse(model, memory, forgotten)
                                                : after_success(model, memory, forgotten, rating);
    } else {
        next.stability = after_same_day(model, memory.stability, rating);
    }
    next.stability = clamp_stability(next.stability);
    next.difficulty = next_difficulty(model, memory.difficulty, rating);
    return next;
}

struct fsrs_memory fsrs_from_ease(const struct fsrs_model *model, double ease, double interval_days,
                                  double retention)
{
    double interval = fmax(interval_days, FSRS_STABILITY_MIN);
    struct fsrs_memory memory;

    memory.stability =
        clamp_stability(interval * model->factor / expm1(log(retention) / model->decay));
    memory.difficulty =
        clamp_difficulty(11 - (ease - 1) / success_gain(model, memory.stability, 1 - retention));
    return memory;
}
