/* SPDX-License-Identifier: MIT */
#include "trainer/bank/bank_internal.h"

#include "base/array.h"
#include "base/i18n.h"

/* One step for each version, in order. What has been released is never changed: a new version is a
 * new step at the end, and a bank of the version before it in tests/unit/banks. */
static const char *const steps[] = {
    /* 1 */
    "CREATE TABLE deck ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  name TEXT NOT NULL,"          /* the id of its document; others may have the same */
    "  has_own_id INTEGER NOT NULL," /* it stands in the document, else made of the path */
    "  title TEXT NOT NULL,"
    "  path TEXT NOT NULL,"
    "  format TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE section ("
    "  number INTEGER PRIMARY KEY,"
    "  deck INTEGER NOT NULL REFERENCES deck,"
    "  ordinal INTEGER NOT NULL,"
    "  title TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX section_in_order ON section (deck, ordinal);"

    /* deck, section and position are of the question that stands for the card: NULL where all its
     * questions are retired. */
    "CREATE TABLE card ("
    "  number INTEGER PRIMARY KEY,"
    "  deck INTEGER,"
    "  section INTEGER,"
    "  position INTEGER,"
    "  state INTEGER NOT NULL DEFAULT 0,"
    "  step INTEGER NOT NULL DEFAULT 0,"
    "  stability REAL NOT NULL DEFAULT 0,"
    "  difficulty REAL NOT NULL DEFAULT 0,"
    "  due_ms INTEGER NOT NULL DEFAULT 0,"
    "  last_review_ms INTEGER NOT NULL DEFAULT 0,"
    "  interval_days INTEGER NOT NULL DEFAULT 0,"
    "  reviews INTEGER NOT NULL DEFAULT 0,"
    "  lapses INTEGER NOT NULL DEFAULT 0,"
    "  is_suspended INTEGER NOT NULL DEFAULT 0,"
    "  is_leech INTEGER NOT NULL DEFAULT 0,"
    "  buried_until INTEGER NOT NULL DEFAULT 0" /* calendar day */
    ") STRICT;"
    "CREATE INDEX card_by_section"
    "  ON card (deck, section, state, is_suspended, due_ms, stability, last_review_ms)"
    "  WHERE deck IS NOT NULL;"
    "CREATE INDEX card_due"
    "  ON card (due_ms, state, deck, interval_days, last_review_ms, buried_until)"
    "  WHERE deck IS NOT NULL AND state > 0 AND is_suspended = 0;"
    "CREATE INDEX card_new ON card (deck, position, buried_until)"
    "  WHERE deck IS NOT NULL AND state = 0 AND is_suspended = 0;"

    /* The texts are apart, so that lists and counts read small rows. */
    "CREATE TABLE question ("
    "  number INTEGER PRIMARY KEY,"
    "  deck INTEGER NOT NULL REFERENCES deck,"
    "  section INTEGER NOT NULL REFERENCES section,"
    "  card INTEGER NOT NULL REFERENCES card,"
    "  ordinal INTEGER NOT NULL,"
    "  label TEXT NOT NULL,"
    "  mark TEXT,"
    "  fingerprint INTEGER NOT NULL," /* of the title */
    "  content INTEGER NOT NULL,"     /* hash of all that the document says of it */
    "  title TEXT NOT NULL,"
    "  level TEXT,"
    "  tags TEXT NOT NULL,"
    "  line INTEGER NOT NULL,"
    "  end_line INTEGER NOT NULL,"
    "  key_points INTEGER NOT NULL,"
    "  is_extra INTEGER NOT NULL,"  /* another question stands for its card */
    "  is_retired INTEGER NOT NULL" /* no longer in its document */
    ") STRICT;"
    "CREATE INDEX question_in_order"
    "  ON question (is_retired, deck, ordinal, section, card, is_extra);"
    "CREATE INDEX question_by_card ON question (card, is_retired, is_extra);"
    "CREATE INDEX question_by_label ON question (label COLLATE NOCASE);"
    "CREATE INDEX question_by_fingerprint ON question (fingerprint);"
    "CREATE INDEX question_extra ON question (deck, section, card)"
    "  WHERE is_extra = 1 AND is_retired = 0;"
    "CREATE TABLE question_text ("
    "  number INTEGER PRIMARY KEY REFERENCES question,"
    "  prompt TEXT NOT NULL,"
    "  answer TEXT NOT NULL,"
    "  answer_text TEXT NOT NULL,"
    "  title_parts TEXT NOT NULL," /* pairs of characters of scripts without blanks */
    "  answer_parts TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE choice ("
    "  question INTEGER NOT NULL REFERENCES question,"
    "  ordinal INTEGER NOT NULL,"
    "  text TEXT NOT NULL,"
    "  is_correct INTEGER NOT NULL,"
    "  PRIMARY KEY (question, ordinal)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE key_point ("
    "  question INTEGER NOT NULL REFERENCES question,"
    "  ordinal INTEGER NOT NULL,"
    "  id TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  patterns TEXT NOT NULL," /* one to a line */
    "  is_must INTEGER NOT NULL,"
    "  PRIMARY KEY (question, ordinal)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE follow_up ("
    "  question INTEGER NOT NULL REFERENCES question,"
    "  ordinal INTEGER NOT NULL,"
    "  text TEXT NOT NULL,"
    "  answer TEXT NOT NULL,"
    "  after TEXT,"
    "  depth INTEGER NOT NULL,"
    "  PRIMARY KEY (question, ordinal)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE link ("
    "  question INTEGER NOT NULL REFERENCES question,"
    "  kind TEXT NOT NULL CHECK (kind IN ('lab', 'source')),"
    "  ordinal INTEGER NOT NULL,"
    "  title TEXT NOT NULL,"
    "  target TEXT NOT NULL,"
    "  PRIMARY KEY (question, kind, ordinal)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE same_as ("
    "  fingerprint INTEGER NOT NULL,"
    "  question INTEGER NOT NULL REFERENCES question,"
    "  PRIMARY KEY (fingerprint, question)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX same_as_of ON same_as (question);"

    /* Title matches come first in a search, so columns are told apart; positions are not kept. */
    "CREATE VIEW search_text AS"
    "  SELECT number,"
    "    CASE title_parts WHEN '' THEN title ELSE title || ' ' || title_parts END AS title,"
    "    CASE answer_parts WHEN '' THEN answer_text ELSE answer_text || ' ' || answer_parts END"
    "      AS answer"
    "  FROM question JOIN question_text USING (number) WHERE is_retired = 0;"
    "CREATE VIRTUAL TABLE search USING fts5 (title, answer, content = 'search_text',"
    "  content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2', detail = column,"
    "  columnsize = 0);"
    "INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);"

    "CREATE TABLE device ("
    "  number INTEGER PRIMARY KEY,"
    "  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),"
    "  name TEXT NOT NULL"
    ") STRICT;"
    /* Only ever added to. A row holds the card as it is after it; one that revokes another has no
     * rating and the card as it was before that one. */
    "CREATE TABLE review ("
    "  number INTEGER PRIMARY KEY,"
    "  id BLOB NOT NULL CHECK (length(id) = 16)," /* UUID, version 7 */
    "  device INTEGER NOT NULL REFERENCES device,"
    "  card INTEGER NOT NULL REFERENCES card,"
    "  deck INTEGER NOT NULL REFERENCES deck,"
    "  rating INTEGER CHECK (rating BETWEEN 0 AND 4)," /* 0: made new again */
    "  revokes INTEGER REFERENCES review,"
    "  at_ms INTEGER NOT NULL,"
    "  day INTEGER NOT NULL," /* of the calendar where it was given */
    "  duration_ms INTEGER NOT NULL,"
    "  source TEXT NOT NULL,"
    "  state_before INTEGER NOT NULL,"
    "  has_suspended INTEGER NOT NULL," /* it suspended the card, which was not */
    "  is_leech INTEGER NOT NULL,"
    "  state INTEGER NOT NULL,"
    "  step INTEGER NOT NULL,"
    "  stability REAL NOT NULL,"
    "  difficulty REAL NOT NULL,"
    "  due_ms INTEGER NOT NULL,"
    "  last_review_ms INTEGER NOT NULL,"
    "  interval_days INTEGER NOT NULL,"
    "  reviews INTEGER NOT NULL,"
    "  lapses INTEGER NOT NULL,"
    "  CHECK ((rating IS NULL) = (revokes IS NOT NULL))"
    ") STRICT;"
    "CREATE UNIQUE INDEX review_by_id ON review (id);"
    "CREATE INDEX review_by_card ON review (card);"
    "CREATE UNIQUE INDEX review_revoked ON review (revokes) WHERE revokes IS NOT NULL;"
    "CREATE TRIGGER review_never_changes BEFORE UPDATE ON review"
    "  BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;"
    "CREATE TRIGGER review_stays BEFORE DELETE ON review"
    "  BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;"
    /* INSERT OR REPLACE would delete without the trigger above. */
    "CREATE TRIGGER review_is_new BEFORE INSERT ON review"
    "  WHEN EXISTS (SELECT 1 FROM review WHERE number = new.number)"
    "    OR EXISTS (SELECT 1 FROM review WHERE id = new.id)"
    "  BEGIN SELECT RAISE(ABORT, 'reviews are only ever added'); END;"
    /* Sums of the reviews that stand. */
    "CREATE TABLE day ("
    "  day INTEGER NOT NULL,"
    "  deck INTEGER NOT NULL REFERENCES deck,"
    "  reviews INTEGER NOT NULL,"
    "  again INTEGER NOT NULL,"
    "  new_cards INTEGER NOT NULL,"
    "  due_cards INTEGER NOT NULL," /* of cards in review, as the daily limit counts them */
    "  time_ms INTEGER NOT NULL,"
    "  PRIMARY KEY (day, deck)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE setting ("
    "  deck INTEGER NOT NULL," /* 0: the general ones */
    "  name TEXT NOT NULL,"
    "  value TEXT NOT NULL,"
    "  PRIMARY KEY (deck, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE parameters ("
    "  number INTEGER PRIMARY KEY,"
    "  deck INTEGER NOT NULL,"      /* 0: the general ones */
    "  model TEXT NOT NULL,"        /* 'FSRS-6' */
    "  weights TEXT NOT NULL,"      /* JSON array of numbers */
    "  created_ms INTEGER NOT NULL" /* the newest of a deck are in force */
    ") STRICT;"
    "CREATE INDEX parameters_of ON parameters (deck, number);"
    "CREATE TABLE session ("
    "  number INTEGER PRIMARY KEY CHECK (number = 1),"
    "  deck TEXT,"
    "  section TEXT,"
    "  question INTEGER NOT NULL,"
    "  is_revealed INTEGER NOT NULL,"
    "  draft TEXT NOT NULL,"
    "  answered INTEGER NOT NULL,"
    "  started_ms INTEGER NOT NULL,"
    "  spent_ms INTEGER NOT NULL"
    ") STRICT;",
};

