/* SPDX-License-Identifier: MIT
 * Tests of days in local time: rollover, time zones, clock changes, days that a zone left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/str.h"
#include "trainer/srs/calendar.h"

static void use_zone(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

/* Without the zone files every zone is UTC. */
static void need_zones(void)
{
    time_t time = 1767603600;
    struct tm local;

    use_zone("Europe/Berlin");
    localtime_r(&time, &local);
    if (local.tm_gmtoff != 3600) {
        print_message("skipped: this machine has no time zone files\n");
        skip();
    }
}

static int64_t ms(const char *text)
{
    int64_t time_ms = 0;

    if (clock_parse_rfc3339(text, &time_ms) < 0)
        fail_msg("no time: %s", text);
    return time_ms;
}

static void check_time(const char *what, int64_t actual_ms, const char *expected)
{
    if (actual_ms != ms(expected)) {
        autostr struct str text = STR_INIT;
        clock_add_rfc3339(&text, actual_ms);
        fail_msg("%s: %s, not %s", what, text.text, expected);
    }
}

/* The number of a calendar day, from the UTC time of its noon. */
static int day_number(const char *date)
{
    autofree char *noon = str_printf("%sT12:00:00Z", date);

    return (int)((ms(noon) - MS_PER_DAY / 2) / MS_PER_DAY);
}

/* --- Which day a time belongs to, and when that day begins */

static const struct {
    const char *zone;
    int rollover_hour;
    const char *time, *day, *start;
} cases[] = {
    {"UTC", 4, "2026-01-05T03:59:59Z", "2026-01-04", "2026-01-04T04:00:00Z"},
    {"UTC", 4, "2026-01-05T04:00:00Z", "2026-01-05", "2026-01-05T04:00:00Z"},
    {"UTC", 0, "2026-01-05T00:00:00Z", "2026-01-05", "2026-01-05T00:00:00Z"},
    {"UTC", 23, "2026-01-05T22:59:59Z", "2026-01-04", "2026-01-04T23:00:00Z"},
    {"UTC", 4, "1969-12-31T23:00:00Z", "1969-12-31", "1969-12-31T04:00:00Z"},
    {"UTC", 4, "1969-12-31T03:00:00Z", "1969-12-30", "1969-12-30T04:00:00Z"},
    {"UTC", 4, "2024-02-29T12:00:00Z", "2024-02-29", "2024-02-29T04:00:00Z"},
    {"Asia/Kolkata", 4, "2026-01-04T22:29:59Z", "2026-01-04", "2026-01-03T22:30:00Z"},
    {"Asia/Kolkata", 4, "2026-01-04T22:30:00Z", "2026-01-05", "2026-01-04T22:30:00Z"},
    /* Clocks go from 2:00 to 3:00: the day of the change has 23 hours, and an hour of 2 is never
       seen. */
    {"Europe/Berlin", 4, "2026-03-29T01:59:59Z", "2026-03-28", "2026-03-28T03:00:00Z"},
    {"Europe/Berlin", 4, "2026-03-29T02:00:00Z", "2026-03-29", "2026-03-29T02:00:00Z"},
    {"Europe/Berlin", 2, "2026-03-29T00:59:59Z", "2026-03-28", "2026-03-28T01:00:00Z"},
    {"Europe/Berlin", 2, "2026-03-29T01:00:00Z", "2026-03-29", "2026-03-29T01:00:00Z"},
    /* Clocks go from 3:00 back to 2:00. */
    {"Europe/Berlin", 4, "2026-10-25T02:59:59Z", "2026-10-24", "2026-10-24T02:00:00Z"},
    {"Europe/Berlin", 4, "2026-10-25T03:00:00Z", "2026-10-25", "2026-10-25T03:00:00Z"},
    {"Europe/Berlin", 2, "2026-10-25T00:00:00Z", "2026-10-25", "2026-10-25T00:00:00Z"},
    {"Europe/Berlin", 2, "2026-10-25T01:30:00Z", "2026-10-25", "2026-10-25T00:00:00Z"},
    {"America/New_York", 4, "2026-03-08T07:59:59Z", "2026-03-07", "2026-03-07T09:00:00Z"},
    {"America/New_York", 4, "2026-03-08T08:00:00Z", "2026-03-08", "2026-03-08T08:00:00Z"},
    {"America/New_York", 1, "2026-11-01T05:30:00Z", "2026-11-01", "2026-11-01T05:00:00Z"},
    {"America/New_York", 1, "2026-11-01T06:30:00Z", "2026-11-01", "2026-11-01T05:00:00Z"},
    /* Midnight was skipped: the day began at one o'clock. */
    {"America/Sao_Paulo", 0, "2018-11-04T02:59:59Z", "2018-11-03", "2018-11-03T03:00:00Z"},
    {"America/Sao_Paulo", 0, "2018-11-04T03:00:00Z", "2018-11-04", "2018-11-04T03:00:00Z"},
    {"America/Sao_Paulo", 4, "2018-11-04T05:59:59Z", "2018-11-03", "2018-11-03T07:00:00Z"},
    {"America/Sao_Paulo", 4, "2018-11-04T06:00:00Z", "2018-11-04", "2018-11-04T06:00:00Z"},
    /* The hour before midnight came twice. */
    {"America/Sao_Paulo", 0, "2018-02-18T02:30:00Z", "2018-02-17", "2018-02-17T02:00:00Z"},
    {"America/Sao_Paulo", 0, "2018-02-18T03:00:00Z", "2018-02-18", "2018-02-18T03:00:00Z"},
    /* At a minute past midnight, back to a minute past eleven: the new day had begun, and goes on.
     */
    {"America/St_Johns", 0, "2010-11-07T02:30:30Z", "2010-11-07", "2010-11-07T02:30:00Z"},
    {"America/St_Johns", 0, "2010-11-07T02:45:00Z", "2010-11-07", "2010-11-07T02:30:00Z"},
    {"America/St_Johns", 0, "2010-11-07T03:45:00Z", "2010-11-07", "2010-11-07T02:30:00Z"},
    /* Samoa had no 30 December 2011. Its study day is what is left before the rollover. */
    {"Pacific/Apia", 4, "2011-12-30T09:59:59Z", "2011-12-29", "2011-12-29T14:00:00Z"},
    {"Pacific/Apia", 4, "2011-12-30T10:00:00Z", "2011-12-30", "2011-12-30T10:00:00Z"},
    {"Pacific/Apia", 4, "2011-12-30T14:00:00Z", "2011-12-31", "2011-12-30T14:00:00Z"},
    {"Pacific/Apia", 0, "2011-12-30T09:59:59Z", "2011-12-29", "2011-12-29T10:00:00Z"},
    {"Pacific/Apia", 0, "2011-12-30T10:00:00Z", "2011-12-31", "2011-12-30T10:00:00Z"},
};

