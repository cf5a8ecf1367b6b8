/* SPDX-License-Identifier: MIT
 * Choices of a quiz: task lists with the right ones ticked. */
#pragma once

#include "trainer/deck/recognise.h"

/* Whether the range holds at least two task list items, one of them ticked. */
bool options_are_in(struct document *doc, struct range body);

/* Splits entry->answer, the whole body: what stands before the choices is the prompt, what follows
 * the answer. */
void options_split(struct document *doc, struct entry *entry);

/* Finds choices by letters in the prompt of a split entry whose answer names letters (choices.c).
 */
void options_read_letters(struct document *doc, struct entry *entry);
