/* SPDX-License-Identifier: MIT
 * How long until a card comes back, in words. */
#pragma once

#include "base/str.h"
#include "trainer/srs/card.h"

/* Appends "10 min", "3 h", "5 days", "4 months" or "2.5 years" until the card is due. */
void interval_add(struct str *out, const struct card *card, int64_t now_ms);

/* Appends a duration: minutes below an hour, hours below a day, else days. */
void interval_add_duration(struct str *out, int64_t duration_ms);
