/* SPDX-License-Identifier: MIT
 * Ratings and what takes them back: rows that are only ever added, with the card and the sums of
 * the day in the same transaction. */
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/i18n.h"
#include "trainer/bank/bank_internal.h"
#include "trainer/srs/calendar.h"

#define UUID_BYTES 16

struct record { /* a row of `review` to be added */
    int64_t card, deck, device, at_ms, duration_ms, revokes;
    int rating, day; /* a revoking one has no rating */
    const char *source;
    enum card_state state_before;
    bool has_suspended, is_leech;
    struct card after;
};

/* --- Ids */

/* A UUID of version 7 (RFC 9562): the time in front, so that an index of them grows at its end. */
static int make_uuid(int64_t at_ms, unsigned char uuid[UUID_BYTES], struct error *err)
{
    if (getrandom(uuid, UUID_BYTES, 0) != UUID_BYTES)
        return error_set(err, errno, _("cannot get random numbers"));
    for (int i = 0; i < 6; i++)
        uuid[i] = (unsigned char)((uint64_t)at_ms >> (40 - 8 * i));
    uuid[6] = 0x70 | (uuid[6] & 0x0F);
    uuid[8] = 0x80 | (uuid[8] & 0x3F);
    return 0;
}

static int add_device(struct bank *bank, const char *name, int64_t at_ms, struct error *err)
{
    static const char sql[] = "INSERT INTO device (id, name) VALUES (?1, ?2)";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);
    unsigned char uuid[UUID_BYTES];

    if (!statement || make_uuid(at_ms, uuid, err))
        return -1;
    bind_blob(statement, 1, uuid, sizeof(uuid));
    bind_text(statement, 2, name);
    return statement_run(statement, err);
}

static int find_device(struct bank *bank, const char *name, int64_t *number, struct error *err)
{
    auto_statement struct statement *statement =
        bank_prepare(bank, "SELECT number FROM device WHERE name = ?1", err);

    if (!statement)
        return -1;
    bind_text(statement, 1, name);
    int found = statement_step(statement, err);
    if (found == 1)
        *number = column_integer(statement, 0);
    return found < 0 ? -1 : 0;
}

/* A bank that is copied to another machine goes on there under another device. */
static int this_device(struct bank *bank, int64_t at_ms, int64_t *number, struct error *err)
{
    char name[256] = "";

    gethostname(name, sizeof(name) - 1);
    *number = 0;
    if (find_device(bank, name, number, err))
        return -1;
    if (*number)
        return 0;
    if (add_device(bank, name, at_ms, err))
        return -1;
    return find_device(bank, name, number, err);
}

/* --- Rows */

static int add_review(struct bank *bank, const struct record *record, int64_t *number,
                      struct error *err)
{
    static const char sql[] =
        "INSERT INTO review (state, step, stability, difficulty, due_ms, last_review_ms,"
        " interval_days, reviews, lapses, id, device, card, deck, rating, revokes, at_ms, day,"
        " duration_ms, source, state_before, has_suspended, is_leech) VALUES (?1, ?2, ?3, ?4, ?5,"
        " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, iif(?15, NULL, ?14), nullif(?15, 0), ?16, ?17, ?18,"
        " ?19, ?20, ?21, ?22)";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);
    unsigned char uuid[UUID_BYTES];

    if (!statement || make_uuid(record->at_ms, uuid, err))
        return -1;
    bind_card(statement, 1, &record->after);
    bind_blob(statement, 10, uuid, sizeof(uuid));
    bind_integer(statement, 11, record->device);
    bind_integer(statement, 12, record->card);
    bind_integer(statement, 13, record->deck);
    bind_integer(statement, 14, record->rating);
    bind_integer(statement, 15, record->revokes);
    bind_integer(statement, 16, record->at_ms);
    bind_integer(statement, 17, record->day);
    bind_integer(statement, 18, record->duration_ms);
    bind_text(statement, 19, record->source);
    bind_integer(statement, 20, record->state_before);
    bind_integer(statement, 21, record->has_suspended);
    bind_integer(statement, 22, record->is_leech);
    if (statement_run(statement, err))
        return -1;
    *number = sqlite3_last_insert_rowid(bank->db);
    return 0;
}

static int write_card(struct bank *bank, int64_t number, const struct card *card, bool is_suspended,
                      bool is_leech, struct error *err)
{
    static const char sql[] =
        "UPDATE card SET state = ?1, step = ?2, stability = ?3, difficulty = ?4, due_ms = ?5,"
        " last_review_ms = ?6, interval_days = ?7, reviews = ?8, lapses = ?9, is_suspended = ?10,"
        " is_leech = ?11 WHERE number = ?12";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_card(statement, 1, card);
    bind_integer(statement, 10, is_suspended);
    bind_integer(statement, 11, is_leech);
    bind_integer(statement, 12, number);
    return statement_run(statement, err);
}

