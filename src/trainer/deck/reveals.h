/* SPDX-License-Identifier: MIT
 * Which <details> hide answers: those whose summaries are all the same, or a word for answer. */
#pragma once

#include "trainer/deck/details.h"

/* Sets is_reveal of all. */
void reveals_find(const struct document *doc, struct details_list *list);
