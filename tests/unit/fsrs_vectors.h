/* SPDX-License-Identifier: MIT
 * Numbers of other implementations of FSRS-6 (fsrs-rs, ts-fsrs, py-fsrs) and how near ours must
 * come to them. The file of numbers is not part of the project; without it the tests are skipped.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/memory.h"
#include "base/str.h"

/* How near each group must come. `relative` holds where it is wider than `absolute`.
 *
 * fsrs-rs computes in float32 (24 bits: 6e-8 per operation), so its numbers cannot be met more
 * closely than its errors add up in a sequence. ts-fsrs rounds each intermediate to 8 decimals:
 * half a unit is 5e-9, which weighs more than 1e-6 where a stability is below 0.005 days. py-fsrs
 * computes as we do; its numbers are given with 12 digits. */
static const struct tolerance {
    const char *group;
    double relative, absolute;
} tolerances[] = {
    {"sequence", 5e-6, 0},        /* fsrs-rs, float32, carried through the sequence */
    {"ts state", 1e-6, 2e-8},     /* ts-fsrs, 8 decimals */
    {"ts card", 1e-6, 2e-8},      /* ts-fsrs, 8 decimals */
    {"py card", 1e-10, 0},        /* py-fsrs, 12 digits */
    {"quoted", 1e-6, 0},          /* asserted by the projects, most in float32 */
    {"quoted interval", 3e-6, 0}, /* the same, after a steep power */
    {"curve", 1e-11, 0},          /* closed form, 12 digits */
    {"ease", 2e-6, 0},            /* fsrs-rs, float32 */
    {"clip", 1e-6, 5e-9},         /* ts-fsrs, 8 decimals */
    {"migrate", 1e-6, 5e-9},      /* ts-fsrs, 8 decimals */
};

static json_t *vectors;

static inline int load_vectors(void **state)
{
    const char *shared = getenv("DRYDOCK_SHARED");
    autofree char *path = str_printf("%s/reference/fsrs-vectors.json", shared ? shared : "");
    json_error_t error;

    vectors = json_load_file(path, 0, &error);
    if (!vectors)
        print_message("skipped: no %s (%s)\n", path, error.text);
    return 0;
}

static inline int free_vectors(void **state)
{
    json_decref(vectors);
    return 0;
}

static inline void need_vectors(void)
{
    if (!vectors)
        skip();
}

static inline double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_number(value))
        fail_msg("no number %s", key);
    return json_number_value(value);
}

static inline double item(const json_t *array, size_t i)
{
    return json_number_value(json_array_get(array, i));
}

/* The largest relative error of a group, for the report. */
struct deviation {
    double largest;
    size_t count;
};

static inline void report(const char *group, const struct deviation *deviation)
{
    print_message("%s: %zu values, largest relative error %.2g\n", group, deviation->count,
                  deviation->largest);
    assert_true(deviation->count > 0);
}

static inline const struct tolerance *find_tolerance(const char *group)
{
    for (size_t i = 0; i < ARRAY_LEN(tolerances); i++)
        if (str_eq(tolerances[i].group, group))
            return &tolerances[i];
    fail_msg("no tolerance for %s", group);
    return NULL;
}

static inline void check(const char *group, size_t at, size_t row, const char *what, double actual,
                         double expected, struct deviation *deviation)
{
    const struct tolerance *tolerance = find_tolerance(group);
    double error = fabs(actual - expected), relative = error / fabs(expected);

    deviation->count++;
    if (expected != 0 && error > tolerance->absolute && relative > deviation->largest)
        deviation->largest = relative;
    if (!(error <= tolerance->absolute) && !(relative <= tolerance->relative))
        fail_msg("%s %zu row %zu: %s is %.12g, not %.12g", group, at, row, what, actual, expected);
}

/* One of the tests that the projects quote, by a part of what it says. */
static inline const json_t *quoted(const char *what)
{
    const json_t *entry;
    size_t i;

    json_array_foreach(json_object_get(vectors, "quoted_tests"), i, entry)
    {
        if (strstr(json_string_value(json_object_get(entry, "what")), what))
            return entry;
    }
    fail_msg("no quoted test: %s", what);
    return NULL;
}
