/* SPDX-License-Identifier: MIT
 * Tests of how long until a card comes back, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/array.h"
#include "base/clock.h"
#include "trainer/study/interval.h"

#define NOW_MS 1767603600000LL

static const struct {
    int interval_days;
    int64_t due_in_ms; /* of a card in its steps */
    const char *words;
} cases[] = {
    {0, 10 * MS_PER_MINUTE, "10 min"},
    {0, 10 * MS_PER_MINUTE - 1, "10 min"},
    {0, 0, "1 min"},
    {0, -5 * MS_PER_MINUTE, "1 min"},
    {0, 59 * MS_PER_MINUTE, "59 min"},
    {0, 90 * MS_PER_MINUTE, "2 h"},
    {0, 23 * MS_PER_HOUR, "23 h"},
    {0, MS_PER_DAY, "1 day"},
    {1, 0, "1 day"},
    {2, 0, "2 days"},
    {59, 0, "59 days"},
    {60, 0, "2 months"},
    {364, 0, "12 months"},
    {365, 0, "1.0 years"},
    {36500, 0, "99.9 years"},
};

static void says_intervals(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct card card = {.interval_days = cases[i].interval_days,
                            .due_ms = NOW_MS + cases[i].due_in_ms};
        autostr struct str words = STR_INIT;
        interval_add(&words, &card, NOW_MS);
        if (!str_eq(words.text, cases[i].words))
            fail_msg("case %zu: %s, not %s", i, words.text, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_intervals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
