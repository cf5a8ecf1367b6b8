/* SPDX-License-Identifier: MIT
 * "**Q:** …" and "**A:** …" by turns: short labels of any language, found by their alternation. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/label_lines.h"
#include "trainer/deck/options.h"

#define WORDS_LIMIT 64 /* of different labels in one document; more are ignored */

struct mark { /* a line that starts with a label */
    struct head head;
    size_t line_start; /* of its text, behind list markers */
    size_t word;       /* index of the label's word */
    size_t block;
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

static void add_mark(struct document *doc, struct marks *marks, const struct label_line *line)
{
    const struct block *block = &doc->blocks[line->block];
    size_t word = word_index(marks, line->label.word);

    if (word == WORDS_LIMIT)
        return;
    struct mark *mark = array_add(marks->items, marks->count, marks->cap);
    mark->word = word;
    mark->block = line->block;
    mark->line_start = line->start;
    mark->head = (struct head){
        .start = line->line_start,
        .body = document_line_start(doc, line->line + 1),
        .line = line->line,
        .level = LEVEL_NONE,
        .indent = block->depth ? block->column : 0,
        .text = line->text,
        .text_len = line->text_len,
        .label = line->label,
        .asks = label_asks(line->text, line->text_len),
        .is_quoted = doc->blocks[block->top].kind == BLOCK_QUOTE,
    };
    marks->words[word].count++;
    marks->words[word].asks += mark->head.asks;
}

static size_t count_of(const struct marks *marks, const char *word)
{
    for (size_t i = 0; i < marks->word_count; i++)
        if (strcmp(marks->words[i].text, word) == 0)
            return marks->words[i].count;
    return 0;
}

/* "A:" to "F:" are the choices of a quiz where most that have an A have a B. */
static void drop_choices(struct marks *marks)
{
    size_t kept = 0;

    if (count_of(marks, "b") * 2 <= count_of(marks, "a"))
        return;
    for (size_t i = 0; i < marks->count; i++) {
        struct word *word = &marks->words[marks->items[i].word];
        if (word->text[0] < 'a' || word->text[0] > 'f' || word->text[1])
            marks->items[kept++] = marks->items[i];
        else
            word->count = 0;
    }
    marks->count = kept;
}

static void collect_marks(struct document *doc, struct marks *marks)
{
    const struct label_lines *lines = label_lines_of(doc);

    for (size_t i = 0; i < lines->count; i++)
        if (doc->blocks[lines->items[i].block].kind == BLOCK_PARAGRAPH)
            add_mark(doc, marks, &lines->items[i]);
    drop_choices(marks);
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

/* Two labels by turns are questions and answers where the first asks, or is a word for question. */
static bool is_pair(const struct marks *marks, size_t question, size_t answer, bool is_lenient)
{
    const struct word *first = &marks->words[question], *second = &marks->words[answer];
    bool are_words = label_is_question_word(first->text) && label_is_answer_word(second->text);
    size_t least = are_words ? (is_lenient ? 1 : 2) : 3;

    if (!first->count || first->count < least || second->count * 10 < first->count * 6)
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

/* The question's text may go on over lines, up to the next label in its paragraph. */
static void extend_title(struct document *doc, struct head *head, const struct mark *mark,
                         const struct mark *next)
{
    const struct block *block = &doc->blocks[mark->block];
    bool is_same_block = next && next->block == mark->block;
    int last = is_same_block ? next->head.line - 1 : block->end_line;

    head->text_len = is_same_block ? (size_t)(next->head.text - head->text) : strlen(head->text);
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
    options_read_letters(doc, entry);
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
        if (answer != WORDS_LIMIT)
            extend_title(doc, head, mark, i + 1 < marks->count ? mark + 1 : NULL);
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

/* The lines of a paragraph between two labels. */
static struct head lines_between(const struct document *doc, const struct mark *previous,
                                 const struct mark *answer)
{
    const struct block *block = &doc->blocks[answer->block];
    bool is_first = !previous || previous->block != answer->block;
    const char *text = is_first ? block->text : previous->head.text + previous->head.text_len + 1;
    int line = is_first ? block->line : previous->head.line + 1;

    return (struct head){
        .start = document_line_start(doc, line),
        .body = answer->head.start,
        .line = line,
        .text = text,
        .text_len = answer->head.text > text ? (size_t)(answer->head.text - text) : 0,
    };
}

/* The paragraph in front of a block, at the same depth; text_len 0 where something else stands
 * there. */
static struct head paragraph_before(const struct document *doc, size_t index)
{
    int depth = doc->blocks[index].depth;

    if (index == 0)
        return (struct head){0};
    for (index--; doc->blocks[index].depth > depth;)
        index = doc->blocks[index].parent;
    const struct block *block = &doc->blocks[index];
    if (block->kind != BLOCK_PARAGRAPH || block->depth != depth)
        return (struct head){0};
    return (struct head){
        .start = document_line_start(doc, block->line),
        .body = document_line_start(doc, block->end_line + 1),
        .line = block->line,
        .text = block->text,
        .text_len = strlen(block->text),
    };
}

/* Lines behind the one that asks, such as choices, are no part of the title. */
static void cut_at_question(const struct document *doc, struct head *head)
{
    size_t len = 0;

    if (label_ends_asking(head->text, head->text_len))
        return;
    for (int line = head->line; len < head->text_len; line++) {
        size_t start = len;
        while (len < head->text_len && head->text[len] != '\n')
            len++;
        if (label_ends_asking(head->text + start, len - start)) {
            head->text_len = len;
            head->body = document_line_start(doc, line + 1);
            return;
        }
        len++;
    }
}

/* What stands directly above an answer's label: a paragraph, or the lines above in the same
 * one. */
static bool find_question_above(struct document *doc, const struct mark *previous,
                                const struct mark *answer, size_t least_start, struct head *head)
{
    bool is_below = answer->head.line == doc->blocks[answer->block].line;

    *head = is_below ? paragraph_before(doc, answer->block) : lines_between(doc, previous, answer);
    while (head->text_len && head->text[head->text_len - 1] == '\n')
        head->text_len--;
    if (!head->text_len || head->start < least_start)
        return false;
    cut_at_question(doc, head);
    head->level = LEVEL_NONE;
    head->label = label_read(head->text);
    head->asks = label_asks(head->text, head->text_len);
    head->is_quoted = answer->head.is_quoted;
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
            !find_question_above(doc, i ? &marks->items[i - 1] : NULL, &marks->items[i], end,
                                 &head))
            continue;
        *array_add(heads.items, heads.count, heads.cap) = head;
        end = marks->items[i].head.body;
    }
    flow_find_ends(doc, &heads);
    flow_survey(doc, &heads, &flow);
    if (heads.count >= least && heads.count * 2 >= marks->words[answer].count &&
        flow.asks * 2 >= flow.count)
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
        if (label_is_answer_word(marks.words[i].text))
            find_lone_answers(doc, &marks, i, findings);
    }
    free(marks.items);
    free(marks.words);
}
