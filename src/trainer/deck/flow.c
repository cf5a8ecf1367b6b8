/* SPDX-License-Identifier: MIT */
#include "trainer/deck/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/details.h"
#include "trainer/deck/plain.h"

#define LABEL_WINDOW 50 /* so many neighbours are looked at for the same label */

/* The block before index `i` that is no rule and stands at the top, or SIZE_MAX. */
static size_t block_before(const struct document *doc, size_t i)
{
    while (i > 0) {
        i = doc->blocks[i - 1].top;
        if (doc->blocks[i].kind != BLOCK_RULE)
            return i;
    }
    return SIZE_MAX;
}

struct boundaries {
    int deepest_section;       /* headings deeper than this are parts of answers */
    bool is_inner[LEVEL_NONE]; /* levels of such headings that stand between questions */
    bool rules_end;            /* rules stand between the questions */
};

/* Notes the levels of headings between two heads. */
static void note_inner_levels(const struct document *doc, const struct heads *heads,
                              struct boundaries *found)
{
    size_t first = document_block_at(doc, heads->items[0].line);

    for (size_t i = 1; i < heads->count; i++) {
        size_t block = first;
        first = document_block_at(doc, heads->items[i].line);
        for (; block < first; block++)
            if (doc->blocks[block].kind == BLOCK_HEADING && doc->blocks[block].depth == 0)
                found->is_inner[doc->blocks[block].level] = true;
    }
}

/* What separates sections and questions: headings and rules that stand directly in front of heads.
 */
static struct boundaries find_boundaries(const struct document *doc, const struct heads *heads)
{
    struct boundaries found = {0};
    size_t rules = 0;

    for (size_t i = 0; i < heads->count; i++) {
        size_t block = document_block_at(doc, heads->items[i].line);
        if (block < doc->block_count && doc->blocks[block].depth > 0)
            block = doc->blocks[block].top;
        if (block == 0 || block >= doc->block_count)
            continue;
        rules += doc->blocks[block - 1].kind == BLOCK_RULE;
        size_t before = block_before(doc, block);
        if (before != SIZE_MAX && doc->blocks[before].kind == BLOCK_HEADING &&
            doc->blocks[before].level > found.deepest_section)
            found.deepest_section = doc->blocks[before].level;
    }
    if (heads->count)
        note_inner_levels(doc, heads, &found);
    found.rules_end = heads->count > 2 && rules * 10 >= heads->count * 6;
    return found;
}

static bool ends_body(struct document *doc, const struct block *block, const struct head *head,
                      const struct boundaries *boundaries)
{
    if (block->depth > 0)
        return false;
    if (block->kind == BLOCK_RULE)
        return head->level == LEVEL_NONE && boundaries->rules_end;
    if (block->kind != BLOCK_HEADING)
        return false;
    if (label_is_answer_only(block->text, strlen(block->text)))
        return false;
    /* a heading in folded text of this answer is part of it */
    const struct details *details = details_around(doc, document_line_start(doc, block->line));
    if (details && details->whole.start >= head->body)
        return false;
    if (head->level != LEVEL_NONE)
        return block->level <= head->level;
    return boundaries->deepest_section == 0 || block->level <= boundaries->deepest_section ||
           !boundaries->is_inner[block->level];
}

void flow_find_ends(struct document *doc, struct heads *heads)
{
    struct boundaries boundaries = find_boundaries(doc, heads);

    for (size_t i = 0; i < heads->count; i++) {
        struct head *head = &heads->items[i];
        size_t end = i + 1 < heads->count ? heads->items[i + 1].start : doc->len;
        if (head->limit && head->limit < end)
            end = head->limit;
        for (size_t at = document_block_at(doc, document_line_at(doc, head->start) + 1);
             at < doc->block_count; at++) {
            size_t start = document_line_start(doc, doc->blocks[at].line);
            if (start >= end)
                break;
            if (start >= head->body && ends_body(doc, &doc->blocks[at], head, &boundaries)) {
                end = start;
                break;
            }
        }
        head->rest = (struct range){head->body < end ? head->body : end, end};
    }
}

static bool is_bold_mark(const char *s)
{
    return (s[0] == '*' && s[1] == '*') || (s[0] == '_' && s[1] == '_');
}

/* The byte behind the bold text that starts a line. */
static size_t behind_bold(const struct document *doc, size_t at, size_t end)
{
    const char *mark = is_bold_mark(doc->text + at) ? doc->text + at : NULL;
    const char *close = NULL;

    if (mark && at + 2 < end) {
        char pair[3] = {mark[0], mark[0], '\0'};
        close = memmem(mark + 2, end - at - 2, pair, 2);
        return close ? (size_t)(close + 2 - doc->text) : SIZE_MAX;
    }
    for (const char *name = "</b>\0</strong>\0"; *name && at < end; name += strlen(name) + 1) {
        close = memmem(doc->text + at, end - at, name, strlen(name));
        if (close)
            return (size_t)(close + strlen(name) - doc->text);
    }
    return SIZE_MAX;
}

/* Skips what joins a question and its answer on one line: blanks, a colon, a dash, an arrow. */
static size_t skip_joint(const char *text, size_t at, size_t end)
{
    static const uint32_t joints[] = {' ', '\t', ':', '-', 0x2013, 0x2014, 0x2192, 0xFF1A};

    while (at < end) {
        uint32_t code;
        size_t bytes = utf8_decode(text + at, end - at, &code);
        bool is_joint = false;
        for (size_t i = 0; i < ARRAY_LEN(joints); i++)
            is_joint |= code == joints[i];
        if (!is_joint)
            break;
        at += bytes;
    }
    return at;
}

