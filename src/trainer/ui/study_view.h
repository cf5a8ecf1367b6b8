/* SPDX-License-Identifier: MIT
 * The pages of the study screen: the question, the answer held against the key points, the end. */
#pragma once

#include "trainer/study/study.h"
#include "trainer/ui/editor.h"
#include "trainer/ui/screen.h"
#include "trainer/ui/sheet.h"

enum {
    TAG_ANSWER = -1,
    TAG_FOLLOW_UP = -2,
    TAG_POINTS = -3
}; /* of lines; options and key points have 1 and up */

enum follow_up_state { FOLLOW_UP_HIDDEN, FOLLOW_UP_ASKED, FOLLOW_UP_ANSWERED };

struct study_screen {
    struct study *study;
    int64_t only_question; /* studied alone, from a list; 0: a session */
    struct editor editor;
    struct sheet sheet;
    int sheet_cols; /* that it was made for; 0: to be made anew */
    bool is_choosing;
    bool is_first_look; /* at the answer, since it was revealed */
    size_t marked;      /* option or key point */
    enum follow_up_state follow_up;
    int64_t kept_ms; /* when the draft was last written */
    bool is_draft_new;
    int64_t spent_ms; /* on this question when it was revealed */
    int64_t began_ms;
    enum rating *ratings; /* given in this session and not taken back */
    size_t rating_count, rating_cap;
    char *deck; /* the session's, for what comes tomorrow; NULL: all */
};

/* Makes the sheet anew where it is stale or the width is another one. */
void study_view_make(struct screen *screen, int cols);

/* Draws it; screen->rows tells then how many lines of the sheet are seen. */
void study_view_draw(struct screen *screen, const struct canvas *canvas);
