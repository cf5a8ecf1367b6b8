/* SPDX-License-Identifier: MIT
 * What most commands begin with: the bank, the bundled deck, the filter, the question meant. */
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "trainer/cli/cli.h"

struct bank *cli_open_bank(struct error *err)
{
    autofree char *folder = paths_data();
    autofree char *path = fs_join(folder, "bank.db");

    return bank_open(path, err);
}

static int import_bundled(struct bank *bank, struct error *err)
{
    autofree char *folder = paths_content();
    autofree char *path = fs_join(folder, "docker-sre.md");
    auto_deck struct deck *deck = deck_load(path, err);

    if (!deck)
        return -1;
    struct import_report *report = bank_import(bank, deck, false, err);
    if (!report)
        return -1;
    import_report_free(report);
    return 0;
}

struct bank *cli_open_filled_bank(struct error *err)
{
    auto_bank struct bank *bank = cli_open_bank(err);

    if (!bank)
        return NULL;
    if (bank_is_fresh(bank) && !bank_is_read_only(bank) && import_bundled(bank, err) < 0) {
        error_wrap(err, _("cannot import the bundled deck"));
        return NULL;
    }
    return steal_ptr(&bank);
}

static bool deck_has_section(const struct bank_deck_summary *deck, const char *section)
{
    for (size_t i = 0; i < deck->section_count; i++)
        if (str_eq(deck->sections[i].title, section))
            return true;
    return false;
}

/* A misspelt deck or section would silently find nothing. */
static int check_names(struct bank *bank, const struct bank_filter *filter, struct error *err)
{
    struct bank_overview *overview = bank_overview(bank, clock_now_ms(), err);
    bool has_deck = false, has_section = false;

    if (!overview)
        return -1;
    for (size_t i = 0; i < overview->deck_count; i++) {
        const struct bank_deck_summary *deck = &overview->decks[i];
        if (filter->deck && !str_eq(deck->id, filter->deck))
            continue;
        has_deck = true;
        if (filter->section && deck_has_section(deck, filter->section))
            has_section = true;
    }
    bank_overview_free(overview);
    if (filter->deck && !has_deck)
        return error_set(err, 0, _("there is no deck %s"), filter->deck);
    if (filter->section && !has_section)
        return error_set(err, 0, _("there is no section %s"), filter->section);
    return 0;
}

int cli_filter(struct bank *bank, const struct invocation *invocation, struct bank_filter *filter,
               struct error *err)
{
    *filter = (struct bank_filter){
        .deck = invocation->options[OPTION_DECK],
        .section = invocation->options[OPTION_SECTION],
        .level = invocation->options[OPTION_LEVEL],
        .tag = invocation->options[OPTION_TAG],
        .now_ms = clock_now_ms(),
    };
    return filter->deck || filter->section ? check_names(bank, filter, err) : 0;
}

enum exit_status cli_find(struct bank *bank, const char *id, int64_t *number)
{
    struct error err;

    if (bank_find(bank, id, number, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    if (*number)
        return STATUS_DONE;
    error_set(&err, 0, _("there is no question %s"), id);
    return cli_fail(STATUS_NO, &err);
}
