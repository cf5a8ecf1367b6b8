/* SPDX-License-Identifier: MIT
 * The time. DRYDOCK_NOW=2026-01-02T09:00:00Z starts the clock there; it runs on from there. */
#pragma once

#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

#define MS_PER_SECOND 1000LL
#define MS_PER_MINUTE (60 * MS_PER_SECOND)
#define MS_PER_HOUR   (60 * MS_PER_MINUTE)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

/* Reads DRYDOCK_NOW; call once at the start. Fails where the variable holds no time. */
int clock_init(struct error *err) MUST_CHECK;

/* Milliseconds since 1970 in UTC. */
int64_t clock_now_ms(void);

/* Milliseconds of a clock that only runs forward and includes time asleep. */
int64_t clock_monotonic_ms(void);

/* Appends "2026-01-02T09:00:00Z" (RFC 3339, whole seconds, UTC). */
void clock_add_rfc3339(struct str *str, int64_t time_ms);

/* Parses RFC 3339 with Z or an offset; returns 0, or -1 where it is no time. */
int clock_parse_rfc3339(const char *text, int64_t *time_ms) MUST_CHECK;
