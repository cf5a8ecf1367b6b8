/* SPDX-License-Identifier: MIT
 * drydock import: files to decks to the bank, and a report of what changed. */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/bank/json.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/import_report.h"
#include "trainer/cli/markdown_files.h"

struct import_run {
    struct bank *bank;
    bool is_dry;
    struct json *json; /* NULL: lines */
    struct str out;
    size_t questions; /* found in all files */
    enum exit_status status;
};

/* One file that cannot be read does not keep the others out. */
static void note_failure(struct import_run *run, const char *path, enum exit_status status,
                         const struct error *err)
{
    run->status = cli_fail(status, err);
    if (run->json) {
        json_open(run->json, NULL, '{');
        json_string(run->json, "path", path);
        json_string(run->json, "error", err->text);
        json_close(run->json);
    }
}

static void import_file(struct import_run *run, const char *path)
{
    struct error err;
    auto_deck struct deck *deck = deck_load(path, &err);

    if (!deck) {
        note_failure(run, path, STATUS_WRONG, &err);
        return;
    }
    struct import_report *report = bank_import(run->bank, deck, run->is_dry, &err);
    if (!report) {
        note_failure(run, path, STATUS_IMPOSSIBLE, &err);
        return;
    }
    run->questions += deck->question_count;
    if (run->json)
        import_report_add_json(run->json, deck, report);
    else
        import_report_add_text(&run->out, deck, report, run->is_dry);
    import_report_free(report);
}

static enum exit_status finish(struct import_run *run)
{
    if (run->json) {
        json_close(run->json);
        json_close(run->json);
        str_add_char(&run->out, '\n');
    }
    enum exit_status status = run->status;
    if (status == STATUS_DONE && run->questions == 0)
        status = STATUS_NO;
    return cli_print_all(&run->out, status);
}

static enum exit_status import_all(struct import_run *run, const struct markdown_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        import_file(run, files->paths[i]);
    return finish(run);
}

enum exit_status command_import(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_bank(&err);
    struct markdown_files files = {0};
    struct import_run run = {
        .bank = bank,
        .is_dry = cli_has(invocation, OPTION_DRY_RUN),
        .out = STR_INIT,
    };

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_has(invocation, OPTION_JSON)) {
        run.json = json_new(bank, &run.out);
        json_open(run.json, NULL, '{');
        json_open(run.json, "files", '[');
    }
    for (int i = 0; i < invocation->argument_count; i++)
        if (markdown_files_add(&files, invocation->arguments[i], &err) < 0)
            note_failure(&run, invocation->arguments[i], STATUS_WRONG, &err);
    enum exit_status status = import_all(&run, &files);
    markdown_files_clear(&files);
    if (run.json)
        json_free(run.json);
    str_clear(&run.out);
    return status;
}
