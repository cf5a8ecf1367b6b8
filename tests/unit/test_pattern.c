/* SPDX-License-Identifier: MIT
 * Tests of patterns: what matches where, what is refused, and that no pattern takes long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/deck/pattern.h"

#define NO_MATCH SIZE_MAX

static const struct {
    const char *source, *text;
    size_t from, start, end;
} find_cases[] = {
    {"volume", "A Volume is", 0, 2, 8},
    {"volume", "volumes and volumes", 1, 12, 18},
    {"x", "abc", 0, NO_MATCH, 0},
    {"", "abc", 1, 1, 1},
    {"c$", "abc", 0, 2, 3},
    {"a", "abc", 9, NO_MATCH, 0},
    {"überlebt", "es ÜBERLEBT", 0, 3, 12},
    {"\\w+", "«naïve»", 0, 2, 8},
    {"\\bжизнь\\b", "ЖИЗНЬ тома", 0, 0, 10},
    {"卷", "数据卷", 0, 6, 9},
    {"volume.{0,60}(outliv|surviv)", "The volume simply outlives it", 0, 4, 24},
    {"a.b", "a\nb axb", 0, 4, 7},
    {"a\\Kb", "ab", 0, 1, 2},
    {"(?<=a)b", "ab", 1, 1, 2},
    {"ab",
     "\xFF"
     "ab\xC3",
     0, 1, 3},
    {".", "\xE4\xBD", 0, 0, 1},
    {"b",
     "\xC3\xA4"
     "b",
     1, 2, 3}, /* from inside of a character */
};

static void finds(void **state)
{
    struct error err;

    for (size_t i = 0; i < ARRAY_LEN(find_cases); i++) {
        size_t start = NO_MATCH, end = 0;
        auto_pattern struct pattern *pattern = pattern_new(find_cases[i].source, &err);
        assert_non_null(pattern);
        bool is_found = pattern_find(pattern, find_cases[i].text, strlen(find_cases[i].text),
                                     find_cases[i].from, &start, &end);
        if (is_found != (find_cases[i].start != NO_MATCH) || start != find_cases[i].start ||
            end != find_cases[i].end)
            fail_msg("/%s/ in \"%s\": %zd to %zu instead of %zd to %zu", find_cases[i].source,
                     find_cases[i].text, (ssize_t)start, end, (ssize_t)find_cases[i].start,
                     find_cases[i].end);
    }
}

static const struct {
    const char *source, *message;
} refused_cases[] = {
    {"volume(", "missing closing parenthesis at 8"},
    {"ab)c", "unmatched closing parenthesis at 3"},
    {"*x", "quantifier does not follow a repeatable item at 1"},
    {"äöü(", "missing closing parenthesis at 5"},
    {"a\\Cb", "using \\C is disabled by the application at 4"},
    {"[z-a]", "range out of order in character class at 4"},
};

static void refuses(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(refused_cases); i++) {
        struct error err = {0};
        auto_pattern struct pattern *pattern = pattern_new(refused_cases[i].source, &err);
        assert_null(pattern);
        if (!str_eq(err.text, refused_cases[i].message))
            fail_msg("/%s/: \"%s\" instead of \"%s\"", refused_cases[i].source, err.text,
                     refused_cases[i].message);
    }
}

static void refuses_a_long_source(void **state)
{
    autofree char *source = xcalloc(1, 5000);
    struct error err;

    memset(source, 'a', 4999);
    assert_null(pattern_new(source, &err));
    source[4096] = '\0';
    auto_pattern struct pattern *pattern = pattern_new(source, &err);
    assert_non_null(pattern);
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Would take seconds, minutes or years without limits. Generous bound, for sanitizers and valgrind.
 */
static void takes_no_long_time(void **state)
{
    static const char *const sources[] = {
        "(a+)+$",
        "(a|aa)+$",
        "(a|a|a)*b",
        "(?:a|b)*c",
        "a+b",
        "[ab]*[cd]",
        "(.*)*x",
        "(.+)(.+)(.+)(.+)x",
        "(?s).*.*.*.*x",
        "(a*)*(a*)*$x",
        "^(([a-z])+.)+[A-Z]$x",
        "(?R)?ax|a(?R)b",
        "(a(?1)?b)",
        "(?=(a+))a*b\\1",
        "a{0,999}a{0,999}b",
    };
    const size_t len = 65536;
    autofree char *text = xcalloc(1, len + 1);
    struct error err;

    memset(text, 'a', len);
    memcpy(text + len - 6, "\nbcdx\n", 6);
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        size_t start, end;
        auto_pattern struct pattern *pattern = pattern_new(sources[i], &err);
        assert_non_null(pattern);
        double before = cpu_seconds();
        pattern_find(pattern, text, len, 0, &start, &end);
        double seconds = cpu_seconds() - before;
        if (getenv("DRYDOCK_VERBOSE"))
            print_message("/%s/ took %.0f ms\n", sources[i], seconds * 1000);
        if (seconds > 5)
            fail_msg("/%s/ took %.1f s", sources[i], seconds);
    }
}

static void finds_far_behind_in_a_long_text(void **state)
{
    if (getenv("DRYDOCK_VALGRIND")) {
        print_message("skipped: valgrind is too slow for the budget of time\n");
        skip();
    }
    const size_t len = 1000000;
    autofree char *text = xcalloc(1, len + 1);
    struct error err;
    size_t start, end;
    auto_pattern struct pattern *pattern = pattern_new("need.e\\b", &err);

    memset(text, 'n', len);
    memcpy(text + len - 6, "needle", 6);
    assert_true(pattern_find(pattern, text, len, 0, &start, &end));
    assert_int_equal(start, len - 6);
    assert_int_equal(end, len);
}

static void stops_when_the_time_is_used_up(void **state)
{
    struct error err;
    struct pattern_text text = {"abc", 3, 0};
    size_t start, end;
    auto_pattern struct pattern *pattern = pattern_new("b", &err);

    assert_false(pattern_find_next(pattern, &text, 0, &start, &end));
    text.left_ns = PATTERN_BUDGET_NS;
    assert_true(pattern_find_next(pattern, &text, 0, &start, &end));
    assert_true(text.left_ns < PATTERN_BUDGET_NS);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(refuses),
        cmocka_unit_test(refuses_a_long_source),
        cmocka_unit_test(takes_no_long_time),
        cmocka_unit_test(finds_far_behind_in_a_long_text),
        cmocka_unit_test(stops_when_the_time_is_used_up),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
