/* SPDX-License-Identifier: MIT
 * "**Q:** …" and "**A:** …" by turns: short labels of any language, found by their alternation. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"

#define WORDS_LIMIT 64 /* of different labels in one document; more are ignored */

struct mark { /* a line that starts with a label */
    struct head head;
    size_t line_start; /* of its text, behind list markers */
    size_t word;       /* index of the label's word */
    size_t block;
    bool is_item_start; /* it is the first text of a list item */
};

struct word {
    char text[LABEL_WORD_BYTES];
    size_t count, asks;
    size_t followed_by[WORDS_LIMIT]; /* how often the next mark has that word */
};

struct marks {
    struct mark *items;
    size_t count, cap;
    struct word *words;
    size_t word_count;
};

static size_t word_index(struct marks *marks, const char *text)
{
    for (size_t i = 0; i < marks->word_count; i++)
        if (strcmp(marks->words[i].text, text) == 0)
            return i;
    if (marks->word_count == WORDS_LIMIT)
        return WORDS_LIMIT;
    memcpy(marks->words[marks->word_count].text, text, LABEL_WORD_BYTES);
    return marks->word_count++;
}

static size_t source_line_start(const struct document *doc, const struct block *block, int line)
{
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);

    if (line == block->line)
        return start + (size_t)block->column < end ? start + (size_t)block->column : end;
    while (start < end && strchr(" \t>", doc->text[start]))
        start++;
    return start;
}

static bool is_quoted(const struct document *doc, size_t block)
{
    while (doc->blocks[block].depth > 0)
        block = doc->blocks[block].parent;
    return doc->blocks[block].kind == BLOCK_QUOTE;
}

static void add_mark(struct document *doc, struct marks *marks, size_t index, int line,
                     const char *text, size_t len, const struct label *label)
{
    const struct block *block = &doc->blocks[index];
    size_t word = word_index(marks, label->word);

    if (word == WORDS_LIMIT)
        return;
    const struct block *parent = &doc->blocks[block->parent];
    bool is_item_start = block->depth > 0 && parent->kind == BLOCK_ITEM && line == parent->line;
    struct mark *mark = array_add(marks->items, marks->count, marks->cap);
    mark->word = word;
    mark->block = index;
    mark->is_item_start = is_item_start;
    mark->line_start = source_line_start(doc, block, line);
    mark->head = (struct head){
        .start = document_line_start(doc, line),
        .body = document_line_start(doc, line + 1),
        .line = line,
        .level = LEVEL_NONE,
        .indent = block->depth ? block->column : 0,
        .text = text,
        .text_len = len,
        .label = *label,
        .asks = label_asks(text, len),
        .is_quoted = is_quoted(doc, index),
    };
    marks->words[word].count++;
    marks->words[word].asks += mark->head.asks;
}

static void collect_marks(struct document *doc, struct marks *marks)
{
    for (size_t i = 0; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        const char *text = block->text;
        if (block->kind != BLOCK_PARAGRAPH)
            continue;
        for (int line = block->line; *text && line <= block->end_line; line++) {
            size_t len = (size_t)(strchrnul(text, '\n') - text);
            struct label label = label_read(text);
            if (label.kind == LABEL_WORD || label.kind == LABEL_WORD_NUMBER)
                add_mark(doc, marks, i, line, text, len, &label);
            text += len + (text[len] == '\n');
        }
    }
    for (size_t i = 0; i + 1 < marks->count; i++)
        marks->words[marks->items[i].word].followed_by[marks->items[i + 1].word]++;
}

/* The word that answers `question`: the one that follows most of them; WORDS_LIMIT where none does.
 */
static size_t answer_word(const struct marks *marks, size_t question)
{
    const struct word *word = &marks->words[question];
    size_t best = WORDS_LIMIT, most = 0;

    for (size_t i = 0; i < marks->word_count; i++) {
        if (i == question || word->followed_by[i] * 10 < word->count * 6)
            continue;
        if (word->followed_by[i] > most) {
            most = word->followed_by[i];
            best = i;
        }
    }
    return best;
}

static size_t count_of(const struct marks *marks, const char *word)
{
    for (size_t i = 0; i < marks->word_count; i++)
        if (strcmp(marks->words[i].text, word) == 0)
            return marks->words[i].count;
    return 0;
}

/* "A:" to "D:" are the choices of a quiz where most that have an A have a B. */
static bool are_choices(const struct marks *marks, const struct word *word)
{
    bool is_letter = word->text[0] >= 'a' && word->text[0] <= 'f' && !word->text[1];

    return is_letter && count_of(marks, "b") * 2 > count_of(marks, "a");
}

/* Two labels by turns are questions and answers where the first asks, or is a word for question. */
static bool is_pair(const struct marks *marks, size_t question, size_t answer, bool is_lenient)
{
    const struct word *first = &marks->words[question], *second = &marks->words[answer];
    bool are_words = label_is_question_word(first->text) && label_is_answer_word(second->text);
    size_t least = are_words ? (is_lenient ? 1 : 2) : 3;

    if (first->count < least || second->count * 10 < first->count * 6 ||
        are_choices(marks, first) || are_choices(marks, second))
        return false;
    return are_words || (first->asks * 2 >= first->count && second->asks * 3 < second->count);
}

/* Questions alone, each answered by the text that follows. */
static bool is_lone_question(const struct marks *marks, size_t question)
{
    const struct word *word = &marks->words[question];

    return word->count >= 3 && label_is_question_word(word->text) &&
           word->asks * 10 >= word->count * 6;
}

