/* SPDX-License-Identifier: MIT */
#include "trainer/deck/identity.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/letters.h"

#define FNV_START 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u

#define TITLE_WEIGHT                                                                               \
    2.0               /* a word of the title counts so much more than one said once in the answer */
#define SHORT_CODES 3 /* words of answers up to this length (the, and, for) say little */
#define WORD_LIMIT  100000 /* of one question: what follows is not looked at */

struct word {
    uint64_t hash;
    uint32_t in_answer;
    bool in_title;
    float weight;
};

struct identity_words {
    struct word *items;
    size_t count, cap;
    double norm;
};

static uint64_t hash_code(uint64_t hash, uint32_t code)
{
    for (int shift = 0; shift < 24; shift += 8)
        hash = (hash ^ (code >> shift & 0xFF)) * FNV_PRIME;
    return hash;
}

static uint64_t hash_letters(uint64_t hash, const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        int digit = letters_digit(code);
        if (digit >= 0)
            hash = hash_code(hash, '0' + (uint32_t)digit);
        else if (letters_is_letter(code))
            hash = hash_code(hash, letters_lower(code));
    }
    return hash;
}

uint64_t identity_fingerprint(const char *title, const char *prompt)
{
    uint64_t hash = hash_letters(FNV_START, title);

    if (prompt && prompt[0])
        hash = hash_letters(hash_code(hash, '\n'), prompt);
    return hash;
}

static void add_word(struct identity_words *words, uint64_t hash, bool is_title)
{
    if (words->count >= WORD_LIMIT)
        return;
    struct word *word = array_add(words->items, words->count, words->cap);
    word->hash = hash;
    word->in_title = is_title;
    word->in_answer = !is_title;
}

/* A run of letters is a word; in scripts without blanks each two neighbours are one. */
static void add_text(struct identity_words *words, const char *text, bool is_title)
{
    size_t len = strlen(text), codes = 0, shortest = is_title ? 1 : SHORT_CODES + 1;
    uint64_t hash = FNV_START;
    uint32_t previous = 0;

    for (size_t at = 0; at <= len;) {
        uint32_t code = 0;
        at += at < len ? utf8_decode(text + at, len - at, &code) : 1;
        bool is_unspaced = letters_is_unspaced(code) && letters_is_letter(code);
        bool is_part = !is_unspaced && (letters_is_letter(code) || letters_digit(code) >= 0);
        if (is_part) {
            hash = hash_code(hash, letters_lower(code));
            codes++;
        } else if (codes) {
            if (codes >= shortest)
                add_word(words, hash, is_title);
            hash = FNV_START;
            codes = 0;
        }
        if (is_unspaced && previous)
            add_word(words, hash_code(hash_code(FNV_START, previous), code), is_title);
        previous = is_unspaced ? code : 0;
    }
}

static int compare_words(const void *a, const void *b)
{
    uint64_t first = ((const struct word *)a)->hash, second = ((const struct word *)b)->hash;

    return first < second ? -1 : first > second;
}

/* Words said often count more, but not in proportion. */
static void weigh(struct identity_words *words)
{
    size_t kept = 0;

    if (words->count)
        qsort(words->items, words->count, sizeof(*words->items), compare_words);
    for (size_t start = 0, end; start < words->count; start = end) {
        struct word word = words->items[start];
        for (end = start + 1;
             end < words->count && words->items[end].hash == words->items[start].hash; end++) {
            word.in_answer += words->items[end].in_answer;
            word.in_title |= words->items[end].in_title;
        }
        double weight = word.in_answer ? 1 + log(word.in_answer) : 0;
        weight += word.in_title ? TITLE_WEIGHT : 0;
        word.weight = (float)weight;
        words->norm += weight * weight;
        words->items[kept++] = word;
    }
    words->count = kept;
    words->norm = sqrt(words->norm);
}

struct identity_words *identity_words_new(const char *title, const char *answer_text)
{
    struct identity_words *words = xcalloc(1, sizeof(*words));

    add_text(words, title, true);
    add_text(words, answer_text, false);
    weigh(words);
    return words;
}

void identity_words_free(struct identity_words *words)
{
    if (words)
        free(words->items);
    free(words);
}

double identity_similarity(const struct identity_words *a, const struct identity_words *b)
{
    double sum = 0;
    size_t i = 0, k = 0;

    while (i < a->count && k < b->count) {
        if (a->items[i].hash < b->items[k].hash)
            i++;
        else if (a->items[i].hash > b->items[k].hash)
            k++;
        else
            sum += (double)a->items[i++].weight * (double)b->items[k++].weight;
    }
    double norm = a->norm * b->norm;
    double similarity = norm > 0 ? sum / norm : 0;
    return similarity > 1 ? 1 : similarity;
}
