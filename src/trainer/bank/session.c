/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "trainer/bank/bank_internal.h"

static int save(struct bank *bank, const struct bank_session *session, struct error *err)
{
    static const char sql[] =
        "INSERT OR REPLACE INTO session (number, deck, section, question, is_revealed, draft,"
        " answered, started_ms, spent_ms) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_text(statement, 1, session->deck);
    bind_text(statement, 2, session->section);
    bind_integer(statement, 3, session->question);
    bind_integer(statement, 4, session->is_revealed);
    bind_text(statement, 5, session->draft ? session->draft : "");
    bind_integer(statement, 6, session->answered);
    bind_integer(statement, 7, session->started_ms);
    bind_integer(statement, 8, session->spent_ms);
    return statement_run(statement, err);
}

int bank_session_save(struct bank *bank, const struct bank_session *session, struct error *err)
{
    if (bank_begin_write(bank, err))
        return -1;
    return bank_finish(bank, save(bank, session, err), err);
}

static char *copy_or_null(const char *text)
{
    return text ? xstrdup(text) : NULL;
}

int bank_session_load(struct bank *bank, struct bank_session *session, bool *found,
                      struct error *err)
{
    static const char sql[] = "SELECT deck, section, question, is_revealed, draft, answered,"
                              " started_ms, spent_ms FROM session";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    int result = statement_step(statement, err);
    if (result < 0)
        return -1;
    *found = result == 1;
    *session = (struct bank_session){0};
    if (!*found)
        return 0;
    *session = (struct bank_session){
        .deck = copy_or_null(column_text(statement, 0)),
        .section = copy_or_null(column_text(statement, 1)),
        .question = column_integer(statement, 2),
        .is_revealed = column_integer(statement, 3) != 0,
        .draft = copy_or_null(column_text(statement, 4)),
        .answered = (int)column_integer(statement, 5),
        .started_ms = column_integer(statement, 6),
        .spent_ms = column_integer(statement, 7),
    };
    return 0;
}

int bank_session_forget(struct bank *bank, struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(bank, "DELETE FROM session", err);

    return statement ? statement_run(statement, err) : -1;
}

void bank_session_clear(struct bank_session *session)
{
    free(session->deck);
    free(session->section);
    free(session->draft);
    *session = (struct bank_session){0};
}
