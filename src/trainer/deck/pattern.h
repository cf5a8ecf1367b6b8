/* SPDX-License-Identifier: MIT
 * PCRE2 patterns: caseless, UTF, with limits on the work that a pattern may cause. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/memory.h"

struct pattern;

/* NULL with `err` ("missing closing parenthesis at 7") where it is no pattern. */
struct pattern *pattern_new(const char *source, struct error *err) MUST_CHECK;
void pattern_free(struct pattern *pattern);

/* Finds the first match at or after byte `from`. A pattern that exceeds its limits does not match. */
bool pattern_find(struct pattern *pattern, const char *text, size_t len, size_t from, size_t *start,
                  size_t *end);

DEFINE_CLEANUP(pattern, struct pattern, pattern_free)
#define auto_pattern __attribute__((cleanup(cleanup_pattern)))
