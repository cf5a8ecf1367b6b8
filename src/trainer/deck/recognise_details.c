/* SPDX-License-Identifier: MIT
 * <details><summary>Question</summary>Answer</details>, and questions whose answer hides in
 * <details><summary>Answer</summary>…</details>. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/details.h"
#include "trainer/deck/flow.h"

static size_t count_inner(const struct details_list *list, size_t outer)
{
    size_t count = 0;

    for (size_t i = outer + 1; i < list->count && list->items[i].depth > list->items[outer].depth;
         i++)
        count += list->items[i].depth == list->items[outer].depth + 1 && !list->items[i].is_reveal;
    return count;
}

/* Those whose summary asks: neither labels nor folded sections that hold others, nor parts of an
 * answer. */
static bool *choose(const struct details_list *list, struct flow *flow)
{
    bool *is_chosen = xcalloc(list->count + 1, sizeof(*is_chosen));
    int taken_depth = -1;

    for (size_t i = 0; i < list->count; i++) {
        const struct details *details = &list->items[i];
        bool asks = label_asks(details->title, strlen(details->title));
        if (taken_depth >= 0 && details->depth > taken_depth)
            continue;
        taken_depth = -1;
        if (details->is_reveal || !details->title[0] || (count_inner(list, i) >= 2 && !asks))
            continue;
        is_chosen[i] = true;
        taken_depth = details->depth;
        flow->count++;
        flow->asks += asks;
    }
    return is_chosen;
}

static int indent_of(const struct document *doc, size_t at)
{
    size_t start = document_line_start(doc, document_line_at(doc, at));
    size_t end = start;

    while (end < at && (doc->text[end] == ' ' || doc->text[end] == '\t'))
        end++;
    return (int)(end - start);
}

static void fill_title(struct document *doc, struct entry *entry, const char *text)
{
    struct head head = {
        .text = text,
        .text_len = strlen(text),
        .label = label_read(text),
    };
    bool is_label = (head.label.kind == LABEL_NUMBER && head.label.has_separator) ||
                    (head.label.kind != LABEL_NUMBER && head.label.kind != LABEL_NONE &&
                     label_is_question_word(head.label.word));

    entry->title = flow_title(doc, &head, is_label);
    entry->number = is_label ? head.label.number : -1;
}

static void add_summaries(struct document *doc, const struct details_list *list,
                          const bool *is_chosen, struct finding *finding)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct details *details = &list->items[i];
        if (!is_chosen[i])
            continue;
        struct entry *entry = array_add(finding->entries, finding->count, finding->cap);
        *entry = (struct entry){
            .line = document_line_at(doc, details->summary_line_at),
            .level = LEVEL_NONE,
            .indent = indent_of(doc, details->whole.start),
            .whole = details->whole,
            .prompt = details->summary,
            .answer = details->content,
        };
        fill_title(doc, entry, details->title);
        body_trim(doc, &entry->prompt);
        body_trim(doc, &entry->answer);
    }
}

static void find_summaries(struct document *doc, const struct details_list *list,
                           struct findings *findings)
{
    struct flow flow = {0};
    bool *is_chosen = choose(list, &flow);
    size_t least = findings->is_lenient ? 1 : 3;

    if (flow.count >= least && flow.asks * 10 >= flow.count * 3)
        add_summaries(doc, list, is_chosen, findings_add(findings, "details", 4));
    free(is_chosen);
}

/* The blocks in front of a reveal, back to the one before, a heading or a rule. */
struct front {
    size_t first;   /* block; the heading itself where there is nothing else */
    size_t heading; /* the heading directly above, or SIZE_MAX */
};

static struct front find_front(const struct document *doc, size_t at, size_t previous_end)
{
    size_t block = document_block_at(doc, document_line_at(doc, at));
    struct front front = {.first = block, .heading = SIZE_MAX};

    while (block-- > 0) {
        const struct block *before = &doc->blocks[block];
        if (document_line_start(doc, before->line) < previous_end || before->kind == BLOCK_RULE)
            break;
        if (before->kind == BLOCK_HEADING) {
            front.heading = block;
            break;
        }
        if (before->depth == 0 && before->kind != BLOCK_HTML)
            front.first = block;
    }
    return front;
}

static bool starts_with_text(const struct document *doc, const struct front *front, size_t end)
{
    return front->first < doc->block_count &&
           document_line_start(doc, doc->blocks[front->first].line) < end &&
           doc->blocks[front->first].kind == BLOCK_PARAGRAPH;
}

static void add_reveal(struct document *doc, const struct details *details,
                       const struct front *front, bool is_heading, struct finding *finding)
{
    const struct block *title = &doc->blocks[is_heading ? front->heading : front->first];
    struct entry *entry = array_add(finding->entries, finding->count, finding->cap);

    *entry = (struct entry){
        .line = title->line,
        .level = is_heading ? title->level : LEVEL_NONE,
        .whole = {document_line_start(doc, title->line), details->whole.end},
        .prompt = {document_line_start(doc, title->end_line + 1), details->whole.start},
        .answer = details->content,
    };
    fill_title(doc, entry, title->text);
    body_trim(doc, &entry->prompt);
    body_trim(doc, &entry->answer);
}

/* Headings are the questions where each has one answer; else the paragraphs are. */
static bool are_headings_private(const struct document *doc, const struct details_list *list)
{
    size_t reveals = 0, private = 0, last = SIZE_MAX, end = 0;

    for (size_t i = 0; i < list->count; i++) {
        if (!list->items[i].is_reveal || list->items[i].depth > 0)
            continue;
        struct front front = find_front(doc, list->items[i].whole.start, end);
        end = list->items[i].whole.end;
        reveals++;
        private += front.heading != SIZE_MAX && front.heading != last;
        last = front.heading;
    }
    return private * 10 >= reveals * 7;
}

static void find_revealed(struct document *doc, const struct details_list *list,
                          struct findings *findings)
{
    bool is_private = are_headings_private(doc, list);
    size_t end = 0, least = findings->is_lenient ? 1 : 2;
    struct finding found = {.name = "details-answer", .strength = 2};

    for (size_t i = 0; i < list->count; i++) {
        const struct details *details = &list->items[i];
        if (!details->is_reveal || details->depth > 0)
            continue;
        struct front front = find_front(doc, details->whole.start, end);
        bool has_text = starts_with_text(doc, &front, details->whole.start);
        if (front.heading != SIZE_MAX && (is_private || !has_text))
            add_reveal(doc, details, &front, true, &found);
        else if (has_text)
            add_reveal(doc, details, &front, false, &found);
        end = details->whole.end;
    }
    if (found.count >= least)
        *findings_add(findings, found.name, found.strength) = found;
    else
        free(found.entries);
}

void recognise_details(struct document *doc, struct findings *findings)
{
    const struct details_list *list = details_of(doc);

    find_summaries(doc, list, findings);
    find_revealed(doc, list, findings);
}
