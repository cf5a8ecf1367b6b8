/* SPDX-License-Identifier: MIT
 * Letters, digits and case of all scripts, the same on every machine and in every locale:
 * fingerprints are made of them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Marks and digits that stand inside words count as letters; symbols, punctuation and blanks do
 * not. */
bool letters_is_letter(uint32_t code);

/* Lower case of the scripts that have it. */
uint32_t letters_lower(uint32_t code);

/* The value of a decimal digit of any script, or -1. */
int letters_digit(uint32_t code);

bool letters_is_blank(uint32_t code);

/* Scripts that put no blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese. */
bool letters_is_unspaced(uint32_t code);
