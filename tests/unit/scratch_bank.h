/* SPDX-License-Identifier: MIT
 * A bank in a folder of its own for a test, decks made by hand, and a hash of all that a bank
 * holds. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/array.h"
#include "base/str.h"
#include "trainer/bank/bank.h"

#define DAY_MS      86400000LL
#define SCRATCH_NOW 1780000000000LL /* 2026-05-28T20:26:40Z */

struct scratch {
    char folder[64];
    char path[80];
    struct bank *bank;
};

static inline void scratch_open(struct scratch *scratch)
{
    struct error err;

    scratch->bank = bank_open(scratch->path, &err);
    if (!scratch->bank)
        fail_msg("%s", err.text);
}

static inline void scratch_close(struct scratch *scratch)
{
    if (scratch->bank)
        bank_close(scratch->bank);
    scratch->bank = NULL;
}

static inline void scratch_reopen(struct scratch *scratch)
{
    scratch_close(scratch);
    scratch_open(scratch);
}

static inline int scratch_setup(void **state)
{
    struct scratch *scratch = calloc(1, sizeof(*scratch));

    strcpy(scratch->folder, "/tmp/drydock-test-XXXXXX");
    assert_non_null(mkdtemp(scratch->folder));
    snprintf(scratch->path, sizeof(scratch->path), "%s/bank.db", scratch->folder);
    scratch_open(scratch);
    *state = scratch;
    return 0;
}

static inline int scratch_teardown(void **state)
{
    struct scratch *scratch = *state;
    char command[128];

    scratch_close(scratch);
    snprintf(command, sizeof(command), "rm -rf '%s'", scratch->folder);
    int result = system(command);
    free(scratch);
    return result;
}

/* --- Decks by hand */

static inline struct deck *scratch_deck(const char *id, const char *path)
{
    struct deck *deck = xcalloc(1, sizeof(*deck));

    deck->id = arena_strdup(&deck->arena, id);
    deck->title = deck->id;
    deck->path = arena_strdup(&deck->arena, path);
    deck->format = "test";
    return deck;
}

static inline size_t scratch_section(struct deck *deck, const char *title)
{
    for (size_t i = 0; i < deck->section_count; i++) {
        if (str_eq(deck->sections[i].title, title))
            return i;
    }
    array_add(deck->sections, deck->section_count, deck->section_cap)->title =
        arena_strdup(&deck->arena, title);
    return deck->section_count - 1;
}

/* Adds a question with the label Q and its ordinal. */
static inline struct question *scratch_add(struct deck *deck, const char *section,
                                           const char *title, const char *answer)
{
    size_t at = scratch_section(deck, section);
    struct question *question =
        array_add(deck->questions, deck->question_count, deck->question_cap);
    char label[32];

    snprintf(label, sizeof(label), "Q%zu", deck->question_count);
    *question = (struct question){
        .ordinal = (int)deck->question_count,
        .id = arena_strdup(&deck->arena, label),
        .section = at,
        .title = arena_strdup(&deck->arena, title),
        .prompt = "",
        .answer = arena_strdup(&deck->arena, answer),
        .answer_text = arena_strdup(&deck->arena, answer),
        .tags = "",
        .line = (int)deck->question_count * 10,
        .end_line = (int)deck->question_count * 10 + 5,
    };
    deck->sections[at].question_count++;
    return question;
}

/* Imports and frees the report; the deck stays the caller's. */
static inline void scratch_import(struct scratch *scratch, const struct deck *deck)
{
    struct error err;
    struct import_report *report = bank_import(scratch->bank, deck, false, &err);

    if (!report)
        fail_msg("%s", err.text);
    import_report_free(report);
}

static inline int64_t scratch_find(struct scratch *scratch, const char *id)
{
    struct error err;
    int64_t number = 0;

    if (bank_find(scratch->bank, id, &number, &err))
        fail_msg("%s: %s", id, err.text);
    return number;
}

static inline struct bank_question *scratch_load(struct scratch *scratch, const char *id)
{
    struct error err;
    struct bank_question *question =
        bank_question_load(scratch->bank, scratch_find(scratch, id), &err);

    if (!question)
        fail_msg("%s: %s", id, err.text);
    return question;
}

/* Rates a question's card; it comes back after `days`. Returns the review. */
static inline int64_t scratch_rate(struct scratch *scratch, const char *id, int64_t at_ms,
                                   enum rating rating, int days)
{
    struct bank_question *question = scratch_load(scratch, id);
    struct card after = question->card;
    struct bank_review given = {
        .rating = rating, .at_ms = at_ms, .duration_ms = 5000, .source = "test"};
    struct error err;
    int64_t review = 0;

    after.state = CARD_REVIEW;
    after.stability = days;
    after.difficulty = 5;
    after.interval_days = days;
    after.due_ms = at_ms + days * DAY_MS;
    after.last_review_ms = at_ms;
    after.reviews++;
    if (bank_rate(scratch->bank, question->card_number, &question->card, &after, &given, false,
                  false, &review, &err))
        fail_msg("%s: %s", id, err.text);
    bank_question_free(question);
    return review;
}

/* --- Looking inside, through a connection of its own */

static inline int64_t scratch_number(const struct scratch *scratch, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    int64_t number = -1;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static inline uint64_t scratch_hash_row(uint64_t hash, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        const unsigned char *bytes = sqlite3_column_blob(row, i);
        int len = sqlite3_column_bytes(row, i);
        hash = (hash ^ (uint64_t)sqlite3_column_type(row, i)) * 0x100000001b3u;
        for (int at = 0; at < len; at++)
            hash = (hash ^ bytes[at]) * 0x100000001b3u;
        hash = (hash ^ 0x1FF) * 0x100000001b3u;
    }
    return hash;
}

/* A hash of every row of every table, those of the search index included. */
static inline uint64_t scratch_hash(const struct scratch *scratch)
{
    sqlite3 *db;
    sqlite3_stmt *tables, *rows;
    uint64_t hash = 0xcbf29ce484222325u;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                        " AND name <> 'search' ORDER BY name",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", sqlite3_column_text(tables, 0));
        hash = scratch_hash_row(hash, tables);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
        while (sqlite3_step(rows) == SQLITE_ROW)
            hash = scratch_hash_row(hash, rows);
        sqlite3_finalize(rows);
        sqlite3_free(sql);
    }
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return hash;
}

/* PRAGMA integrity_check and the search index's own check. */
static inline void scratch_check(const struct scratch *scratch)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *message = NULL;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(statement, 0), "ok");
    sqlite3_finalize(statement);
    assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA foreign_key_check", -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_finalize(statement);
    if (sqlite3_exec(db, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", NULL,
                     NULL, &message) != SQLITE_OK)
        fail_msg("search index: %s", message);
    sqlite3_close(db);
}
