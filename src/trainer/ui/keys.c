/* SPDX-License-Identifier: MIT */
#include "trainer/ui/keys.h"

#include <string.h>

#include "base/array.h"
#include "base/i18n.h"

#define LISTS        (MODE(HOME) | MODE(BROWSE) | MODE(SETTINGS) | MODE(LINKS))
#define PAGES        (MODE(READER) | MODE(PROGRESS) | MODE(REVEALED))
#define ANSWER       (MODE(ASKED) | MODE(TYPING))
#define TEXT         (ANSWER | MODE(FILTER) | MODE(HELP) | MODE(PROMPT))
#define STUDY        (ANSWER | MODE(OPTIONS))
#define EDIT(action) (ACTION_EDITOR + EDITOR_##action)

/* The order is that of the help; the footer shows those with a label in this order. */
const struct key_row keys_table[] = {
    /* Home */
    {MODE(HOME), "Enter", ACTION_OPEN, N_("study"),
     N_("Study what is due in the row that is marked."), 1},
    {MODE(HOME), "b /", ACTION_BROWSE, N_("browse"), N_("Find and read questions."), 2},
    {MODE(HOME), "p", ACTION_PROGRESS, N_("progress"),
     N_("See what you would recall today, and what is to come."), 3},
    {MODE(HOME), "s", ACTION_SETTINGS, N_("settings"), N_("Change the settings."), 4},
    {MODE(HOME), "u", ACTION_UNDO, N_("undo"), N_("Take the last rating back."), 5},

    /* A question */
    {MODE(ASKED), "Enter Space C-d", ACTION_REVEAL, N_("reveal"),
     N_("Show the answer: you said yours aloud, or will not."), 1},
    {MODE(TYPING), "C-d", ACTION_REVEAL, N_("or Enter Enter reveal"),
     N_("Show the answer and hold yours against it; Enter on an empty line does the same."), 1},
    {MODE(OPTIONS), "a-z", ACTION_CHOOSE, N_("choose"),
     N_("Choose the option of that letter, or take it back."), 2},
    {MODE(OPTIONS), "Space", ACTION_TICK, NULL,
     N_("Choose the option that is marked, or take it back."), 3},
    {MODE(OPTIONS), "Enter C-d", ACTION_REVEAL, N_("reveal"), N_("Show which options are right."),
     1},
    {STUDY, "Tab", ACTION_SWITCH, N_("options/text"),
     N_("Go between the options and an answer of your own."), 4},
    {STUDY, "PageUp", ACTION_PAGE_UP, NULL, N_("Scroll a long question up."), 9},
    {STUDY, "PageDown", ACTION_PAGE_DOWN, NULL, N_("Scroll a long question down."), 9},
    {MODE(OPTIONS), "Up", ACTION_UP, NULL, N_("Go one option up."), 9},
    {MODE(OPTIONS), "Down", ACTION_DOWN, NULL, N_("Go one option down."), 9},
    {STUDY, "M-u", ACTION_UNDO, N_("undo"), N_("Take the last rating back."), 5},
    {STUDY, "M-e", ACTION_EDIT_FILE, NULL,
     N_("Open the document at this question in your editor, and read it again after."), 9},
    {STUDY, "M--", ACTION_BURY, NULL, N_("Leave this question out for today."), 9},
    {STUDY, "M-!", ACTION_SUSPEND, NULL, N_("Leave this question out until you take it back."), 9},
    {STUDY, "Esc", ACTION_LEAVE, N_("leave (kept)"),
     N_("Go home; the place and what you typed are kept."), 3},

    /* An answer */
    {MODE(REVEALED), "1-4", ACTION_RATE, N_("rate"),
     N_("Rate how well you knew it: 1 again, 2 hard, 3 good, 4 easy."), 1},
    {MODE(REVEALED), "Space", ACTION_TICK, N_("tick"),
     N_("Tick the key point that is marked, or take the tick away."), 3},
    {MODE(REVEALED), "a Enter", ACTION_ANSWER, N_("answer"),
     N_("Go to the whole answer, or back to the key points."), 2},
    {MODE(REVEALED), "f", ACTION_FOLLOW_UP, N_("follow-up"),
     N_("Show the follow-up question an interviewer would ask now; again: its answer."), 4},
    {MODE(REVEALED), "e", ACTION_EDIT_FILE, N_("edit"),
     N_("Open the document at this question in your editor, and read it again after."), 7},
    {MODE(REVEALED), "u", ACTION_UNDO, N_("undo"), N_("Take the last rating back."), 5},
    {MODE(REVEALED), "-", ACTION_BURY, N_("bury"), N_("Leave this question out for today."), 8},
    {MODE(REVEALED), "!", ACTION_SUSPEND, N_("suspend"),
     N_("Leave this question out until you take it back."), 9},
    {MODE(REVEALED), "Esc", ACTION_LEAVE, N_("leave (kept)"), N_("Go home; the place is kept."), 6},

    /* Waiting and done */
    {MODE(RESTING), "Enter Esc q", ACTION_LEAVE, N_("home"), N_("Go home."), 1},
    {MODE(RESTING), "u M-u", ACTION_UNDO, N_("undo"), N_("Take the last rating back."), 2},

    /* Browse */
    {MODE(BROWSE), "Enter", ACTION_OPEN, N_("read"), N_("Read the question that is marked."), 1},
    {MODE(BROWSE), "f Tab", ACTION_FILTER, N_("filter"),
     N_("Type words; the list shows what has them all as you type."), 2},
    {MODE(BROWSE) | MODE(READER), "/", ACTION_SEARCH, N_("search"),
     N_("Search by a pattern (PCRE2): the matches are marked."), 3},
    {MODE(BROWSE), "v", ACTION_VIEW, N_("view"),
     N_("Show all questions, then those due, suspended, leeches."), 6},
    {MODE(BROWSE) | MODE(READER), "1-4", ACTION_RATE, N_("rate"),
     N_("Rate the question without studying it: 1 again, 2 hard, 3 good, 4 easy."), 7},
    {MODE(BROWSE) | MODE(READER), "s", ACTION_SUSPEND, N_("suspend"),
     N_("Leave the question out of studying, or take it back."), 5},
    {MODE(BROWSE) | MODE(READER), "R", ACTION_RESET, N_("reset"),
     N_("Make the question new again; asks first."), 8},
    {MODE(BROWSE) | MODE(READER), "t", ACTION_STUDY_THIS, N_("study this"),
     N_("Study this question now, due or not."), 4},
    {MODE(BROWSE) | MODE(READER), "u", ACTION_UNDO, N_("undo"),
     N_("Take the last rating or reset back."), 9},
    {MODE(BROWSE) | MODE(READER), "e", ACTION_EDIT_FILE, NULL,
     N_("Open the document at this question in your editor, and read it again after."), 9},
    {MODE(FILTER), "Enter Tab", ACTION_OPEN, N_("to the list"), N_("Go to the list."), 1},
    {MODE(FILTER), "Up C-p", ACTION_UP, NULL, N_("Go one row up."), 9},
    {MODE(FILTER), "Down C-n", ACTION_DOWN, NULL, N_("Go one row down."), 9},
    {MODE(FILTER), "Esc", ACTION_LEAVE, N_("clear"), N_("Show the whole list again."), 2},

    /* Reading */
    {MODE(BROWSE) | MODE(READER), "n", ACTION_NEXT_MATCH, N_("next match"),
     N_("Go to the next match."), 2},
    {MODE(BROWSE) | MODE(READER), "N", ACTION_PREVIOUS_MATCH, NULL, N_("Go to the match before."),
     9},
    {MODE(READER), "J ]", ACTION_NEXT_QUESTION, N_("next"), N_("Read the next question."), 6},
    {MODE(READER), "K [", ACTION_PREVIOUS_QUESTION, NULL, N_("Read the question before."), 9},
    {MODE(READER) | MODE(REVEALED), "o", ACTION_LINKS, N_("links"),
     N_("List the links of the page, and open one."), 8},

    /* Progress and settings */
    {MODE(PROGRESS) | MODE(SETTINGS), "Tab", ACTION_SWITCH, N_("deck"),
     N_("Go to the next deck, then back to all."), 1},
    {MODE(SETTINGS), "Enter Space", ACTION_OPEN, N_("change"),
     N_("Change the setting that is marked."), 1},
    {MODE(SETTINGS), "Right + l", ACTION_MORE, N_("more"), N_("Make the value larger."), 4},
    {MODE(SETTINGS), "Left - h", ACTION_LESS, N_("less"), N_("Make the value smaller."), 5},
    {MODE(SETTINGS), "d Delete Backspace", ACTION_DEFAULT, N_("default"),
     N_("Go back to the default; of a deck: to what holds for all."), 3},

    /* Links, help, questions asked back */
    {MODE(LINKS), "Enter", ACTION_OPEN, N_("open"), N_("Open the link that is marked."), 1},
    {MODE(HELP), "Enter", ACTION_OPEN, N_("do it"), N_("Do what the marked line says."), 1},
    {MODE(HELP), "Up C-p", ACTION_UP, NULL, N_("Go one line up."), 9},
    {MODE(HELP), "Down C-n", ACTION_DOWN, NULL, N_("Go one line down."), 9},
    {MODE(HELP), "PageUp", ACTION_PAGE_UP, NULL, N_("Go one page up."), 9},
    {MODE(HELP), "PageDown", ACTION_PAGE_DOWN, NULL, N_("Go one page down."), 9},
    {MODE(HELP), "Esc F1", ACTION_LEAVE, N_("back"), N_("Go back."), KEYS_NEVER_DROPPED},
    {MODE(PROMPT), "Enter", ACTION_OPEN, N_("accept"), N_("Take what you typed."), 1},
    {MODE(PROMPT), "Esc", ACTION_LEAVE, N_("cancel"), N_("Go back, nothing is changed."), 1},
    {MODE(CONFIRM), "y", ACTION_YES, N_("yes"), N_("Do it."), KEYS_NEVER_DROPPED},
    {MODE(CONFIRM), "n Esc", ACTION_NO, N_("no"), N_("Do not do it."), KEYS_NEVER_DROPPED},

    /* Moving */
    {LISTS, "Up k", ACTION_UP, NULL, N_("Go one row up."), 9},
    {LISTS, "Down j", ACTION_DOWN, NULL, N_("Go one row down."), 9},
    {PAGES, "Up k", ACTION_UP, NULL, N_("Go one line or key point up."), 9},
    {PAGES, "Down j", ACTION_DOWN, NULL, N_("Go one line or key point down."), 9},
    {LISTS | PAGES, "PageUp C-b", ACTION_PAGE_UP, NULL, N_("Go one page up."), 9},
    {LISTS | PAGES, "PageDown C-f", ACTION_PAGE_DOWN, NULL, N_("Go one page down."), 9},
    {MODE(READER) | MODE(PROGRESS), "Space", ACTION_PAGE_DOWN, NULL, N_("Go one page down."), 9},
    {LISTS | PAGES, "Home g", ACTION_FIRST, NULL, N_("Go to the top."), 9},
    {LISTS | PAGES, "End G", ACTION_LAST, NULL, N_("Go to the end."), 9},
    {PAGES, "Left h", ACTION_LEFT, NULL, N_("Scroll wide lines to the left."), 9},
    {PAGES, "Right l", ACTION_RIGHT, NULL, N_("Scroll wide lines to the right."), 9},
    {MODE(BROWSE) | MODE(READER) | MODE(PROGRESS) | MODE(SETTINGS) | MODE(LINKS), "Esc q",
     ACTION_LEAVE, N_("back"), N_("Go back."), 2},

    /* Typing */
    {ANSWER, "Left", EDIT(LEFT), NULL, N_("Go one character to the left."), 9},
    {TEXT & ~ANSWER, "Left C-b", EDIT(LEFT), NULL, N_("Go one character to the left."), 9},
    {ANSWER, "Right", EDIT(RIGHT), NULL, N_("Go one character to the right."), 9},
    {TEXT & ~ANSWER, "Right C-f", EDIT(RIGHT), NULL, N_("Go one character to the right."), 9},
    {ANSWER, "Up C-p", EDIT(UP), NULL, N_("Go one line up."), 9},
    {ANSWER, "Down C-n", EDIT(DOWN), NULL, N_("Go one line down."), 9},
    {TEXT, "C-Left M-b", EDIT(WORD_LEFT), NULL, N_("Go one word to the left."), 9},
    {TEXT, "C-Right M-f", EDIT(WORD_RIGHT), NULL, N_("Go one word to the right."), 9},
    {TEXT, "Home C-a", EDIT(LINE_START), NULL, N_("Go to the start of the line."), 9},
    {TEXT, "End C-e", EDIT(LINE_END), NULL, N_("Go to the end of the line."), 9},
    {ANSWER, "C-Home M-<", EDIT(TEXT_START), NULL, N_("Go to the start of the text."), 9},
    {ANSWER, "C-End M->", EDIT(TEXT_END), NULL, N_("Go to the end of the text."), 9},
    {MODE(TYPING), "Enter", EDIT(NEWLINE), NULL, N_("Begin a new line."), 9},
    {TEXT, "Backspace", EDIT(DELETE_BACK), NULL, N_("Delete the character before."), 9},
    {TEXT, "Delete", EDIT(DELETE), NULL, N_("Delete the character under the cursor."), 9},
    {TEXT, "C-w", EDIT(KILL_WORD_BACK), NULL, N_("Cut the word before."), 9},
    {TEXT, "M-d", EDIT(KILL_WORD), NULL, N_("Cut the word after."), 9},
    {TEXT, "C-u", EDIT(KILL_START), NULL, N_("Cut up to the start of the line."), 9},
    {TEXT, "C-k", EDIT(KILL_END), NULL, N_("Cut up to the end of the line."), 9},
    {TEXT, "C-y", EDIT(YANK), NULL, N_("Put what was cut back here."), 9},
    {TEXT, "C-_", EDIT(UNDO), NULL, N_("Take the last change of the text back."), 9},

    /* Everywhere; the help ends every footer but home's */
    {~(TEXT | MODE(CONFIRM)), "? F1", ACTION_HELP, N_("help"), N_("Show the keys that work here."),
     KEYS_NEVER_DROPPED},
    {MODE(ASKED), "? F1", ACTION_HELP, N_("help"), N_("Show the keys that work here."),
     KEYS_NEVER_DROPPED},
    {TEXT & ~MODE(ASKED) & ~MODE(HELP), "F1", ACTION_HELP, N_("help"),
     N_("Show the keys that work here."), KEYS_NEVER_DROPPED},
    {~0u, "C-l", ACTION_REDRAW, NULL, N_("Draw the screen anew."), 9},
    {MODE(HOME), "q", ACTION_QUIT, N_("quit"), N_("Leave drydock."), KEYS_NEVER_DROPPED},
};
const size_t keys_count = ARRAY_LEN(keys_table);

