/* SPDX-License-Identifier: MIT
 * The parts of a question that have tables of their own. */
#include <stdlib.h>

#include "base/array.h"
#include "base/str.h"
#include "trainer/bank/import_internal.h"

static int write_options(struct bank *bank, int64_t number, const struct question *question,
                         struct error *err)
{
    auto_statement struct statement *row = bank_prepare(
        bank, "INSERT INTO choice (question, ordinal, text, is_correct) VALUES (?1, ?2, ?3, ?4)",
        err);

    if (!row)
        return -1;
    for (size_t i = 0; i < question->option_count; i++) {
        bind_integer(row, 1, number);
        bind_integer(row, 2, (int64_t)i + 1);
        bind_text(row, 3, question->options[i].text);
        bind_integer(row, 4, question->options[i].is_correct);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

static int write_key_points(struct bank *bank, int64_t number, const struct question *question,
                            struct error *err)
{
    static const char sql[] = "INSERT INTO key_point (question, ordinal, id, text, patterns,"
                              " is_must) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);
    autostr struct str patterns = STR_INIT;

    if (!row)
        return -1;
    for (size_t i = 0; i < question->key_point_count; i++) {
        const struct key_point *point = &question->key_points[i];
        str_truncate(&patterns, 0);
        for (size_t at = 0; at < point->pattern_count; at++)
            str_addf(&patterns, "%s%s", at ? "\n" : "", point->patterns[at]);
        bind_integer(row, 1, number);
        bind_integer(row, 2, (int64_t)i + 1);
        bind_text(row, 3, point->id);
        bind_text(row, 4, point->text);
        bind_text(row, 5, patterns.text);
        bind_integer(row, 6, point->is_must);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

static int write_follow_ups(struct bank *bank, int64_t number, const struct question *question,
                            struct error *err)
{
    static const char sql[] = "INSERT INTO follow_up (question, ordinal, text, answer, after,"
                              " depth) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);

    if (!row)
        return -1;
    for (size_t i = 0; i < question->follow_up_count; i++) {
        const struct follow_up *follow_up = &question->follow_ups[i];
        bind_integer(row, 1, number);
        bind_integer(row, 2, (int64_t)i + 1);
        bind_text(row, 3, follow_up->text);
        bind_text(row, 4, follow_up->answer);
        bind_text(row, 5, follow_up->after);
        bind_integer(row, 6, follow_up->depth);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

static int write_links(struct bank *bank, int64_t number, const char *kind,
                       const struct deck_link *links, size_t count, struct error *err)
{
    static const char sql[] =
        "INSERT INTO link (question, kind, ordinal, title, target) VALUES (?1, ?2, ?3, ?4, ?5)";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);

    if (!row)
        return -1;
    for (size_t i = 0; i < count; i++) {
        bind_integer(row, 1, number);
        bind_text(row, 2, kind);
        bind_integer(row, 3, (int64_t)i + 1);
        bind_text(row, 4, links[i].title);
        bind_text(row, 5, links[i].target);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

static int write_same_as(struct bank *bank, int64_t number, const struct question *question,
                         struct error *err)
{
    auto_statement struct statement *row = bank_prepare(
        bank, "INSERT OR IGNORE INTO same_as (fingerprint, question) VALUES (?1, ?2)", err);

    if (!row)
        return -1;
    for (size_t i = 0; i < question->same_as_count; i++) {
        bind_integer(row, 1, (int64_t)strtoull(question->same_as[i], NULL, 16));
        bind_integer(row, 2, number);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

int import_write_parts(struct bank *bank, int64_t number, const struct question *question,
                       struct error *err)
{
    if ((question->option_count && write_options(bank, number, question, err)) ||
        (question->key_point_count && write_key_points(bank, number, question, err)) ||
        (question->follow_up_count && write_follow_ups(bank, number, question, err)) ||
        (question->lab_count &&
         write_links(bank, number, "lab", question->labs, question->lab_count, err)) ||
        (question->source_count &&
         write_links(bank, number, "source", question->sources, question->source_count, err)))
        return -1;
    return question->same_as_count ? write_same_as(bank, number, question, err) : 0;
}

int import_remove_parts(struct bank *bank, int64_t number, struct error *err)
{
    static const char *const parts[] = {
        "DELETE FROM choice WHERE question = ?1",    "DELETE FROM key_point WHERE question = ?1",
        "DELETE FROM follow_up WHERE question = ?1", "DELETE FROM link WHERE question = ?1",
        "DELETE FROM same_as WHERE question = ?1",
    };

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        auto_statement struct statement *row = bank_prepare(bank, parts[i], err);
        if (!row)
            return -1;
        bind_integer(row, 1, number);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}
