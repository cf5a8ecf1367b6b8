/* SPDX-License-Identifier: MIT */
#include "trainer/deck/told.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/label_lines.h"

#define TOLD_LEAST  3 /* so many bodies must be alike */
#define SHARE_LEAST 4 /* same, where only a part of them has the same name */

enum { TOLD_ANSWER = 1, TOLD_OPTIONS = 2 };

struct telling {
    unsigned told;
    uint64_t part; /* hash of the name of the body's first part; 0 for none */
};

struct tellings {
    struct telling *items;
    size_t count;
    size_t answers, options, asks, shared;
    uint64_t part; /* that most bodies have */
};

static uint64_t hash_name(const char *text, size_t len)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash ? hash : 1;
}

/* The first heading in the body, or NULL. */
static const struct block *first_heading(const struct document *doc, struct range body)
{
    size_t i = document_block_at(doc, document_line_at(doc, body.start));

    for (; i < doc->block_count; i++) {
        size_t start = document_line_start(doc, doc->blocks[i].line);
        if (start >= body.end)
            return NULL;
        if (start >= body.start && doc->blocks[i].kind == BLOCK_HEADING)
            return &doc->blocks[i];
    }
    return NULL;
}

static const struct label_line *first_label(struct document *doc, struct range body)
{
    const struct label_lines *lines = label_lines_of(doc);
    size_t i = label_lines_at(lines, body.start);

    return i < lines->count && lines->items[i].start < body.end ? &lines->items[i] : NULL;
}

/* An answer under its own name: the first part of the body, and no single letter. */
static bool is_answer_first(const struct label_line *label, size_t first_part)
{
    return label && label->line_start <= first_part && label->label.word[1] &&
           label_is_answer_word(label->label.word);
}

static struct telling look(struct document *doc, struct range body)
{
    struct telling telling = {0};
    const struct block *heading = first_heading(doc, body);
    const struct label_line *label = first_label(doc, body);
    size_t first_part = heading ? document_line_start(doc, heading->line) : body.end;
    struct flow flow = {0};

    /* parts of their own would hold the questions, not be one */
    body_survey(doc, (struct range){body.start, first_part}, &flow);
    if (flow.options)
        telling.told |= TOLD_OPTIONS;
    if (flow.reveals == 1 || is_answer_first(label, first_part))
        telling.told |= TOLD_ANSWER;
    if (heading)
        telling.part = hash_name(heading->text, strlen(heading->text));
    else if (label)
        telling.part = hash_name(label->label.word, strlen(label->label.word));
    return telling;
}

static int compare_hashes(const void *a, const void *b)
{
    const uint64_t *first = a, *second = b;

    return *first < *second ? -1 : *first > *second;
}

static void find_shared_part(struct tellings *tellings)
{
    uint64_t *parts = xcalloc(tellings->count + 1, sizeof(*parts));

    for (size_t i = 0; i < tellings->count; i++)
        parts[i] = tellings->items[i].part;
    qsort(parts, tellings->count, sizeof(*parts), compare_hashes);
    for (size_t first = 0, end; first < tellings->count; first = end) {
        for (end = first + 1; end < tellings->count && parts[end] == parts[first];)
            end++;
        if (parts[first] && end - first > tellings->shared) {
            tellings->shared = end - first;
            tellings->part = parts[first];
        }
    }
    free(parts);
}

static bool are_most(size_t some, size_t all, size_t least)
{
    return some >= least && some * 10 >= all * 6;
}

void told_mark(struct document *doc, const struct heads *heads, bool *is_chosen)
{
    struct tellings all = {.items = xcalloc(heads->count + 1, sizeof(*all.items)),
                           .count = heads->count};

    for (size_t i = 0; i < heads->count; i++) {
        all.items[i] = look(doc, heads->items[i].rest);
        all.answers += (all.items[i].told & TOLD_ANSWER) != 0;
        all.options += (all.items[i].told & TOLD_OPTIONS) != 0;
        all.asks += heads->items[i].asks;
    }
    find_shared_part(&all);
    /* what is ticked in a plan or a check list is done, not right: there nothing asks */
    unsigned told =
        (are_most(all.answers, all.count, TOLD_LEAST) ? TOLD_ANSWER : 0) |
        (are_most(all.options, all.count, TOLD_LEAST) && all.asks * 5 >= all.count ? TOLD_OPTIONS
                                                                                   : 0);
    bool is_shared = are_most(all.shared, all.count, SHARE_LEAST) && all.asks * 4 >= all.count;
    for (size_t i = 0; i < heads->count; i++)
        is_chosen[i] |= (all.items[i].told & told) != 0 ||
                        (is_shared && all.items[i].part == all.part) ||
                        ((told || is_shared) && heads->items[i].asks);
    free(all.items);
}
