/* SPDX-License-Identifier: MIT
 * Import: what the bank knows of the deck, the plan, and the report. */
#include <stdlib.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/str.h"
#include "trainer/bank/import_internal.h"
#include "trainer/deck/identity.h"

#define HASH_START 0xcbf29ce484222325u /* FNV-1a, 64 bit */
#define HASH_PRIME 0x100000001b3u

/* --- All that a document says of a question, as a number */

static uint64_t hash_text(uint64_t hash, const char *text)
{
    for (const char *c = text ? text : "\1"; *c; c++)
        hash = (hash ^ (unsigned char)*c) * HASH_PRIME;
    return (hash ^ 0xFF) * HASH_PRIME; /* no byte of UTF-8: where a text ends */
}

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    return (hash ^ (uint64_t)number) * HASH_PRIME;
}

static uint64_t hash_links(uint64_t hash, const struct deck_link *links, size_t count)
{
    hash = hash_number(hash, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        hash = hash_text(hash_text(hash, links[i].title), links[i].target);
    return hash;
}

static uint64_t hash_key_points(uint64_t hash, const struct question *question)
{
    hash = hash_number(hash, (int64_t)question->key_point_count);
    for (size_t i = 0; i < question->key_point_count; i++) {
        const struct key_point *point = &question->key_points[i];
        hash = hash_text(hash_text(hash, point->id), point->text);
        hash = hash_number(hash, point->is_must);
        for (size_t at = 0; at < point->pattern_count; at++)
            hash = hash_text(hash, point->patterns[at]);
    }
    return hash;
}

static uint64_t hash_parts(uint64_t hash, const struct question *question)
{
    for (size_t i = 0; i < question->option_count; i++)
        hash = hash_number(hash_text(hash, question->options[i].text),
                           question->options[i].is_correct);
    hash = hash_key_points(hash, question);
    for (size_t i = 0; i < question->follow_up_count; i++) {
        const struct follow_up *follow_up = &question->follow_ups[i];
        hash = hash_text(hash_text(hash, follow_up->text), follow_up->answer);
        hash = hash_number(hash_text(hash, follow_up->after), follow_up->depth);
    }
    hash = hash_links(hash, question->labs, question->lab_count);
    hash = hash_links(hash, question->sources, question->source_count);
    for (size_t i = 0; i < question->same_as_count; i++)
        hash = hash_text(hash, question->same_as[i]);
    return hash;
}

static uint64_t hash_content(const struct question *question)
{
    uint64_t hash = hash_text(HASH_START, question->title);

    hash = hash_text(hash, question->prompt);
    hash = hash_text(hash, question->answer);
    hash = hash_text(hash, question->answer_text);
    hash = hash_text(hash, question->level);
    hash = hash_text(hash, question->tags);
    return hash_parts(hash, question);
}

/* --- What the bank knows of it */

static int read_known(struct import *import, struct error *err)
{
    static const char sql[] =
        "SELECT number, card, section, ordinal, line, end_line, key_points, fingerprint, content,"
        " label, mark, title, is_retired FROM question WHERE is_retired IN (0, 1) AND deck = ?1"
        " ORDER BY is_retired, ordinal";
    auto_statement struct statement *rows = bank_prepare(import->bank, sql, err);
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, import->deck);
    while ((found = statement_step(rows, err)) == 1) {
        struct known *known = array_add(import->known, import->known_count, import->known_cap);
        known->number = column_integer(rows, 0);
        known->card = column_integer(rows, 1);
        known->section = column_integer(rows, 2);
        known->ordinal = (int)column_integer(rows, 3);
        known->line = (int)column_integer(rows, 4);
        known->end_line = (int)column_integer(rows, 5);
        known->key_points = (int)column_integer(rows, 6);
        known->fingerprint = (uint64_t)column_integer(rows, 7);
        known->content = (uint64_t)column_integer(rows, 8);
        known->label = column_copy(rows, 9, import->arena);
        known->mark = column_copy(rows, 10, import->arena);
        known->title = column_copy(rows, 11, import->arena);
        known->is_retired = column_integer(rows, 12) != 0;
    }
    return found;
}

