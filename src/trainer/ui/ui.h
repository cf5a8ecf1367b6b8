/* SPDX-License-Identifier: MIT
 * The screens: an event loop over a stack of them. The only code that uses curses. */
#pragma once

#include "base/str.h"
#include "trainer/bank/bank.h"
#include "trainer/study/study.h"

enum ui_screen { UI_HOME, UI_STUDY, UI_BROWSE, UI_PROGRESS };

struct ui_options {
    enum ui_screen screen;      /* the first one; Esc leads from it to home */
    struct study_options study; /* for UI_STUDY */
    struct bank_filter filter;  /* for UI_BROWSE */
    const char *words;          /* for UI_BROWSE: the search to begin with, or NULL */
    bool no_color, ascii, mouse;
    /* Reads a changed document again after `e`; adds one sentence on what changed to `summary`. */
    int (*reimport)(void *data, struct bank *bank, const char *path, struct str *summary,
                    struct error *err);
    void *data;
};

/* Runs the screens until the person leaves; the terminal is as before when it returns, and after
 * every signal. */
int ui_run(struct bank *bank, const struct ui_options *options, struct error *err) MUST_CHECK;
