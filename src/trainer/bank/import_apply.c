/* SPDX-License-Identifier: MIT
 * Carries out the plan of an import, within its transaction. */

#include "base/array.h"
#include "base/str.h"
#include "trainer/bank/import_internal.h"

/* --- Deck and sections */

static int write_deck(struct import *import, struct error *err)
{
    static const char insert[] = "INSERT INTO deck (id, name, title, path, format, has_own_id)"
                                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    static const char update[] =
        "UPDATE deck SET (id, name, title, path, format, has_own_id) = (?1, ?2, ?3, ?4, ?5, ?6)"
        " WHERE number = ?7"
        " AND (id, name, title, path, format, has_own_id) IS NOT (?1, ?2, ?3, ?4, ?5, ?6)";
    auto_statement struct statement *row =
        bank_prepare(import->bank, import->deck ? update : insert, err);

    if (!row)
        return -1;
    bind_text(row, 1, import->deck_id);
    bind_text(row, 2, import->document->id);
    bind_text(row, 3, import->document->title);
    bind_text(row, 4, import->path);
    bind_text(row, 5, import->document->format);
    bind_integer(row, 6, import->document->has_own_id);
    if (import->deck)
        bind_integer(row, 7, import->deck);
    if (statement_run(row, err))
        return -1;
    if (!import->deck)
        import->deck = sqlite3_last_insert_rowid(import->bank->db);
    return 0;
}

static int write_section(struct import *import, size_t at, int64_t *number, struct error *err)
{
    static const char insert[] = "INSERT INTO section (ordinal, title, deck) VALUES (?1, ?2, ?3)";
    static const char update[] = "UPDATE section SET ordinal = ?1, title = ?2 WHERE number = ?3";
    const struct known_section *known = import->section_of[at];
    const char *title = import->document->sections[at].title;

    if (known && known->ordinal == (int)at && str_eq(known->title, title)) {
        *number = known->number;
        return 0;
    }
    auto_statement struct statement *row = bank_prepare(import->bank, known ? update : insert, err);
    if (!row)
        return -1;
    bind_integer(row, 1, (int64_t)at);
    bind_text(row, 2, title);
    bind_integer(row, 3, known ? known->number : import->deck);
    if (statement_run(row, err))
        return -1;
    *number = known ? known->number : sqlite3_last_insert_rowid(import->bank->db);
    return 0;
}

/* --- The search index
 *
 * SQLite writes the index to disk whenever a statement that may change several rows begins. So all
 * that goes out of the index goes first, then the tables are written, then all that goes in. */

static int write_index(struct import *import, const char *sql, int64_t number, struct error *err)
{
    static const char read[] = "SELECT title, answer FROM search_text WHERE number = ?1";
    auto_statement struct statement *text = bank_prepare(import->bank, read, err);
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);

    if (!text || !row)
        return -1;
    bind_integer(text, 1, number);
    int found = statement_step(text, err);
    if (found <= 0)
        return found; /* a retired one is not in the index */
    bind_integer(row, 1, number);
    bind_text(row, 2, column_text(text, 0));
    bind_text(row, 3, column_text(text, 1));
    return statement_run(row, err);
}

static bool has_new_text(const struct plan *plan)
{
    return !plan->known || plan->known->is_retired || plan->known->content != plan->content;
}

static int remove_from_index(struct import *import, struct error *err)
{
    static const char sql[] =
        "INSERT INTO search (search, rowid, title, answer) VALUES ('delete', ?1, ?2, ?3)";

    for (size_t i = 0; i < import->known_count; i++) {
        const struct known *known = &import->known[i];
        if (!known->is_taken && !known->is_retired && write_index(import, sql, known->number, err))
            return -1;
    }
    for (size_t i = 0; i < import->document->question_count; i++) {
        const struct plan *plan = &import->plans[i];
        if (plan->known && has_new_text(plan) && write_index(import, sql, plan->known->number, err))
            return -1;
    }
    return 0;
}

static int add_to_index(struct import *import, struct error *err)
{
    static const char sql[] = "INSERT INTO search (rowid, title, answer) VALUES (?1, ?2, ?3)";

    for (size_t i = 0; i < import->document->question_count; i++) {
        const struct plan *plan = &import->plans[i];
        int64_t number = plan->known ? plan->known->number : plan->number;
        if (has_new_text(plan) && write_index(import, sql, number, err))
            return -1;
    }
    return 0;
}

/* --- Questions */

#define QUESTION_COLUMNS                                                                           \
    "card, section, ordinal, label, mark, fingerprint, content, title, level, tags, line,"         \
    " end_line, key_points"