static void days_begin_at_the_rollover(void **state)
{
    need_zones();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        use_zone(cases[i].zone);
        autofree char *what =
            str_printf("%s %s rollover %d", cases[i].zone, cases[i].time, cases[i].rollover_hour);
        int day = calendar_day(ms(cases[i].time), cases[i].rollover_hour);
        if (day != day_number(cases[i].day))
            fail_msg("%s: day %d, not %d", what, day, day_number(cases[i].day));
        check_time(what, calendar_day_start_ms(day, cases[i].rollover_hour), cases[i].start);
    }
}

/* --- The same time of day, days later */

static const struct {
    const char *zone;
    int rollover_hour;
    const char *time;
    int days;
    const char *expected;
} additions[] = {
    {"UTC", 4, "2026-01-05T09:00:00Z", 0, "2026-01-05T09:00:00Z"},
    {"UTC", 4, "2026-01-05T09:00:00Z", 2, "2026-01-07T09:00:00Z"},
    {"UTC", 4, "2026-01-05T03:00:00Z", 1, "2026-01-06T03:00:00Z"},
    {"UTC", 4, "2026-01-05T09:00:00Z", -5, "2025-12-31T09:00:00Z"},
    {"UTC", 4, "2026-01-05T09:00:00Z", 36500, "2125-12-12T09:00:00Z"},
    {"Asia/Kolkata", 4, "2026-01-05T09:00:00Z", 365, "2027-01-05T09:00:00Z"},
    {"Europe/Berlin", 4, "2026-03-28T09:00:00Z", 1, "2026-03-29T08:00:00Z"},
    {"Europe/Berlin", 4, "2026-10-24T09:00:00Z", 1, "2026-10-25T10:00:00Z"},
    {"Europe/Berlin", 4, "2026-10-25T10:00:00Z", -1, "2026-10-24T09:00:00Z"},
    {"Europe/Berlin", 4, "2026-03-28T01:30:00Z", 1, "2026-03-29T01:00:00Z"}, /* 2:30 is skipped */
    {"Europe/Berlin", 4, "2026-10-24T00:30:00Z", 1, "2026-10-25T00:30:00Z"}, /* 2:30 comes twice */
    {"America/New_York", 4, "2026-03-07T14:00:00Z", 1, "2026-03-08T13:00:00Z"},
    {"America/New_York", 4, "2026-10-31T13:00:00Z", 1, "2026-11-01T14:00:00Z"},
    {"America/Sao_Paulo", 0, "2018-11-03T03:30:00Z", 1,
     "2018-11-04T03:00:00Z"}, /* 0:30 is skipped */
    {"Pacific/Apia", 4, "2011-12-29T19:00:00Z", 2, "2011-12-30T19:00:00Z"},
};

