/* SPDX-License-Identifier: MIT */
#include "trainer/cli/print.h"

#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "trainer/deck/layout.h"

static const char *const state_names[] = {
    [CARD_NEW] = "new",
    [CARD_LEARNING] = "learning",
    [CARD_REVIEW] = "review",
    [CARD_RELEARNING] = "relearning",
};

static const char *const rating_names[] = {
    [RATING_AGAIN] = "again",
    [RATING_HARD] = "hard",
    [RATING_GOOD] = "good",
    [RATING_EASY] = "easy",
};

const char *print_state_name(enum card_state state)
{
    return state_names[state];
}

const char *print_rating_name(enum rating rating)
{
    return rating_names[rating];
}

enum rating print_rating_of(const char *name)
{
    for (enum rating rating = RATING_AGAIN; rating <= RATING_EASY; rating++)
        if (str_eq(name, rating_names[rating]))
            return rating;
    return 0;
}

char *print_joined_arguments(const struct invocation *invocation)
{
    struct str joined = STR_INIT;

    for (int i = 0; i < invocation->argument_count; i++)
        str_addf(&joined, "%s%s", i > 0 ? " " : "", invocation->arguments[i]);
    return str_steal(&joined);
}

void print_add_markdown(struct str *out, const char *markdown, int cols, const char *indent)
{
    struct layout *layout = layout_new(markdown, cols - (int)strlen(indent), false);

    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (line->len > 0)
            str_add(out, indent);
        str_add_bytes(out, layout->text + line->start, line->len);
        str_add_char(out, '\n');
    }
    layout_free(layout);
}

void print_options_json(struct json *json, const struct question *question)
{
    json_open(json, "options", '[');
    for (size_t i = 0; i < question->option_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "text", question->options[i].text);
        json_bool(json, "correct", question->options[i].is_correct);
        json_close(json);
    }
    json_close(json);
}
