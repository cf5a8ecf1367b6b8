/* SPDX-License-Identifier: MIT
 * Days as people count them: local time, beginning at a rollover hour, through time zones and clock changes. */
#pragma once

#include <stdint.h>

/* The number of the day that holds `time_ms` (days since 1970-01-01 of the local calendar). */
int calendar_day(int64_t time_ms, int rollover_hour);

/* When that day begins. */
int64_t calendar_day_start_ms(int day, int rollover_hour);

/* The same time of day `days` later: always calendar_day() + days. */
int64_t calendar_add_days(int64_t time_ms, int days, int rollover_hour);
