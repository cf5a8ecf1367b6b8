/* SPDX-License-Identifier: MIT
 * Tests of the memory model: known values, the formulas written out plainly, and what must hold for
 * any parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "trainer/srs/fsrs.h"

/* --- Known values, by the default parameters: made with ts-fsrs 5.4.2, which rounds to 8 decimals
 */

#define REVIEWS_MAX 6

static const struct {
    const char *name;
    int reviews[REVIEWS_MAX][2]; /* rating, days since the last; 0: no more */
    double stability, difficulty;
} sequences[] = {
    {"first again", {{1, 0}}, 0.212, 6.4133},
    {"first hard", {{2, 0}}, 1.2931, 5.11217071},
    {"first good", {{3, 0}}, 2.3065, 2.11810397},
    {"first easy", {{4, 0}}, 8.2956, 1},
    {"two lapses", {{1, 0}, {1, 3}}, 0.12028337, 8.80630447},
    {"hard after again", {{1, 0}, {2, 3}}, 1.74494784, 7.60420977},
    {"good when due", {{3, 0}, {3, 2}}, 10.96433194, 2.11121424},
    {"good, lapse", {{3, 0}, {3, 2}, {1, 11}}, 1.5383372, 7.39223814},
    {"same day again", {{3, 0}, {1, 0}}, 0.77508398, 7.39450274},
    {"same day hard", {{3, 0}, {2, 0}}, 2.3065, 4.75285849},
    {"same day good", {{3, 0}, {3, 0}}, 2.3065, 2.11121424},
    {"easy, lapse", {{4, 0}, {1, 8}}, 1.38863246, 7.02698957},
    {"six", {{1, 0}, {3, 0}, {3, 1}, {3, 3}, {3, 8}, {3, 21}}, 53.62691, 6.3574867},
};

static void known_sequences(void **state)
{
    struct fsrs_model model;

    fsrs_model_init(&model, fsrs_default_parameters);
    for (size_t i = 0; i < ARRAY_LEN(sequences); i++) {
        struct fsrs_memory memory = fsrs_first(&model, (enum rating)sequences[i].reviews[0][0]);
        for (size_t k = 1; k < REVIEWS_MAX && sequences[i].reviews[k][0]; k++)
            memory = fsrs_next(&model, memory, sequences[i].reviews[k][1],
                               (enum rating)sequences[i].reviews[k][0]);
        if (fabs(memory.stability / sequences[i].stability - 1) > 1e-6 ||
            fabs(memory.difficulty / sequences[i].difficulty - 1) > 1e-6)
            fail_msg("%s: %.9g, %.9g, not %.9g, %.9g", sequences[i].name, memory.stability,
                     memory.difficulty, sequences[i].stability, sequences[i].difficulty);
    }
}

/* --- The formulas as they are written down, for holding the fast ones against */

static double plain_recall(const double *w, double stability, double days)
{
    double factor = pow(0.9, 1 / -w[20]) - 1;

    return pow(1 + factor * days / stability, -w[20]);
}

static double plain_clamp(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static double plain_stability(const double *w, double s, double d, double days, int rating)
{
    double recall = plain_recall(w, s, days);

    if (days == 0) {
        double factor = exp(w[17] * (rating - 3 + w[18])) * pow(s, -w[19]);
        return s * (rating >= 2 ? fmax(factor, 1) : factor);
    }
    if (rating == 1)
        return fmin(w[11] * pow(d, -w[12]) * (pow(s + 1, w[13]) - 1) * exp((1 - recall) * w[14]),
                    s / exp(w[17] * w[18]));
    return s * (1 + exp(w[8]) * (11 - d) * pow(s, -w[9]) * (exp((1 - recall) * w[10]) - 1) *
                        (rating == 2 ? w[15] : 1) * (rating == 4 ? w[16] : 1));
}

static struct fsrs_memory plain_next(const double *w, struct fsrs_memory memory, double days,
                                     int rating)
{
    double easy = w[4] - exp(w[5] * 3) + 1;
    double damped = memory.difficulty + (10 - memory.difficulty) / 9 * (-w[6] * (rating - 3));
    double stability = plain_stability(w, memory.stability, memory.difficulty, days, rating);

    return (struct fsrs_memory){
        plain_clamp(stability, 0.001, 36500),
        plain_clamp(w[7] * easy + (1 - w[7]) * damped, 1, 10),
    };
}

/* xorshift64*: the same numbers on every machine. */
static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545f4914f6cdd1du) >> 11) * 0x1p-53;
}

