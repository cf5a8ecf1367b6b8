/* SPDX-License-Identifier: MIT
 * FSRS-6 against numbers of other implementations: memory, curve, parameters, fuzz. */
#include "fsrs_vectors.h"

#include <string.h>

#include "trainer/srs/fsrs.h"
#include "trainer/srs/fuzz.h"

static size_t read_numbers(const json_t *array, double *numbers, size_t max)
{
    size_t count = json_array_size(array);

    assert_true(count <= max);
    for (size_t i = 0; i < count; i++)
        numbers[i] = item(array, i);
    return count;
}

static void load_parameters(const json_t *array, int relearning_steps, double *w)
{
    double given[FSRS_PARAMETER_COUNT];
    size_t count = read_numbers(array, given, FSRS_PARAMETER_COUNT);
    struct error err;

    if (fsrs_parameters_load(given, count, relearning_steps, w, &err) < 0)
        fail_msg("%s", err.text);
}

static void model_of(const json_t *sequence, struct fsrs_model *model)
{
    const json_t *set = json_array_get(json_object_get(vectors, "fsrs6_params"),
                                       (size_t)number(sequence, "params"));
    double w[FSRS_PARAMETER_COUNT];

    load_parameters(json_object_get(set, "w"), 1, w);
    fsrs_model_init(model, w);
}

/* --- Sequences */

static struct fsrs_memory answer(const struct fsrs_model *model, size_t row,
                                 struct fsrs_memory memory, const json_t *review)
{
    enum rating rating = (enum rating)item(review, 0);

    return row == 0 ? fsrs_first(model, rating) : fsrs_next(model, memory, item(review, 1), rating);
}

static void check_sequence(const json_t *sequence, size_t at, struct deviation *deviation)
{
    const json_t *reviews = json_object_get(sequence, "reviews");
    const json_t *expect = json_object_get(sequence, "expect");
    double retention = number(sequence, "desired_retention");
    struct fsrs_memory memory = {0};
    struct fsrs_model model;

    model_of(sequence, &model);
    for (size_t row = 0; row < json_array_size(reviews); row++) {
        const json_t *expected = json_array_get(expect, row);
        memory = answer(&model, row, memory, json_array_get(reviews, row));
        double interval = fsrs_interval(&model, memory.stability, retention);
        check("sequence", at, row, "stability", memory.stability, item(expected, 0), deviation);
        check("sequence", at, row, "difficulty", memory.difficulty, item(expected, 1), deviation);
        check("sequence", at, row, "interval", interval, item(expected, 2), deviation);
    }
}

static void sequences(void **state)
{
    struct deviation deviation = {0};
    const json_t *sequence;
    size_t at;

    need_vectors();
    json_array_foreach(json_object_get(vectors, "fsrs6_sequences"), at, sequence)
    {
        check_sequence(sequence, at, &deviation);
    }
    report("fsrs-rs sequences", &deviation);
}

static void check_ts_state(const json_t *sequence, size_t at, struct deviation *deviation)
{
    const json_t *reviews = json_object_get(sequence, "reviews");
    const json_t *expect = json_object_get(sequence, "expect");
    double retention = number(sequence, "desired_retention");
    struct fsrs_memory memory = {0};
    struct fsrs_model model;

    model_of(sequence, &model);
    for (size_t row = 0; row < json_array_size(reviews); row++) {
        const json_t *expected = json_array_get(expect, row);
        memory = answer(&model, row, memory, json_array_get(reviews, row));
        double days = round(fsrs_interval(&model, memory.stability, retention));
        check("ts state", at, row, "stability", memory.stability, item(expected, 0), deviation);
        check("ts state", at, row, "difficulty", memory.difficulty, item(expected, 1), deviation);
        assert_int_equal((int)fmin(fmax(days, 1), 36500), (int)item(expected, 2));
    }
}

static void ts_states(void **state)
{
    struct deviation deviation = {0};
    const json_t *sequence;
    size_t at;

    need_vectors();
    json_array_foreach(json_object_get(vectors, "fsrs6_ts_states"), at, sequence)
    {
        check_ts_state(sequence, at, &deviation);
    }
    report("ts-fsrs states", &deviation);
}

/* --- Tables */

static const json_t *table(const char *name)
{
    const json_t *found = json_object_get(json_object_get(vectors, "tables"), name);
    const json_t *rows = json_object_get(found, "rows");

    return rows ? rows : found;
}

static void model_with_decay(double w20, struct fsrs_model *model)
{
    double w[FSRS_PARAMETER_COUNT];

    memcpy(w, fsrs_default_parameters, sizeof(w));
    w[20] = w20;
    fsrs_model_init(model, w);
}