static int read_shared(struct import *import, struct error *err)
{
    static const char sql[] =
        "SELECT deck.id || ':' || label FROM question INDEXED BY question_by_card"
        " JOIN deck ON deck.number = question.deck"
        " WHERE card = ?1 AND deck <> ?2 AND is_retired = 0 ORDER BY deck, ordinal LIMIT 1";
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);

    if (!row)
        return -1;
    for (size_t i = 0; i < import->known_count && import->has_other_decks; i++) {
        bind_integer(row, 1, import->known[i].card);
        bind_integer(row, 2, import->deck);
        int found = statement_step(row, err);
        if (found < 0)
            return -1;
        if (found)
            import->known[i].shared_with = column_copy(row, 0, import->arena);
        statement_reset(row);
    }
    return 0;
}

static int read_sections(struct import *import, struct error *err)
{
    static const char sql[] =
        "SELECT number, ordinal, title FROM section WHERE deck = ?1 ORDER BY ordinal";
    auto_statement struct statement *rows = bank_prepare(import->bank, sql, err);
    int found;

    if (!rows)
        return -1;
    bind_integer(rows, 1, import->deck);
    while ((found = statement_step(rows, err)) == 1) {
        *array_add(import->sections, import->section_count, import->section_cap) =
            (struct known_section){
                .number = column_integer(rows, 0),
                .ordinal = (int)column_integer(rows, 1),
                .title = column_copy(rows, 2, import->arena),
            };
    }
    return found;
}

static int read_others(struct import *import, struct error *err)
{
    static const char sql[] = "SELECT EXISTS (SELECT 1 FROM deck WHERE number <> ?1),"
                              " EXISTS (SELECT 1 FROM same_as)";
    auto_statement struct statement *row = bank_prepare(import->bank, sql, err);

    if (!row)
        return -1;
    bind_integer(row, 1, import->deck);
    if (statement_step(row, err) < 0)
        return -1;
    import->has_other_decks = column_integer(row, 0) != 0;
    import->has_same_as = column_integer(row, 1) != 0;
    return 0;
}

/* --- The plan */

static void begin_plans(struct import *import)
{
    const struct deck *document = import->document;

    import->plans = xcalloc(document->question_count + 1, sizeof(*import->plans));
    import->section_of = xcalloc(document->section_count + 1, sizeof(*import->section_of));
    for (size_t i = 0; i < document->question_count; i++) {
        const struct question *question = &document->questions[i];
        import->plans[i] = (struct plan){
            .question = question,
            .fingerprint = identity_fingerprint(question->title, question->prompt),
            .content = hash_content(question),
        };
    }
}

/* A section that has a new title is the one that its questions were in. */
static void match_renamed_section(struct import *import, size_t section)
{
    for (size_t i = 0; i < import->document->question_count; i++) {
        const struct plan *plan = &import->plans[i];
        if (plan->question->section != section || !plan->known)
            continue;
        for (size_t at = 0; at < import->section_count; at++) {
            struct known_section *known = &import->sections[at];
            if (known->number == plan->known->section && !known->is_taken) {
                known->is_taken = true;
                import->section_of[section] = known;
                return;
            }
        }
    }
}

static void match_sections(struct import *import)
{
    const struct deck *document = import->document;

    for (size_t i = 0; i < document->section_count; i++) {
        for (size_t at = 0; at < import->section_count && !import->section_of[i]; at++) {
            struct known_section *known = &import->sections[at];
            if (!known->is_taken && str_eq(known->title, document->sections[i].title)) {
                known->is_taken = true;
                import->section_of[i] = known;
            }
        }
    }
    if (import->section_count == 0)
        return;
    for (size_t i = 0; i < document->section_count; i++) {
        if (!import->section_of[i])
            match_renamed_section(import, i);
    }
}

