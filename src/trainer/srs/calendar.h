/* SPDX-License-Identifier: MIT
 * Days as people count them: local time, beginning at a rollover hour, through time zones and clock
 * changes. */
#pragma once

#include <stdint.h>

/* The number of the day that holds `time_ms` (days since 1970-01-01 of the local calendar). Never
 * decreases as time goes on, not even where a clock is put back across the rollover hour. */
int calendar_day(int64_t time_ms, int rollover_hour);

/* When that day begins: where the rollover hour is skipped by a clock change, at the change. A day
 * that a zone left out of its calendar begins and ends at once. */
int64_t calendar_day_start_ms(int day, int rollover_hour);

/* The same time of day `days` later: always calendar_day() + days, but for a day that was left out.
 */
int64_t calendar_add_days(int64_t time_ms, int days, int rollover_hour);

/* Whole days from one time to a later one; 0 where `to_ms` is not later (a clock set back). */
int calendar_days_between(int64_t from_ms, int64_t to_ms, int rollover_hour);
