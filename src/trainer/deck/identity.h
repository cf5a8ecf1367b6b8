/* SPDX-License-Identifier: MIT
 * What makes two texts the same question: a fingerprint for equality, a similarity for doubt. */
#pragma once

#include <stdint.h>

/* Fingerprint of a title: FNV-1a, 64 bit, over its letters and digits, case folded. `prompt` counts too, as quizzes
 * repeat titles. The deck form writes it as 16 hexadecimal digits. */
uint64_t identity_fingerprint(const char *title, const char *prompt);

/* A bag of words for identity_similarity(); yours to free with identity_words_free(). */
struct identity_words;
struct identity_words *identity_words_new(const char *title, const char *answer_text);
void identity_words_free(struct identity_words *words);

/* From 0 (nothing in common) to 1 (the same words). Titles weigh more than answers. */
double identity_similarity(const struct identity_words *a, const struct identity_words *b);
