/* SPDX-License-Identifier: MIT
 * drydock, study, browse: the screens, or their plain forms. */
#include "trainer/cli/screens.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "trainer/bank/settings.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/plain_browse.h"
#include "trainer/cli/plain_study.h"
#include "trainer/cli/print.h"
#include "trainer/ui/ui.h"

bool screens_are_wanted(const struct invocation *invocation)
{
    return !cli_has(invocation, OPTION_PLAIN) && !cli_has(invocation, OPTION_JSON) &&
           isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static bool is_on(struct bank *bank, const char *setting)
{
    autofree char *value = setting_get(bank, NULL, setting);

    return str_eq(value, "on");
}

/* Reads a changed document again, for the `e` key. */
static int reimport(void *data, struct bank *bank, const char *path, struct str *summary,
                    struct error *err)
{
    auto_deck struct deck *deck = deck_load(path, err);

    (void)data;
    if (!deck)
        return -1;
    struct import_report *report = bank_import(bank, deck, false, err);
    if (!report)
        return -1;
    str_addf(summary, _("%d added, %d updated, %d retired"), report->added, report->updated,
             report->retired);
    if (deck->warning_count > 0)
        str_addf(summary, _("; line %d: %s"), deck->warnings[0].line, deck->warnings[0].message);
    import_report_free(report);
    return 0;
}

static enum exit_status run(struct bank *bank, const struct invocation *invocation,
                            struct ui_options *options)
{
    const char *no_color = getenv("NO_COLOR");
    struct error err;

    options->no_color = cli_has(invocation, OPTION_NO_COLOR) || (no_color && *no_color);
    options->ascii = cli_has(invocation, OPTION_ASCII) || is_on(bank, "ascii");
    options->mouse = cli_has(invocation, OPTION_MOUSE) || is_on(bank, "mouse");
    options->reimport = reimport;
    return ui_run(bank, options, &err) < 0 ? cli_fail(STATUS_IMPOSSIBLE, &err) : STATUS_DONE;
}

enum exit_status command_home(const struct invocation *invocation)
{
    struct error err;

    if (!screens_are_wanted(invocation)) {
        error_set(&err, 0, _("the screens need a terminal; 'drydock study --plain' needs none"));
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    }
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    struct ui_options options = {.screen = UI_HOME};

    return bank ? run(bank, invocation, &options) : cli_fail(STATUS_IMPOSSIBLE, &err);
}

static bool parse_limit(const char *text, int *limit)
{
    char *end;
    long value = strtol(text ? text : "0", &end, 10);

    *limit = (int)value;
    return *end == '\0' && value >= (text ? 1 : 0) && value <= 100000;
}

enum exit_status command_study(const struct invocation *invocation)
{
    struct error err;
    struct study_options wanted = {
        .deck = invocation->options[OPTION_DECK],
        .section = invocation->options[OPTION_SECTION],
    };
    struct ui_options options = {.screen = UI_STUDY, .study = wanted};
    struct bank_filter filter;

    if (!parse_limit(invocation->options[OPTION_LIMIT], &wanted.limit))
        return cli_misuse(invocation, _("%s is not a number of cards"),
                          invocation->options[OPTION_LIMIT]);
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    options.study = wanted;
    if (screens_are_wanted(invocation))
        return run(bank, invocation, &options);
    auto_study struct study *study = study_new(bank, &wanted, &err);
    return study ? plain_study(study) : cli_fail(STATUS_IMPOSSIBLE, &err);
}

enum exit_status command_browse(const struct invocation *invocation)
{
    struct error err;
    autofree char *words = print_joined_arguments(invocation);
    struct ui_options options = {.screen = UI_BROWSE, .words = words};
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    struct bank_filter filter;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    options.filter = filter;
    if (screens_are_wanted(invocation))
        return run(bank, invocation, &options);
    return plain_browse(bank, &filter, words);
}

enum exit_status screens_progress(struct bank *bank, const struct invocation *invocation)
{
    struct ui_options options = {.screen = UI_PROGRESS};

    return run(bank, invocation, &options);
}
