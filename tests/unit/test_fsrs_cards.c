/* SPDX-License-Identifier: MIT
 * The scheduler against cards of other implementations: memory, steps, due times. */
#include "fsrs_vectors.h"

#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "trainer/srs/scheduler.h"

/* "10m", "2h", or a number of minutes. */
static int minutes_of(const json_t *step)
{
    if (json_is_number(step))
        return (int)json_number_value(step);
    int minutes = atoi(json_string_value(step));
    return strchr(json_string_value(step), 'h') ? minutes * 60 : minutes;
}

static void read_steps(const json_t *options, const char *key, int *steps, int *count)
{
    const json_t *array = json_object_get(options, key), *step;
    size_t i;

    if (!array)
        return;
    *count = (int)json_array_size(array);
    json_array_foreach(array, i, step)
    {
        steps[i] = minutes_of(step);
    }
}

/* The other implementations begin with steps of 1 and 10 minutes, relearn with one of 10, and use
 * no fuzz here. */
static void scheduler_of(const json_t *options, struct scheduler *scheduler)
{
    struct scheduler_settings settings;
    const json_t *value;

    setenv("TZ", "UTC", 1);
    tzset();
    scheduler_settings_init(&settings);
    settings.rollover_hour = 0;
    settings.has_fuzz = false;
    settings.learning_step_count = 2;
    settings.learning_steps[0] = 1;
    settings.learning_steps[1] = 10;
    read_steps(options, "learning_steps", settings.learning_steps, &settings.learning_step_count);
    read_steps(options, "relearning_steps", settings.relearning_steps,
               &settings.relearning_step_count);
    if ((value = json_object_get(options, "request_retention")) ||
        (value = json_object_get(options, "desired_retention")))
        settings.desired_retention = json_number_value(value);
    if ((value = json_object_get(options, "maximum_interval")))
        settings.maximum_interval_days = (int)json_integer_value(value);
    if (json_is_false(json_object_get(options, "enable_short_term"))) {
        settings.learning_step_count = settings.relearning_step_count = 0;
        settings.parameters[17] = settings.parameters[18] = settings.parameters[19] = 0;
    }
    fsrs_parameters_clip(settings.parameters, settings.relearning_step_count,
                         settings.parameters[17] > 0);
    scheduler_init(scheduler, &settings);
}

static enum card_state state_of(const json_t *row)
{
    const char *name = json_string_value(json_object_get(row, "state"));

    return str_eq(name, "learning") ? CARD_LEARNING
           : str_eq(name, "review") ? CARD_REVIEW
                                    : CARD_RELEARNING;
}

static enum rating rating_of(const json_t *row)
{
    return (enum rating)number(row, "rating");
}

static void adopt(const json_t *row, struct card *card)
{
    card->stability = number(row, "stability");
    card->difficulty = number(row, "difficulty");
}

static void check_card(const char *group, const struct card *card, const json_t *row, size_t at,
                       size_t index, struct deviation *deviation)
{
    const json_t *step = json_object_get(row, "step");

    check(group, at, index, "stability", card->stability, number(row, "stability"), deviation);
    check(group, at, index, "difficulty", card->difficulty, number(row, "difficulty"), deviation);
    if (card->state != state_of(row) || card->step != (int)json_integer_value(step))
        fail_msg("%s %zu row %zu: state %d step %d", group, at, index, card->state, card->step);
}

/* 2026-01-05 09:00 UTC, where the cards begin. */
#define START_MS 1767603600000LL

static int64_t time_of(const json_t *row)
{
    return START_MS + (int64_t)(number(row, "at_min") * MS_PER_MINUTE);
}

static bool has_short_term(const struct scheduler *scheduler)
{
    return scheduler->settings.parameters[17] > 0;
}

/* How many rows stand for something that ts-fsrs does otherwise. */
struct ts_differences {
    size_t beyond_maximum; /* forced apart by a day, past the maximum */
    size_t above_again;    /* with the short term off, Hard is forced above Again too */
    size_t later_hard;     /* Hard waits for the mean of the first two steps at later steps too */
};

/* What ts-fsrs makes of our four intervals with its short term off. */
static int ts_forced_apart(const struct card after[4], enum rating rating,
                           struct ts_differences *differences)
{
    int days[4];