static int make_plan(struct import *import, struct error *err)
{
    begin_plans(import);
    if (import_find_deck(import, err) || read_known(import, err) || read_sections(import, err) ||
        read_others(import, err) || read_shared(import, err) || match_questions(import, err))
        return -1;
    match_sections(import);
    return 0;
}

/* --- The report */

static bool has_moved(const struct import *import, const struct plan *plan)
{
    const struct known_section *section = import->section_of[plan->question->section];

    if (!plan->known)
        return plan->is_from_retired;
    return !section || section->number != plan->known->section ||
           !str_eq(plan->known->label, plan->question->id);
}

static enum import_change change_of(const struct plan *plan, bool moved)
{
    if (!plan->known)
        return plan->is_from_retired ? IMPORT_UPDATED : IMPORT_ADDED;
    if (moved || plan->known->is_retired || plan->known->content != plan->content ||
        (plan->other_card && plan->other_card != plan->known->card))
        return IMPORT_UPDATED;
    return IMPORT_UNCHANGED;
}

static void count_change(struct import_report *report, const struct import_question *question)
{
    report->added += question->change == IMPORT_ADDED;
    report->updated += question->change == IMPORT_UPDATED;
    report->unchanged += question->change == IMPORT_UNCHANGED;
    report->retired += question->change == IMPORT_RETIRED;
    report->moved += question->has_moved;
}

static void report_plan(struct import_report *report, const struct import *import,
                        const struct plan *plan, struct import_question *into)
{
    bool moved = has_moved(import, plan);

    *into = (struct import_question){
        .change = change_of(plan, moved),
        .match = plan->match,
        .has_moved = moved,
        .similarity = plan->similarity,
        .id = arena_strdup(&report->arena, plan->question->id),
        .title = arena_strdup(&report->arena, plan->question->title),
        .line = plan->question->line,
        .same_card_as = plan->shared_with,
        .similar_to = plan->similar_to,
    };
    count_change(report, into);
}

static void fill_report(struct import_report *report, const struct import *import)
{
    size_t len = import->document->question_count;

    report->questions =
        arena_alloc(&report->arena, (len + import->known_count + 1) * sizeof(*report->questions));
    for (size_t i = 0; i < len; i++)
        report_plan(report, import, &import->plans[i], &report->questions[i]);
    for (size_t i = 0; i < import->known_count; i++) {
        const struct known *known = &import->known[i];
        if (known->is_taken || known->is_retired)
            continue;
        report->questions[len] = (struct import_question){.change = IMPORT_RETIRED,
                                                          .id = known->label,
                                                          .title = known->title,
                                                          .line = known->line};
        count_change(report, &report->questions[len++]);
    }
    report->question_count = len;
}

static int run_import(struct import *import, struct import_report *report, bool dry_run,
                      struct error *err)
{
    if (make_plan(import, err))
        return -1;
    fill_report(report, import);
    return dry_run ? 0 : import_apply(import, err);
}

static char *absolute_path(const char *path)
{
    struct error ignored;
    char *absolute = fs_absolute(path, &ignored);

    return absolute ? absolute : xstrdup(path);
}

struct import_report *bank_import(struct bank *bank, const struct deck *deck, bool dry_run,
                                  struct error *err)
{
    struct import_report *report = xcalloc(1, sizeof(*report));
    struct import import = {.bank = bank, .document = deck, .arena = &report->arena};
    int result;

    import.path = absolute_path(deck->path);
    result = dry_run ? bank_begin_read(bank, err) : bank_begin_write(bank, err);
    if (result == 0)
        result = bank_finish(bank, run_import(&import, report, dry_run, err), err);
    free(import.path);
    free(import.known);
    free(import.sections);
    free(import.plans);
    free(import.cards);
    free(import.section_of);
    if (result) {
        import_report_free(report);
        return NULL;
    }
    return report;
}

void import_report_free(struct import_report *report)
{
    if (!report)
        return;
    arena_clear(&report->arena);
    free(report);
}
