/* SPDX-License-Identifier: MIT
 * The keys: one table feeds the screens, their footers, the help and the manual. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "trainer/ui/editor.h"

enum mode { /* what the keys mean at a moment */
            MODE_HOME,
            MODE_ASKED,   /* a question, nothing typed yet */
            MODE_TYPING,  /* an answer is being typed */
            MODE_OPTIONS, /* options to choose from */
            MODE_REVEALED,
            MODE_RESTING, /* waiting for a card, or done */
            MODE_BROWSE,
            MODE_FILTER, /* typing what the list is to show */
            MODE_READER,
            MODE_PROGRESS,
            MODE_SETTINGS,
            MODE_LINKS,
            MODE_HELP,
            MODE_PROMPT,
            MODE_CONFIRM,
            MODE_COUNT
};

enum action {
    ACTION_NONE,
    ACTION_HELP,
    ACTION_REDRAW,
    ACTION_LEAVE,
    ACTION_QUIT,
    ACTION_UP,
    ACTION_DOWN,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_OPEN, /* what Enter does to the row or in the question on the screen */
    ACTION_BROWSE,
    ACTION_PROGRESS,
    ACTION_SETTINGS,
    ACTION_STUDY_THIS,
    ACTION_REVEAL,
    ACTION_SWITCH, /* Tab: options or text, one deck or the next */
    ACTION_CHOOSE,
    ACTION_TICK,
    ACTION_RATE,
    ACTION_ANSWER,
    ACTION_FOLLOW_UP,
    ACTION_EDIT_FILE,
    ACTION_LINKS,
    ACTION_UNDO,
    ACTION_BURY,
    ACTION_SUSPEND,
    ACTION_RESET,
    ACTION_FILTER,
    ACTION_VIEW,
    ACTION_SEARCH,
    ACTION_NEXT_MATCH,
    ACTION_PREVIOUS_MATCH,
    ACTION_NEXT_QUESTION,
    ACTION_PREVIOUS_QUESTION,
    ACTION_MORE,
    ACTION_LESS,
    ACTION_DEFAULT,
    ACTION_YES,
    ACTION_NO,
    ACTION_EDITOR /* + enum editor_action */
};

#define KEYS_NEVER_DROPPED 0

struct key_row {
    unsigned modes;    /* bits of MODE() */
    const char *keys;  /* names with blanks between, or ranges ("a-z"); the first is shown */
    int action;        /* enum action */
    const char *label; /* N_(): one or two words for the footer; NULL: in the help only */
    const char *help;  /* N_(): a sentence */
    int rank;          /* in a narrow footer the highest go first; 0 stays */
};

#define MODE(name) (1u << MODE_##name)

extern const struct key_row keys_table[];
extern const size_t keys_count;

/* The row of this key in this mode, or NULL. A character's name is itself; that of a blank is
 * "Space". */
const struct key_row *keys_find(enum mode mode, const char *name);

/* True where letters are typed in this mode. */
bool keys_is_typing(enum mode mode);

/* The first key of a row, as shown. */
void keys_add_first(struct str *out, const struct key_row *row);

/* The mode's title for the manual: N_(). */
const char *keys_mode_title(enum mode mode);