#define SCHEMA_VERSION ((int)ARRAY_LEN(steps))

static int read_number(struct bank *bank, const char *sql, int64_t *number, struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement || statement_step(statement, err) < 0)
        return -1;
    *number = column_integer(statement, 0);
    return 0;
}

/* Says whose file it is; 0 in *version for an empty one. */
static int read_version(struct bank *bank, int64_t *version, struct error *err)
{
    int64_t application, tables;

    /* Another drydock may make the bank meanwhile: what is read later may only be newer. */
    if (read_number(bank, "SELECT count(*) FROM sqlite_schema", &tables, err) ||
        read_number(bank, "PRAGMA user_version", version, err) ||
        read_number(bank, "PRAGMA application_id", &application, err))
        return -1;
    if (application != SCHEMA_APPLICATION_ID && (application != 0 || *version != 0 || tables > 0))
        return error_set(err, 0, _("%s is not a bank of drydock; it was left as it is"),
                         bank->path);
    if (*version > SCHEMA_VERSION)
        return error_set(err, 0,
                         _("the bank %s is of a newer drydock (version %d, this one knows %d); it "
                           "was left as it is"),
                         bank->path, (int)*version, SCHEMA_VERSION);
    return 0;
}

static int run_step(struct bank *bank, int version, struct error *err)
{
    char numbers[96];

    if (sqlite3_exec(bank->db, steps[version - 1], NULL, NULL, NULL) != SQLITE_OK)
        return bank_fail(bank, err);
    /* A PRAGMA takes no parameters. */
    sqlite3_snprintf(sizeof(numbers), numbers,
                     "PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_APPLICATION_ID,
                     version);
    if (sqlite3_exec(bank->db, numbers, NULL, NULL, NULL) != SQLITE_OK)
        return bank_fail(bank, err);
    return 0;
}

