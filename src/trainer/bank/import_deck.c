/* SPDX-License-Identifier: MIT
 * Which deck of the bank a document is: files move, and other documents have the same name. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/str.h"
#include "trainer/bank/import_internal.h"

struct deck_row {
    int64_t number;
    const char *id, *path;
    bool has_path, has_name, has_own_id;
};

static int count_listed(struct bank *bank, int64_t deck, size_t *count, struct error *err)
{
    static const char sql[] = "SELECT count(*) FROM question WHERE is_retired = 0 AND deck = ?1";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, deck);
    if (statement_step(row, err) < 0)
        return -1;
    *count = (size_t)column_integer(row, 0);
    return 0;
}

/* Two documents of one name are one deck where a third of the smaller one's questions are the same,
 * and where the name is the author's and the file at the old path is gone. */
static int is_same_document(struct import *import, const struct deck_row *deck, bool *is_same,
                            struct error *err)
{
    static const char sql[] =
        "SELECT 1 FROM question WHERE fingerprint = ?1 AND deck = ?2 AND is_retired = 0";
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);
    size_t listed, common = 0, smaller = import->document->question_count;

    if (!row || count_listed(import->bank, deck->number, &listed, err))
        return -1;
    for (size_t i = 0; i < import->document->question_count; i++) {
        bind_integer(row, 1, (int64_t)import->plans[i].fingerprint);
        bind_integer(row, 2, deck->number);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        common += (size_t)found;
        statement_reset(row);
    }
    if (listed < smaller)
        smaller = listed;
    *is_same = (common > 0 && common * 3 >= smaller) ||
               (import->document->has_own_id && deck->has_own_id && !fs_exists(deck->path));
    return 0;
}

static void take_deck(struct import *import, const struct deck_row *deck)
{
    import->deck = deck->number;
    import->deck_id = deck->id;
}

/* The same name at the same path, else the same name and questions (a moved file), else the same
 * path (a renamed deck, which gets a new id). */
static int choose_deck(struct import *import, const struct deck_row *rows, size_t count,
                       struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (rows[i].has_path && rows[i].has_name) {
            take_deck(import, &rows[i]);
            return 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        bool is_same = false;
        if (rows[i].has_name && is_same_document(import, &rows[i], &is_same, err))
            return -1;
        if (is_same) {
            take_deck(import, &rows[i]);
            return 0;
        }
    }
    for (size_t i = 0; i < count && !import->deck; i++) {
        if (rows[i].has_path)
            import->deck = rows[i].number;
    }
    return 0;
}

static int id_is_free(struct bank *bank, const char *id, int64_t deck, struct error *err)
{
    auto_statement struct statement *row =
        bank_prepare(bank, "SELECT 1 FROM deck WHERE id = ?1 AND number <> ?2", err);

    if (!row)
        return -1;
    bind_text(row, 1, id);
    bind_integer(row, 2, deck);
    int found = statement_step(row, err);
    return found < 0 ? -1 : !found;
}

/* The document's id, or the first of id-2, id-3 … that no other deck has. */
static int make_deck_id(struct import *import, struct error *err)
{
    autostr struct str id = STR_INIT;
    int is_free;

    str_add(&id, import->document->id);
    for (int number = 2; (is_free = id_is_free(import->bank, id.text, import->deck, err)) == 0;
         number++) {
        str_truncate(&id, strlen(import->document->id));
        str_addf(&id, "-%d", number);
    }
    import->deck_id = arena_strdup(import->arena, id.text);
    return is_free < 0 ? -1 : 0;
}

int import_find_deck(struct import *import, struct error *err)
{
    static const char sql[] = "SELECT number, id, path, path = ?1, name = ?2, has_own_id FROM deck"
                              " WHERE path = ?1 OR name = ?2 ORDER BY number";
    auto_statement struct statement *found = bank_prepare(import->bank, sql, err);
    struct deck_row *rows = NULL;
    size_t count = 0, cap = 0;
    int result;

    if (!found)
        return -1;
    bind_text(found, 1, import->path);
    bind_text(found, 2, import->document->id);
    while ((result = statement_step(found, err)) == 1) {
        *array_add(rows, count, cap) = (struct deck_row){
            .number = column_integer(found, 0),
            .id = column_copy(found, 1, import->arena),
            .path = column_copy(found, 2, import->arena),
            .has_path = column_integer(found, 3) != 0,
            .has_name = column_integer(found, 4) != 0,
            .has_own_id = column_integer(found, 5) != 0,
        };
    }
    if (result == 0)
        result = choose_deck(import, rows, count, err);
    if (result == 0 && !import->deck_id)
        result = make_deck_id(import, err);
    free(rows);
    return result;
}
