/* SPDX-License-Identifier: MIT
 * What lists and readers do to a card, with a sentence on what came of it. */
#pragma once

#include "trainer/ui/screen.h"

/* All say what they did, or why not; true where the bank has changed. */
bool card_rate(struct screen *screen, int64_t question, enum rating rating);
bool card_toggle_suspended(struct screen *screen, int64_t question);
bool card_reset(struct screen *screen, int64_t question);
bool card_undo(struct screen *screen);

/* "new", "due", "5 days", "suspended": where a card stands. */
void card_add_standing(struct str *out, const struct card *card, bool is_suspended);
