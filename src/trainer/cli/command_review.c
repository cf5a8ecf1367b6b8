/* SPDX-License-Identifier: MIT
 * drydock review, undo, suspend: what a script does to a card. */
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "trainer/bank/json.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/print.h"
#include "trainer/study/study.h"

static enum exit_status print_review(struct bank *bank, const struct invocation *invocation,
                                     const struct bank_question *rated, enum rating rating)
{
    autostr struct str out = STR_INIT;

    if (cli_has(invocation, OPTION_JSON)) {
        auto_json struct json *json = json_new(bank, &out);
        json_open(json, NULL, '{');
        json_string(json, "id", rated->question.id);
        json_string(json, "deck", rated->deck);
        json_string(json, "rating", print_rating_name(rating));
        json_time(json, "at", rated->card.last_review_ms);
        json_number(json, "stability", rated->card.stability, 4);
        json_number(json, "difficulty", rated->card.difficulty, 4);
        json_time(json, "due", rated->card.due_ms);
        json_integer(json, "interval_days", rated->card.interval_days);
        json_string(json, "state", print_state_name(rated->card.state));
        json_close(json);
        str_add_char(&out, '\n');
    } else {
        autostr struct str due = STR_INIT;
        clock_add_rfc3339(&due, rated->card.due_ms);
        /* TRANSLATORS: a question's id, a rating (again, hard, good, easy), a time */
        str_addf(&out, _("%s: %s, due %s\n"), rated->question.id, print_rating_name(rating),
                 due.text);
    }
    return cli_print_all(&out, STATUS_DONE);
}

static int rate(struct bank *bank, int64_t number, enum rating rating, struct error *err)
{
    const struct study_options options = {.question = number, .source = "script"};
    auto_study struct study *study = study_new(bank, &options, err);
    bool is_leech;

    if (!study)
        return -1;
    study_reveal(study);
    return study_rate(study, rating, &is_leech, err);
}

enum exit_status command_review(const struct invocation *invocation)
{
    struct error err;
    enum rating rating = print_rating_of(invocation->arguments[1]);
    int64_t number;

    if (!rating)
        return cli_misuse(invocation, _("%s is no rating: it is again, hard, good or easy"),
                          invocation->arguments[1]);
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    enum exit_status status = cli_find(bank, invocation->arguments[0], &number);
    if (status != STATUS_DONE)
        return status;
    if (rate(bank, number, rating, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    auto_bank_question struct bank_question *rated = bank_question_load(bank, number, &err);
    return rated ? print_review(bank, invocation, rated, rating)
                 : cli_fail(STATUS_IMPOSSIBLE, &err);
}

static enum exit_status print_undo(struct bank *bank, const struct invocation *invocation,
                                   const struct bank_question *undone)
{
    autostr struct str out = STR_INIT;

    if (cli_has(invocation, OPTION_JSON)) {
        auto_json struct json *json = json_new(bank, &out);
        json_open(json, NULL, '{');
        json_string(json, "id", undone->question.id);
        json_string(json, "deck", undone->deck);
        json_string(json, "state", print_state_name(undone->card.state));
        json_time(json, "due", undone->card.due_ms);
        json_close(json);
        str_add_char(&out, '\n');
    } else {
        str_addf(&out, _("%s: the last rating is taken back\n"), undone->question.id);
    }
    return cli_print_all(&out, STATUS_DONE);
}

enum exit_status command_undo(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    int64_t review, number;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (bank_last_review(bank, &review, &number, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (!review) {
        error_set(&err, 0, _("there is no rating to take back"));
        return cli_fail(STATUS_NO, &err);
    }
    if (bank_revoke(bank, review, clock_now_ms(), &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    auto_bank_question struct bank_question *undone = bank_question_load(bank, number, &err);
    return undone ? print_undo(bank, invocation, undone) : cli_fail(STATUS_IMPOSSIBLE, &err);
}

enum exit_status command_suspend(const struct invocation *invocation)
{
    struct error err;
    bool off = invocation->argument_count > 1;
    autostr struct str out = STR_INIT;
    int64_t number;

    if (off && !str_eq(invocation->arguments[1], "off"))
        return cli_misuse(invocation, _("%s is not 'off'"), invocation->arguments[1]);
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    enum exit_status status = cli_find(bank, invocation->arguments[0], &number);
    if (status != STATUS_DONE)
        return status;
    auto_bank_question struct bank_question *meant = bank_question_load(bank, number, &err);
    if (!meant || bank_suspend(bank, meant->card_number, !off, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_has(invocation, OPTION_JSON)) {
        auto_json struct json *json = json_new(bank, &out);
        json_open(json, NULL, '{');
        json_string(json, "id", meant->question.id);
        json_bool(json, "suspended", !off);
        json_close(json);
        str_add_char(&out, '\n');
    }
    return cli_print_all(&out, STATUS_DONE);
}