/* Somewhere within the bounds, the bounds included. */
static void random_parameters(uint64_t *random, double *w)
{
    double low[FSRS_PARAMETER_COUNT], high[FSRS_PARAMETER_COUNT];

    for (size_t i = 0; i < FSRS_PARAMETER_COUNT; i++) {
        low[i] = -1e9;
        high[i] = 1e9;
    }
    fsrs_parameters_clip(low, 1, true);
    fsrs_parameters_clip(high, 1, true);
    for (size_t i = 0; i < FSRS_PARAMETER_COUNT; i++)
        w[i] = plain_clamp(low[i] + (next_random(random) * 1.1 - 0.05) * (high[i] - low[i]), low[i],
                           high[i]);
}

static struct fsrs_memory random_memory(uint64_t *random)
{
    double stability = 0.001 * pow(36500 / 0.001, next_random(random) * 1.1 - 0.05);

    return (struct fsrs_memory){
        plain_clamp(stability, 0.001, 36500),
        plain_clamp(10.5 * next_random(random), 1, 10),
    };
}

static double random_days(uint64_t *random)
{
    return next_random(random) < 0.2 ? 0 : round(pow(36500, next_random(random)));
}

static void equals_plain_formulas(void **state)
{
    uint64_t random = 20260102;
    double largest = 0;

    for (int i = 0; i < 20000; i++) {
        double w[FSRS_PARAMETER_COUNT];
        struct fsrs_model model;
        random_parameters(&random, w);
        fsrs_model_init(&model, w);
        struct fsrs_memory memory = random_memory(&random);
        double days = random_days(&random);
        for (int rating = 1; rating <= 4; rating++) {
            struct fsrs_memory fast = fsrs_next(&model, memory, days, (enum rating)rating);
            struct fsrs_memory plain = plain_next(w, memory, days, rating);
            double error = fmax(fabs(fast.stability / plain.stability - 1),
                                fabs(fast.difficulty / plain.difficulty - 1));
            largest = fmax(largest, error);
            if (!(error < 1e-9))
                fail_msg("case %d, rating %d: %.15g, %.15g, not %.15g, %.15g", i, rating,
                         fast.stability, fast.difficulty, plain.stability, plain.difficulty);
        }
    }
    print_message("largest relative error %.2g\n", largest);
}

/* --- What holds for any parameters */

static void ratings_are_ordered(void **state)
{
    uint64_t random = 7;

    for (int i = 0; i < 20000; i++) {
        double w[FSRS_PARAMETER_COUNT];
        struct fsrs_model model;
        struct fsrs_memory after[4], memory = random_memory(&random);
        double days = random_days(&random);
        random_parameters(&random, w);
        fsrs_model_init(&model, w);
        for (int k = 0; k < 4; k++)
            after[k] = fsrs_next(&model, memory, days, (enum rating)(k + 1));
        for (int k = 1; k < 4; k++)
            if (after[k].stability < after[k - 1].stability ||
                after[k].difficulty > after[k - 1].difficulty)
                fail_msg("case %d: rating %d leaves %g, %g and %d leaves %g, %g", i, k,
                         after[k - 1].stability, after[k - 1].difficulty, k + 1, after[k].stability,
                         after[k].difficulty);
        assert_true(after[0].stability <= memory.stability || days == 0);
        assert_true(after[1].stability >= memory.stability);
    }
}

