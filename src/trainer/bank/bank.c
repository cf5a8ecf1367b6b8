/* SPDX-License-Identifier: MIT */
#include "trainer/bank/bank.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/bank/bank_internal.h"

/* --- Errors */

static bool is_full(int errnum)
{
    return errnum == ENOSPC || errnum == EDQUOT || errnum == EFBIG;
}

int bank_fail(struct bank *bank, struct error *err)
{
    int errnum = sqlite3_system_errno(bank->db); /* not kept where a COMMIT fails */

    if (!errnum)
        errnum = errno;
    switch (sqlite3_errcode(bank->db)) {
    case SQLITE_NOTADB:
        return error_set(err, 0, _("%s is not a bank of drydock; it was left as it is"),
                         bank->path);
    case SQLITE_CORRUPT:
    case SQLITE_DONE: /* a row that must be there is not */
        return error_set(err, 0, _("the bank %s is damaged; put a copy of it in its place"),
                         bank->path);
    case SQLITE_FULL:
        return error_set(err, 0, _("the disk is full; nothing was changed in the bank %s"),
                         bank->path);
    case SQLITE_READONLY:
        return error_set(err, 0, _("the bank %s is read-only"), bank->path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(err, 0, _("the bank %s is in use by another program"), bank->path);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        if (is_full(errnum))
            return error_set(err, 0, _("the disk is full; nothing was changed in the bank %s"),
                             bank->path);
        return error_set(err, errnum, _("cannot read or write the bank %s"), bank->path);
    default:
        return error_set(err, 0, _("cannot use the bank %s: %s"), bank->path,
                         sqlite3_errmsg(bank->db));
    }
}

/* --- Statements */

static struct statement *find_statement(struct bank *bank, const char *sql)
{
    struct statement *statement = bank->statements;

    while (statement && (statement->sql != sql || statement->is_used))
        statement = statement->next;
    return statement;
}

struct statement *bank_prepare(struct bank *bank, const char *sql, struct error *err)
{
    struct statement *statement = find_statement(bank, sql);

    if (!statement) {
        sqlite3_stmt *handle = NULL;
        const char *tail = NULL;
        if (sqlite3_prepare_v3(bank->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail) !=
            SQLITE_OK) {
            bank_fail(bank, err);
            return NULL;
        }
        if (*tail) {
            sqlite3_finalize(handle);
            error_set(err, 0, _("cannot use the bank %s: %s"), bank->path, tail);
            return NULL;
        }
        statement = xmalloc(sizeof(*statement));
        *statement = (struct statement){
            .bank = bank, .sql = sql, .handle = handle, .next = bank->statements};
        bank->statements = statement;
    }
    statement->is_used = true;
    statement->bind_result = SQLITE_OK;
    return statement;
}

void statement_release(struct statement *statement)
{
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->is_used = false;
}

static void note_binding(struct statement *statement, int result)
{
    if (result != SQLITE_OK)
        statement->bind_result = result;
}

void bind_integer(struct statement *statement, int at, int64_t value)
{
    note_binding(statement, sqlite3_bind_int64(statement->handle, at, value));
}

void bind_number(struct statement *statement, int at, double value)
{
    note_binding(statement, sqlite3_bind_double(statement->handle, at, value));
}

void bind_text(struct statement *statement, int at, const char *text)
{
    note_binding(statement, sqlite3_bind_text(statement->handle, at, text, -1, SQLITE_STATIC));
}

void bind_blob(struct statement *statement, int at, const void *bytes, size_t len)
{
    note_binding(statement, sqlite3_bind_blob64(statement->handle, at, bytes, len, SQLITE_STATIC));
}

int statement_step(struct statement *statement, struct error *err)
{
    if (statement->bind_result != SQLITE_OK)
        return error_set(err, 0, _("cannot use the bank %s: %s"), statement->bank->path,
                         sqlite3_errstr(statement->bind_result));
    errno = 0;
    switch (sqlite3_step(statement->handle)) {
    case SQLITE_ROW:
        return 1;
    case SQLITE_DONE:
        return 0;
    default:
        return bank_fail(statement->bank, err);
    }
}

int statement_run(struct statement *statement, struct error *err)
{
    int result;

    do
        result = statement_step(statement, err);
    while (result == 1);
    sqlite3_reset(statement->handle);
    return result;
}

void statement_reset(struct statement *statement)
{
    sqlite3_reset(statement->handle);
}

int64_t column_integer(struct statement *statement, int at)
{
    return sqlite3_column_int64(statement->handle, at);
}

double column_number(struct statement *statement, int at)
{
    return sqlite3_column_double(statement->handle, at);
}

const char *column_text(struct statement *statement, int at)
{
    return (const char *)sqlite3_column_text(statement->handle, at);
}

char *column_copy(struct statement *statement, int at, struct arena *arena)
{
    const char *text = column_text(statement, at);

    return text ? arena_strndup(arena, text, (size_t)sqlite3_column_bytes(statement->handle, at))
                : NULL;
}

/* --- Transactions */

static int run_sql(struct bank *bank, const char *sql, struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    return statement ? statement_run(statement, err) : -1;
}

int bank_begin_read(struct bank *bank, struct error *err)
{
    return run_sql(bank, "BEGIN", err);
}

int bank_begin_write(struct bank *bank, struct error *err)
{
    return run_sql(bank, "BEGIN IMMEDIATE", err);
}

int bank_finish(struct bank *bank, int result, struct error *err)
{
    if (result == 0 && run_sql(bank, "COMMIT", err) == 0)
        return 0;
    /* After some failures (a full disk) SQLite has rolled back by itself. */
    if (!sqlite3_get_autocommit(bank->db))
        sqlite3_exec(bank->db, "ROLLBACK", NULL, NULL, NULL);
    return -1;
}

/* --- Opening */

static int configure(struct bank *bank, struct error *err)
{
    /* Debian's SQLite overwrites what it deletes with zeros unless told otherwise: a third of the
     * time of an import. */
    static const char settings[] =
        "PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;"
        "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304;";

    sqlite3_extended_result_codes(bank->db, 0);
    sqlite3_busy_timeout(bank->db, BANK_BUSY_TIMEOUT_MS);
    sqlite3_db_config(bank->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_exec(bank->db, settings, NULL, NULL, NULL) != SQLITE_OK)
        return bank_fail(bank, err);
    return 0;
}

/* A bank in a folder where nothing may be written has no room for the files of the write-ahead log;
 * without one it can still be read as a file that does not change. */
static int open_immutable(struct bank *bank)
{
    autofree char *log = str_printf("%s-wal", bank->path);
    autostr struct str uri = STR_INIT;
    struct stat info;

    if (stat(log, &info) == 0 && info.st_size > 0)
        return SQLITE_CANTOPEN;
    str_add(&uri, "file:");
    for (const char *c = bank->path; *c; c++) {
        if (strchr("%?#", *c))
            str_addf(&uri, "%%%02X", *c);
        else
            str_add_char(&uri, *c);
    }
    str_add(&uri, "?immutable=1");
    sqlite3_close(bank->db);
    return sqlite3_open_v2(uri.text, &bank->db,
                           SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

static bool folder_is_writable(const char *path)
{
    autofree char *folder = fs_parent(path);

    return access(folder, W_OK) == 0;
}

/* SQLite does not always keep the reason why a file does not open. */
static int check_rights(const char *path, bool exists, struct error *err)
{
    if (fs_is_folder(path))
        return error_set(err, EISDIR, _("cannot open the bank %s"), path);
    if (exists ? access(path, R_OK) : !folder_is_writable(path))
        return error_set(err, errno, _("cannot open the bank %s"), path);
    return 0;
}

static int open_file(struct bank *bank, struct error *err)
{
    bool exists = fs_exists(bank->path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

    if (check_rights(bank->path, exists, err))
        return -1;
    /* One that is there opens for reading where writing is not permitted. */
    int result =
        sqlite3_open_v2(bank->path, &bank->db, exists ? flags : flags | SQLITE_OPEN_CREATE, NULL);
    if (result == SQLITE_OK && exists && !folder_is_writable(bank->path))
        result = open_immutable(bank);
    if (result != SQLITE_OK)
        return error_set(err, sqlite3_system_errno(bank->db), _("cannot open the bank %s"),
                         bank->path);
    bank->is_read_only = sqlite3_db_readonly(bank->db, "main") == 1;
    return 0;
}

/* SQLite would make it readable for all; its log and index take over the file's mode. */
static int make_private(const char *path, struct error *err)
{
    autoclose int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

    return fd < 0 ? error_set(err, errno, _("cannot open the bank %s"), path) : 0;
}

struct bank *bank_open(const char *path, struct error *err)
{
    auto_bank struct bank *bank = xcalloc(1, sizeof(*bank));
    autofree char *folder = fs_parent(path);

    bank->path = xstrdup(path);
    if (!fs_exists(path) && (fs_make_folder(folder, err) || make_private(path, err)))
        return NULL;
    if (open_file(bank, err) || configure(bank, err) || schema_open(bank, err))
        return NULL;
    return steal_ptr(&bank);
}

void bank_close(struct bank *bank)
{
    while (bank->statements) {
        struct statement *next = bank->statements->next;
        sqlite3_finalize(bank->statements->handle);
        free(bank->statements);
        bank->statements = next;
    }
    sqlite3_close(bank->db);
    free(bank->path);
    free(bank);
}

bool bank_is_read_only(const struct bank *bank)
{
    return bank->is_read_only;
}

bool bank_is_fresh(struct bank *bank)
{
    struct error err;
    auto_statement struct statement *decks = bank_prepare(bank, "SELECT 1 FROM deck", &err);

    return decks && statement_step(decks, &err) == 0;
}

/* --- Shared reads */

int bank_deck_number(struct bank *bank, const char *id, int64_t *number, struct error *err)
{
    auto_statement struct statement *deck =
        bank_prepare(bank, "SELECT number FROM deck WHERE id = ?1", err);

    if (!deck)
        return -1;
    bind_text(deck, 1, id);
    int found = statement_step(deck, err);
    if (found < 0)
        return -1;
    if (!found)
        return error_set(err, 0, _("there is no deck %s"), id);
    *number = column_integer(deck, 0);
    return 0;
}

void column_card(struct statement *statement, int at, struct card *card)
{
    *card = (struct card){
        .state = (enum card_state)column_integer(statement, at),
        .step = (int)column_integer(statement, at + 1),
        .stability = column_number(statement, at + 2),
        .difficulty = column_number(statement, at + 3),
        .due_ms = column_integer(statement, at + 4),
        .last_review_ms = column_integer(statement, at + 5),
        .interval_days = (int)column_integer(statement, at + 6),
        .reviews = (int)column_integer(statement, at + 7),
        .lapses = (int)column_integer(statement, at + 8),
    };
}

void bind_card(struct statement *statement, int at, const struct card *card)
{
    bind_integer(statement, at, card->state);
    bind_integer(statement, at + 1, card->step);
    bind_number(statement, at + 2, card->stability);
    bind_number(statement, at + 3, card->difficulty);
    bind_integer(statement, at + 4, card->due_ms);
    bind_integer(statement, at + 5, card->last_review_ms);
    bind_integer(statement, at + 6, card->interval_days);
    bind_integer(statement, at + 7, card->reviews);
    bind_integer(statement, at + 8, card->lapses);
}
