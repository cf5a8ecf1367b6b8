/* SPDX-License-Identifier: MIT */
#include "trainer/cli/plain_browse.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/plain_input.h"
#include "trainer/cli/print.h"
#include "trainer/study/search.h"

#define ROWS_SHOWN 50

struct results {
    int64_t *numbers;
    size_t count;
};

/* "/pattern" is a regular expression, anything else words. */
static int find(struct bank *bank, const struct bank_filter *filter, const char *wanted,
                struct results *results, struct error *err)
{
    struct bank_filter found = *filter;

    free(results->numbers);
    *results = (struct results){0};
    if (wanted[0] == '/') {
        auto_pattern struct pattern *pattern = pattern_new(wanted + 1, err);
        if (!pattern)
            return -1;
        return search_pattern(bank, filter, pattern, &results->numbers, &results->count, err);
    }
    found.words = *wanted ? wanted : NULL;
    return bank_list(bank, &found, &results->numbers, &results->count, err);
}

static int print_results(struct bank *bank, const struct results *results, struct error *err)
{
    struct bank_row rows[ROWS_SHOWN];
    size_t shown = results->count < ROWS_SHOWN ? results->count : ROWS_SHOWN;
    struct arena arena = {0};

    int result = bank_rows(bank, results->numbers, shown, &arena, rows, err);
    for (size_t i = 0; result == 0 && i < shown; i++) {
        autofree char *line =
            str_printf("%zu. %s:%s  %s", i + 1, rows[i].deck, rows[i].id, rows[i].title);
        cli_print_line(line);
    }
    arena_clear(&arena);
    autofree char *total = str_printf(
        ngettext("%zu question found.", "%zu questions found.", results->count), results->count);
    cli_print_line(total);
    return result;
}

static int print_question(struct bank *bank, int64_t number, struct error *err)
{
    auto_bank_question struct bank_question *shown = bank_question_load(bank, number, err);
    autostr struct str out = STR_INIT;

    if (!shown)
        return -1;
    cli_print_line(_("Question:"));
    cli_print_line(shown->question.title);
    print_add_markdown(&out, shown->question.prompt, cli_columns(), "");
    str_addf(&out, "%s\n", _("Answer:"));
    print_add_markdown(&out, shown->question.answer, cli_columns(), "");
    fwrite(out.text, 1, out.len, stdout);
    return 0;
}

static int answer_line(struct bank *bank, const struct bank_filter *filter, const char *line,
                       struct results *results, struct error *err)
{
    char *end;
    size_t chosen = strtoul(line, &end, 10);

    if (end != line && *end == '\0' && chosen >= 1 && chosen <= results->count)
        return print_question(bank, results->numbers[chosen - 1], err);
    if (find(bank, filter, line, results, err) < 0)
        return -1;
    return print_results(bank, results, err);
}

enum exit_status plain_browse(struct bank *bank, const struct bank_filter *filter,
                              const char *words)
{
    autostr struct str line = STR_INIT;
    struct results results = {0};
    struct error err;

    str_add(&line, words);
    do {
        if (answer_line(bank, filter, line.text, &results, &err) < 0)
            cli_fail(STATUS_WRONG, &err);
    } while (plain_read(_("Words, /pattern, a number to read it, or q: "), &line) &&
             !str_eq(line.text, "q"));
    enum exit_status status = results.count > 0 ? STATUS_DONE : STATUS_NO;
    free(results.numbers);
    return status;
}
