/* SPDX-License-Identifier: MIT */
#include "trainer/srs/calendar.h"

#include <stdbool.h>
#include <time.h>

#include "base/clock.h"

#define SECONDS_PER_HOUR 3600LL
#define SECONDS_PER_DAY  (24 * SECONDS_PER_HOUR)

/* Years 1 to 9999. */
#define TIME_MIN_S (-62135596800LL)
#define TIME_MAX_S 253402300799LL

/* No zone was ever further than this from UTC. */
#define OFFSET_MAX_S (17 * SECONDS_PER_HOUR)

static int64_t clamp_seconds(int64_t seconds)
{
    if (seconds < TIME_MIN_S)
        return TIME_MIN_S;
    return seconds > TIME_MAX_S ? TIME_MAX_S : seconds;
}

static int64_t floor_div(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

/* What local time is ahead of UTC. */
static int64_t offset_at(int64_t seconds)
{
    time_t time = clamp_seconds(seconds);
    struct tm local = {0};

    localtime_r(&time, &local);
    return local.tm_gmtoff;
}

/* What a clock on the wall shows, as seconds since 1970-01-01 00:00 of the local calendar. */
static int64_t wall_at(int64_t seconds)
{
    return seconds + offset_at(seconds);
}

/* The first second after `low` with an offset other than at `low`; `high` has another one. */
static int64_t find_change(int64_t low, int64_t high)
{
    int64_t offset = offset_at(low);

    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (offset_at(middle) == offset)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The first second at which the wall clock shows `wall` or later. */
static int64_t first_at_wall(int64_t wall)
{
    int64_t seconds = wall - OFFSET_MAX_S;

    for (;;) {
        int64_t offset = offset_at(seconds);
        int64_t candidate = wall - offset;
        if (candidate <= seconds)
            return seconds;
        if (offset_at(candidate) == offset)
            return candidate;
        seconds = find_change(seconds, candidate);
    }
}

static int64_t day_start(int64_t day, int rollover_hour)
{
    return first_at_wall(day * SECONDS_PER_DAY + rollover_hour * SECONDS_PER_HOUR);
}

static int64_t day_of(int64_t seconds, int rollover_hour)
{
    int64_t rollover = rollover_hour * SECONDS_PER_HOUR;
    int64_t day = floor_div(wall_at(seconds) - rollover, SECONDS_PER_DAY);

    /* Where the clock was put back within the last day, the next day may have begun before. */
    if (offset_at(seconds - SECONDS_PER_DAY) > offset_at(seconds) &&
        day_start(day + 1, rollover_hour) <= seconds)
        return day + 1;
    return day;
}

static int64_t to_seconds(int64_t time_ms)
{
    return clamp_seconds(floor_div(time_ms, MS_PER_SECOND));
}

int calendar_day(int64_t time_ms, int rollover_hour)
{
    return (int)day_of(to_seconds(time_ms), rollover_hour);
}

int64_t calendar_day_start_ms(int day, int rollover_hour)
{
    return day_start(day, rollover_hour) * MS_PER_SECOND;
}

int64_t calendar_add_days(int64_t time_ms, int days, int rollover_hour)
{
    int64_t seconds = to_seconds(time_ms);
    int64_t target = day_of(seconds, rollover_hour) + days;
    int64_t within_second_ms = time_ms - floor_div(time_ms, MS_PER_SECOND) * MS_PER_SECOND;

    if (days == 0)
        return time_ms;
    int64_t start = day_start(target, rollover_hour);
    int64_t end = day_start(target + 1, rollover_hour);
    int64_t moved = first_at_wall(wall_at(seconds) + (int64_t)days * SECONDS_PER_DAY);
    if (moved < start)
        return start * MS_PER_SECOND;
    if (moved >= end) /* that time of day was skipped, or came twice */
        return end > start ? end * MS_PER_SECOND - 1 : start * MS_PER_SECOND;
    return moved * MS_PER_SECOND + within_second_ms;
}

int calendar_days_between(int64_t from_ms, int64_t to_ms, int rollover_hour)
{
    if (to_ms <= from_ms)
        return 0;
    return calendar_day(to_ms, rollover_hour) - calendar_day(from_ms, rollover_hour);
}
