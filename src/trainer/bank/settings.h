/* SPDX-License-Identifier: MIT
 * The settings: one table of names, kinds, bounds and defaults feeds the screen, the manual and the
 * bank. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "trainer/bank/bank.h"

enum setting_kind { SETTING_NUMBER, SETTING_PERCENT, SETTING_SWITCH, SETTING_STEPS };

struct setting {
    const char *name;  /* "desired-retention" */
    const char *title; /* N_() text for the screen */
    const char *help;  /* N_() one sentence */
    enum setting_kind kind;
    bool is_per_deck; /* a deck may have its own value */
    double minimum, maximum;
    const char *fallback; /* the default, as written: "90", "10m", "on" */
};

/* desired-retention, new-per-day, reviews-per-day, learning-steps, relearning-steps,
 * maximum-interval, rollover-hour, fuzz, load-balancing, leech-threshold, leech-suspends, mouse,
 * ascii, interview-date … */
extern const struct setting settings_table[];
extern const size_t settings_count;

const struct setting *setting_find(const char *name);

/* The value in force, as written; yours to free. `deck` NULL: the general one. */
char *setting_get(struct bank *bank, const char *deck, const char *name);

/* Checks and stores a value; an empty `value` goes back to the default (of a deck: to the general
 * one). */
int setting_set(struct bank *bank, const char *deck, const char *name, const char *value,
                struct error *err) MUST_CHECK;
