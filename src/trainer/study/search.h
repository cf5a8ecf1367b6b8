/* SPDX-License-Identifier: MIT
 * Search by pattern over titles and answers. */
#pragma once

#include "trainer/bank/bank.h"
#include "trainer/deck/pattern.h"

/* The numbers of the questions whose title or answer matches, in deck order; yours to free(). */
int search_pattern(struct bank *bank, const struct bank_filter *filter, struct pattern *pattern,
                   int64_t **numbers, size_t *count, struct error *err) MUST_CHECK;
