/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
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

/* Reads "Z", "+02:00" or "-05:30" as seconds east of Greenwich. */
static int parse_offset(const char *text, long *seconds)
{
    int hours, minutes, used = 0;
    char sign;

    *seconds = 0;
    if ((text[0] == 'Z' || text[0] == 'z') && text[1] == '\0')
        return 0;
    if (sscanf(text, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 || text[used] != '\0')
        return -1;
    if ((sign != '+' && sign != '-') || hours > 23 || minutes > 59)
        return -1;
    *seconds = (sign == '-' ? -1L : 1L) * (hours * 3600L + minutes * 60L);
    return 0;
}

int clock_parse_rfc3339(const char *text, int64_t *time_ms)
{
    struct tm utc = {0};
    long offset;
    double fraction = 0;
    int used = 0, fraction_used = 0;

    if (sscanf(text, "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
               &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &used) != 6 ||
        used == 0)
        return -1;
    if (text[used] == '.' && sscanf(text + used, "%lf%n", &fraction, &fraction_used) == 1)
        used += fraction_used;
    if (parse_offset(text + used, &offset) < 0)
        return -1;
    if (utc.tm_mon < 1 || utc.tm_mon > 12 || utc.tm_mday < 1 || utc.tm_mday > 31 ||
        utc.tm_hour > 23 || utc.tm_min > 59 || utc.tm_sec > 60)
        return -1;
    utc.tm_year -= 1900;
    utc.tm_mon -= 1;
    *time_ms = ((int64_t)timegm(&utc) - offset) * MS_PER_SECOND + (int64_t)(fraction * 1000 + 0.5);
    return 0;
}