size_t flow_body_start(const struct document *doc, const struct block *block, size_t question_len)
{
    int line = block->line;

    for (size_t i = 0; i < question_len; i++)
        line += block->text[i] == '\n';
    if (!block->text[question_len] || block->text[question_len] == '\n')
        return document_line_start(doc, block->text[question_len] ? line + 1 : block->end_line + 1);
    if (line > block->line)
        return document_line_start(doc, line + 1);
    size_t at = document_line_start(doc, line) + (size_t)block->column;
    size_t end = document_line_end(doc, line), behind;
    if (!block->bold && label_inline_question(doc->text + at, end - at, &behind))
        return at + behind;
    behind = behind_bold(doc, at, end);
    return behind == SIZE_MAX ? document_line_start(doc, line + 1)
                              : skip_joint(doc->text, behind, end);
}

/* Other single letters than Q stand for many things: "v1.2". */
static bool is_sure_question_word(const struct label *label)
{
    bool is_word = label->kind == LABEL_WORD || label->kind == LABEL_WORD_NUMBER;
    bool is_sure = strcmp(label->word, "q") == 0 || strlen(label->word) > 2;

    return is_word && is_sure && label_is_question_word(label->word);
}

void flow_survey(struct document *doc, const struct heads *heads, struct flow *flow)
{
    *flow = (struct flow){.count = heads->count};
    for (size_t i = 0; i < heads->count; i++) {
        const struct head *head = &heads->items[i];
        flow->asks += head->asks;
        flow->has_question_words |= is_sure_question_word(&head->label);
        body_survey(doc, head->rest, flow);
    }
    /* fewer are words that some answers happen to start with */
    flow->has_answer_labels = flow->answers > 0 && flow->answers * 2 >= flow->bodies;
}

/* Note programs mark cards by a tag at the end: "What is …? #card". */
static void drop_card_tag(struct str *title)
{
    const char *tag = memrchr(title->text, '#', title->len);

    if (tag && tag > title->text && tag[-1] == ' ' && !strchr(tag, ' ') &&
        (str_starts(tag, "#card") || str_starts(tag, "#flashcard"))) {
        str_truncate(title, (size_t)(tag - title->text));
        str_trim(title);
    }
}

const char *flow_title(struct document *doc, const struct head *head, bool is_labelled)
{
    struct str title = STR_INIT;
    size_t skipped = is_labelled && head->label.len < head->text_len ? head->label.len : 0;

    str_add_bytes(&title, head->text + skipped, head->text_len - skipped);
    plain_collapse(&title);
    drop_card_tag(&title);
    const char *kept = document_keep(doc, title.text, title.len);
    str_clear(&title);
    return kept;
}

/* "a." to "z." number as digits do. */
static bool is_letter_label(const struct label *label)
{
    return label->kind == LABEL_WORD && label->word[0] && !label->word[1];
}

/* "1 What …", "2 Why …": without a separator a number is a label where the neighbours count on. */
static bool is_counted(const struct heads *heads, const struct head *head)
{
    size_t index = (size_t)(head - heads->items);
    bool follows = index > 0 && head[-1].label.kind == LABEL_NUMBER &&
                   head[-1].label.number + 1 == head->label.number;
    bool leads = index + 1 < heads->count && head[1].label.kind == LABEL_NUMBER &&
                 head[1].label.number == head->label.number + 1;

    return follows || leads;
}

/* Which labels are taken off: numbers, words for question, and whatever most heads have in common.
 */
static bool is_label_common(const struct heads *heads, const struct head *head)
{
    const struct label *label = &head->label;
    size_t same = 0;

    if (label->kind == LABEL_NONE)
        return false;
    if (label->kind == LABEL_NUMBER)
        return label->has_separator || is_counted(heads, head);
    if (label->kind != LABEL_NUMBER && label_is_question_word(label->word))
        return true;
    size_t index = (size_t)(head - heads->items);
    size_t first = index > LABEL_WINDOW ? index - LABEL_WINDOW : 0;
    for (size_t i = first; i < heads->count && i < index + LABEL_WINDOW && same < 3; i++)
        same += (heads->items[i].label.kind == label->kind &&
                 strcmp(heads->items[i].label.word, label->word) == 0) ||
                (is_letter_label(label) && is_letter_label(&heads->items[i].label));
    return same >= 3;
}

void flow_add_entries(struct document *doc, const struct heads *heads, const struct flow *flow,
                      struct finding *finding)
{
    size_t quizzes = 0;

    for (size_t i = 0; i < heads->count; i++) {
        const struct head *head = &heads->items[i];
        bool is_labelled = is_label_common(heads, head);
        struct entry *entry = array_add(finding->entries, finding->count, finding->cap);
        *entry = (struct entry){
            .title = flow_title(doc, head, is_labelled),
            .line = head->line,
            .number = is_labelled ? head->label.number : -1,
            .level = head->level,
            .indent = head->indent,
            .is_quoted = head->is_quoted,
            .whole = {head->start, head->rest.end},
            .answer = head->rest,
        };
        body_split(doc, flow, entry);
        quizzes += entry->option_count > 0;
    }
    if (quizzes * 2 > heads->count)
        finding->name = "quiz";
}
