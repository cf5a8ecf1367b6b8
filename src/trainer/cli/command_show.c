/* SPDX-License-Identifier: MIT
 * drydock show: one question with its answer. */
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/bank/json.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/print.h"

static void add_key_points(struct json *json, const struct question *question)
{
    json_open(json, "key_points", '[');
    for (size_t i = 0; i < question->key_point_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "id", question->key_points[i].id);
        json_string(json, "text", question->key_points[i].text);
        json_bool(json, "must", question->key_points[i].is_must);
        json_close(json);
    }
    json_close(json);
}

static void add_follow_ups(struct json *json, const struct question *question)
{
    json_open(json, "follow_ups", '[');
    for (size_t i = 0; i < question->follow_up_count; i++) {
        const struct follow_up *follow_up = &question->follow_ups[i];
        json_open(json, NULL, '{');
        json_string(json, "text", follow_up->text);
        json_string(json, "answer", follow_up->answer);
        json_string(json, "after", follow_up->after);
        json_integer(json, "depth", follow_up->depth);
        json_close(json);
    }
    json_close(json);
}

static void add_links(struct json *json, const char *key, const struct deck_link *links,
                      size_t count)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "title", links[i].title);
        json_string(json, "target", links[i].target);
        json_close(json);
    }
    json_close(json);
}

static void add_card(struct json *json, const struct bank_question *shown)
{
    json_open(json, "card", '{');
    json_string(json, "state", print_state_name(shown->card.state));
    json_number(json, "stability", shown->card.stability, 4);
    json_number(json, "difficulty", shown->card.difficulty, 4);
    json_time(json, "due", shown->card.due_ms);
    json_time(json, "last_review", shown->card.last_review_ms);
    json_integer(json, "interval_days", shown->card.interval_days);
    json_integer(json, "reviews", shown->card.reviews);
    json_integer(json, "lapses", shown->card.lapses);
    json_bool(json, "suspended", shown->is_suspended);
    json_bool(json, "leech", shown->is_leech);
    json_close(json);
}

static void add_json(struct json *json, const struct bank_question *shown)
{
    const struct question *question = &shown->question;

    json_open(json, NULL, '{');
    json_string(json, "id", question->id);
    json_string(json, "deck", shown->deck);
    json_string(json, "section", shown->section);
    json_string(json, "title", question->title);
    json_string(json, "prompt", question->prompt);
    json_string(json, "answer", question->answer_text);
    json_string(json, "markdown", question->answer);
    json_string(json, "level", question->level);
    json_string(json, "tags", question->tags);
    json_string(json, "path", shown->path);
    json_integer(json, "line", question->line);
    print_options_json(json, question);
    add_key_points(json, question);
    add_follow_ups(json, question);
    add_links(json, "labs", question->labs, question->lab_count);
    add_links(json, "sources", question->sources, question->source_count);
    add_card(json, shown);
    json_close(json);
}

static void add_heading(struct str *out, const struct bank_question *shown)
{
    autostr struct str heading = STR_INIT;

    str_addf(&heading, "%s:%s", shown->deck, shown->question.id);
    if (*shown->section)
        str_addf(&heading, " · %s", shown->section);
    if (shown->question.level)
        str_addf(&heading, " · %s", shown->question.level);
    str_addf(&heading, "\n\n%s\n\n", shown->question.title);
    utf8_add_visible(out, heading.text, heading.len, true);
}

static void add_text(struct str *out, const struct bank_question *shown)
{
    const struct question *question = &shown->question;
    autostr struct str points = STR_INIT;

    add_heading(out, shown);
    if (*question->prompt) {
        print_add_markdown(out, question->prompt, cli_columns(), "");
        str_add_char(out, '\n');
    }
    for (size_t i = 0; i < question->option_count; i++)
        str_addf(&points, "%c) %s%s\n", (char)('a' + i % 26), question->options[i].text,
                 question->options[i].is_correct ? _("  (right)") : "");
    print_add_markdown(out, question->answer, cli_columns(), "");
    if (question->key_point_count > 0)
        str_addf(&points, "\n%s\n", _("Key points"));
    for (size_t i = 0; i < question->key_point_count; i++)
        str_addf(&points, "%s %s\n", question->key_points[i].is_must ? "★" : "-",
                 question->key_points[i].text);
    utf8_add_visible(out, points.text, points.len, true);
}

enum exit_status command_show(const struct invocation *invocation)
{
    struct error err;
    auto_bank struct bank *bank = cli_open_filled_bank(&err);
    autostr struct str out = STR_INIT;
    int64_t number;

    if (!bank)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    enum exit_status status = cli_find(bank, invocation->arguments[0], &number);
    if (status != STATUS_DONE)
        return status;
    auto_bank_question struct bank_question *shown = bank_question_load(bank, number, &err);
    if (!shown)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    if (cli_has(invocation, OPTION_JSON)) {
        auto_json struct json *json = json_new(bank, &out);
        add_json(json, shown);
        str_add_char(&out, '\n');
    } else {
        add_text(&out, shown);
    }
    return cli_print_all(&out, STATUS_DONE);
}
