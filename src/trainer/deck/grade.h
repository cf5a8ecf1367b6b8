/* SPDX-License-Identifier: MIT
 * A typed answer held against key points. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "trainer/deck/deck.h"

struct grade_point {
    bool is_found;
    bool is_gradable;  /* false where the key point has no (valid) pattern */
    size_t start, len; /* the words that matched, bytes of the answer as typed */
};

/* Fills `points` (one for each key point). White space of the answer counts as single blanks for
 * the patterns. */
void grade_answer(const struct key_point *key_points, size_t count, const char *answer,
                  struct grade_point *points);
