/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/i18n.h"
#include "base/width.h"
#include "trainer/cli/cli.h"

/* "  --deck DECK      only this deck" */
static void print_row(const char *name, const char *argument, const char *help, int name_cols)
{
    autostr struct str left = STR_INIT, line = STR_INIT;

    str_addf(&left, "%s%s%s", name, *argument ? " " : "", argument);
    width_add_padded(&line, left.text,
                     width_of_text(left.text) > name_cols ? width_of_text(left.text) : name_cols,
                     "");
    printf("  %s  %s\n", line.text, help);
}

static void print_options(const struct command *command)
{
    printf("\n%s\n", _("Options:"));
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_info *info = &option_table[id];
        autofree char *name = str_printf("--%s", info->name);
        if (id == OPTION_HELP || command->options & 1u << id)
            print_row(name, info->argument ? _(info->argument) : "", _(info->help), 20);
    }
}

static void print_usage(const struct command *command)
{
    const char *arguments = *command->arguments ? _(command->arguments) : "";

    printf(_("Usage: drydock %s%s[OPTION]...%s%s\n"), command->name, *command->name ? " " : "",
           *arguments ? " " : "", arguments);
}

static void print_overview(void)
{
    printf("%s\n\n", _("drydock trains you for Docker and SRE interviews, in the terminal."));
    printf("%s\n\n%s\n", _("Usage: drydock [COMMAND] [OPTION]..."), _("Commands:"));
    print_row("drydock", "", _(command_table[0].summary), 34);
    for (size_t i = 1; i < command_count; i++) {
        const struct command *command = &command_table[i];
        print_row(command->name, *command->arguments ? _(command->arguments) : "",
                  _(command->summary), 34);
    }
    print_options(&command_table[0]);
    printf("\n%s\n", _("The manual: man drydock. A command's options: drydock COMMAND --help."));
}

enum exit_status command_help(const struct invocation *invocation)
{
    const struct str nothing = STR_INIT;

    if (invocation->argument_count == 0) {
        print_overview();
        return cli_print_all(&nothing, STATUS_DONE);
    }
    const struct command *command = command_find(invocation->arguments[0]);
    if (!command)
        return cli_misuse(invocation, _("there is no command %s"), invocation->arguments[0]);
    print_usage(command);
    printf("\n%s\n", _(command->summary));
    print_options(command);
    return cli_print_all(&nothing, STATUS_DONE);
}