/* Adds a rating to the sums of its day, or takes it off (`sign` -1). */
static int count_in_day(struct bank *bank, const struct record *record, int sign, struct error *err)
{
    static const char sql[] =
        "INSERT INTO day (day, deck, reviews, again, new_cards, due_cards, time_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET"
        " reviews = reviews + ?3, again = again + ?4, new_cards = new_cards + ?5,"
        " due_cards = due_cards + ?6, time_ms = time_ms + ?7";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, record->day);
    bind_integer(statement, 2, record->deck);
    bind_integer(statement, 3, sign);
    bind_integer(statement, 4, sign * (record->rating == RATING_AGAIN));
    bind_integer(statement, 5, sign * (record->state_before == CARD_NEW));
    bind_integer(statement, 6, sign * (record->state_before == CARD_REVIEW));
    bind_integer(statement, 7, sign * record->duration_ms);
    return statement_run(statement, err);
}

/* --- A rating */

struct card_now { /* as the bank has it */
    struct card card;
    int64_t deck;
    bool is_suspended, is_leech;
};

static int read_card(struct bank *bank, int64_t number, struct card_now *now, struct error *err)
{
    static const char sql[] =
        "SELECT coalesce(deck, (SELECT deck FROM question WHERE card = card.number LIMIT 1)),"
        " is_suspended, is_leech, " CARD_COLUMNS " FROM card WHERE number = ?1";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, number);
    int found = statement_step(statement, err);
    if (found < 0)
        return -1;
    if (!found)
        return error_set(err, 0, _("the card is no longer in the bank"));
    now->deck = column_integer(statement, 0);
    now->is_suspended = column_integer(statement, 1) != 0;
    now->is_leech = column_integer(statement, 2) != 0;
    column_card(statement, 3, &now->card);
    return 0;
}

static bool is_same_card(const struct card *a, const struct card *b)
{
    return a->state == b->state && a->step == b->step && a->stability == b->stability &&
           a->difficulty == b->difficulty && a->due_ms == b->due_ms &&
           a->last_review_ms == b->last_review_ms && a->interval_days == b->interval_days &&
           a->reviews == b->reviews && a->lapses == b->lapses;
}

/* Fills what every record needs of the time and the machine. */
static int begin_record(struct bank *bank, struct record *record, struct error *err)
{
    int hour;

    if (bank_rollover_hour(bank, &hour, err) ||
        this_device(bank, record->at_ms, &record->device, err))
        return -1;
    record->day = calendar_day(record->at_ms, hour);
    return 0;
}

static int write_rating(struct bank *bank, struct record *record, const struct card *before,
                        bool suspends, int64_t *review, struct error *err)
{
    struct card_now now;

    if (read_card(bank, record->card, &now, err) || begin_record(bank, record, err))
        return -1;
    if (before && !is_same_card(before, &now.card))
        return error_set(err, 0, _("the card was rated by another drydock meanwhile"));
    record->deck = now.deck;
    record->state_before = now.card.state;
    record->has_suspended = suspends && !now.is_suspended;
    if (add_review(bank, record, review, err) ||
        write_card(bank, record->card, &record->after, suspends || now.is_suspended,
                   record->is_leech, err))
        return -1;
    return record->rating ? count_in_day(bank, record, 1, err) : 0;
}

int bank_rate(struct bank *bank, int64_t card_number, const struct card *before,
              const struct card *after, const struct bank_review *given, bool is_leech,
              bool suspends, int64_t *review, struct error *err)
{
    struct record record = {.card = card_number,
                            .at_ms = given->at_ms,
                            .duration_ms = given->duration_ms,
                            .rating = given->rating,
                            .source = given->source,
                            .is_leech = is_leech,
                            .after = *after};
    int64_t number;

    if (bank_begin_write(bank, err) ||
        bank_finish(bank, write_rating(bank, &record, before, suspends, &number, err), err))
        return -1;
    *review = number;
    return 0;
}

int bank_reset(struct bank *bank, int64_t card_number, int64_t at_ms, int64_t *review,
               struct error *err)
{
    struct record record = {.card = card_number, .at_ms = at_ms, .source = "reset"};
    int64_t number;

    if (bank_begin_write(bank, err) ||
        bank_finish(bank, write_rating(bank, &record, NULL, false, &number, err), err))
        return -1;
    *review = number;
    return 0;
}

/* --- Taking it back */

