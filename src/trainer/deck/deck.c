/* SPDX-License-Identifier: MIT */
#include "trainer/deck/deck.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/deck/document.h"
#include "trainer/deck/form.h"
#include "trainer/deck/label.h"
#include "trainer/deck/letters.h"
#include "trainer/deck/plain.h"
#include "trainer/deck/recognise.h"
#include "trainer/deck/slice.h"

#define UNANSWERED_LEAST 3 /* so many questions without an answer are told of */

void deck_free(struct deck *deck)
{
    if (!deck)
        return;
    free(deck->questions);
    free(deck->sections);
    free(deck->warnings);
    arena_clear(&deck->arena);
    free(deck);
}

/* "Docker SRE questions.md" becomes "docker-sre-questions". */
static const char *id_of_path(struct deck *deck, const char *path)
{
    struct str id = STR_INIT;
    const char *name = fs_name(path);
    const char *dot = strrchr(name, '.');
    size_t len = dot && dot > name ? (size_t)(dot - name) : strlen(name);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(name + at, len - at, &code);
        bool is_kept =
            letters_is_letter(code) || letters_digit(code) >= 0 || code == '_' || code == '.';
        if (is_kept && code != UTF8_REPLACEMENT)
            utf8_add(&id, letters_lower(code));
        else if (id.len && id.text[id.len - 1] != '-')
            str_add_char(&id, '-');
    }
    while (id.len && id.text[id.len - 1] == '-')
        str_truncate(&id, id.len - 1);
    const char *kept = arena_strdup(&deck->arena, id.len ? id.text : "deck");
    str_clear(&id);
    return kept;
}

static const char *title_of(struct document *doc)
{
    const char *title = doc->front_title;

    for (size_t i = 0; i < doc->block_count && !title; i = doc->blocks[i].after)
        if (doc->blocks[i].kind == BLOCK_HEADING && doc->blocks[i].text[0])
            title = doc->blocks[i].text;
    struct str text = STR_INIT;
    str_add(&text, title ? title : doc->deck->id);
    plain_collapse(&text);
    const char *kept = document_keep(doc, text.text, text.len);
    str_clear(&text);
    return kept;
}

/* Labels are ids where each question has one of its own. */
static bool have_unique_numbers(const struct entry *entries, size_t count)
{
    int highest = 0;

    for (size_t i = 0; i < count; i++) {
        if (entries[i].number < 0)
            return false;
        highest = entries[i].number > highest ? entries[i].number : highest;
    }
    bool *is_seen = xcalloc((size_t)highest + 1, sizeof(*is_seen));
    bool are_unique = true;
    for (size_t i = 0; i < count; i++) {
        are_unique &= !is_seen[entries[i].number];
        is_seen[entries[i].number] = true;
    }
    free(is_seen);
    return are_unique;
}

/* The last line of an entry that is not blank. */
static int end_line_of(const struct document *doc, const struct entry *entry)
{
    int line = document_line_at(doc, entry->whole.end ? entry->whole.end - 1 : 0);

    while (line > entry->line && document_line_is_blank(doc, line))
        line--;
    return line;
}

static void add_question(struct document *doc, const struct entry *entry,
                         const struct question *read, bool has_number, size_t section)
{
    struct deck *deck = doc->deck;
    struct question *question =
        array_add(deck->questions, deck->question_count, deck->question_cap);
    char id[24];

    *question = *read;
    question->ordinal = (int)deck->question_count;
    snprintf(id, sizeof(id), "Q%d", has_number ? entry->number : question->ordinal);
    question->id = arena_strdup(&deck->arena, id);
    question->section = section;
    question->title = entry->title;
    question->line = entry->line;
    question->end_line = end_line_of(doc, entry);
    question->options = entry->options;
    question->option_count = entry->option_count;
    deck->sections[section].question_count++;
}

/* Finds the section of each entry: the last heading before it that is neither a question nor part
 * of an answer. */
struct section_search {
    size_t block;                /* the next one to look at */
    size_t open[LEVEL_NONE + 1]; /* heading of each level in force, or SIZE_MAX */
    size_t current;              /* heading of the deck's last section */
    bool has_current;
};

static void open_heading(struct section_search *search, const struct document *doc, size_t block)
{
    int level = doc->blocks[block].level;

    search->open[level] = block;
    for (int deeper = level + 1; deeper <= LEVEL_NONE; deeper++)
        search->open[deeper] = SIZE_MAX;
}

