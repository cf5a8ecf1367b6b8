/* SPDX-License-Identifier: MIT
 * What the files of the bank share: statements, transactions, errors, small reads. */
#pragma once

#include <sqlite3.h>

#include "base/str.h"
#include "trainer/bank/bank.h"

#define BANK_BUSY_TIMEOUT_MS  3000
#define SCHEMA_APPLICATION_ID 0x44525944 /* "DRYD", in the header of the file */

struct statement { /* prepared once and kept; its SQL is a static string, told by its address */
    struct bank *bank;
    const char *sql;
    sqlite3_stmt *handle;
    struct statement *next;
    int bind_result;
    bool is_used;
};

struct bank {
    sqlite3 *db;
    char *path;
    struct statement *statements;
    bool is_read_only;
};

/* Fills `err` with what SQLite says, as a sentence. Returns -1. */
int bank_fail(struct bank *bank, struct error *err);

/* --- Statements -------------------------------------------------------------------------------
 */

/* The statement of a static SQL text, which must be one statement and nothing behind it. It is the
 * caller's until statement_release() or the end of an auto_statement's scope. */
struct statement *bank_prepare(struct bank *bank, const char *sql, struct error *err) MUST_CHECK;
void statement_release(struct statement *statement);

DEFINE_CLEANUP(statement, struct statement, statement_release)
#define auto_statement __attribute__((cleanup(cleanup_statement)))

/* Parameters count from 1. Texts and blobs are borrowed until the statement was run; a NULL text is
 * SQL's NULL. A failure shows in the next step. */
void bind_integer(struct statement *statement, int at, int64_t value);
void bind_number(struct statement *statement, int at, double value);
void bind_text(struct statement *statement, int at, const char *text);
void bind_blob(struct statement *statement, int at, const void *bytes, size_t len);

/* 1: there is a row, 0: there are no more, -1: failed. */
int statement_step(struct statement *statement, struct error *err) MUST_CHECK;

/* Runs it to its end; it can be bound and run again. */
int statement_run(struct statement *statement, struct error *err) MUST_CHECK;

/* Ends a run of steps, so that it can be bound and run again. */
void statement_reset(struct statement *statement);

/* Columns count from 0. Texts live until the next step; NULL for SQL's NULL. */
int64_t column_integer(struct statement *statement, int at);
double column_number(struct statement *statement, int at);
const char *column_text(struct statement *statement, int at);
char *column_copy(struct statement *statement, int at, struct arena *arena);

/* --- Transactions -----------------------------------------------------------------------------
 */

int bank_begin_read(struct bank *bank, struct error *err) MUST_CHECK;
int bank_begin_write(struct bank *bank, struct error *err) MUST_CHECK;

/* Commits where `result` is 0, else rolls back; returns -1 where either failed. */
int bank_finish(struct bank *bank, int result, struct error *err) MUST_CHECK;

/* --- Shared reads -----------------------------------------------------------------------------
 */

/* The number of the deck with this id. A deck that is not there is an error. */
int bank_deck_number(struct bank *bank, const char *id, int64_t *number,
                     struct error *err) MUST_CHECK;

/* The hour at which a day begins. */
int bank_rollover_hour(struct bank *bank, int *hour, struct error *err) MUST_CHECK;

/* The daily limits of a deck by its number (0: the general ones). */
int bank_limits_read(struct bank *bank, int64_t deck, struct bank_limits *limits,
                     struct error *err) MUST_CHECK;

/* Reads a card from nine columns, see CARD_COLUMNS. */
#define CARD_COLUMNS                                                                               \
    "card.state, card.step, card.stability, card.difficulty, card.due_ms, card.last_review_ms, "   \
    "card.interval_days, card.reviews, card.lapses"
#define CARD_COLUMN_COUNT 9
void column_card(struct statement *statement, int at, struct card *card);
void bind_card(struct statement *statement, int at, const struct card *card);

/* bank_list() within a transaction that is open already. */
int bank_list_numbers(struct bank *bank, const struct bank_filter *filter, int64_t **numbers,
                      size_t *count, struct error *err) MUST_CHECK;

/* --- schema.c -----------------------------------------------------------------------------------
 */

/* Makes or migrates the tables; fails for a file that is no bank or one of a newer version. */
int schema_open(struct bank *bank, struct error *err) MUST_CHECK;

/* --- search.c -----------------------------------------------------------------------------------
 */

/* Appends what must be indexed beside `text`, as its scripts have no blanks between words: the
 * pairs of neighbouring characters. Nothing for most texts. */
void search_add_parts(struct str *parts, const char *text);

/* The numbers of the listed questions that have all the words (the last one as a beginning): those
 * with the words in the title first, each part in the order of numbers. Yours to free(). */
int search_words(struct bank *bank, const char *words, int64_t **numbers, size_t *count,
                 size_t *title_count, struct error *err) MUST_CHECK;