/* The question's text may go on over lines, up to the answer's label. */
static void extend_title(struct document *doc, struct head *head, const struct mark *mark,
                         const struct mark *answer)
{
    const struct block *block = &doc->blocks[mark->block];
    int last = answer && answer->block == mark->block ? answer->head.line - 1 : block->end_line;
    size_t rest = strlen(head->text);
    size_t len = rest;

    if (answer && answer->block == mark->block && answer->head.text > head->text)
        len = (size_t)(answer->head.text - head->text);
    head->text_len = len;
    head->body = document_line_start(doc, last + 1);
}

static void fill_answer(struct document *doc, struct entry *entry, const struct mark *answer)
{
    int line = answer->head.line;
    size_t end = document_line_end(doc, line);
    bool is_bold_open = false;
    size_t bytes = label_source_bytes(doc->text + answer->line_start, end - answer->line_start,
                                      &answer->head.label, &is_bold_open);

    entry->prompt = (struct range){entry->answer.start, answer->head.start};
    if (entry->prompt.start > entry->prompt.end)
        entry->prompt.start = entry->prompt.end;
    entry->answer.start = answer->line_start + bytes;
    entry->answer_note = is_bold_open ? "**" : NULL;
    entry->indent = answer->head.is_quoted ? 0 : answer->head.indent;
    body_trim(doc, &entry->prompt);
    body_trim(doc, &entry->answer);
}

static const struct mark *find_answer(const struct marks *marks, const struct mark *question,
                                      size_t answer, size_t end)
{
    const struct mark *stop = marks->items + marks->count;

    for (const struct mark *mark = question + 1; mark < stop && mark->head.start < end; mark++)
        if (mark->word == answer)
            return mark;
    return NULL;
}

static void add_pairs(struct document *doc, const struct marks *marks, size_t question,
                      size_t answer, struct finding *finding)
{
    struct heads heads = {0};
    struct flow flow = {0};
    const struct mark **sources = xcalloc(marks->count + 1, sizeof(const struct mark *));
    size_t count = 0;

    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->word != question)
            continue;
        struct head *head = array_add(heads.items, heads.count, heads.cap);
        *head = mark->head;
        sources[count++] = mark;
        const struct mark *found = find_answer(marks, mark, answer, SIZE_MAX);
        if (answer != WORDS_LIMIT)
            extend_title(doc, head, mark, found);
    }
    flow_find_ends(doc, &heads);
    flow_add_entries(doc, &heads, &flow, finding);
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &finding->entries[finding->count - count + i];
        const struct mark *found = find_answer(marks, sources[i], answer, heads.items[i].rest.end);
        entry->answer = heads.items[i].rest;
        if (found)
            fill_answer(doc, entry, found);
        else
            body_trim(doc, &entry->answer);
    }
    free(sources);
    free(heads.items);
}

/* A text that asks, directly above an answer's label: a paragraph, or the lines above in the same one. */
static bool find_question_above(struct document *doc, const struct mark *answer, size_t least_start,
                                struct head *head)
{
    const struct block *block = &doc->blocks[answer->block];
    size_t index = answer->block;

    if (answer->head.line == block->line) {
        do {
            if (index == 0)
                return false;
            index--;
        } while (doc->blocks[index].depth > block->depth);
        block = &doc->blocks[index];
    }
    size_t len = answer->block == index ? (size_t)(answer->head.text - block->text) : strlen(block->text);
    while (len && block->text[len - 1] == '\n')
        len--;
    if (block->kind != BLOCK_PARAGRAPH || !label_ends_asking(block->text, len) ||
        document_line_start(doc, block->line) < least_start)
        return false;
    *head = (struct head){
        .start = document_line_start(doc, block->line),
        .line = block->line,
        .level = LEVEL_NONE,
        .text = block->text,
        .text_len = len,
        .label = label_read(block->text),
        .asks = true,
        .is_quoted = answer->head.is_quoted,
    };
    head->body = answer->block == index ? answer->head.start
                                        : document_line_start(doc, block->end_line + 1);
    return true;
}

/* Questions without a label whose answers have one. */
static void find_lone_answers(struct document *doc, const struct marks *marks, size_t answer,
                              struct findings *findings)
{
    struct heads heads = {0};
    struct flow flow;
    size_t least = findings->is_lenient ? 1 : 2, end = 0;

    for (size_t i = 0; i < marks->count; i++) {
        struct head head;
        if (marks->items[i].word != answer ||
            !find_question_above(doc, &marks->items[i], end, &head))
            continue;
        *array_add(heads.items, heads.count, heads.cap) = head;
        end = marks->items[i].head.body;
    }
    flow_find_ends(doc, &heads);
    flow_survey(doc, &heads, &flow);
    if (heads.count >= least && heads.count * 2 >= marks->words[answer].count)
        flow_add_entries(doc, &heads, &flow, findings_add(findings, "question-answer", 2));
    free(heads.items);
}

void recognise_pair(struct document *doc, struct findings *findings)
{
    struct marks marks = {.words = xcalloc(WORDS_LIMIT, sizeof(struct word))};

    collect_marks(doc, &marks);
    for (size_t i = 0; i < marks.word_count; i++) {
        size_t answer = answer_word(&marks, i);
        bool is_found = answer != WORDS_LIMIT ? is_pair(&marks, i, answer, findings->is_lenient)
                                              : is_lone_question(&marks, i);
        if (is_found)
            add_pairs(doc, &marks, i, answer,
                      findings_add(findings, "question-answer", answer != WORDS_LIMIT ? 4 : 2));
        if (label_is_answer_word(marks.words[i].text) && !are_choices(&marks, &marks.words[i]))
            find_lone_answers(doc, &marks, i, findings);
    }
    free(marks.items);
    free(marks.words);
}