static size_t section_of(struct document *doc, struct section_search *search,
                         const struct entry *entry)
{
    struct deck *deck = doc->deck;
    size_t heading = SIZE_MAX;

    for (; search->block < doc->block_count; search->block = doc->blocks[search->block].after) {
        const struct block *block = &doc->blocks[search->block];
        if (document_line_start(doc, block->line) >= entry->whole.start)
            break;
        if (block->kind == BLOCK_HEADING && block->text[0])
            open_heading(search, doc, search->block);
    }
    for (int level = 1; level < entry->level; level++)
        if (search->open[level] != SIZE_MAX)
            heading = search->open[level];
    if (!search->has_current || heading != search->current) {
        struct deck_section *section =
            array_add(deck->sections, deck->section_count, deck->section_cap);
        const struct block *block = heading == SIZE_MAX ? NULL : &doc->blocks[heading];
        struct str title = STR_INIT;
        str_add(&title, block ? block->text : "");
        plain_collapse(&title);
        section->title = document_keep(doc, title.text, title.len);
        section->line = block ? block->line : 1;
        str_clear(&title);
        search->has_current = true;
        search->current = heading;
    }
    size_t after = document_block_at(doc, document_line_at(doc, entry->whole.end - 1) + 1);
    if (after < doc->block_count && doc->blocks[after].depth > 0)
        after = doc->blocks[doc->blocks[after].top].after;
    if (after > search->block)
        search->block = after;
    return deck->section_count - 1;
}

/* `read` has what the form says beside the text of each entry. */
static void add_questions(struct document *doc, const struct entry *entries, struct question *read,
                          size_t count)
{
    struct section_search search = {0};
    bool has_numbers = have_unique_numbers(entries, count);

    for (int level = 0; level <= LEVEL_NONE; level++)
        search.open[level] = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        slice_question(doc, &entries[i], &read[i]);
        if (read[i].answer[0] && entries[i].title[0])
            add_question(doc, &entries[i], &read[i], has_numbers,
                         section_of(doc, &search, &entries[i]));
        else
            document_warn(doc, entries[i].line, _("looks like a question, but has no answer"));
    }
}

/* A list of questions without answers is no deck; it should not be passed over in silence. */
static void warn_of_unanswered(struct document *doc)
{
    int count = 0, first_line = 0;

    for (size_t i = 0; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        bool is_entry = block->kind == BLOCK_HEADING ||
                        (block->kind == BLOCK_PARAGRAPH && block->depth > 0 &&
                         doc->blocks[block->parent].kind == BLOCK_ITEM && i == block->parent + 1u);
        if (!is_entry || block->is_link_only ||
            !label_ends_asking(block->text, strlen(block->text)))
            continue;
        first_line = count++ ? first_line : block->line;
    }
    if (count >= UNANSWERED_LEAST)
        document_warn(doc, first_line,
                      ngettext("%d heading or list item asks, but no answer was found",
                               "%d headings and list items ask, but no answers were found", count),
                      count);
}

static void read_questions(struct document *doc)
{
    size_t count;
    struct entry *entries;
    struct question *read = NULL;

    if (doc->front_deck) {
        doc->deck->format = "drydock";
        entries = form_read(doc, &read, &count);
    } else {
        entries = recognise(doc, &count, &doc->deck->format);
        read = xcalloc(count + 1, sizeof(*read));
        for (size_t i = 0; i < count; i++)
            read[i].tags = "";
    }
    add_questions(doc, entries, read, count);
    if (doc->deck->question_count == 0) {
        doc->deck->format = "none";
        warn_of_unanswered(doc);
    }
    free(entries);
    free(read);
}

struct deck *deck_parse(const char *text, size_t len, const char *path, struct error *err)
{
    if (len > DECK_LIMIT_BYTES) {
        error_set(err, EFBIG, _("cannot read '%s': a deck has at most %d MiB"), path,
                  (int)(DECK_LIMIT_BYTES >> 20));
        return NULL;
    }
    struct deck *deck = xcalloc(1, sizeof(*deck));
    struct document doc;
    deck->path = arena_strdup(&deck->arena, path);
    document_init(&doc, deck, text, len);
    deck->id = doc.front_deck ? doc.front_deck : id_of_path(deck, path);
    deck->has_own_id = doc.front_deck != NULL;
    deck->title = title_of(&doc);
    deck->format = "none";
    read_questions(&doc);
    document_clear(&doc);
    return deck;
}

struct deck *deck_load(const char *path, struct error *err)
{
    autofree char *text = NULL;
    size_t len;

    if (fs_read(path, DECK_LIMIT_BYTES, &text, &len, err) < 0)
        return NULL;
    return deck_parse(text, len, path, err);
}