    days[0] = (int)fmin(after[0].interval_days, after[1].interval_days);
    for (int i = 1; i < 4; i++)
        days[i] = (int)fmax(after[i].interval_days, days[i - 1] + 1);
    differences->above_again += days[rating - 1] != after[rating - 1].interval_days;
    return days[rating - 1];
}

/* Our interval as ts-fsrs would give it. */
static int ts_interval(const struct scheduler *scheduler, const struct card after[4],
                       const json_t *row, struct ts_differences *differences)
{
    enum rating rating = rating_of(row);
    int expected = (int)number(row, "scheduled_days");
    int maximum = scheduler->settings.maximum_interval_days;
    int days = after[rating - 1].interval_days;

    if (!has_short_term(scheduler))
        days = ts_forced_apart(after, rating, differences);
    if (days == maximum && expected > maximum && expected < maximum + (int)rating) {
        differences->beyond_maximum++;
        return expected;
    }
    return days;
}

/* In whole minutes, to which ts-fsrs rounds the mean of two steps. */
static double ts_due_minutes(const struct scheduler *scheduler, const struct card *card,
                             const json_t *row, struct ts_differences *differences)
{
    const int *steps = card->state == CARD_LEARNING ? scheduler->settings.learning_steps
                                                    : scheduler->settings.relearning_steps;

    if (card->state != CARD_REVIEW && card->step > 0 && rating_of(row) == RATING_HARD) {
        differences->later_hard++;
        assert_int_equal(card->due_ms - time_of(row), steps[card->step] * MS_PER_MINUTE);
        return round((steps[0] + steps[1]) / 2.0);
    }
    return round((double)(card->due_ms - time_of(row)) / MS_PER_MINUTE);
}

static void check_ts_schedule(const struct scheduler *scheduler, const struct card after[4],
                              const json_t *row, struct ts_differences *differences)
{
    const struct card *card = &after[rating_of(row) - 1];
    int days = ts_interval(scheduler, after, row, differences);
    double due_minutes =
        days > 0 ? days * 24.0 * 60 : ts_due_minutes(scheduler, card, row, differences);

    assert_true(days == 0 || card->due_ms - time_of(row) == card->interval_days * MS_PER_DAY);
    if (days != (int)number(row, "scheduled_days") || due_minutes != number(row, "due_in_min") ||
        card->reviews != (int)number(row, "reps") || card->lapses != (int)number(row, "lapses"))
        fail_msg("ts card at %g: %d days, due in %g minutes, %d reviews, %d lapses",
                 number(row, "at_min"), days, due_minutes, card->reviews, card->lapses);
}

static void check_ts_card(const json_t *vector, size_t at, struct deviation *deviation,
                          struct ts_differences *differences)
{
    const json_t *row;
    struct scheduler scheduler;
    struct card card = {0};
    size_t i;

    scheduler_of(json_object_get(vector, "options"), &scheduler);
    json_array_foreach(json_object_get(vector, "rows"), i, row)
    {
        int64_t now_ms = time_of(row);
        struct card after[4];
        scheduler_preview(&scheduler, &card, at, now_ms, after);
        card = after[rating_of(row) - 1];
        check_card("ts card", &card, row, at, i, deviation);
        check_ts_schedule(&scheduler, after, row, differences);
    }
}

static void ts_cards(void **state)
{
    struct deviation deviation = {0};
    const json_t *vector;
    struct ts_differences differences = {0};
    size_t at;

    need_vectors();
    json_array_foreach(json_object_get(vectors, "fsrs6_ts_cards"), at, vector)
    {
        check_ts_card(vector, at, &deviation, &differences);
    }
    report("ts-fsrs cards", &deviation);
    print_message("otherwise there: %zu intervals beyond the maximum, %zu forced above Again, "
                  "%zu Hard at later steps\n",
                  differences.beyond_maximum, differences.above_again, differences.later_hard);
}

/* How many rows stand for something that py-fsrs does otherwise. */
struct py_differences {
    size_t same_day_hard; /* Hard may shrink the stability on the same day */
    size_t without_limit; /* a stability above 36500 days */
};

static bool is_py_same_day_hard(const struct card *card, int64_t now_ms, enum rating rating)
{
    return rating == RATING_HARD && card->state != CARD_NEW &&
           now_ms - card->last_review_ms < MS_PER_DAY;
}

