/* SPDX-License-Identifier: MIT
 * What rating an answer suggests. Suggested only: the person who answered rates. */
#pragma once

#include "trainer/srs/card.h"
#include "trainer/study/study.h"

/* The rule for key points. Judged are those that have a pattern or are ticked; without a typed
 * answer (said aloud, ticked by hand) all of them.
 *
 *   Again  half of the must-haves or more are missing
 *   Good   every must-have is there, and at least half of all
 *   Easy   everything is there, of three key points or more
 *   Hard   recalled, with gaps: what is between Again and Good
 *
 * Without must-haves: Again below half, Good from two thirds on. 0 where nothing can be judged. */
enum rating judge_points(const struct key_point *key_points, const struct study_point *points,
                         size_t count, bool is_typed);

/* The rule for options: Good where exactly the right ones are chosen; Hard where more than half of
 * the right ones are and no wrong one is; else Again. 0 where none is chosen. */
enum rating judge_options(const struct deck_option *options, const bool *chosen, size_t count);
