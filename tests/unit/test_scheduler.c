/* SPDX-License-Identifier: MIT
 * Tests of the scheduler: steps, intervals forced apart, fuzz, load balancing, leeches, clocks set
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/clock.h"
#include "trainer/srs/calendar.h"
#include "trainer/srs/fuzz.h"

/* 2026-01-05 09:00 UTC */
#define NOW_MS 1767603600000LL

static void settings_without_fuzz(struct scheduler_settings *settings)
{
    setenv("TZ", "UTC", 1);
    tzset();
    scheduler_settings_init(settings);
    settings->has_fuzz = false;
    settings->balances_load = false;
}

static void set_steps(int *steps, int *count, const int *minutes)
{
    for (*count = 0; minutes[*count] > 0; (*count)++)
        steps[*count] = minutes[*count];
}

static struct card review_card(double stability, int interval_days, int days_ago)
{
    return (struct card){
        .state = CARD_REVIEW,
        .stability = stability,
        .difficulty = 5,
        .interval_days = interval_days,
        .last_review_ms = NOW_MS - days_ago * MS_PER_DAY,
        .due_ms = NOW_MS - (days_ago - interval_days) * MS_PER_DAY,
        .reviews = 5,
    };
}

/* --- Steps */

static const struct {
    const char *name;
    int learning[4], relearning[4]; /* minutes, ends with 0 */
    enum card_state state;
    int step;
    struct {
        enum card_state state;
        int step, due_minutes; /* due 0: some days later */
    } after[4];
} steps[] = {
    {"new card, one step",
     {10},
     {10},
     CARD_NEW,
     0,
     {{CARD_LEARNING, 0, 10}, {CARD_LEARNING, 0, 15}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"new card, two steps",
     {1, 10},
     {10},
     CARD_NEW,
     0,
     {{CARD_LEARNING, 0, 1}, {CARD_LEARNING, 0, 5}, {CARD_LEARNING, 1, 10}, {CARD_REVIEW}}},
    {"new card, no steps",
     {0},
     {10},
     CARD_NEW,
     0,
     {{CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"last of two steps",
     {2, 10},
     {10},
     CARD_LEARNING,
     1,
     {{CARD_LEARNING, 0, 2}, {CARD_LEARNING, 1, 10}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"second of three steps",
     {2, 10, 60},
     {10},
     CARD_LEARNING,
     1,
     {{CARD_LEARNING, 0, 2}, {CARD_LEARNING, 1, 10}, {CARD_LEARNING, 2, 60}, {CARD_REVIEW}}},
    {"a step that the settings no longer have",
     {10},
     {10},
     CARD_LEARNING,
     3,
     {{CARD_LEARNING, 0, 10}, {CARD_LEARNING, 0, 15}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"lapse",
     {10},
     {20, 60},
     CARD_REVIEW,
     0,
     {{CARD_RELEARNING, 0, 20}, {CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"lapse without relearning steps",
     {10},
     {0},
     CARD_REVIEW,
     0,
     {{CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}}},
    {"relearning",
     {10},
     {20, 60},
     CARD_RELEARNING,
     0,
     {{CARD_RELEARNING, 0, 20}, {CARD_RELEARNING, 0, 40}, {CARD_RELEARNING, 1, 60}, {CARD_REVIEW}}},
    {"relearning whose steps are gone",
     {10},
     {0},
     CARD_RELEARNING,
     1,
     {{CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}, {CARD_REVIEW}}},
};

static struct card card_in(enum card_state state, int step)
{
    struct card card = review_card(4, 4, 4);

    if (state == CARD_NEW)
        return (struct card){0};
    card.state = state;
    card.step = step;
    if (state != CARD_REVIEW) {
        card.interval_days = 0;
        card.last_review_ms = NOW_MS - 10 * MS_PER_MINUTE;
    }
    return card;
}

static void check_step(size_t i, int rating, const struct card *after)
{
    int64_t due_ms = NOW_MS + steps[i].after[rating - 1].due_minutes * MS_PER_MINUTE;
    bool is_review = steps[i].after[rating - 1].state == CARD_REVIEW;

    if (is_review)
        due_ms = NOW_MS + after->interval_days * MS_PER_DAY;
    if (steps[i].after[rating - 1].due_minutes == 5) /* the mean of 1 and 10 minutes */
        due_ms += MS_PER_MINUTE / 2;
    if (after->state != steps[i].after[rating - 1].state ||
        after->step != steps[i].after[rating - 1].step || after->due_ms != due_ms ||
        (after->interval_days >= 1) != is_review || after->last_review_ms != NOW_MS)
        fail_msg("%s, rating %d: state %d, step %d, due in %g minutes, %d days", steps[i].name,
                 rating, after->state, after->step,
                 (double)(after->due_ms - NOW_MS) / MS_PER_MINUTE, after->interval_days);
}

static void walks_the_steps(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        struct scheduler_settings settings;
        struct scheduler scheduler;
        struct card after[4], card = card_in(steps[i].state, steps[i].step);
        settings_without_fuzz(&settings);
        set_steps(settings.learning_steps, &settings.learning_step_count, steps[i].learning);
        set_steps(settings.relearning_steps, &settings.relearning_step_count, steps[i].relearning);
        scheduler_init(&scheduler, &settings);
        scheduler_preview(&scheduler, &card, 1, NOW_MS, after);
        for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++) {
            check_step(i, rating, &after[rating - 1]);
            bool is_lapse = steps[i].state == CARD_REVIEW && rating == RATING_AGAIN;
            assert_int_equal(after[rating - 1].lapses, card.lapses + is_lapse);
            assert_int_equal(after[rating - 1].reviews, card.reviews + 1);
        }
    }
}

/* By the defaults, a first Good means two days. */
static void begins_as_promised(void **state)
{
    struct scheduler_settings settings;
    struct scheduler scheduler;
    struct card after[4], card = {0};

    settings_without_fuzz(&settings);
    scheduler_init(&scheduler, &settings);
    scheduler_preview(&scheduler, &card, 1, NOW_MS, after);
    assert_int_equal(after[RATING_GOOD - 1].interval_days, 2);
    assert_int_equal(after[RATING_EASY - 1].interval_days, 8);
    assert_true(after[RATING_GOOD - 1].stability == 2.3065);
}

/* --- Intervals */

static const struct {
    const char *name;
    double stability, retention;
    int interval, days_ago, maximum;
    int days[4]; /* 0: a step */
} intervals[] = {
    {"short ones are forced apart", 1.2, 0.9, 1, 0, 36500, {0, 1, 2, 3}},
    {"the maximum is the end of it", 500, 0.9, 100, 100, 100, {0, 100, 100, 100}},
    {"a maximum of a day", 500, 0.9, 1, 1, 1, {0, 1, 1, 1}},
    {"retention below the least", 1, 0.1, 1, 0, 36500, {0, 9, 10, 17}},
    {"retention above the most", 100, 1.5, 1, 0, 36500, {0, 7, 8, 9}},
};

static void forces_intervals_apart(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(intervals); i++) {
        struct scheduler_settings settings;
        struct scheduler scheduler;
        struct card after[4], card = review_card(intervals[i].stability, intervals[i].interval,
                                                 intervals[i].days_ago);
        settings_without_fuzz(&settings);
        settings.desired_retention = intervals[i].retention;
        settings.maximum_interval_days = intervals[i].maximum;
        scheduler_init(&scheduler, &settings);
        scheduler_preview(&scheduler, &card, 1, NOW_MS, after);
        for (int k = 0; k < 4; k++)
            if (after[k].interval_days != intervals[i].days[k])
                fail_msg("%s: rating %d gives %d days, not %d", intervals[i].name, k + 1,
                         after[k].interval_days, intervals[i].days[k]);
    }
}

static double next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (double)((*state * 0x2545f4914f6cdd1du) >> 11) * 0x1p-53;
}

static int some_load(void *data, int days)
{
    return (days * 7919) % 13;
}

static void random_case(uint64_t *random, struct scheduler *scheduler, struct card *card)
{
    struct scheduler_settings settings;

    scheduler_settings_init(&settings);
    settings.desired_retention = 0.7 + 0.29 * next_random(random);
    settings.maximum_interval_days = (int)pow(36500, next_random(random));
    settings.has_fuzz = next_random(random) < 0.8;
    settings.learning_step_count = (int)(3 * next_random(random));
    settings.relearning_step_count = (int)(3 * next_random(random));
    for (int i = 0; i < SCHEDULER_STEPS_MAX; i++)
        settings.learning_steps[i] = settings.relearning_steps[i] = 1 + i * 10;
    scheduler_init(scheduler, &settings);
    if (next_random(random) < 0.5)
        scheduler->load = some_load;
    int interval = (int)pow(36500, next_random(random));
    *card = review_card(0.001 * pow(3.65e7, next_random(random)), interval,
                        (int)(interval * 2 * next_random(random)));
    card->difficulty = 1 + 9 * next_random(random);
    card->reviews = (int)(1000 * next_random(random));
    if (next_random(random) < 0.2)
        *card = (struct card){0};
}

/* Hard <= Good <= Easy, and apart where the maximum has room; nothing is due before now; the same
 * question gets the same answer. */
static void previews_are_sound(void **state)
{
    uint64_t random = 99;

    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    for (uint64_t i = 0; i < 20000; i++) {
        struct scheduler scheduler;
        struct card card, after[4], again[4];
        random_case(&random, &scheduler, &card);
        int maximum = scheduler.settings.maximum_interval_days;
        scheduler_preview(&scheduler, &card, i, NOW_MS, after);
        scheduler_preview(&scheduler, &card, i, NOW_MS, again);
        assert_memory_equal(after, again, sizeof(after));
        for (int k = 0; k < 4; k++) {
            assert_true(after[k].due_ms > NOW_MS);
            assert_true(after[k].interval_days <= maximum);
            assert_true((after[k].interval_days > 0) == (after[k].state == CARD_REVIEW));
        }
        for (int k = 2; k < 4; k++)
            if (after[k].interval_days < after[k - 1].interval_days ||
                (after[k].interval_days == after[k - 1].interval_days &&
                 after[k].state == CARD_REVIEW && after[k].interval_days != maximum))
                fail_msg("case %d: %d, %d, %d days", (int)i, after[1].interval_days,
                         after[2].interval_days, after[3].interval_days);
    }
}

/* --- Fuzz */

static const struct {
    double interval;
    int minimum, maximum, low, high;
} ranges[] = {
    {2.5, 1, 36500, 2, 4},
    {3, 1, 36500, 2, 4},
    {4, 4, 36500, 4, 5},
    {7, 1, 36500, 5, 9},
    {20, 1, 36500, 17, 23},
    {20.4, 21, 36500, 21, 23},
    {100, 1, 36500, 93, 107},
    {100, 1, 100, 93, 100},
    {365, 1, 36500, 345, 385},
    {5, 9, 36500, 9, 10},
    {5, 9, 9, 9, 9},
    {5, 50, 20, 20, 20},
    {40000, 1, 36500, 34498, 36500},
};

static void fuzz_stays_in_range(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
        int low, high;
        fuzz_range(ranges[i].interval, ranges[i].minimum, ranges[i].maximum, &low, &high);
        if (low != ranges[i].low || high != ranges[i].high)
            fail_msg("%g in %d to %d: %d to %d, not %d to %d", ranges[i].interval,
                     ranges[i].minimum, ranges[i].maximum, low, high, ranges[i].low,
                     ranges[i].high);
    }
    assert_int_equal(fuzz_pick(3, 5, 0), 3);
    assert_int_equal(fuzz_pick(3, 5, 0.5), 4);
    assert_int_equal(fuzz_pick(3, 5, 0.9999999999999999), 5);
}

/* Every day of the range is picked about as often as any other. */
static void fuzz_is_even(void **state)
{
    int counts[7] = {0};

    for (uint64_t seed = 0; seed < 7000; seed++)
        counts[fuzz_pick(0, 6, fuzz_random(seed, 3))]++;
    for (int i = 0; i < 7; i++)
        if (counts[i] < 850 || counts[i] > 1150)
            fail_msg("day %d was picked %d times of 7000", i, counts[i]);
    assert_true(fuzz_random(1, 2) != fuzz_random(2, 1));
    assert_true(fuzz_random(1, 2) == fuzz_random(1, 2));
}

/* A longer interval than the last stays longer whatever fuzz says; a shorter one does not fall
 * below a last one that it might have become. */
static void fuzz_does_not_go_back(void **state)
{
    struct scheduler_settings settings;
    struct scheduler scheduler;

    settings_without_fuzz(&settings);
    settings.has_fuzz = true;
    scheduler_init(&scheduler, &settings);
    for (uint64_t seed = 0; seed < 500; seed++) {
        struct card after[4], card = review_card(20, 20, 0);
        scheduler_preview(&scheduler, &card, seed, NOW_MS, after);
        assert_true(after[RATING_HARD - 1].interval_days >= 20); /* the stability stays */
        card = review_card(20, 22, 0);
        scheduler_preview(&scheduler, &card, seed, NOW_MS, after);
        assert_true(after[RATING_HARD - 1].interval_days >= 22);
        card = review_card(20, 19, 0);
        scheduler_preview(&scheduler, &card, seed, NOW_MS, after);
        assert_true(after[RATING_HARD - 1].interval_days > 19);
    }
}

/* --- Load balancing */

struct load {
    int due[100];
};

static int load_of(void *data, int days)
{
    return ((struct load *)data)->due[days];
}

static void picks_days_with_room(void **state)
{
    struct load load;
    int counts[10] = {0};

    for (int i = 0; i < 100; i++)
        load.due[i] = 50;
    load.due[23] = 0;
    for (uint64_t seed = 0; seed < 1000; seed++)
        assert_int_equal(fuzz_pick_balanced(20, 25, fuzz_random(seed, 0), load_of, &load), 23);
    load.due[23] = 50;
    load.due[4] = 10; /* (1/10)^2.15 (1/4)^3 against (1/50)^2.15 (1/5)^3: 62 to 1 */
    for (uint64_t seed = 0; seed < 10000; seed++)
        counts[fuzz_pick_balanced(4, 5, fuzz_random(seed, 0), load_of, &load)]++;
    assert_int_equal(counts[4] + counts[5], 10000);
    assert_true(counts[5] > 120 && counts[5] < 200);
}

static void balances_only_where_told(void **state)
{
    struct load load;
    int hits[2][2] = {{0}};

    memset(&load, 0x7f, sizeof(load));
    load.due[21] = 0;
    for (int balanced = 0; balanced < 2; balanced++)
        for (uint64_t seed = 0; seed < 200; seed++) {
            struct scheduler_settings settings;
            struct scheduler scheduler;
            struct card after[4], card = review_card(20, 1, 0);
            settings_without_fuzz(&settings);
            settings.has_fuzz = true;
            settings.balances_load = balanced;
            scheduler_init(&scheduler, &settings);
            scheduler.load = load_of;
            scheduler.load_data = &load;
            scheduler_preview(&scheduler, &card, seed, NOW_MS, after);
            hits[balanced][after[RATING_HARD - 1].interval_days == 21]++;
        }
    assert_true(hits[0][1] > 10 && hits[0][1] < 60);
    assert_int_equal(hits[1][1], 200);
}

/* Five hundred cards of ten days, while one of the days is full: balancing leaves that one alone.
 */
static void spares_a_full_day(void **state)
{
    int added[2];

    for (int balanced = 0; balanced < 2; balanced++) {
        struct load load = {.due = {[8] = 300}};
        for (uint64_t seed = 0; seed < 500; seed++) {
            double random = fuzz_random(seed, 0);
            load.due[balanced ? fuzz_pick_balanced(8, 12, random, load_of, &load)
                              : fuzz_pick(8, 12, random)]++;
        }
        added[balanced] = load.due[8] - 300;
    }
    print_message("added to a full day: %d at random, %d balanced\n", added[0], added[1]);
    assert_true(added[0] > 70 && added[1] < 35);
}

/* --- Leeches */

static const struct {
    int threshold, before, after;
    bool is_leech;
} leeches[] = {
    {8, 6, 7, false}, {8, 7, 8, true},  {8, 8, 9, false},  {8, 11, 12, true}, {8, 15, 16, true},
    {8, 8, 8, false}, {0, 7, 8, false}, {1, 0, 1, true},   {1, 1, 2, true},   {5, 4, 5, true},
    {5, 6, 7, false}, {5, 7, 8, true},  {-3, 7, 8, false},
};

static void finds_leeches(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(leeches); i++) {
        struct scheduler_settings settings;
        struct card before = {.lapses = leeches[i].before}, after = {.lapses = leeches[i].after};
        scheduler_settings_init(&settings);
        settings.leech_threshold = leeches[i].threshold;
        if (scheduler_is_leech(&settings, &before, &after) != leeches[i].is_leech)
            fail_msg("threshold %d, %d to %d lapses", leeches[i].threshold, leeches[i].before,
                     leeches[i].after);
    }
}

/* --- Clocks */

static void a_clock_set_back_counts_as_no_time(void **state)
{
    struct scheduler_settings settings;
    struct scheduler scheduler;
    struct card card = review_card(10, 10, 0), now[4], before[4];

    settings_without_fuzz(&settings);
    scheduler_init(&scheduler, &settings);
    scheduler_preview(&scheduler, &card, 1, NOW_MS, now);
    int64_t back_ms = NOW_MS - 20000 * MS_PER_DAY; /* the battery was empty: 1971 */
    scheduler_preview(&scheduler, &card, 1, back_ms, before);
    for (int k = 0; k < 4; k++) {
        assert_true(before[k].stability == now[k].stability);
        assert_true(before[k].difficulty == now[k].difficulty);
        assert_int_equal(before[k].interval_days, now[k].interval_days);
        assert_true(before[k].due_ms > back_ms);
        assert_true(before[k].due_ms - back_ms == now[k].due_ms - NOW_MS);
        /* Set right again, not 55 years have passed. */
        assert_true(before[k].last_review_ms == NOW_MS);
    }
    assert_true(scheduler_recall(&scheduler, &card, back_ms) == 1);
}

static void recall_falls_by_calendar_days(void **state)
{
    struct scheduler_settings settings;
    struct scheduler scheduler;
    struct card card = review_card(10, 10, 10), fresh = {0};

    settings_without_fuzz(&settings);
    scheduler_init(&scheduler, &settings);
    assert_true(fabs(scheduler_recall(&scheduler, &card, NOW_MS) - 0.9) < 1e-12);
    /* Until four in the morning it is still the same day. */
    assert_true(scheduler_recall(&scheduler, &card, NOW_MS + 19 * MS_PER_HOUR - 1) ==
                scheduler_recall(&scheduler, &card, NOW_MS));
    assert_true(scheduler_recall(&scheduler, &card, NOW_MS + 19 * MS_PER_HOUR) < 0.9);
    assert_true(scheduler_recall(&scheduler, &fresh, NOW_MS) == 0);
}

/* Two days after an evening before clocks go forward is the same time of day. */
static void due_at_the_same_time_of_day(void **state)
{
    struct scheduler_settings settings;
    struct scheduler scheduler;
    struct card after[4], card = {0};
    int64_t evening_ms = 1774713600000LL; /* 2026-03-28 17:00 in Berlin */

    settings_without_fuzz(&settings);
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    tzset();
    scheduler_init(&scheduler, &settings);
    scheduler_preview(&scheduler, &card, 1, evening_ms, after);
    assert_int_equal(after[RATING_GOOD - 1].interval_days, 2);
    assert_true(after[RATING_GOOD - 1].due_ms == evening_ms + 47 * MS_PER_HOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_the_steps),
        cmocka_unit_test(begins_as_promised),
        cmocka_unit_test(forces_intervals_apart),
        cmocka_unit_test(previews_are_sound),
        cmocka_unit_test(fuzz_stays_in_range),
        cmocka_unit_test(fuzz_is_even),
        cmocka_unit_test(fuzz_does_not_go_back),
        cmocka_unit_test(picks_days_with_room),
        cmocka_unit_test(balances_only_where_told),
        cmocka_unit_test(spares_a_full_day),
        cmocka_unit_test(finds_leeches),
        cmocka_unit_test(a_clock_set_back_counts_as_no_time),
        cmocka_unit_test(recall_falls_by_calendar_days),
        cmocka_unit_test(due_at_the_same_time_of_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
