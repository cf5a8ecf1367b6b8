/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"

static int64_t offset_ms;

static int64_t read_clock_ms(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return time.tv_sec * MS_PER_SECOND + time.tv_nsec / 1000000;
}

int clock_init(struct error *err)
{
    const char *start = getenv("DRYDOCK_NOW");
    int64_t start_ms;

    offset_ms = 0;
    if (!start || !*start)
        return 0;
    if (clock_parse_rfc3339(start, &start_ms) < 0)
        return error_set(err, 0, _("DRYDOCK_NOW is not a time like 2026-01-02T09:00:00Z: %s"),
                         start);
    offset_ms = start_ms - read_clock_ms(CLOCK_REALTIME);
    return 0;
}

int64_t clock_now_ms(void)
{
    return read_clock_ms(CLOCK_REALTIME) + offset_ms;
}

int64_t clock_monotonic_ms(void)
{
    return read_clock_ms(CLOCK_BOOTTIME);
}

void clock_add_rfc3339(struct str *str, int64_t time_ms)
{
    time_t seconds = (time_t)(time_ms / MS_PER_SECOND - (time_ms % MS_PER_SECOND < 0));
    struct tm utc;

    gmtime_r(&seconds, &utc);
    str_addf(str, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
             utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/* Reads exactly `count` digits; -1 where there are others. */
static int read_number(const char **text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++, ++*text) {
        if (**text < '0' || **text > '9')
            return -1;
        number = number * 10 + (**text - '0');
    }
    return number;
}

static bool skip_one_of(const char **text, const char *characters)
{
    if (**text == '\0' || !strchr(characters, **text))
        return false;
    ++*text;
    return true;
}

static bool read_date(const char **text, struct tm *date)
{
    date->tm_year = read_number(text, 4) - 1900;
    if (date->tm_year < -1900 || !skip_one_of(text, "-"))
        return false;
    date->tm_mon = read_number(text, 2) - 1;
    if (date->tm_mon < 0 || date->tm_mon > 11 || !skip_one_of(text, "-"))
        return false;
    date->tm_mday = read_number(text, 2);
    struct tm normal = *date;
    timegm(&normal); /* the 30th of February becomes another day */
    return date->tm_mday > 0 && normal.tm_mday == date->tm_mday;
}

static bool read_time_of_day(const char **text, struct tm *time)
{
    time->tm_hour = read_number(text, 2);
    if (time->tm_hour < 0 || time->tm_hour > 23 || !skip_one_of(text, ":"))
        return false;
    time->tm_min = read_number(text, 2);
    if (time->tm_min < 0 || time->tm_min > 59 || !skip_one_of(text, ":"))
        return false;
    time->tm_sec = read_number(text, 2);
    return time->tm_sec >= 0 && time->tm_sec <= 60; /* a leap second */
}

/* Reads ".123456" as milliseconds, cut off; nothing is 0. */
static bool read_fraction(const char **text, int *ms)
{
    int weight = 100;

    *ms = 0;
    if (!skip_one_of(text, "."))
        return true;
    if (**text < '0' || **text > '9')
        return false;
    for (; **text >= '0' && **text <= '9'; ++*text, weight /= 10)
        *ms += (**text - '0') * weight;
    return true;
}

/* Reads "Z", "+02:00" or "-05:30" as milliseconds east of Greenwich. */
static bool read_offset(const char **text, int64_t *ms)
{
    int sign = **text == '-' ? -1 : 1;

    *ms = 0;
    if (skip_one_of(text, "Zz"))
        return true;
    if (!skip_one_of(text, "+-"))
        return false;
    int hours = read_number(text, 2);
    if (hours < 0 || hours > 23 || !skip_one_of(text, ":"))
        return false;
    int minutes = read_number(text, 2);
    *ms = sign * (hours * MS_PER_HOUR + minutes * MS_PER_MINUTE);
    return minutes >= 0 && minutes <= 59;
}

int clock_parse_rfc3339(const char *text, int64_t *time_ms)
{
    struct tm utc = {0};
    int64_t offset;
    int fraction_ms;

    if (!read_date(&text, &utc) || !skip_one_of(&text, "Tt ") || !read_time_of_day(&text, &utc) ||
        !read_fraction(&text, &fraction_ms) || !read_offset(&text, &offset) || *text != '\0')
        return -1;
    *time_ms = (int64_t)timegm(&utc) * MS_PER_SECOND + fraction_ms - offset;
    return 0;
}