static void bind_question(struct statement *row, const struct plan *plan, int64_t card,
                          int64_t section)
{
    const struct question *question = plan->question;

    bind_integer(row, 1, card);
    bind_integer(row, 2, section);
    bind_integer(row, 3, question->ordinal);
    bind_text(row, 4, question->id);
    bind_text(row, 5, question->mark);
    bind_integer(row, 6, (int64_t)plan->fingerprint);
    bind_integer(row, 7, (int64_t)plan->content);
    bind_text(row, 8, question->title);
    bind_text(row, 9, question->level);
    bind_text(row, 10, question->tags);
    bind_integer(row, 11, question->line);
    bind_integer(row, 12, question->end_line);
    bind_integer(row, 13, (int64_t)question->key_point_count);
}

static int write_text(struct bank *bank, const char *sql, int64_t number,
                      const struct question *question, struct error *err)
{
    auto_statement struct statement *row = bank_prepare(bank, sql, err);
    autostr struct str title_parts = STR_INIT, answer_parts = STR_INIT;

    if (!row)
        return -1;
    search_add_parts(&title_parts, question->title);
    search_add_parts(&answer_parts, question->answer_text);
    bind_integer(row, 1, number);
    bind_text(row, 2, question->prompt);
    bind_text(row, 3, question->answer);
    bind_text(row, 4, question->answer_text);
    bind_text(row, 5, title_parts.text);
    bind_text(row, 6, answer_parts.text);
    return statement_run(row, err);
}

static int add_card(struct import *import, const struct question *question, int64_t section,
                    int64_t *card, struct error *err)
{
    auto_statement struct statement *row = bank_prepare(
        import->bank, "INSERT INTO card (deck, section, position) VALUES (?1, ?2, ?3)", err);

    if (!row)
        return -1;
    bind_integer(row, 1, import->deck);
    bind_integer(row, 2, section);
    bind_integer(row, 3, question->ordinal);
    if (statement_run(row, err))
        return -1;
    *card = sqlite3_last_insert_rowid(import->bank->db);
    return 0;
}

static int insert_question(struct import *import, const struct plan *plan, int64_t card,
                           int64_t section, int64_t *number, struct error *err)
{
    static const char sql[] =
        "INSERT INTO question (" QUESTION_COLUMNS ", deck, is_extra, is_retired) VALUES"
        " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, 0)";
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);

    if (!row)
        return -1;
    bind_question(row, plan, card, section);
    bind_integer(row, 14, import->deck);
    if (statement_run(row, err))
        return -1;
    *number = sqlite3_last_insert_rowid(import->bank->db);
    return 0;
}

/* Settles which of a card's questions stands for it: one with key points, else that of the deck
 * imported first. */
static int settle_card(struct import *import, int64_t card, struct error *err)
{
    static const char *const steps[] = {
        "UPDATE question SET is_extra = number <> (SELECT number FROM question WHERE card = ?1"
        " AND is_retired = 0 ORDER BY key_points = 0, deck, number LIMIT 1)"
        " WHERE card = ?1 AND is_retired = 0",
        "UPDATE card SET (deck, section, position) = (SELECT deck, section, ordinal FROM question"
        " INDEXED BY question_by_card WHERE card = ?1 AND is_retired = 0 AND is_extra = 0) WHERE "
        "number = ?1",
    };

    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        auto_statement struct statement *row = bank_prepare(import->bank, steps[i], err);
        if (!row)
            return -1;
        bind_integer(row, 1, card);
        if (statement_run(row, err))
            return -1;
    }
    return 0;
}

static int add_question(struct import *import, struct plan *plan, int64_t section,
                        struct error *err)
{
    static const char sql[] =
        "INSERT INTO question_text (number, prompt, answer, answer_text, title_parts, answer_parts)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    int64_t card = plan->other_card;

    if ((!card && add_card(import, plan->question, section, &card, err)) ||
        insert_question(import, plan, card, section, &plan->number, err) ||
        write_text(import->bank, sql, plan->number, plan->question, err) ||
        import_write_parts(import->bank, plan->number, plan->question, err))
        return -1;
    return plan->other_card ? settle_card(import, card, err) : 0;
}

/* --- Two cards of one question become one */

static int count_reviews(struct bank *bank, int64_t card, int64_t *count, struct error *err)
{
    auto_statement struct statement *row =
        bank_prepare(bank, "SELECT count(*) FROM review WHERE card = ?1", err);

    if (!row)
        return -1;
    bind_integer(row, 1, card);
    if (statement_step(row, err) < 0)
        return -1;
    *count = column_integer(row, 0);
    return 0;
}

