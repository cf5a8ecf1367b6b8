/* SPDX-License-Identifier: MIT
 * One question with its card and all its parts. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/bank/bank_internal.h"

struct part_reader { /* fills one item of an array in the arena from one row */
    const char *sql;
    size_t item_size;
    void (*read)(struct statement *row, void *item, struct arena *arena);
};

static void read_choice(struct statement *row, void *item, struct arena *arena)
{
    struct deck_option *option = item;

    option->text = column_copy(row, 0, arena);
    option->is_correct = column_integer(row, 1) != 0;
}

static size_t count_lines(const char *text)
{
    size_t count = *text != '\0';

    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void read_key_point(struct statement *row, void *item, struct arena *arena)
{
    struct key_point *point = item;
    char *pattern = column_copy(row, 2, arena);

    point->id = column_copy(row, 0, arena);
    point->text = column_copy(row, 1, arena);
    point->is_must = column_integer(row, 3) != 0;
    point->patterns = arena_alloc(arena, (count_lines(pattern) + 1) * sizeof(*point->patterns));
    while (pattern && *pattern) {
        point->patterns[point->pattern_count++] = strsep(&pattern, "\n");
    }
}

static void read_follow_up(struct statement *row, void *item, struct arena *arena)
{
    struct follow_up *follow_up = item;

    follow_up->text = column_copy(row, 0, arena);
    follow_up->answer = column_copy(row, 1, arena);
    follow_up->after = column_copy(row, 2, arena);
    follow_up->depth = (int)column_integer(row, 3);
}

static void read_link(struct statement *row, void *item, struct arena *arena)
{
    struct deck_link *link = item;

    link->title = column_copy(row, 0, arena);
    link->target = column_copy(row, 1, arena);
}

static void read_same_as(struct statement *row, void *item, struct arena *arena)
{
    char digits[17];

    snprintf(digits, sizeof(digits), "%016" PRIx64, (uint64_t)column_integer(row, 0));
    *(const char **)item = arena_strdup(arena, digits);
}

static const struct part_reader choice_part = {
    "SELECT text, is_correct FROM choice WHERE question = ?1 ORDER BY ordinal",
    sizeof(struct deck_option), read_choice};
static const struct part_reader key_point_part = {
    "SELECT id, text, patterns, is_must FROM key_point WHERE question = ?1 ORDER BY ordinal",
    sizeof(struct key_point), read_key_point};
static const struct part_reader follow_up_part = {
    "SELECT text, answer, after, depth FROM follow_up WHERE question = ?1 ORDER BY ordinal",
    sizeof(struct follow_up), read_follow_up};
static const struct part_reader lab_part = {
    "SELECT title, target FROM link WHERE question = ?1 AND kind = 'lab' ORDER BY ordinal",
    sizeof(struct deck_link), read_link};
static const struct part_reader source_part = {
    "SELECT title, target FROM link WHERE question = ?1 AND kind = 'source' ORDER BY ordinal",
    sizeof(struct deck_link), read_link};
static const struct part_reader same_as_part = {
    "SELECT fingerprint FROM same_as WHERE question = ?1 ORDER BY fingerprint",
    sizeof(const char *), read_same_as};

/* NULL where it fails. */
static void *read_part(struct bank_question *into, struct bank *bank,
                       const struct part_reader *reader, size_t *count, struct error *err)
{
    auto_statement struct statement *rows = bank_prepare(bank, reader->sql, err);
    autofree char *items = NULL;
    size_t len = 0, cap = 0;
    int found;

    if (!rows)
        return NULL;
    bind_integer(rows, 1, into->number);
    while ((found = statement_step(rows, err)) == 1) {
        array_grow(items, len, cap, reader->item_size);
        memset(items + len, 0, reader->item_size);
        reader->read(rows, items + len, &into->arena);
        len += reader->item_size;
    }
    if (found < 0)
        return NULL;
    *count = len / reader->item_size;
    void *array = arena_alloc(&into->arena, len + 1);
    if (len)
        memcpy(array, items, len);
    return array;
}

static int read_parts(struct bank_question *into, struct bank *bank, struct error *err)
{
    struct question *question = &into->question;

    question->options = read_part(into, bank, &choice_part, &question->option_count, err);
    if (!question->options)
        return -1;
    question->key_points = read_part(into, bank, &key_point_part, &question->key_point_count, err);
    if (!question->key_points)
        return -1;
    question->follow_ups = read_part(into, bank, &follow_up_part, &question->follow_up_count, err);
    if (!question->follow_ups)
        return -1;
    question->labs = read_part(into, bank, &lab_part, &question->lab_count, err);
    if (!question->labs)
        return -1;
    question->sources = read_part(into, bank, &source_part, &question->source_count, err);
    if (!question->sources)
        return -1;
    question->same_as = read_part(into, bank, &same_as_part, &question->same_as_count, err);
    return question->same_as ? 0 : -1;
}

static const char question_sql[] =
    "SELECT question.card, deck.id, deck.title, section.title, deck.path, fingerprint,"
    " question.ordinal, label, mark, question.title, prompt, answer, answer_text, level, tags,"
    " line, end_line, card.is_suspended, card.is_leech, " CARD_COLUMNS
    " FROM question JOIN question_text USING (number)"
    " JOIN deck ON deck.number = question.deck JOIN section ON section.number = question.section"
    " JOIN card ON card.number = question.card WHERE question.number = ?1";

static void read_row(struct bank_question *into, struct statement *row)
{
    struct arena *arena = &into->arena;

    into->card_number = column_integer(row, 0);
    into->deck = column_copy(row, 1, arena);
    into->deck_title = column_copy(row, 2, arena);
    into->section = column_copy(row, 3, arena);
    into->path = column_copy(row, 4, arena);
    into->fingerprint = (uint64_t)column_integer(row, 5);
    into->question = (struct question){
        .ordinal = (int)column_integer(row, 6),
        .id = column_copy(row, 7, arena),
        .mark = column_copy(row, 8, arena),
        .title = column_copy(row, 9, arena),
        .prompt = column_copy(row, 10, arena),
        .answer = column_copy(row, 11, arena),
        .answer_text = column_copy(row, 12, arena),
        .level = column_copy(row, 13, arena),
        .tags = column_copy(row, 14, arena),
        .line = (int)column_integer(row, 15),
        .end_line = (int)column_integer(row, 16),
    };
    into->is_suspended = column_integer(row, 17) != 0;
    into->is_leech = column_integer(row, 18) != 0;
    column_card(row, 19, &into->card);
}

static int read_question(struct bank_question *into, struct bank *bank, struct error *err)
{
    auto_statement struct statement *row = bank_prepare(bank, question_sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, into->number);
    int found = statement_step(row, err);
    if (found < 0)
        return -1;
    if (!found)
        return error_set(err, 0, _("the question is no longer in the bank"));
    read_row(into, row);
    return read_parts(into, bank, err);
}

struct bank_question *bank_question_load(struct bank *bank, int64_t number, struct error *err)
{
    auto_bank_question struct bank_question *question = xcalloc(1, sizeof(*question));

    question->number = number;
    if (bank_begin_read(bank, err))
        return NULL;
    if (bank_finish(bank, read_question(question, bank, err), err))
        return NULL;
    return steal_ptr(&question);
}

void bank_question_free(struct bank_question *question)
{
    if (!question)
        return;
    arena_clear(&question->arena);
    free(question);
}

/* --- By its id */

struct found { /* what an id may mean */
    int64_t number;
    size_t count;
    struct str names;
};

#define NAMES_MAX 6

static void note_found(struct found *found, struct statement *row)
{
    if (found->count++ == 0)
        found->number = column_integer(row, 0);
    if (found->count <= NAMES_MAX)
        str_addf(&found->names, "%s%s:%s", found->count == 1 ? "" : ", ", column_text(row, 1),
                 column_text(row, 2));
}

static int find_label(struct bank *bank, const char *deck, const char *label, struct found *found,
                      struct error *err)
{
    static const char sql[] =
        "SELECT question.number, deck.id, label FROM question"
        " JOIN deck ON deck.number = question.deck"
        " WHERE label = ?1 COLLATE NOCASE AND is_retired = 0 AND (?2 IS NULL OR deck.id = ?2)"
        " ORDER BY deck.number, ordinal";
    auto_statement struct statement *rows = bank_prepare(bank, sql, err);
    int result;

    if (!rows)
        return -1;
    bind_text(rows, 1, label);
    bind_text(rows, 2, deck);
    while ((result = statement_step(rows, err)) == 1)
        note_found(found, rows);
    return result;
}

static int find(struct bank *bank, const char *id, struct found *found, struct error *err)
{
    const char *colon = strrchr(id, ':');

    if (find_label(bank, NULL, id, found, err))
        return -1;
    if (found->count == 0 && colon) {
        autofree char *deck = xstrndup(id, (size_t)(colon - id));
        if (find_label(bank, deck, colon + 1, found, err))
            return -1;
    }
    if (found->count > 1)
        return error_set(err, 0, _("%s may be each of %s%s"), id, found->names.text,
                         found->count > NAMES_MAX ? ", …" : "");
    return 0;
}

int bank_find(struct bank *bank, const char *id, int64_t *number, struct error *err)
{
    struct found found = {.names = STR_INIT};
    int result = find(bank, id, &found, err);

    str_clear(&found.names);
    if (result == 0)
        *number = found.number;
    return result;
}
