/* SPDX-License-Identifier: MIT */
#include "trainer/bank/word_index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"

#define COMMON_WORD_MIN                                                                            \
    8                      /* a word of more texts than this may be too common to tell them apart  \
                            */
#define COMMON_WORD_MAX 64 /* … and one of more than this is */

/* --- The words of a text */

#define WORD_HASH_START 2166136261u /* FNV-1a, 32 bit */
#define WORD_HASH_PRIME 16777619u

static int compare_words(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static bool is_ascii_letter(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words of ASCII; of other scripts pairs of characters, as not all have blanks between words. */
static void add_words(struct words *words, const char *text)
{
    uint32_t hash = WORD_HASH_START, previous = 0, code;
    size_t len = strlen(text);

    for (size_t at = 0; at <= len;) {
        unsigned char c = (unsigned char)text[at];
        if (is_ascii_letter(c)) {
            hash = (hash ^ (c | 0x20)) * WORD_HASH_PRIME;
        } else if (hash != WORD_HASH_START) {
            *array_add(words->items, words->len, words->cap) = hash;
            hash = WORD_HASH_START;
        }
        if (c < 0x80) {
            previous = 0;
            at++;
            continue;
        }
        at += utf8_decode(text + at, len - at, &code);
        if (previous)
            *array_add(words->items, words->len, words->cap) =
                ((WORD_HASH_START ^ previous) * WORD_HASH_PRIME ^ code) * WORD_HASH_PRIME;
        previous = code;
    }
}

/* Each word once. */
static void finish_words(struct words *words)
{
    size_t kept = 0;

    if (words->len)
        qsort(words->items, words->len, sizeof(*words->items), compare_words);
    for (size_t i = 0; i < words->len; i++) {
        if (i == 0 || words->items[i] != words->items[i - 1])
            words->items[kept++] = words->items[i];
    }
    words->len = kept;
}

void words_read(struct words *words, const char *label, const char *title, const char *text)
{
    words->len = 0;
    if (label) {
        uint32_t hash = WORD_HASH_START * 3;
        for (const char *c = label; *c; c++)
            hash = (hash ^ (unsigned char)*c) * WORD_HASH_PRIME;
        *array_add(words->items, words->len, words->cap) = hash;
    }
    add_words(words, title);
    add_words(words, text);
    finish_words(words);
}

/* --- The index */

static int compare_entries(const void *a, const void *b)
{
    const struct word_entry *x = a, *y = b;

    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

void word_index_add(struct word_index *index, const struct words *words)
{
    for (size_t i = 0; i < words->len; i++)
        *array_add(index->entries, index->len, index->cap) =
            (struct word_entry){words->items[i], (uint32_t)index->item_count};
    index->item_count++;
}

static bool is_common(const struct word_index *index, size_t items)
{
    return items > COMMON_WORD_MAX || (items > COMMON_WORD_MIN && items > index->item_count / 3);
}

static double weigh(const struct word_index *index, size_t items)
{
    return log((double)(index->item_count + 1) / (items ? (double)items : 0.5));
}

static void add_run(struct word_index *index, size_t start, size_t end)
{
    struct word_run *run = array_add(index->runs, index->run_len, index->run_cap);

    run->word = index->entries[start].word;
    if (is_common(index, end - start))
        return;
    run->start = (uint32_t)start;
    run->count = (uint32_t)(end - start);
    run->weight = weigh(index, end - start);
    for (size_t i = start; i < end; i++)
        index->norms[index->entries[i].item] += run->weight;
}

void word_index_finish(struct word_index *index)
{
    if (index->len)
        qsort(index->entries, index->len, sizeof(*index->entries), compare_entries);
    index->norms = xcalloc(index->item_count + 1, sizeof(*index->norms));
    index->scores = xcalloc(index->item_count + 1, sizeof(*index->scores));
    index->found = xcalloc(index->item_count + 1, sizeof(*index->found));
    for (size_t start = 0, end; start < index->len; start = end) {
        for (end = start + 1;
             end < index->len && index->entries[end].word == index->entries[start].word;)
            end++;
        add_run(index, start, end);
    }
}

void word_index_clear(struct word_index *index)
{
    free(index->entries);
    free(index->runs);
    free(index->norms);
    free(index->scores);
    free(index->found);
}

static int compare_run(const void *word, const void *run)
{
    uint32_t x = *(const uint32_t *)word, y = ((const struct word_run *)run)->word;

    return x < y ? -1 : x > y;
}

/* Adds the weight to the scores of the run's texts; returns how many have their first now. */
static size_t add_scores(struct word_index *index, const struct word_run *run, uint32_t *found)
{
    size_t count = 0;

    for (uint32_t i = run->start; i < run->start + run->count; i++) {
        uint32_t item = index->entries[i].item;
        if (index->scores[item] == 0)
            found[count++] = item;
        index->scores[item] += run->weight;
    }
    return count;
}

void word_index_find(struct word_index *index, const struct words *words, word_index_visit visit,
                     void *data)
{
    double norm = 0, unknown = weigh(index, 0); /* the weight of all these words */
    size_t found = 0;

    for (size_t i = 0; i < words->len && index->run_len; i++) {
        const struct word_run *run = bsearch(&words->items[i], index->runs, index->run_len,
                                             sizeof(*index->runs), compare_run);
        norm += run ? run->weight : unknown;
        if (run)
            found += add_scores(index, run, index->found + found);
    }
    for (size_t i = 0; i < found; i++) {
        uint32_t item = index->found[i];
        visit(data, item, index->scores[item] / sqrt(norm * index->norms[item]));
        index->scores[item] = 0;
    }
}
