/* SPDX-License-Identifier: MIT */
#include "trainer/srs/fuzz.h"

#include <math.h>

#include "base/array.h"

/* Weights of the load balancer: (1 / cards due)^2.15 * (1 / interval)^3. */
#define LOAD_EXPONENT     2.15
#define INTERVAL_EXPONENT 3.0

/* So much of each part of the interval is added to the half width. */
static const struct {
    double start, end, share;
} parts[] = {
    {2.5, 7, 0.15},
    {7, 20, 0.10},
    {20, INFINITY, 0.05},
};

static double half_width(double interval_days)
{
    double width = 1;

    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        width += parts[i].share * fmax(0, fmin(interval_days, parts[i].end) - parts[i].start);
    return width;
}

static int clamp_days(double days, int minimum, int maximum)
{
    return (int)fmin(fmax(round(days), minimum), maximum);
}

void fuzz_range(double interval_days, int minimum, int maximum, int *low, int *high)
{
    double width = half_width(interval_days);
    double centre = fmin(interval_days, maximum);

    if (minimum > maximum)
        minimum = maximum;
    *low = clamp_days(centre - width, minimum, maximum);
    *high = clamp_days(centre + width, minimum, maximum);
    if (*low == *high && *high > 2 && *high < maximum)
        (*high)++;
}

/* SplitMix64. */
static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double fuzz_random(uint64_t seed, int reviews)
{
    return (double)(mix(mix(seed) + (uint64_t)reviews) >> 11) * 0x1p-53;
}

int fuzz_pick(int low, int high, double random)
{
    return low + (int)(random * (high - low + 1));
}

static double weight(int interval_days, int due)
{
    if (due <= 0)
        return 1;
    return pow(due, -LOAD_EXPONENT) * pow(interval_days, -INTERVAL_EXPONENT);
}

int fuzz_pick_balanced(int low, int high, double random, scheduler_load load, void *load_data)
{
    double total = 0, passed = 0;

    for (int days = low; days <= high; days++)
        total += weight(days, load(load_data, days));
    for (int days = low; days < high; days++) {
        passed += weight(days, load(load_data, days));
        if (random * total < passed)
            return days;
    }
    return high;
}
