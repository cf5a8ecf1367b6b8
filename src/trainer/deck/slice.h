/* SPDX-License-Identifier: MIT
 * Pieces of a document as Markdown of their own. */
#pragma once

#include "trainer/deck/recognise.h"

/* Appends the lines of a range without the indentation of their container. */
void slice_add(struct str *str, const struct document *doc, struct range range, int indent);

/* Fills prompt, answer and answer_text of a question. */
void slice_question(struct document *doc, const struct entry *entry, struct question *question);