static int read_review(struct bank *bank, int64_t number, struct record *record, struct error *err)
{
    static const char sql[] = "SELECT card, deck, rating, day, duration_ms, state_before,"
                              " has_suspended FROM review WHERE number = ?1 AND rating NOT NULL"
                              " AND NOT EXISTS (SELECT 1 FROM review WHERE revokes = ?1)";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, number);
    int found = statement_step(statement, err);
    if (found < 0)
        return -1;
    if (!found)
        return error_set(err, 0, _("the rating was taken back already"));
    *record = (struct record){
        .card = column_integer(statement, 0),
        .deck = column_integer(statement, 1),
        .rating = (int)column_integer(statement, 2),
        .day = (int)column_integer(statement, 3),
        .duration_ms = column_integer(statement, 4),
        .state_before = (enum card_state)column_integer(statement, 5),
        .has_suspended = column_integer(statement, 6) != 0,
    };
    return 0;
}

/* The card after the last review of it that stands and came before; a new card where none does. */
static int read_state_before(struct bank *bank, int64_t review, int64_t card,
                             struct card *state_before, bool *is_leech, struct error *err)
{
    static const char sql[] =
        "SELECT is_leech, state, step, stability, difficulty, due_ms, last_review_ms,"
        " interval_days, reviews, lapses FROM review AS given WHERE card = ?1 AND number < ?2"
        " AND rating NOT NULL AND NOT EXISTS (SELECT 1 FROM review WHERE revokes = given.number)"
        " ORDER BY number DESC LIMIT 1";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, card);
    bind_integer(statement, 2, review);
    int found = statement_step(statement, err);
    *state_before = (struct card){0};
    *is_leech = false;
    if (found == 1) {
        *is_leech = column_integer(statement, 0) != 0;
        column_card(statement, 1, state_before);
    }
    return found < 0 ? -1 : 0;
}

static int check_is_latest(struct bank *bank, int64_t review, int64_t card, struct error *err)
{
    static const char sql[] =
        "SELECT 1 FROM review AS given WHERE card = ?1 AND number > ?2 AND rating NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM review WHERE revokes = given.number)";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, card);
    bind_integer(statement, 2, review);
    int found = statement_step(statement, err);
    if (found == 1)
        return error_set(err, 0, _("the card was rated again since"));
    return found;
}

static int revoke_review(struct bank *bank, int64_t review, int64_t at_ms, struct error *err)
{
    struct record revoked = {0}, record;
    struct card_now now;
    int64_t number;

    if (read_review(bank, review, &revoked, err) ||
        check_is_latest(bank, review, revoked.card, err) ||
        read_card(bank, revoked.card, &now, err))
        return -1;
    record = (struct record){.card = revoked.card,
                             .deck = revoked.deck,
                             .at_ms = at_ms,
                             .revokes = review,
                             .source = "undo",
                             .state_before = now.card.state};
    if (begin_record(bank, &record, err) ||
        read_state_before(bank, review, revoked.card, &record.after, &record.is_leech, err) ||
        add_review(bank, &record, &number, err) ||
        write_card(bank, revoked.card, &record.after, now.is_suspended && !revoked.has_suspended,
                   record.is_leech, err))
        return -1;
    return revoked.rating ? count_in_day(bank, &revoked, -1, err) : 0;
}

int bank_revoke(struct bank *bank, int64_t review, int64_t at_ms, struct error *err)
{
    if (bank_begin_write(bank, err))
        return -1;
    return bank_finish(bank, revoke_review(bank, review, at_ms, err), err);
}

int bank_last_review(struct bank *bank, int64_t *review, int64_t *question, struct error *err)
{
    static const char sql[] =
        "SELECT number, (SELECT number FROM question WHERE card = given.card"
        "  ORDER BY is_retired, is_extra, deck LIMIT 1) FROM review AS given"
        " WHERE rating NOT NULL AND NOT EXISTS (SELECT 1 FROM review WHERE revokes = given.number)"
        " ORDER BY number DESC LIMIT 1";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    int found = statement_step(statement, err);
    if (found < 0)
        return -1;
    *review = found ? column_integer(statement, 0) : 0;
    *question = found ? column_integer(statement, 1) : 0;
    return 0;
}

/* --- Leaving cards out */

static int set_flag(struct bank *bank, const char *sql, int64_t card, int64_t value,
                    struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, value);
    bind_integer(statement, 2, card);
    return statement_run(statement, err);
}

int bank_suspend(struct bank *bank, int64_t card_number, bool suspended, struct error *err)
{
    static const char sql[] = "UPDATE card SET is_suspended = ?1 WHERE number = ?2";

    if (bank_begin_write(bank, err))
        return -1;
    return bank_finish(bank, set_flag(bank, sql, card_number, suspended, err), err);
}

int bank_bury(struct bank *bank, int64_t card_number, int until_day, struct error *err)
{
    static const char sql[] = "UPDATE card SET buried_until = ?1 WHERE number = ?2";

    if (bank_begin_write(bank, err))
        return -1;
    return bank_finish(bank, set_flag(bank, sql, card_number, until_day, err), err);
}