static void interval_inverts_recall(void **state)
{
    static const double retentions[] = {0.7, 0.8, 0.9, 0.95, 0.99};
    struct fsrs_model model;
    uint64_t random = 11;

    for (int i = 0; i < 2000; i++) {
        double w[FSRS_PARAMETER_COUNT], stability = random_memory(&random).stability;
        random_parameters(&random, w);
        fsrs_model_init(&model, w);
        assert_true(fabs(fsrs_interval(&model, stability, 0.9) / stability - 1) < 1e-12);
        for (size_t k = 0; k < ARRAY_LEN(retentions); k++) {
            double days = fsrs_interval(&model, stability, retentions[k]);
            if (fabs(fsrs_recall(&model, stability, days) - retentions[k]) > 1e-9)
                fail_msg("case %d: recall %g after %g days, not %g", i,
                         fsrs_recall(&model, stability, days), days, retentions[k]);
        }
    }
}

static void states_at_the_edges(void **state)
{
    struct fsrs_model model;
    double w[FSRS_PARAMETER_COUNT];
    struct fsrs_memory memory = {0.001, 10};

    fsrs_model_init(&model, fsrs_default_parameters);
    for (int i = 0; i < 20; i++)
        memory = fsrs_next(&model, memory, 0, RATING_GOOD);
    assert_true(memory.stability > 0.001 && memory.stability < 2.2); /* where w19 stops it */
    memory = fsrs_next(&model, (struct fsrs_memory){36500, 1}, 36500, RATING_EASY);
    assert_true(memory.stability == 36500 && memory.difficulty == 1);
    memory = fsrs_next(&model, (struct fsrs_memory){NAN, NAN}, 5, RATING_GOOD);
    assert_true(isfinite(memory.stability) && isfinite(memory.difficulty));
    memory = fsrs_next(&model, (struct fsrs_memory){3, 4}, 5, (enum rating)0);
    assert_true(memory.stability == 3 && memory.difficulty == 4);
    assert_true(fsrs_recall(&model, 5, 0) == 1 && fsrs_recall(&model, 5, -3) == 1);

    memcpy(w, fsrs_default_parameters, sizeof(w));
    w[17] = w[18] = w[19] = 0; /* reviews of the same day count for nothing */
    fsrs_model_init(&model, w);
    for (int rating = 1; rating <= 4; rating++)
        assert_true(
            fsrs_next(&model, (struct fsrs_memory){3, 4}, 0, (enum rating)rating).stability == 3);
    memory = fsrs_next(&model, (struct fsrs_memory){0.001, 4}, 5, RATING_AGAIN);
    assert_true(memory.stability <= 0.001);
}

/* --- Parameters */

static const struct {
    const char *name;
    size_t count;
    double values[FSRS_PARAMETER_COUNT + 1];
    int result;
    const char *message;
} loads[] = {
    {"none", 0, {0}, 0, NULL},
    {"FSRS-5",
     19,
     {0.4, 1.2, 3.1, 15.5, 7.2, 0.5, 1.1, 0.02, 1.6, 0.15, 1.1, 2, 0.1, 0.3, 2.2, 0.24, 2.9, 0.5,
      0.66},
     0,
     NULL},
    {"too few",
     4,
     {0.4, 1.2, 3.1, 15.5},
     -1,
     "FSRS parameters come as 21, 19 or 17 numbers, not as 4"},
    {"too many", 22, {0}, -1, "FSRS parameters come as 21, 19 or 17 numbers, not as 22"},
    {"not a number", 17, {0.4, 1.2, NAN}, -1, "FSRS parameter w2 is not a number"},
    {"infinite", 21, {INFINITY}, -1, "FSRS parameter w0 is not a number"},
};

static void loads_parameters(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(loads); i++) {
        double w[FSRS_PARAMETER_COUNT] = {-1};
        struct error err = {0};
        int result = fsrs_parameters_load(loads[i].values, loads[i].count, 1, w, &err);
        if (result != loads[i].result)
            fail_msg("%s: %d, not %d", loads[i].name, result, loads[i].result);
        if (loads[i].message)
            assert_string_equal(err.text, loads[i].message);
        assert_true(result == 0 || w[0] == -1);
    }
}

