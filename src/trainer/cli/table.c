/* SPDX-License-Identifier: MIT */
#include "trainer/cli/command.h"

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"

const struct option_info option_table[OPTION_COUNT] = {
    [OPTION_ASCII] = {"ascii", NULL, N_("draw with ASCII characters only")},
    [OPTION_DECK] = {"deck", N_("DECK"), N_("only this deck")},
    [OPTION_DRY_RUN] = {"dry-run", NULL, N_("only say what would change")},
    [OPTION_HELP] = {"help", NULL, N_("show this help")},
    [OPTION_JSON] = {"json", NULL, N_("print one JSON document")},
    [OPTION_LEVEL] = {"level", N_("LEVEL"), N_("only this level: junior, mid, senior or staff")},
    [OPTION_LIMIT] = {"limit", N_("N"), N_("at most N cards")},
    [OPTION_MOUSE] = {"mouse", NULL, N_("use the mouse")},
    [OPTION_NO_COLOR] = {"no-color", NULL, N_("use no colours")},
    [OPTION_PLAIN] = {"plain", NULL, N_("read and write lines, for pipes and screen readers")},
    [OPTION_REGEX] = {"regex", NULL, N_("the pattern is a Perl-compatible regular expression")},
    [OPTION_SECTION] = {"section", N_("SECTION"), N_("only this section")},
    [OPTION_TAG] = {"tag", N_("TAG"), N_("only questions with this tag")},
    [OPTION_VERSION] = {"version", NULL, N_("show the version")},
};

#define SCREEN (WITH(ASCII) | WITH(MOUSE) | WITH(NO_COLOR))
#define FILTER (WITH(DECK) | WITH(SECTION) | WITH(LEVEL) | WITH(TAG))

const struct command command_table[] = {
    {"", "", N_("open the home screen"), SCREEN | WITH(VERSION), 0, 0, command_home},
    {"study", "", N_("study what is due today"),
     SCREEN | WITH(DECK) | WITH(SECTION) | WITH(LIMIT) | WITH(PLAIN), 0, 0, command_study},
    {"browse", N_("[WORDS]"), N_("find and read questions"), SCREEN | FILTER | WITH(PLAIN), 0, -1,
     command_browse},
    {"search", N_("PATTERN"), N_("list the questions that hold these words or match a pattern"),
     FILTER | WITH(REGEX) | WITH(JSON), 1, -1, command_search},
    {"import", N_("FILE|FOLDER..."), N_("read questions from Markdown"), WITH(DRY_RUN) | WITH(JSON),
     1, -1, command_import},
    {"list", "", N_("list the questions"), FILTER | WITH(JSON), 0, 0, command_list},
    {"show", N_("ID"), N_("show a question with its answer"), WITH(JSON), 1, 1, command_show},
    {"review", N_("ID again|hard|good|easy"), N_("rate a question"), WITH(JSON), 2, 2,
     command_review},
    {"undo", "", N_("take the last rating back"), WITH(JSON), 0, 0, command_undo},
    {"suspend", N_("ID [off]"), N_("leave a question out of studying, or take it back"), WITH(JSON),
     1, 2, command_suspend},
    {"progress", "", N_("show what would be recalled today"),
     SCREEN | WITH(DECK) | WITH(JSON) | WITH(PLAIN), 0, 0, command_progress},
    {"settings", N_("[NAME [VALUE]]"), N_("show or change settings"), WITH(DECK) | WITH(JSON), 0, 2,
     command_settings},
    {"completions", "bash|zsh|fish", N_("print a completion script for a shell"), 0, 1, 1,
     command_completions},
    {"help", N_("[COMMAND]"), N_("show help"), 0, 0, 1, command_help},
};

const size_t command_count = ARRAY_LEN(command_table);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (str_eq(command_table[i].name, name))
            return &command_table[i];
    return NULL;
}
