/* SPDX-License-Identifier: MIT
 * Which texts have rare words in common: names a few candidates out of many, cheaply. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct words { /* of a text, as hashes, each once; zeroed means empty, free `items` */
    uint32_t *items;
    size_t len, cap;
};

/* Replaces what is in `words`. A label (NULL: none) counts as a word of its own kind. */
void words_read(struct words *words, const char *label, const char *title, const char *text);

struct word_entry {
    uint32_t word, item;
};

struct word_run { /* the entries of one word */
    uint32_t word;
    uint32_t start, count; /* no entries: too common to tell texts apart */
    double weight;
};

struct word_index {             /* zeroed means empty */
    struct word_entry *entries; /* by word */
    size_t len, cap;
    struct word_run *runs; /* by word */
    size_t run_len, run_cap;
    size_t item_count;
    double *norms;   /* of each item: the weight of its words */
    double *scores;  /* of each item in a look-up, all 0 between */
    uint32_t *found; /* the items with a score */
};

/* Texts are numbered from 0 as they are added; all are added before the first look-up. */
void word_index_add(struct word_index *index, const struct words *words);
void word_index_finish(struct word_index *index);
void word_index_clear(struct word_index *index);

/* Gets each text with rare words in common and a score from 0 to 1. */
typedef void (*word_index_visit)(void *data, size_t item, double score);

void word_index_find(struct word_index *index, const struct words *words, word_index_visit visit,
                     void *data);
