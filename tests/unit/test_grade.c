/* SPDX-License-Identifier: MIT
 * Tests of grading: which key points a typed answer says, and with which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/deck/grade.h"

static const struct {
    const char *patterns[3];
    const char *answer;
    const char *words; /* NULL: not found */
    bool is_gradable;
} cases[] = {
    {{"copied? up"}, "the file is copied up", "copied up", true},
    {{"copied? up"}, "the file is\ncopied\n\t  up  at the first write", "copied\n\t  up", true},
    {{"nothing", "white.?out"}, "a delete leaves a Whiteout", "Whiteout", true},
    {{"whiteout"}, "a delete leaves a hole", NULL, true},
    {{NULL}, "anything", NULL, false},
    {{"("}, "anything (", NULL, false},
    {{"(", "any"}, "anything", "anything", true},
    {{"any", "("}, "anything", "anything", true},
    {{"mespac"}, "the namespaces of", "namespaces", true},
    {{"^first.*last$"}, " \n first \n last \n ", "first \n last", true},
    {{"größer"}, "ist GRÖSSER und größer", "größer", true},
    {{"a b"},
     "a\xC2\xA0\xE3\x80\x80"
     "b",
     "a\xC2\xA0\xE3\x80\x80"
     "b",
     true},
    {{"b\\s"}, "a b\n c", "b", true},
    {{"层"}, "读写层。", "层", true},
    {{".c"},
     "a\xFF"
     "c",
     "\xFF"
     "c",
     true},
    {{"x*"}, "", "", true},
    {{"x"}, "", NULL, true},
    {{" "}, "a b", "", true},
    {{"(a|aa)+$"},
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
     NULL,
     true},
};

static void grades(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        const char *patterns[3];
        struct key_point key_point = {.id = "1", .text = "", .patterns = patterns};
        struct grade_point point;

        memcpy(patterns, cases[i].patterns, sizeof(patterns));
        while (key_point.pattern_count < 3 && patterns[key_point.pattern_count])
            key_point.pattern_count++;
        grade_answer(&key_point, 1, cases[i].answer, &point);
        autofree char *words = xstrndup(cases[i].answer + point.start, point.len);
        if (point.is_found != (cases[i].words != NULL) ||
            point.is_gradable != cases[i].is_gradable ||
            (point.is_found && !str_eq(words, cases[i].words)))
            fail_msg("case %zu, \"%s\": found %d \"%s\", gradable %d instead of \"%s\", %d", i,
                     cases[i].answer, point.is_found, words, point.is_gradable,
                     cases[i].words ? cases[i].words : "(none)", cases[i].is_gradable);
    }
}

static void grades_each_key_point_by_itself(void **state)
{
    const char *first[] = {"lower"}, *second[] = {"upper"}, *third[] = {"merged"};
    const struct key_point key_points[] = {
        {.id = "a", .text = "", .patterns = first, .pattern_count = 1},
        {.id = "b", .text = "", .patterns = second, .pattern_count = 1},
        {.id = "c", .text = "", .patterns = third, .pattern_count = 1},
    };
    struct grade_point points[3];

    grade_answer(key_points, 3, "a merged view of lower layers", points);
    assert_true(points[0].is_found);
    assert_int_equal(points[0].start, 17);
    assert_false(points[1].is_found);
    assert_true(points[1].is_gradable);
    assert_true(points[2].is_found);
    assert_int_equal(points[2].start, 2);
    assert_int_equal(points[2].len, 6);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(grades),
        cmocka_unit_test(grades_each_key_point_by_itself),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
