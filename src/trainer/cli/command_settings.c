/* SPDX-License-Identifier: MIT
 * drydock settings: show one or all, change one. */
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/bank/json.h"
#include "trainer/bank/settings.h"
#include "trainer/cli/cli.h"

static void add_setting(struct bank *bank, const char *deck, const struct setting *setting,
                        struct str *out, struct json *json)
{
    autofree char *value = setting_get(bank, deck, setting->name);

    if (json) {
        json_string(json, setting->name, value);
        return;
    }
    autostr struct str line = STR_INIT;
    str_addf(&line, "%-20s %-8s %s\n", setting->name, value, _(setting->help));
    utf8_add_visible(out, line.text, line.len, true);
}

static enum exit_status print_settings(struct bank *bank, const struct invocation *invocation,
                                       const struct setting *only)
{
    autostr struct str out = STR_INIT;
    auto_json struct json *json = cli_has(invocation, OPTION_JSON) ? json_new(bank, &out) : NULL;

    if (json)
        json_open(json, NULL, '{');
    for (size_t i = 0; i < settings_count; i++)
        if (!only || only == &settings_table[i])
            add_setting(bank, invocation->options[OPTION_DECK], &settings_table[i], &out, json);
    if (json) {
        json_close(json);
        str_add_char(&out, '\n');
    }
    return cli_print_all(&out, STATUS_DONE);
}

enum exit_status command_settings(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    const struct setting *setting = NULL;
    struct bank_filter filter;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    if (invocation->argument_count > 0) {
        setting = setting_find(invocation->arguments[0]);
        if (!setting)
            return cli_misuse(invocation, _("there is no setting %s"), invocation->arguments[0]);
    }
    if (invocation->argument_count > 1 &&
        setting_set(bank, filter.deck, setting->name, invocation->arguments[1], &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    return print_settings(bank, invocation, setting);
}
