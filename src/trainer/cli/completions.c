/* SPDX-License-Identifier: MIT
 * drydock completions: scripts for bash, zsh and fish, made of the command table. */
#include <stdio.h>

#include "base/i18n.h"
#include "trainer/bank/settings.h"
#include "trainer/cli/cli.h"

static const char *const words_after[][2] = {
    /* a command, what may follow it */
    {"review", "again hard good easy"},
    {"suspend", "off"},
    {"completions", "bash zsh fish"},
};

static const char *find_words(const char *command)
{
    for (size_t i = 0; i < sizeof(words_after) / sizeof(words_after[0]); i++)
        if (str_eq(words_after[i][0], command))
            return words_after[i][1];
    return "";
}

static bool takes_files(const struct command *command)
{
    return str_eq(command->name, "import");
}

static void add_options(struct str *out, const struct command *command)
{
    for (int id = 0; id < OPTION_COUNT; id++)
        if (id == OPTION_HELP || command->options & 1u << id)
            str_addf(out, " --%s", option_table[id].name);
}

static void add_command_names(struct str *out)
{
    for (size_t i = 1; i < command_count; i++)
        str_addf(out, " %s", command_table[i].name);
}

static void add_setting_names(struct str *out)
{
    for (size_t i = 0; i < settings_count; i++)
        str_addf(out, " %s", settings_table[i].name);
}

/* The words that may follow a command, beside its options. */
static void add_words(struct str *out, const struct command *command)
{
    str_add(out, find_words(command->name));
    if (str_eq(command->name, "settings"))
        add_setting_names(out);
    if (str_eq(command->name, "help"))
        add_command_names(out);
}

static void make_bash(struct str *out)
{
    str_add(out, "# bash completion of drydock, made by 'drydock completions bash'\n"
                 "_drydock()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} words files=\n"
                 "    case ${COMP_CWORD}:${COMP_WORDS[1]} in\n        1:*) words=\"");
    add_command_names(out);
    add_options(out, &command_table[0]);
    str_add(out, "\" ;;\n");
    for (size_t i = 1; i < command_count; i++) {
        str_addf(out, "        *:%s) words=\"", command_table[i].name);
        add_words(out, &command_table[i]);
        add_options(out, &command_table[i]);
        str_addf(out, "\"%s ;;\n", takes_files(&command_table[i]) ? " files=-f" : "");
    }
    str_add(out,
            "    esac\n    mapfile -t COMPREPLY < <(compgen $files -W \"$words\" -- \"$word\")\n"
            "}\ncomplete -o filenames -F _drydock drydock\n");
}

/* A description inside single quotes of zsh or fish. */
static void add_quoted(struct str *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            str_add(out, "'\\''");
        else if (*text == ':' || *text == '[' || *text == ']')
            str_addf(out, "\\%c", *text);
        else
            str_add_char(out, *text);
    }
}

static void add_zsh_command(struct str *out, const struct command *command)
{
    str_addf(out, "            %s) _arguments", command->name);
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_info *info = &option_table[id];
        if (id != OPTION_HELP && !(command->options & 1u << id))
            continue;
        str_addf(out, " '--%s%s[", info->name, info->argument ? "=" : "");
        add_quoted(out, info->help);
        str_addf(out, "]%s'", info->argument ? ":value:" : "");
    }
    autostr struct str words = STR_INIT;
    add_words(&words, command);
    if (takes_files(command))
        str_add(out, " '*:file:_files'");
    else if (words.len > 0)
        str_addf(out, " '*:word:(%s)'", words.text);
    str_add(out, " ;;\n");
}

static void make_zsh(struct str *out)
{
    str_add(out,
            "#compdef drydock\n# zsh completion of drydock, made by 'drydock completions zsh'\n"
            "_drydock()\n{\n    local -a commands\n    commands=(\n");
    for (size_t i = 1; i < command_count; i++) {
        str_addf(out, "        '%s:", command_table[i].name);
        add_quoted(out, command_table[i].summary);
        str_add(out, "'\n");
    }
    str_add(out, "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n");
    str_add(out, "    else\n        shift words\n        (( CURRENT-- ))\n"
                 "        case $words[1] in\n");
    for (size_t i = 1; i < command_count; i++)
        add_zsh_command(out, &command_table[i]);
    str_add(
        out,
        "        esac\n    fi\n}\n"
        "if [ \"$funcstack[1]\" = _drydock ]; then _drydock; else compdef _drydock drydock; fi\n");
}

static void add_fish_command(struct str *out, const struct command *command)
{
    autostr struct str words = STR_INIT;

    add_words(&words, command);
    str_addf(out, "complete -c drydock -n __fish_use_subcommand -a %s -d '", command->name);
    add_quoted(out, command->summary);
    str_add(out, "'\n");
    for (int id = 0; id < OPTION_COUNT; id++) {
        const struct option_info *info = &option_table[id];
        if (id != OPTION_HELP && !(command->options & 1u << id))
            continue;
        str_addf(out, "complete -c drydock -n '__fish_seen_subcommand_from %s' -l %s%s -d '",
                 command->name, info->name, info->argument ? " -r" : "");
        add_quoted(out, info->help);
        str_add(out, "'\n");
    }
    str_addf(out, "complete -c drydock -n '__fish_seen_subcommand_from %s'", command->name);
    if (takes_files(command))
        str_add(out, " -F\n");
    else
        str_addf(out, " -a '%s'\n", words.text);
}

static void make_fish(struct str *out)
{
    str_add(out, "# fish completion of drydock, made by 'drydock completions fish'\n"
                 "complete -c drydock -f\n");
    for (size_t i = 1; i < command_count; i++)
        add_fish_command(out, &command_table[i]);
}

enum exit_status command_completions(const struct invocation *invocation)
{
    autostr struct str out = STR_INIT;
    const char *shell = invocation->arguments[0];

    if (str_eq(shell, "bash"))
        make_bash(&out);
    else if (str_eq(shell, "zsh"))
        make_zsh(&out);
    else if (str_eq(shell, "fish"))
        make_fish(&out);
    else
        return cli_misuse(invocation, _("%s is not bash, zsh or fish"), shell);
    return cli_print_all(&out, STATUS_DONE);
}