/* py-fsrs counts spans of 24 hours: as days do that begin at the last review. */
static int64_t since_last(const struct card *card, int64_t now_ms, struct card *shifted)
{
    *shifted = *card;
    shifted->last_review_ms = START_MS / MS_PER_DAY * MS_PER_DAY;
    return shifted->last_review_ms + now_ms - card->last_review_ms;
}

static void check_py_due(const struct scheduler *scheduler, const struct card *card, int64_t now_ms,
                         const json_t *row, size_t at, size_t i)
{
    double minutes = (double)(card->due_ms - now_ms) / MS_PER_MINUTE;

    if (card->state == CARD_REVIEW) { /* py-fsrs does not force the intervals apart */
        double days = round(fsrs_interval(&scheduler->model, card->stability,
                                          scheduler->settings.desired_retention));
        days = fmin(fmax(days, 1), scheduler->settings.maximum_interval_days);
        assert_true(card->interval_days >= days);
        minutes = days * MS_PER_DAY / MS_PER_MINUTE;
    }
    if (minutes != number(row, "due_in_min"))
        fail_msg("py card %zu row %zu: due in %g minutes", at, i, minutes);
}

/* Takes the stability of the row over where py-fsrs is known to differ. */
static void adopt_py(bool is_hard, const json_t *row, struct card *card,
                     struct py_differences *differences)
{
    double stability = number(row, "stability");

    if (is_hard && stability < card->stability * (1 - 1e-9))
        differences->same_day_hard++;
    else if (card->stability == FSRS_STABILITY_MAX && stability > card->stability)
        differences->without_limit++;
    else
        return;
    adopt(row, card);
}

static void check_py_card(const json_t *vector, size_t at, struct deviation *deviation,
                          struct py_differences *differences)
{
    const json_t *row;
    struct scheduler scheduler;
    struct card card = {0};
    size_t i;

    scheduler_of(json_object_get(vector, "options"), &scheduler);
    json_array_foreach(json_object_get(vector, "rows"), i, row)
    {
        int64_t now_ms = time_of(row);
        bool is_hard = is_py_same_day_hard(&card, now_ms, rating_of(row));
        struct card after[4], shifted;
        int64_t shifted_ms = since_last(&card, now_ms, &shifted);
        scheduler_preview(&scheduler, &shifted, at, shifted_ms, after);
        card = after[rating_of(row) - 1];
        adopt_py(is_hard, row, &card, differences);
        check_card("py card", &card, row, at, i, deviation);
        check_py_due(&scheduler, &card, shifted_ms, row, at, i);
        card.last_review_ms = now_ms;
    }
}

static void py_cards(void **state)
{
    struct deviation deviation = {0};
    const json_t *vector;
    struct py_differences differences = {0};
    size_t at;

    need_vectors();
    json_array_foreach(json_object_get(vectors, "fsrs6_py_cards"), at, vector)
    {
        check_py_card(vector, at, &deviation, &differences);
    }
    report("py-fsrs cards", &deviation);
    print_message("%zu answers Hard on the same day shrink in py-fsrs, %zu stabilities pass its "
                  "missing limit: taken over\n",
                  differences.same_day_hard, differences.without_limit);
}

static void quoted_schedule(void **state)
{
    struct scheduler scheduler;
    struct card card = {0}, after[4];
    int64_t now_ms = START_MS;

    need_vectors();
    const json_t *entry = quoted("each card answered exactly when due");
    const json_t *ratings = json_object_get(entry, "ratings");
    scheduler_of(NULL, &scheduler);
    for (size_t i = 0; i < json_array_size(ratings); i++) {
        int expected = (int)item(json_object_get(entry, "interval_days"), i);
        scheduler_preview(&scheduler, &card, 1, now_ms, after);
        card = after[(int)item(ratings, i) - 1];
        if (card.interval_days != expected)
            fail_msg("answer %zu: %d days, not %d", i, card.interval_days, expected);
        now_ms = card.due_ms;
    }
    card = (struct card){0};
    for (int i = 0; i < 10; i++) { /* ten Easy at once end at the least difficulty */
        scheduler_preview(&scheduler, &card, 1, START_MS + i, after);
        card = after[RATING_EASY - 1];
    }
    assert_true(card.difficulty == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ts_cards),
        cmocka_unit_test(py_cards),
        cmocka_unit_test(quoted_schedule),
    };

    return cmocka_run_group_tests(tests, load_vectors, free_vectors);
}
