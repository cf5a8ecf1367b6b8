/* SPDX-License-Identifier: MIT */
#include "trainer/deck/form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/letters.h"
#include "trainer/deck/plain.h"

#define FINGERPRINT_DIGITS 16

static const char *const levels[] = {"junior", "mid", "senior", "staff"};

static const struct {
    const char *name;
    void (*read)(struct document *doc, size_t list, struct question *question);
} parts[] = {
    {"Key points", form_read_key_points},
    {"Follow-ups", form_read_follow_ups},
    {"Labs", form_read_labs},
    {"Sources", form_read_sources},
};

struct form {
    struct document *doc;
    int level; /* of the headings that are questions */
    struct entry *entries;
    struct question *questions;
    size_t count, entry_cap, question_cap, questions_count;
};

struct question_reader { /* one question */
    struct document *doc;
    struct entry *entry;
    struct question *question;
    size_t text_start; /* of what stands before **A:** */
    bool has_answer, is_answer_over;
    int part; /* of `parts`, or -1 */
    bool has_part_list;
    int part_line;
};

static bool is_question_heading(const struct block *block)
{
    struct label label = label_read(block->text);

    return block->kind == BLOCK_HEADING && block->depth == 0 && label.kind == LABEL_WORD_NUMBER &&
           strcmp(label.word, "q") == 0;
}

/* The level most questions are on; 0 where there are none. */
static int question_level(const struct document *doc)
{
    size_t counts[LEVEL_NONE] = {0};
    int best = 0;

    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after)
        if (is_question_heading(&doc->blocks[i]))
            counts[doc->blocks[i].level]++;
    for (int level = 1; level < LEVEL_NONE; level++)
        if (counts[level] > (best ? counts[best] : 0))
            best = level;
    return best;
}

static bool take_question_comment(struct document *doc, const char *key, const char *value,
                                  int line, void *data)
{
    struct question *question = data;

    if (strcmp(key, "id") == 0) {
        if (question->mark)
            document_warn(doc, line, _("this question has two ids"));
        question->mark = value;
        return true;
    }
    if (strcmp(key, "same-as") != 0)
        return false;
    if (strlen(value) != FINGERPRINT_DIGITS ||
        strspn(value, "0123456789abcdefABCDEF") != FINGERPRINT_DIGITS) {
        document_warn(doc, line, _("'%s' is no fingerprint: it has %d hexadecimal digits"), value,
                      FINGERPRINT_DIGITS);
        return true;
    }
    const char **grown =
        arena_alloc(&doc->deck->arena, (question->same_as_count + 1) * sizeof(*grown));
    if (question->same_as_count)
        memcpy(grown, question->same_as, question->same_as_count * sizeof(*grown));
    grown[question->same_as_count++] = value;
    question->same_as = grown;
    return true;
}

static void set_level(struct document *doc, struct question *question, const char *value, int line)
{
    for (size_t i = 0; i < ARRAY_LEN(levels); i++) {
        if (strcasecmp(value, levels[i]) == 0) {
            question->level = levels[i];
            return;
        }
    }
    document_warn(doc, line, _("the level '%s' is not known: it is junior, mid, senior or staff"),
                  value);
}

/* "a,b ,, c" becomes "a, b, c". */
static const char *clean_tags(struct document *doc, const char *value)
{
    struct str tags = STR_INIT;

    while (*value) {
        size_t len = strcspn(value, ",");
        struct str tag = STR_INIT;
        str_add_bytes(&tag, value, len);
        str_trim(&tag);
        if (tag.len && tags.len)
            str_add(&tags, ", ");
        str_add_bytes(&tags, tag.text, tag.len);
        str_clear(&tag);
        value += len + (value[len] == ',');
    }
    const char *kept = document_keep(doc, tags.text, tags.len);
    str_clear(&tags);
    return kept;
}

/* Line `line` of a paragraph in the source, behind its indentation. */
static struct range source_line(const struct document *doc, int line)
{
    struct range range = {document_line_start(doc, line), document_line_end(doc, line)};

    while (range.start < range.end && strchr(" \t", doc->text[range.start]))
        range.start++;
    return range;
}