/* The one with more reviews stays; the other one's are kept, but no question leads to them. */
static int join_cards(struct import *import, int64_t own, int64_t other, int64_t *card,
                      struct error *err)
{
    auto_statement struct statement *row =
        bank_prepare(import->bank, "UPDATE question SET card = ?1 WHERE card = ?2", err);
    int64_t own_reviews, other_reviews;

    if (!row || count_reviews(import->bank, own, &own_reviews, err) ||
        count_reviews(import->bank, other, &other_reviews, err))
        return -1;
    *card = own_reviews > other_reviews ? own : other;
    bind_integer(row, 1, *card);
    bind_integer(row, 2, *card == own ? other : own);
    if (statement_run(row, err))
        return -1;
    return settle_card(import, *card == own ? other : own, err);
}

/* --- Known questions */

static bool is_unchanged(const struct plan *plan, int64_t section, int64_t card)
{
    const struct known *known = plan->known;
    const struct question *question = plan->question;
    bool has_same_mark = known->mark && question->mark ? str_eq(known->mark, question->mark)
                                                       : !known->mark && !question->mark;

    return known->card == card && known->section == section && !known->is_retired &&
           known->ordinal == question->ordinal && known->line == question->line &&
           known->end_line == question->end_line && known->fingerprint == plan->fingerprint &&
           known->content == plan->content && str_eq(known->label, question->id) && has_same_mark;
}

static int update_row(struct import *import, const struct plan *plan, int64_t card, int64_t section,
                      struct error *err)
{
    static const char sql[] =
        "UPDATE question SET (" QUESTION_COLUMNS ", is_retired) = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        " ?9, ?10, ?11, ?12, ?13, 0) WHERE number = ?14";
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);

    if (!row)
        return -1;
    bind_question(row, plan, card, section);
    bind_integer(row, 14, plan->known->number);
    return statement_run(row, err);
}

static int rewrite_text(struct import *import, const struct plan *plan, struct error *err)
{
    static const char sql[] =
        "UPDATE question_text SET prompt = ?2, answer = ?3, answer_text = ?4, title_parts = ?5,"
        " answer_parts = ?6 WHERE number = ?1";
    int64_t number = plan->known->number;

    if (import_remove_parts(import->bank, number, err) ||
        write_text(import->bank, sql, number, plan->question, err))
        return -1;
    return import_write_parts(import->bank, number, plan->question, err);
}

static int update_question(struct import *import, const struct plan *plan, int64_t section,
                           struct error *err)
{
    const struct known *known = plan->known;
    int64_t card = known->card;

    if (plan->other_card && plan->other_card != card &&
        join_cards(import, known->card, plan->other_card, &card, err))
        return -1;
    if (is_unchanged(plan, section, card))
        return plan->other_card && plan->other_card != card ? settle_card(import, card, err) : 0;
    if (update_row(import, plan, card, section, err) ||
        (known->content != plan->content && rewrite_text(import, plan, err)))
        return -1;
    return settle_card(import, card, err);
}

static int retire(struct import *import, const struct known *known, struct error *err)
{
    auto_statement struct statement *row =
        bank_prepare(import->bank, "UPDATE question SET is_retired = 1 WHERE number = ?1", err);

    if (!row)
        return -1;
    bind_integer(row, 1, known->number);
    if (statement_run(row, err))
        return -1;
    return settle_card(import, known->card, err);
}

static int write_questions(struct import *import, const int64_t *sections, struct error *err)
{
    for (size_t i = 0; i < import->known_count; i++) {
        const struct known *known = &import->known[i];
        if (!known->is_taken && !known->is_retired && retire(import, known, err))
            return -1;
    }
    for (size_t i = 0; i < import->document->question_count; i++) {
        struct plan *plan = &import->plans[i];
        int64_t section = sections[plan->question->section];
        if (plan->known ? update_question(import, plan, section, err)
                        : add_question(import, plan, section, err))
            return -1;
    }
    return 0;
}

int import_apply(struct import *import, struct error *err)
{
    autofree int64_t *sections = xcalloc(import->document->section_count + 1, sizeof(*sections));

    /* A document without questions, never seen before, leaves nothing behind. */
    if (!import->deck && import->document->question_count == 0)
        return 0;
    if (remove_from_index(import, err) || write_deck(import, err))
        return -1;
    for (size_t i = 0; i < import->document->section_count; i++) {
        if (write_section(import, i, &sections[i], err))
            return -1;
    }
    if (write_questions(import, sections, err))
        return -1;
    return add_to_index(import, err);
}