static void keeps_what_older_vectors_mean(void **state)
{
    double w[FSRS_PARAMETER_COUNT], off[FSRS_PARAMETER_COUNT], low[FSRS_PARAMETER_COUNT] = {0};
    struct error err;

    assert_int_equal(fsrs_parameters_load(NULL, 0, 1, w, &err), 0);
    assert_memory_equal(w, fsrs_default_parameters, sizeof(w));
    assert_int_equal(fsrs_parameters_load(loads[1].values, 19, 1, w, &err), 0);
    assert_true(w[19] == 0 && w[20] == 0.5 && w[18] == 0.66);
    assert_int_equal(fsrs_parameters_load(loads[1].values, 17, 1, w, &err), 0);
    assert_true(w[17] == 0 && w[18] == 0 && w[19] == 0 && w[20] == 0.5);
    assert_true(fabs(w[4] - 8.2) < 1e-12 && fabs(w[6] - 1.6) < 1e-12);
    assert_true(fabs(w[5] - log(2.5) / 3) < 1e-12);
    memcpy(off, fsrs_default_parameters, sizeof(off));
    off[17] = off[18] = off[19] = 0;
    assert_int_equal(fsrs_parameters_load(off, FSRS_PARAMETER_COUNT, 1, w, &err), 0);
    assert_true(w[17] == 0 && w[18] == 0 && w[19] == 0);
    low[18] = 0.5; /* the same day counts: w19 has its lower bound */
    assert_int_equal(fsrs_parameters_load(low, FSRS_PARAMETER_COUNT, 1, w, &err), 0);
    assert_true(w[19] == 0.01 && w[20] == 0.1 && w[4] == 1);
}

/* With the ceilings, as many Good on the same day as there are relearning steps do not lift a card
 * above the stability before its lapse (of one day and a recall of 0.7: what the ceiling is made
 * for). */
static void relearning_stays_below(void **state)
{
    uint64_t random = 3;

    for (int i = 0; i < 2000; i++) {
        double w[FSRS_PARAMETER_COUNT], clipped[FSRS_PARAMETER_COUNT];
        random_parameters(&random, w);
        for (int steps = 0; steps <= 8; steps++) {
            memcpy(clipped, w, sizeof(w));
            fsrs_parameters_clip(clipped, steps, true);
            double lapse = w[11] * (pow(2, w[13]) - 1) * exp(0.3 * w[14]);
            double grown = lapse * exp(steps * clipped[17] * clipped[18]);
            if (steps > 1 && -log(lapse) / steps > 0.01 && grown > 1 + 1e-9)
                fail_msg("case %d, %d steps: %g", i, steps, grown);
            assert_true(steps > 1 || (clipped[17] == w[17] && clipped[18] == w[18]));
        }
    }
}

/* --- From an ease */

static void reads_an_ease(void **state)
{
    static const double cases[][5] = {
        /* ease, interval, retention, stability, difficulty */
        {2.5, 10, 0.9, 10, 6.9140563},
        {2.5, 10, 0.8, 3.01572, 9.393428},
        {2.5, 10, 0.95, 24.841097, 1.2974405},
        {1.3, 20, 0.9, 20, 10},
        {9, 0, 0.9, 0.001, 10},
    };
    struct fsrs_model model;

    fsrs_model_init(&model, fsrs_default_parameters);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const double *c = cases[i];
        struct fsrs_memory memory = fsrs_from_ease(&model, c[0], c[1], c[2]);
        if (fabs(memory.stability / c[3] - 1) > 2e-6 || memory.difficulty < 1 ||
            (i < 4 && fabs(memory.difficulty / c[4] - 1) > 2e-6))
            fail_msg("case %zu: %g, %g", i, memory.stability, memory.difficulty);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_sequences),
        cmocka_unit_test(equals_plain_formulas),
        cmocka_unit_test(ratings_are_ordered),
        cmocka_unit_test(interval_inverts_recall),
        cmocka_unit_test(states_at_the_edges),
        cmocka_unit_test(loads_parameters),
        cmocka_unit_test(keeps_what_older_vectors_mean),
        cmocka_unit_test(relearning_stays_below),
        cmocka_unit_test(reads_an_ease),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