/* Reads a line above the answer: level, tags, or the label of the answer. False for text. */
static bool read_upper_line(struct question_reader *reader, const char *text, int line)
{
    struct document *doc = reader->doc;
    struct label label = label_read(text);
    size_t len = strcspn(text, "\n");
    bool is_bold_open;

    if (label.kind != LABEL_WORD)
        return false;
    struct str value = STR_INIT;
    if (label.len < len)
        str_add_bytes(&value, text + label.len, len - label.len);
    str_trim(&value);
    bool is_known = true;
    if (strcmp(label.word, "level") == 0) {
        set_level(doc, reader->question, value.text, line);
    } else if (strcmp(label.word, "tags") == 0) {
        reader->question->tags = clean_tags(doc, value.text);
    } else if (strcmp(label.word, "a") == 0) {
        struct range source = source_line(doc, line);
        size_t bytes = label_source_bytes(doc->text + source.start, source.end - source.start,
                                          &label, &is_bold_open);
        reader->entry->prompt = (struct range){reader->text_start, document_line_start(doc, line)};
        reader->entry->answer.start = source.start + bytes;
        reader->entry->answer_note = is_bold_open ? "**" : NULL;
        reader->has_answer = true;
    } else {
        is_known = false;
    }
    str_clear(&value);
    return is_known;
}

static void read_upper_paragraph(struct question_reader *reader, const struct block *block)
{
    const char *text = block->text;

    for (int line = block->line; line <= block->end_line && !reader->has_answer; line++) {
        bool is_label = read_upper_line(reader, text, line);
        if (is_label && !reader->has_answer)
            reader->text_start = document_line_start(reader->doc, line + 1);
        text = strchrnul(text, '\n');
        text += *text == '\n';
    }
}

/* Index of the part that this paragraph is the label of, or -1. */
static int part_of(const struct block *block)
{
    size_t len = strlen(block->text);

    if (block->kind != BLOCK_PARAGRAPH || block->bold == 0 || block->bold + 1 < len)
        return -1;
    if (len && block->text[len - 1] == ':')
        len--;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (strlen(parts[i].name) == len && strncasecmp(parts[i].name, block->text, len) == 0)
            return (int)i;
    return -1;
}

static void end_part(struct question_reader *reader)
{
    if (reader->part >= 0 && !reader->has_part_list)
        document_warn(reader->doc, reader->part_line, _("no list follows '%s'"),
                      parts[reader->part].name);
}

static void start_part(struct question_reader *reader, int part, const struct block *block)
{
    end_part(reader);
    if (!reader->is_answer_over)
        reader->entry->answer.end = document_line_start(reader->doc, block->line);
    reader->is_answer_over = true;
    reader->part = part;
    reader->part_line = block->line;
    reader->has_part_list = false;
}

static void read_part_block(struct question_reader *reader, size_t index)
{
    const struct block *block = &reader->doc->blocks[index];

    if (block->kind == BLOCK_LIST) {
        parts[reader->part].read(reader->doc, index, reader->question);
        reader->has_part_list = true;
    } else if (block->kind != BLOCK_RULE) {
        document_warn(reader->doc, block->line, _("this belongs to nothing: it follows '%s'"),
                      parts[reader->part].name);
    }
}

static void read_block(struct question_reader *reader, size_t index)
{
    const struct block *block = &reader->doc->blocks[index];
    int part = part_of(block);

    if (part >= 0) {
        start_part(reader, part, block);
    } else if (reader->part >= 0) {
        read_part_block(reader, index);
    } else if (!reader->has_answer && block->kind == BLOCK_HTML) {
        form_read_comments(reader->doc, block->line, block->end_line, take_question_comment,
                           reader->question);
        reader->text_start = document_line_start(reader->doc, block->end_line + 1);
    } else if (!reader->has_answer && block->kind == BLOCK_PARAGRAPH) {
        read_upper_paragraph(reader, block);
    }
}

/* Without **A:** what stands below the heading is the answer, with a warning. */
static void end_question(struct question_reader *reader)
{
    struct entry *entry = reader->entry;

    end_part(reader);
    if (!reader->has_answer)
        entry->answer.start = reader->text_start;
    if (!reader->is_answer_over)
        entry->answer.end = entry->whole.end;
    if (entry->answer.start > entry->answer.end)
        entry->answer.start = entry->answer.end;
    body_trim(reader->doc, &entry->prompt);
    body_trim(reader->doc, &entry->answer);
    if (!reader->has_answer && entry->answer.start < entry->answer.end)
        document_warn(reader->doc, entry->line,
                      _("this question has no '**A:**': the text below it is taken as its answer"));
    form_check_follow_ups(reader->doc, reader->question, entry->line);
}

static void set_title(struct document *doc, struct entry *entry, const struct block *block)
{
    struct head head = {
        .text = block->text,
        .text_len = strlen(block->text),
        .label = label_read(block->text),
    };

    entry->title = flow_title(doc, &head, is_question_heading(block));
    entry->number = is_question_heading(block) ? head.label.number : -1;
}

