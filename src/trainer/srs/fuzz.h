/* SPDX-License-Identifier: MIT
 * Spreads intervals, so that cards learned together do not stay together: a range around the ideal
 * one, and a seeded pick in it. */
#pragma once

#include <stdint.h>

#include "trainer/srs/scheduler.h"

#define FUZZ_INTERVAL_MIN 2.5 /* days; shorter intervals stay as they are */

/* The days that an interval may become: within [minimum, maximum], *low <= *high. */
void fuzz_range(double interval_days, int minimum, int maximum, int *low, int *high);

/* A number in [0, 1), always the same for the same seed and count of reviews. */
double fuzz_random(uint64_t seed, int reviews);

/* One of low to high, all equally likely. */
int fuzz_pick(int low, int high, double random);

/* One of low to high, likelier the fewer cards are due on that day and the shorter it is; a day
 * without any card goes before all others. */
int fuzz_pick_balanced(int low, int high, double random, scheduler_load load, void *load_data);
