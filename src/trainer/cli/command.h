/* SPDX-License-Identifier: MIT
 * The commands: one table feeds the parser, --help, the completions and the check of the manual. */
#pragma once

#include <stddef.h>

#include "base/error.h"

/* What a command ends with; see EXIT STATUS in drydock(1). */
enum exit_status {
    STATUS_DONE = 0,
    STATUS_NO = 1,         /* done, but the answer is no: nothing found, nothing to undo */
    STATUS_WRONG = 2,      /* wrong usage or unreadable input */
    STATUS_IMPOSSIBLE = 3, /* this machine cannot do it */
    STATUS_INTERRUPTED = 130,
};

enum option_id {
    OPTION_ASCII,
    OPTION_DECK,
    OPTION_DRY_RUN,
    OPTION_HELP,
    OPTION_JSON,
    OPTION_LEVEL,
    OPTION_LIMIT,
    OPTION_MOUSE,
    OPTION_NO_COLOR,
    OPTION_PLAIN,
    OPTION_REGEX,
    OPTION_SECTION,
    OPTION_TAG,
    OPTION_VERSION,
    OPTION_COUNT
};

#define WITH(option) (1u << OPTION_##option)

struct option_info {
    const char *name;     /* without the two dashes */
    const char *argument; /* "DECK", or NULL where it takes none */
    const char *help;     /* N_() */
};

extern const struct option_info option_table[OPTION_COUNT];

struct invocation; /* a command line, parsed */

struct command {
    const char *name;                    /* "" for drydock alone */
    const char *arguments;               /* "ID again|hard|good|easy" */
    const char *summary;                 /* N_(), one sentence without a full stop */
    unsigned options;                    /* bits of WITH() */
    int least_arguments, most_arguments; /* most -1: any number */
    enum exit_status (*run)(const struct invocation *invocation);
};

struct invocation {
    const struct command *command;
    const char *options[OPTION_COUNT]; /* the argument, "" for a switch that was given, NULL for not
                                          given */
    char **arguments;
    int argument_count;
};

extern const struct command command_table[];
extern const size_t command_count;

/* NULL where there is none of that name. */
const struct command *command_find(const char *name);

enum exit_status command_home(const struct invocation *invocation);
enum exit_status command_study(const struct invocation *invocation);
enum exit_status command_browse(const struct invocation *invocation);
enum exit_status command_search(const struct invocation *invocation);
enum exit_status command_import(const struct invocation *invocation);
enum exit_status command_list(const struct invocation *invocation);
enum exit_status command_show(const struct invocation *invocation);
enum exit_status command_review(const struct invocation *invocation);
enum exit_status command_undo(const struct invocation *invocation);
enum exit_status command_suspend(const struct invocation *invocation);
enum exit_status command_progress(const struct invocation *invocation);
enum exit_status command_settings(const struct invocation *invocation);
enum exit_status command_completions(const struct invocation *invocation);
enum exit_status command_help(const struct invocation *invocation);