static void curve_tables(void **state)
{
    struct deviation deviation = {0};
    struct fsrs_model model;
    const json_t *row;
    size_t i;

    need_vectors();
    json_array_foreach(table("retrievability"), i, row)
    {
        model_with_decay(item(row, 0), &model);
        check("curve", 0, i, "recall", fsrs_recall(&model, item(row, 1), item(row, 2)),
              item(row, 3), &deviation);
    }
    json_array_foreach(table("interval_factor"), i, row)
    {
        model_with_decay(item(row, 0), &model);
        check("curve", 1, i, "interval", fsrs_interval(&model, 1, item(row, 1)), item(row, 2),
              &deviation);
    }
    report("curve", &deviation);
}

static void ease_table(void **state)
{
    struct deviation deviation = {0};
    struct fsrs_model model;
    const json_t *row;
    size_t i;

    need_vectors();
    fsrs_model_init(&model, fsrs_default_parameters);
    json_array_foreach(table("sm2"), i, row)
    {
        struct fsrs_memory memory =
            fsrs_from_ease(&model, item(row, 0), item(row, 1), item(row, 2));
        check("ease", 0, i, "stability", memory.stability, item(row, 3), &deviation);
        check("ease", 0, i, "difficulty", memory.difficulty, item(row, 4), &deviation);
    }
    report("state from an ease", &deviation);
}

static void check_parameters(const char *group, size_t at, const double *actual,
                             const json_t *expected, struct deviation *deviation)
{
    assert_int_equal(json_array_size(expected), FSRS_PARAMETER_COUNT);
    for (size_t i = 0; i < FSRS_PARAMETER_COUNT; i++)
        check(group, at, i, "parameter", actual[i], item(expected, i), deviation);
}

/* The least ceiling of w17 and w18 is sqrt(0.01), as in fsrs-rs; in ts-fsrs it is 0.01. */
static size_t lower_ceiling(double *w, const json_t *expected)
{
    size_t lowered = 0;

    for (size_t i = 17; i <= 18; i++)
        if (w[i] == 0.1 && item(expected, i) == 0.01) {
            w[i] = 0.01;
            lowered++;
        }
    return lowered;
}

static void parameter_tables(void **state)
{
    struct deviation clip = {0}, migrate = {0};
    double w[FSRS_PARAMETER_COUNT];
    const json_t *row;
    size_t i, lowered = 0;

    need_vectors();
    json_array_foreach(table("clip"), i, row)
    {
        read_numbers(json_object_get(row, "in"), w, FSRS_PARAMETER_COUNT);
        fsrs_parameters_clip(w, (int)number(row, "relearning_steps"),
                             json_is_true(json_object_get(row, "enable_short_term")));
        lowered += lower_ceiling(w, json_object_get(row, "out"));
        check_parameters("clip", i, w, json_object_get(row, "out"), &clip);
    }
    print_message("%zu ceilings of w17 and w18 are 0.1 here and 0.01 in ts-fsrs\n", lowered);
    report("clip", &clip);
    json_array_foreach(table("migrate"), i, row)
    {
        double given[FSRS_PARAMETER_COUNT];
        size_t count = read_numbers(json_object_get(row, "in"), given, FSRS_PARAMETER_COUNT);
        assert_int_equal(fsrs_parameters_migrate(given, count, w), 0);
        check_parameters("migrate", i, w, json_object_get(row, "out"), &migrate);
    }
    report("migrate", &migrate);
}

static void fuzz_table(void **state)
{
    const json_t *row;
    size_t i;

    need_vectors();
    json_array_foreach(table("fuzz_range"), i, row)
    {
        double interval = item(row, 0), elapsed = item(row, 1);
        int maximum = (int)item(row, 2), low, high;
        int minimum = fmin(interval, maximum) > elapsed && elapsed + 1 > 2 ? (int)elapsed + 1 : 2;
        fuzz_range(interval, minimum, maximum, &low, &high);
        if (low != (int)item(row, 3) || high != (int)item(row, 4))
            fail_msg("fuzz row %zu: %d to %d", i, low, high);
    }
    print_message("fuzz: %zu ranges\n", i);
}

/* --- What the projects' own tests assert */

static void check_final(const struct fsrs_model *model, const json_t *entry,
                        struct deviation *deviation)
{
    const json_t *review, *final = json_object_get(entry, "final");
    struct fsrs_memory memory = {0};
    size_t row;

    json_array_foreach(json_object_get(entry, "reviews"), row, review)
    {
        memory = answer(model, row, memory, review);
    }
    check("quoted", 0, row, "stability", memory.stability, number(final, "stability"), deviation);
    check("quoted", 0, row, "difficulty", memory.difficulty, number(final, "difficulty"),
          deviation);
}

