/* SPDX-License-Identifier: MIT */
#include "trainer/cli/cli.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"

bool cli_has(const struct invocation *invocation, enum option_id option)
{
    return invocation->options[option] != NULL;
}

/* The options of a command in the form that getopt_long() wants; `val` is the option's id + 1. */
static void make_getopt_table(const struct command *command, struct option table[OPTION_COUNT + 1])
{
    size_t count = 0;

    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_info *info = &option_table[id];
        if (id != OPTION_HELP && !(command->options & 1u << id))
            continue;
        table[count++] = (struct option){
            .name = info->name,
            .has_arg = info->argument ? required_argument : no_argument,
            .val = id + 1,
        };
    }
    table[count] = (struct option){0};
}

static int parse_options(int argc, char **argv, struct invocation *invocation)
{
    struct option table[OPTION_COUNT + 1];
    int value;

    make_getopt_table(invocation->command, table);
    optind = 1;
    while ((value = getopt_long(argc, argv, "", table, NULL)) != -1) {
        if (value == '?')
            return -1; /* getopt_long() has said why */
        invocation->options[value - 1] = optarg ? optarg : "";
    }
    invocation->arguments = argv + optind;
    invocation->argument_count = argc - optind;
    return 0;
}

static bool has_wrong_count(const struct invocation *invocation)
{
    const struct command *command = invocation->command;
    int count = invocation->argument_count;

    return count < command->least_arguments ||
           (command->most_arguments >= 0 && count > command->most_arguments);
}

static enum exit_status show_help_of(const struct command *command)
{
    char *name = (char *)command->name;
    struct invocation help = {
        .command = command_find("help"),
        .arguments = &name,
        .argument_count = *name ? 1 : 0,
    };

    return command_help(&help);
}

static enum exit_status run_command(int argc, char **argv, const struct command *command)
{
    struct invocation invocation = {.command = command};

    if (parse_options(argc, argv, &invocation) < 0)
        return cli_misuse(&invocation, "%s", "");
    if (cli_has(&invocation, OPTION_HELP))
        return show_help_of(command);
    if (cli_has(&invocation, OPTION_VERSION)) {
        printf("drydock %s\n", DRYDOCK_VERSION);
        return STATUS_DONE;
    }
    if (has_wrong_count(&invocation)) {
        return cli_misuse(&invocation, _("wrong number of arguments: drydock %s%s%s"),
                          command->name, *command->arguments ? " " : "",
                          *command->arguments ? _(command->arguments) : "");
    }
    return command->run(&invocation);
}

static void end_interrupted(int signal)
{
    (void)signal;
    _exit(STATUS_INTERRUPTED);
}

static enum exit_status run(int argc, char **argv)
{
    const struct command *command;

    if (argc < 2 || argv[1][0] == '-')
        return run_command(argc, argv, command_find(""));
    command = command_find(argv[1]);
    if (!command || !*argv[1]) {
        struct invocation none = {.command = command_find("")};
        return cli_misuse(&none, _("there is no command %s"), argv[1]);
    }
    argv[1] = argv[0];
    return run_command(argc - 1, argv + 1, command);
}

/* A full disk below stdout may show only here; one that a command has told of is not told twice. */
static enum exit_status check_output(enum exit_status status)
{
    struct error err;

    if ((fflush(stdout) == 0 && !ferror(stdout)) || status == STATUS_IMPOSSIBLE)
        return status;
    error_set(&err, errno, _("cannot write the output"));
    return cli_fail(STATUS_IMPOSSIBLE, &err);
}

int cli_run(int argc, char **argv)
{
    struct error err;

    i18n_init();
    if (signal(SIGINT, end_interrupted) == SIG_IGN) /* as for a job in the background */
        signal(SIGINT, SIG_IGN);
    if (clock_init(&err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    return check_output(run(argc, argv));
}