/* Another drydock may have done it meanwhile: the version is read again under the lock. */
static int run_steps(struct bank *bank, struct error *err)
{
    int64_t version;

    if (read_version(bank, &version, err))
        return -1;
    while (version < SCHEMA_VERSION) {
        if (run_step(bank, (int)++version, err))
            return -1;
    }
    return 0;
}

static int migrate(struct bank *bank, struct error *err)
{
    if (bank_begin_write(bank, err))
        return error_wrap(err, _("cannot bring the bank to this version of drydock"));
    if (bank_finish(bank, run_steps(bank, err), err))
        return error_wrap(err, _("cannot bring the bank to this version of drydock"));
    return 0;
}

/* The mode is kept in the file; setting it again takes no lock. The first time it takes one for
 * which SQLite does not wait. */
static int use_write_ahead_log(struct bank *bank, struct error *err)
{
    int result = SQLITE_BUSY;

    for (int waited_ms = 0; result == SQLITE_BUSY && waited_ms < BANK_BUSY_TIMEOUT_MS;
         waited_ms += 10) {
        result = sqlite3_exec(bank->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
        if (result == SQLITE_BUSY)
            sqlite3_sleep(10);
    }
    return result == SQLITE_OK ? 0 : bank_fail(bank, err);
}

int schema_open(struct bank *bank, struct error *err)
{
    int64_t version;

    if (read_version(bank, &version, err))
        return -1;
    if (!bank->is_read_only && use_write_ahead_log(bank, err))
        return -1;
    if (version == SCHEMA_VERSION)
        return 0;
    return migrate(bank, err);
}
