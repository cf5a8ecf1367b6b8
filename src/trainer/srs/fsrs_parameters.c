/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "trainer/srs/fsrs.h"

#define COUNT_FSRS_5   19
#define COUNT_FSRS_4_5 17
#define DECAY_BEFORE_6 0.5

/* What FSRS-6 takes for a w19 of a vector in which reviews of the same day count. */
#define SAME_DAY_EXPONENT_MIN 0.01

const double fsrs_default_parameters[FSRS_PARAMETER_COUNT] = {
    0.212,  1.2931, 2.3065, 8.2956, /* initial stability per rating */
    6.4133, 0.8334, 3.0194, 0.001,  /* difficulty */
    1.8722, 0.1666, 0.796,          /* stability after success */
    1.4835, 0.0614, 0.2629, 1.6483, /* stability after a lapse */
    0.6014, 1.8729,                 /* Hard, Easy */
    0.5425, 0.0912, 0.0658,         /* same day */
    0.1542,                         /* decay */
};

static const struct {
    double low, high;
} bounds[FSRS_PARAMETER_COUNT] = {
    {0.001, 100},  {0.001, 100},  {0.001, 100}, {0.001, 100}, {1, 10},      {0.001, 4},
    {0.001, 4},    {0.001, 0.75}, {0, 4.5},     {0, 0.8},     {0.001, 3.5}, {0.001, 5},
    {0.001, 0.25}, {0.001, 0.9},  {0, 4},       {0, 1},       {1, 6},       {0, 2},
    {0, 2},        {0, 0.8},      {0.1, 0.8},
};

/* The highest w17 and w18 with which a Good at each relearning step does not bring a card above the
 * stability that it had before the lapse. */
static double same_day_ceiling(const double *w, int relearning_steps)
{
    double high = bounds[17].high;
    double lapse = log(w[11]) + log(pow(2, w[13]) - 1) + 0.3 * w[14];

    if (relearning_steps <= 1)
        return high;
    return fmin(high, sqrt(fmax(0.01, -lapse / relearning_steps)));
}

void fsrs_parameters_clip(double w[FSRS_PARAMETER_COUNT], int relearning_steps, bool has_short_term)
{
    for (size_t i = 0; i < FSRS_PARAMETER_COUNT; i++)
        w[i] = fmin(fmax(w[i], bounds[i].low), bounds[i].high);

    double ceiling = same_day_ceiling(w, relearning_steps);
    w[17] = fmin(w[17], ceiling);
    w[18] = fmin(w[18], ceiling);
    if (has_short_term)
        w[19] = fmax(w[19], SAME_DAY_EXPONENT_MIN);
}

/* FSRS-4.5 had another scale of difficulty. */
static void rescale_difficulty(double *w)
{
    double old = w[5];

    w[4] += 2 * old;
    w[5] = log(1 + 3 * old) / 3;
    w[6] += 0.5;
}

int fsrs_parameters_migrate(const double *given, size_t count, double w[FSRS_PARAMETER_COUNT])
{
    if (count != COUNT_FSRS_5 && count != COUNT_FSRS_4_5)
        return -1;
    memset(w, 0, FSRS_PARAMETER_COUNT * sizeof(*w));
    memcpy(w, given, count * sizeof(*w));
    w[20] = DECAY_BEFORE_6;
    if (count == COUNT_FSRS_4_5)
        rescale_difficulty(w);
    return 0;
}

static int check_finite(const double *given, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(given[i]))
            return error_set(err, 0, _("FSRS parameter w%zu is not a number"), i);
    return 0;
}

int fsrs_parameters_load(const double *given, size_t count, int relearning_steps,
                         double w[FSRS_PARAMETER_COUNT], struct error *err)
{
    double loaded[FSRS_PARAMETER_COUNT];
    bool is_older = count != 0 && count != FSRS_PARAMETER_COUNT;

    if (check_finite(given, count, err) < 0)
        return -1;
    if (count == 0)
        memcpy(loaded, fsrs_default_parameters, sizeof(loaded));
    else if (!is_older)
        memcpy(loaded, given, sizeof(loaded));
    else if (fsrs_parameters_migrate(given, count, loaded) < 0)
        return error_set(err, 0, _("FSRS parameters come as 21, 19 or 17 numbers, not as %zu"),
                         count);
    /* The w19 of an older vector is 0 and stays so: that model had no such factor. */
    bool has_short_term = !is_older && (loaded[17] != 0 || loaded[18] != 0 || loaded[19] != 0);
    fsrs_parameters_clip(loaded, relearning_steps, has_short_term);
    memcpy(w, loaded, sizeof(loaded));
    return 0;
}
