/* SPDX-License-Identifier: MIT
 * What tells that a heading is a question though it does not ask: its body is built like those of
 * its neighbours. */
#pragma once

#include "trainer/deck/flow.h"

/* Marks the heads that are questions by their bodies: most of them hold choices, one hidden or
 * labelled answer, or the same part ("References", "Hint:") where some heads ask. Their ends must
 * be known. */
void told_mark(struct document *doc, const struct heads *heads, bool *is_chosen);