/* "1-4" and "a-z", but not "C-d". */
static bool is_range(const char *name, size_t len)
{
    return len == 3 && name[1] == '-' && (*name == '1' || *name == 'a');
}

static bool word_is(const char *word, size_t len, const char *name)
{
    if (is_range(word, len) && strlen(name) == 1)
        return *name >= word[0] && *name <= word[2];
    if (len == strlen("Space") && memcmp(word, "Space", len) == 0)
        return str_eq(name, " ");
    return strlen(name) == len && memcmp(word, name, len) == 0;
}

static bool has_key(const struct key_row *row, const char *name)
{
    for (const char *word = row->keys; *word;) {
        size_t len = strcspn(word, " ");
        if (word_is(word, len, name))
            return true;
        word += len;
        word += strspn(word, " ");
    }
    return false;
}

const struct key_row *keys_find(enum mode mode, const char *name)
{
    for (size_t i = 0; i < keys_count; i++)
        if ((keys_table[i].modes & 1u << mode) && has_key(&keys_table[i], name))
            return &keys_table[i];
    return NULL;
}

bool keys_is_typing(enum mode mode)
{
    return (TEXT & 1u << mode) != 0;
}

void keys_add_first(struct str *out, const struct key_row *row)
{
    str_add_bytes(out, row->keys, strcspn(row->keys, " "));
}

const char *keys_mode_title(enum mode mode)
{
    static const char *const titles[MODE_COUNT] = {
        [MODE_HOME] = N_("Home"),
        [MODE_ASKED] = N_("A question"),
        [MODE_TYPING] = N_("Typing an answer"),
        [MODE_OPTIONS] = N_("Choosing options"),
        [MODE_REVEALED] = N_("The answer"),
        [MODE_RESTING] = N_("After the last question"),
        [MODE_BROWSE] = N_("Browse"),
        [MODE_FILTER] = N_("Filtering the list"),
        [MODE_READER] = N_("Reading"),
        [MODE_PROGRESS] = N_("Progress"),
        [MODE_SETTINGS] = N_("Settings"),
        [MODE_LINKS] = N_("Links"),
        [MODE_HELP] = N_("Help"),
        [MODE_PROMPT] = N_("A line to type"),
        [MODE_CONFIRM] = N_("Yes or no"),
    };

    return titles[mode];
}