static void adds_days(void **state)
{
    need_zones();
    for (size_t i = 0; i < ARRAY_LEN(additions); i++) {
        use_zone(additions[i].zone);
        autofree char *what =
            str_printf("%s %s plus %d", additions[i].zone, additions[i].time, additions[i].days);
        check_time(
            what,
            calendar_add_days(ms(additions[i].time), additions[i].days, additions[i].rollover_hour),
            additions[i].expected);
    }
}

/* --- What holds in any zone */

static const char *const zones[] = {
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Antarctica/Casey",
    "Africa/Casablanca",
    "Asia/Tehran",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "Asia/Pyongyang",
    "Europe/Dublin",
};

static void check_hour(const char *zone, int64_t time_ms, int rollover_hour, int *last_day)
{
    int day = calendar_day(time_ms, rollover_hour);
    int64_t start_ms = calendar_day_start_ms(day, rollover_hour);

    if (day < *last_day)
        fail_msg("%s: the day goes back at %lld", zone, (long long)time_ms);
    if (start_ms > time_ms || calendar_day_start_ms(day + 1, rollover_hour) <= time_ms)
        fail_msg("%s: day %d does not hold %lld", zone, day, (long long)time_ms);
    *last_day = day;
    for (int days = -1; days <= 1; days++) {
        int64_t moved_ms = calendar_add_days(time_ms, days, rollover_hour);
        int64_t begin_ms = calendar_day_start_ms(day + days, rollover_hour);
        bool is_left_out = begin_ms == calendar_day_start_ms(day + days + 1, rollover_hour);
        if (!is_left_out && calendar_day(moved_ms, rollover_hour) != day + days)
            fail_msg("%s: %lld plus %d days is %lld", zone, (long long)time_ms, days,
                     (long long)moved_ms);
    }
}

/* Every 97 minutes of 90 days in which clocks were changed. */
static void days_are_ordered(void **state)
{
    static const char *const from[] = {"2010-10-01T00:00:00Z", "2011-12-01T00:00:00Z",
                                       "2018-01-01T00:00:00Z"};
    static const int rollovers[] = {0, 2, 4};

    need_zones();
    for (size_t i = 0; i < ARRAY_LEN(zones) * ARRAY_LEN(from) * ARRAY_LEN(rollovers); i++) {
        const char *zone = zones[i % ARRAY_LEN(zones)];
        int64_t begin_ms = ms(from[i / ARRAY_LEN(zones) % ARRAY_LEN(from)]);
        int rollover_hour = rollovers[i / ARRAY_LEN(zones) / ARRAY_LEN(from)];
        int last_day = -1;
        use_zone(zone);
        for (int64_t at_ms = 0; at_ms < 90 * MS_PER_DAY; at_ms += 97 * MS_PER_MINUTE)
            check_hour(zone, begin_ms + at_ms, rollover_hour, &last_day);
    }
}

static void counts_days(void **state)
{
    int64_t review_ms = ms("2026-01-05T09:00:00Z");

    need_zones();
    use_zone("UTC");
    assert_int_equal(calendar_days_between(review_ms, review_ms + 18 * MS_PER_HOUR, 4), 0);
    assert_int_equal(calendar_days_between(review_ms, review_ms + 19 * MS_PER_HOUR, 4), 1);
    assert_int_equal(calendar_days_between(review_ms, review_ms - 50 * MS_PER_DAY, 4), 0);
    /* Between the two, the traveller flew from New York to Berlin: only where we are now counts. */
    use_zone("America/New_York");
    int64_t due_ms = calendar_add_days(review_ms, 3, 4);
    use_zone("Europe/Berlin");
    assert_int_equal(calendar_days_between(review_ms, due_ms, 4), 3);
    use_zone("UTC");
    assert_int_equal(calendar_days_between(INT64_MIN, INT64_MAX, 4), 3652059);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_begin_at_the_rollover),
        cmocka_unit_test(adds_days),
        cmocka_unit_test(days_are_ordered),
        cmocka_unit_test(counts_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
