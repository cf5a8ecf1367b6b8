/* SPDX-License-Identifier: MIT
 * drydock list, drydock search: questions, one a line. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/bank/json.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/print.h"
#include "trainer/study/search.h"

#define ROWS_AT_ONCE 512

static void add_row(struct str *out, const struct bank_row *row)
{
    autostr struct str line = STR_INIT;

    str_addf(&line, "%s:%s\t%s\t%s", row->deck, row->id, row->section, row->title);
    utf8_add_visible(out, line.text, line.len, true);
    str_add_char(out, '\n');
}

static void add_row_json(struct json *json, const struct bank_row *row)
{
    json_open(json, NULL, '{');
    json_string(json, "id", row->id);
    json_string(json, "deck", row->deck);
    json_string(json, "section", row->section);
    json_string(json, "title", row->title);
    json_string(json, "level", row->level);
    json_string(json, "state", print_state_name(row->state));
    json_time(json, "due", row->due_ms);
    json_bool(json, "suspended", row->is_suspended);
    json_bool(json, "leech", row->is_leech);
    json_close(json);
}

/* Rows are loaded in slices: a bank may hold 100,000. `json` is NULL for lines. */
static int add_rows(struct bank *bank, const int64_t *numbers, size_t count, struct str *out,
                    struct json *json, struct error *err)
{
    struct bank_row rows[ROWS_AT_ONCE];

    for (size_t from = 0; from < count; from += ROWS_AT_ONCE) {
        size_t slice = count - from < ROWS_AT_ONCE ? count - from : ROWS_AT_ONCE;
        struct arena arena = {0};
        int result = bank_rows(bank, numbers + from, slice, &arena, rows, err);
        for (size_t i = 0; result == 0 && i < slice; i++) {
            if (json)
                add_row_json(json, &rows[i]);
            else
                add_row(out, &rows[i]);
        }
        arena_clear(&arena);
        if (result < 0)
            return -1;
    }
    return 0;
}

static enum exit_status print_questions(struct bank *bank, const struct invocation *invocation,
                                        const int64_t *numbers, size_t count)
{
    autostr struct str out = STR_INIT;
    auto_json struct json *json = NULL;
    struct error err;

    if (cli_has(invocation, OPTION_JSON)) {
        json = json_new(bank, &out);
        json_open(json, NULL, '{');
        json_open(json, "questions", '[');
    }
    if (add_rows(bank, numbers, count, &out, json, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (json) {
        json_close(json);
        json_close(json);
        str_add_char(&out, '\n');
    }
    return cli_print_all(&out, count > 0 ? STATUS_DONE : STATUS_NO);
}

enum exit_status command_list(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    autofree int64_t *numbers = NULL;
    struct bank_filter filter;
    size_t count;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    if (bank_list(bank, &filter, &numbers, &count, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    return print_questions(bank, invocation, numbers, count);
}

enum exit_status command_search(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    autofree char *words = print_joined_arguments(invocation);
    autofree int64_t *numbers = NULL;
    struct bank_filter filter;
    size_t count;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_filter(bank, invocation, &filter, &err) < 0)
        return cli_fail(STATUS_WRONG, &err);
    if (cli_has(invocation, OPTION_REGEX)) {
        auto_pattern struct pattern *pattern = pattern_new(words, &err);
        if (!pattern)
            return cli_fail(STATUS_WRONG, &err);
        if (search_pattern(bank, &filter, pattern, &numbers, &count, &err) < 0)
            return cli_fail(STATUS_IMPOSSIBLE, &err);
    } else {
        filter.words = words;
        if (bank_list(bank, &filter, &numbers, &count, &err) < 0)
            return cli_fail(STATUS_IMPOSSIBLE, &err);
    }
    return print_questions(bank, invocation, numbers, count);
}