static size_t read_question(struct form *form, size_t index)
{
    struct document *doc = form->doc;
    const struct block *heading = &doc->blocks[index];
    struct question_reader reader = {.doc = doc, .part = -1};
    size_t next = heading->after;

    reader.entry = array_add(form->entries, form->count, form->entry_cap);
    reader.question = array_add(form->questions, form->questions_count, form->question_cap);
    reader.question->tags = "";
    reader.entry->line = heading->line;
    reader.entry->level = heading->level;
    reader.entry->whole.start = document_line_start(doc, heading->line);
    reader.text_start = document_line_start(doc, heading->end_line + 1);
    set_title(doc, reader.entry, heading);
    while (next < doc->block_count &&
           !(doc->blocks[next].kind == BLOCK_HEADING && doc->blocks[next].level <= heading->level))
        next = doc->blocks[next].after;
    reader.entry->whole.end =
        next < doc->block_count ? document_line_start(doc, doc->blocks[next].line) : doc->len;
    for (size_t i = heading->after; i < next; i = doc->blocks[i].after)
        read_block(&reader, i);
    end_question(&reader);
    return next;
}

static bool is_id(const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        if (!letters_is_letter(code) && letters_digit(code) < 0 && code != '-' && code != '_' &&
            code != '.')
            return false;
    }
    return len > 0;
}

struct name { /* an id or label, to be found twice */
    const char *text;
    int number, line;
    struct question *question;
};

static int compare_names(const void *a, const void *b)
{
    const struct name *first = a, *second = b;
    int order = strcmp(first->text, second->text);

    if (order == 0)
        order = first->number < second->number ? -1 : first->number > second->number;
    return order ? order : first->line - second->line;
}

/* Calls `warn` for each name that another one in front of it has too. */
static void find_twins(struct document *doc, struct name *names, size_t count,
                       void (*warn)(struct document *doc, const struct name *first,
                                    const struct name *twin))
{
    qsort(names, count, sizeof(*names), compare_names);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(names[i].text, names[first].text) == 0 && names[i].number == names[first].number)
            warn(doc, &names[first], &names[i]);
        else
            first = i;
    }
}

static void warn_of_mark(struct document *doc, const struct name *first, const struct name *twin)
{
    document_warn(doc, twin->line, _("the id '%s' is that of the question in line %d too"),
                  twin->text, first->line);
    twin->question->mark = NULL;
}

static void warn_of_number(struct document *doc, const struct name *first, const struct name *twin)
{
    document_warn(doc, twin->line, _("Q%d is there twice, first in line %d"), twin->number,
                  first->line);
}

static void check_names(struct form *form)
{
    struct name *names = xcalloc(form->count + 1, sizeof(*names));
    size_t marks = 0;

    for (size_t i = 0; i < form->count; i++)
        names[i] = (struct name){
            .text = "", .number = form->entries[i].number, .line = form->entries[i].line};
    find_twins(form->doc, names, form->count, warn_of_number);
    for (size_t i = 0; i < form->count; i++)
        if (form->questions[i].mark)
            names[marks++] = (struct name){.text = form->questions[i].mark,
                                           .line = form->entries[i].line,
                                           .question = &form->questions[i]};
    find_twins(form->doc, names, marks, warn_of_mark);
    free(names);
}

struct entry *form_read(struct document *doc, struct question **read, size_t *count)
{
    struct form form = {.doc = doc, .level = question_level(doc)};

    if (!is_id(doc->front_deck))
        document_warn(doc, 1, _("'deck: %s' is no id: use letters, digits, '-', '_' and '.'"),
                      doc->front_deck);
    if (form.level == 0)
        document_warn(doc, doc->first_line,
                      _("this deck has no question: none of its headings "
                        "starts with Q and a number"));
    for (size_t i = 0; i < doc->block_count;) {
        const struct block *block = &doc->blocks[i];
        bool is_question = block->kind == BLOCK_HEADING && block->level == form.level;
        if (is_question && is_question_heading(block)) {
            i = read_question(&form, i);
            continue;
        }
        if (is_question || is_question_heading(block))
            document_warn(
                doc, block->line,
                _("this heading is no question: 'Q' and a number are missing, or its level "
                  "is not that of the others"));
        i = block->after;
    }
    check_names(&form);
    *read = form.questions;
    *count = form.count;
    return form.entries;
}
