/* SPDX-License-Identifier: MIT
 * Link reference definitions ("[label]: target"): an answer cut out of its document takes along
 * those that it uses. */
#pragma once

#include "trainer/deck/document.h"

/* Finds all definitions of the document; references_clear() frees them. */
void references_find(struct document *doc, struct reference_list *list);
void references_clear(struct reference_list *list);

/* Whether this line is a definition. */
bool references_line_is(const struct document *doc, int line);

/* Appends the definitions that the Markdown in `str` uses. */
void references_add_used(const struct document *doc, struct str *str);
