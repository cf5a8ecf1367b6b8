/* SPDX-License-Identifier: MIT
 * Tests of the rules by which an answer suggests a rating. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/array.h"
#include "trainer/study/judge.h"

#define POINTS_MAX 10

/* A letter for each key point: M a must-have, p any other; + said, - not, ? not said and without a
 * pattern. */
static const struct {
    const char *points;
    bool is_typed;
    enum rating expected;
} point_cases[] = {
    {"", true, 0},
    {"p? p?", true, 0},
    {"p? p?", false, RATING_AGAIN},
    {"M+ M+ M+", true, RATING_EASY},
    {"M+ p+ p+", true, RATING_EASY},
    {"M+ p+", true, RATING_GOOD}, /* everything, but too little for Easy */
    {"M+", true, RATING_GOOD},
    {"M+ M+ p+ p-", true, RATING_GOOD},
    {"M+ M+ p- p-", true, RATING_GOOD},
    {"M+ p- p- p-", true, RATING_HARD}, /* the must-have, and little else */
    {"M+ M+ M- p+ p+", true, RATING_HARD},
    {"M+ M+ M- p- p- p-", true, RATING_HARD},
    {"M+ M- p+ p+ p+", true, RATING_AGAIN}, /* half of the must-haves */
    {"M- p+ p+", true, RATING_AGAIN},
    {"M- M- M- p-", true, RATING_AGAIN},
    {"p+ p+ p+", true, RATING_EASY},
    {"p+ p+ p-", true, RATING_GOOD},
    {"p+ p+ p- p-", true, RATING_HARD},
    {"p+ p- p-", true, RATING_AGAIN},
    {"p- p-", true, RATING_AGAIN},
    {"M+ M+ p+ p?", true,
     RATING_EASY}, /* what no pattern can find is not held against a typed answer */
    {"M+ M+ p+ p?", false, RATING_GOOD},
    {"M+ M?", true, RATING_GOOD},
    {"M+ M?", false, RATING_AGAIN},
};

static void judges_key_points(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(point_cases); i++) {
        struct key_point key_points[POINTS_MAX] = {0};
        struct study_point points[POINTS_MAX] = {0};
        size_t count = (strlen(point_cases[i].points) + 1) / 3;
        for (size_t k = 0; k < count; k++) {
            const char *letter = point_cases[i].points + 3 * k;
            key_points[k].is_must = letter[0] == 'M';
            points[k].is_ticked = points[k].grade.is_found = letter[1] == '+';
            points[k].grade.is_gradable = letter[1] != '?';
        }
        enum rating rating = judge_points(key_points, points, count, point_cases[i].is_typed);
        if (rating != point_cases[i].expected)
            fail_msg("%s, %s: %d, not %d", point_cases[i].points,
                     point_cases[i].is_typed ? "typed" : "said", rating, point_cases[i].expected);
    }
}

/* Capital: a right option; x: chosen. */
static const struct {
    const char *options;
    enum rating expected;
} option_cases[] = {
    {"", 0},
    {"R- w- w-", 0},
    {"Rx w- w-", RATING_GOOD},
    {"R- wx w-", RATING_AGAIN},
    {"Rx wx w-", RATING_AGAIN},
    {"Rx Rx w-", RATING_GOOD},
    {"Rx R- w-", RATING_AGAIN},
    {"Rx Rx R-", RATING_HARD},
    {"Rx Rx Rx wx", RATING_AGAIN},
    {"Rx Rx Rx w-", RATING_GOOD},
    {"wx w-", RATING_AGAIN},
};

static void judges_options(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(option_cases); i++) {
        struct deck_option options[POINTS_MAX] = {0};
        bool chosen[POINTS_MAX] = {false};
        size_t count = (strlen(option_cases[i].options) + 1) / 3;
        for (size_t k = 0; k < count; k++) {
            options[k].is_correct = option_cases[i].options[3 * k] == 'R';
            chosen[k] = option_cases[i].options[3 * k + 1] == 'x';
        }
        enum rating rating = judge_options(options, chosen, count);
        if (rating != option_cases[i].expected)
            fail_msg("%s: %d, not %d", option_cases[i].options, rating, option_cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_key_points),
        cmocka_unit_test(judges_options),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
