/* SPDX-License-Identifier: MIT
 * PCRE2 patterns: caseless, UTF, with limits on the work that a pattern may cause. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/memory.h"

struct pattern;

/* NULL with `err` ("missing closing parenthesis at 7", counted in characters from 1) where it is no
 * pattern. */
struct pattern *pattern_new(const char *source, struct error *err) MUST_CHECK;
void pattern_free(struct pattern *pattern);

/* Finds the first match at or after byte `from`. A pattern that exceeds its limits does not match.
 */
bool pattern_find(struct pattern *pattern, const char *text, size_t len, size_t from, size_t *start,
                  size_t *end);

#define PATTERN_BUDGET_NS 40000000LL /* of processor time, for one search */

/* For many searches in a row: text that is known to be valid UTF-8, and the time left for them. */
struct pattern_text {
    const char *text;
    size_t len;
    int64_t left_ns; /* nothing is found once it is used up */
};

/* As pattern_find(); `from` is at the start of a character. */
bool pattern_find_next(struct pattern *pattern, struct pattern_text *text, size_t from,
                       size_t *start, size_t *end);

DEFINE_CLEANUP(pattern, struct pattern, pattern_free)
#define auto_pattern __attribute__((cleanup(cleanup_pattern)))