static void quoted_states(void **state)
{
    struct deviation deviation = {0};
    double w[FSRS_PARAMETER_COUNT];
    struct fsrs_model model;

    need_vectors();
    const json_t *entry = quoted("memory state of 1@0 3@1 3@3 3@8 3@21 with a 19");
    load_parameters(json_object_get(entry, "params"), 1, w);
    fsrs_model_init(&model, w);
    check_final(&model, entry, &deviation);

    const json_t *final = json_object_get(quoted("state S=20.925528"), "final");
    struct fsrs_memory memory =
        fsrs_next(&model, (struct fsrs_memory){20.925528, 7.005062}, 21, RATING_GOOD);
    check("quoted", 1, 0, "stability", memory.stability, number(final, "stability"), &deviation);
    check("quoted", 1, 0, "difficulty", memory.difficulty, number(final, "difficulty"), &deviation);

    fsrs_model_init(&model, fsrs_default_parameters);
    check_final(&model, quoted("default parameters, 1@0 3@0 3@1 3@3 3@8 3@21"), &deviation);
    memcpy(w, fsrs_default_parameters, sizeof(w));
    w[17] = w[18] = w[19] = 0;
    fsrs_model_init(&model, w);
    check_final(&model, quoted("w17=w18=w19=0"), &deviation);
    report("quoted states", &deviation);
}

static void quoted_four_answers(void **state)
{
    static const char *const names[] = {"again", "hard", "good", "easy"};
    struct deviation deviation = {0};
    double w[FSRS_PARAMETER_COUNT];
    struct fsrs_model model;
    struct fsrs_memory memory;

    need_vectors();
    const json_t *parameters = quoted("memory state of 1@0 3@1 3@3 3@8 3@21 with a 19");
    const json_t *entry = quoted("the four answers at 21 days");
    load_parameters(json_object_get(parameters, "params"), 1, w);
    fsrs_model_init(&model, w);
    memory = fsrs_first(&model, RATING_AGAIN);
    for (size_t i = 0; i < 3; i++)
        memory = fsrs_next(&model, memory, (const int[]){1, 3, 8}[i], RATING_GOOD);
    for (int i = 0; i < 4; i++) {
        const json_t *expected = json_object_get(entry, names[i]);
        struct fsrs_memory next = fsrs_next(&model, memory, 21, (enum rating)(i + 1));
        check("quoted", 2, i, "stability", next.stability, item(expected, 0), &deviation);
        check("quoted", 2, i, "difficulty", next.difficulty, item(expected, 1), &deviation);
        check("quoted", 2, i, "interval", fsrs_interval(&model, next.stability, 0.9),
              item(expected, 2), &deviation);
    }
    const json_t *first = quoted("first review of a new card");
    fsrs_model_init(&model, fsrs_default_parameters);
    for (int i = 0; i < 4; i++) {
        memory = fsrs_first(&model, (enum rating)(i + 1));
        check("ts state", 0, i, "stability", memory.stability,
              item(json_object_get(first, "stability"), i), &deviation);
        check("ts state", 0, i, "difficulty", memory.difficulty,
              item(json_object_get(first, "difficulty"), i), &deviation);
    }
    report("quoted answers", &deviation);
}

static void quoted_curve(void **state)
{
    struct deviation deviation = {0};
    struct fsrs_model model;
    const json_t *days, *row;
    size_t i;

    need_vectors();
    model_with_decay(0.2, &model);
    const json_t *recalls = json_object_get(quoted("retrievability with decay 0.2"), "R");
    const json_t *defaults = json_object_get(quoted("initial-stability curve"), "R");
    for (i = 0; i < 4; i++)
        check("quoted", 3, i, "recall", fsrs_recall(&model, 1, i), item(recalls, i), &deviation);
    fsrs_model_init(&model, fsrs_default_parameters);
    for (i = 0; i < 4; i++)
        check("quoted", 4, i, "recall", fsrs_recall(&model, 1, i), item(defaults, i), &deviation);
    json_array_foreach(json_object_get(quoted("rounded interval"), "interval_days"), i, days)
    {
        double interval = round(fsrs_interval(&model, 1, (i + 1) / 10.0));
        check("quoted interval", 0, i, "interval", fmax(interval, 1), json_number_value(days),
              &deviation);
    }
    json_array_foreach(json_object_get(quoted("state from SM-2"), "rows"), i, row)
    {
        struct fsrs_memory memory =
            fsrs_from_ease(&model, item(row, 0), item(row, 1), item(row, 2));
        check("ease", 1, i, "stability", memory.stability, item(row, 3), &deviation);
        check("ease", 1, i, "difficulty", memory.difficulty, item(row, 4), &deviation);
    }
    report("quoted curve", &deviation);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences),        cmocka_unit_test(ts_states),
        cmocka_unit_test(curve_tables),     cmocka_unit_test(ease_table),
        cmocka_unit_test(parameter_tables), cmocka_unit_test(fuzz_table),
        cmocka_unit_test(quoted_states),    cmocka_unit_test(quoted_four_answers),
        cmocka_unit_test(quoted_curve),
    };

    return cmocka_run_group_tests(tests, load_vectors, free_vectors);
}
