/* SPDX-License-Identifier: MIT
 * What makes two texts the same question: a fingerprint for equality, a similarity for doubt. */
#pragma once

#include <stdint.h>

/* Fingerprint of a title: FNV-1a, 64 bit, over its letters and digits, case folded. `prompt` counts
 * too, as quizzes repeat titles. The deck form writes it as 16 hexadecimal digits. */
uint64_t identity_fingerprint(const char *title, const char *prompt);

/* A bag of words for identity_similarity(); yours to free with identity_words_free(). */
struct identity_words;
struct identity_words *identity_words_new(const char *title, const char *answer_text);
void identity_words_free(struct identity_words *words);

/* How alike two texts must be. From SURE on they are one question with small changes: share the
 * card. From DOUBT on they may be the same question said anew, but so may be neighbours in one
 * document: only mention the best match, and only where it is the best in both directions. */
#define IDENTITY_SURE  0.95
#define IDENTITY_DOUBT 0.30

/* From 0 (nothing in common) to 1 (the same words). Titles weigh more than answers. */
double identity_similarity(const struct identity_words *a, const struct identity_words *b);
