/* SPDX-License-Identifier: MIT */
#include "trainer/cli/import_report.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/cli/print.h"
#include "trainer/deck/identity.h"

static const char *const change_names[] = {
    [IMPORT_ADDED] = "added",
    [IMPORT_UPDATED] = "updated",
    [IMPORT_UNCHANGED] = "unchanged",
    [IMPORT_RETIRED] = "retired",
};

static const char *const match_names[] = {
    [IMPORT_MATCH_NONE] = "none",   [IMPORT_MATCH_SAME_AS] = "same-as",
    [IMPORT_MATCH_MARK] = "id",     [IMPORT_MATCH_FINGERPRINT] = "title",
    [IMPORT_MATCH_LABEL] = "label", [IMPORT_MATCH_TEXT] = "text",
};

static void add_lists(struct json *json, const struct question *question)
{
    json_open(json, "key_points", '[');
    for (size_t i = 0; i < question->key_point_count; i++)
        json_string(json, NULL, question->key_points[i].text);
    json_close(json);
    json_open(json, "follow_ups", '[');
    for (size_t i = 0; i < question->follow_up_count; i++)
        json_string(json, NULL, question->follow_ups[i].text);
    json_close(json);
    json_open(json, "labs", '[');
    for (size_t i = 0; i < question->lab_count; i++)
        json_string(json, NULL, question->labs[i].target);
    json_close(json);
}

static void add_change(struct json *json, const struct import_question *found)
{
    json_string(json, "change", change_names[found->change]);
    json_bool(json, "moved", found->has_moved);
    json_string(json, "match", match_names[found->match]);
    json_number(json, "similarity", found->similarity, 3);
    json_string(json, "same_card_as", found->same_card_as);
    json_string(json, "similar_to", found->similar_to);
}

static void add_question(struct json *json, const struct deck *deck,
                         const struct question *question, const struct import_question *found)
{
    autofree char *fingerprint = str_printf(
        "%016llx", (unsigned long long)identity_fingerprint(question->title, question->prompt));

    json_open(json, NULL, '{');
    json_integer(json, "ordinal", question->ordinal);
    json_string(json, "id", question->id);
    json_string(json, "section", deck->sections[question->section].title);
    json_string(json, "title", question->title);
    json_integer(json, "line", question->line);
    json_string(json, "answer", question->answer_text);
    print_options_json(json, question);
    add_lists(json, question);
    json_string(json, "fingerprint", fingerprint);
    add_change(json, found);
    json_close(json);
}

static void add_retired(struct json *json, const struct deck *deck,
                        const struct import_report *report)
{
    json_open(json, "retired_questions", '[');
    for (size_t i = deck->question_count; i < report->question_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "id", report->questions[i].id);
        json_string(json, "title", report->questions[i].title);
        json_close(json);
    }
    json_close(json);
}

static void add_sections(struct json *json, const struct deck *deck)
{
    json_open(json, "sections", '[');
    for (size_t i = 0; i < deck->section_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "title", deck->sections[i].title);
        json_integer(json, "questions", (int64_t)deck->sections[i].question_count);
        json_close(json);
    }
    json_close(json);
}

static void add_warnings(struct json *json, const struct deck *deck)
{
    json_open(json, "warnings", '[');
    for (size_t i = 0; i < deck->warning_count; i++) {
        json_open(json, NULL, '{');
        json_integer(json, "line", deck->warnings[i].line);
        json_string(json, "message", deck->warnings[i].message);
        json_close(json);
    }
    json_close(json);
}

void import_report_add_json(struct json *json, const struct deck *deck,
                            const struct import_report *report)
{
    json_open(json, NULL, '{');
    json_string(json, "path", deck->path);
    json_string(json, "deck", deck->id);
    json_string(json, "title", deck->title);
    json_string(json, "format", deck->format);
    add_sections(json, deck);
    json_open(json, "questions", '[');
    for (size_t i = 0; i < deck->question_count; i++)
        add_question(json, deck, &deck->questions[i], &report->questions[i]);
    json_close(json);
    json_integer(json, "added", report->added);
    json_integer(json, "updated", report->updated);
    json_integer(json, "unchanged", report->unchanged);
    json_integer(json, "moved", report->moved);
    json_integer(json, "retired", report->retired);
    add_retired(json, deck, report);
    add_warnings(json, deck);
    json_close(json);
}

/* "  + Q3  What is overlay2?", with why it was taken for a known one. */
static void add_line(struct str *out, const struct import_question *found)
{
    static const char marks[] = {[IMPORT_ADDED] = '+',
                                 [IMPORT_UPDATED] = '~',
                                 [IMPORT_UNCHANGED] = '=',
                                 [IMPORT_RETIRED] = '-'};

    str_addf(out, "  %c %s  %s", found->has_moved ? '>' : marks[found->change], found->id,
             found->title);
    if (found->match == IMPORT_MATCH_LABEL || found->match == IMPORT_MATCH_TEXT)
        str_addf(out, _(" (known by its text, %.0f %% alike)"), found->similarity * 100);
    if (found->same_card_as)
        str_addf(out, _(" (shares its card with %s)"), found->same_card_as);
    if (found->similar_to)
        str_addf(out, _(" (perhaps the same as %s, %.0f %% alike; its card stays apart)"),
                 found->similar_to, found->similarity * 100);
    str_add_char(out, '\n');
}

static void add_counts(struct str *out, const struct deck *deck, const struct import_report *report,
                       bool is_dry)
{
    str_addf(out, ngettext("%s: %zu question in ", "%s: %zu questions in ", deck->question_count),
             deck->path, deck->question_count);
    str_addf(out, ngettext("%zu section", "%zu sections", deck->section_count),
             deck->section_count);
    /* TRANSLATORS: counts of questions that an import would change, or has changed */
    str_addf(out,
             is_dry ? _("; would be: %d added, %d updated, %d moved, %d unchanged, %d retired\n")
                    : _("; %d added, %d updated, %d moved, %d unchanged, %d retired\n"),
             report->added, report->updated, report->moved, report->unchanged, report->retired);
}

void import_report_add_text(struct str *out, const struct deck *deck,
                            const struct import_report *report, bool is_dry)
{
    autostr struct str text = STR_INIT;

    add_counts(&text, deck, report, is_dry);
    for (size_t i = 0; i < report->question_count; i++) {
        const struct import_question *found = &report->questions[i];
        if (is_dry ? found->change != IMPORT_UNCHANGED || found->same_card_as
                   : found->same_card_as || found->change == IMPORT_RETIRED)
            add_line(&text, found);
    }
    for (size_t i = 0; i < deck->warning_count; i++)
        str_addf(&text, _("%s:%d: warning: %s\n"), deck->path, deck->warnings[i].line,
                 deck->warnings[i].message);
    utf8_add_visible(out, text.text, text.len, true);
}
