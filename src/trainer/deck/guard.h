/* SPDX-License-Identifier: MIT
 * What would take cmark too long is changed before it reads the text: never more bytes, never other
 * lines. */
#pragma once

#include "trainer/deck/document.h"

/* Limits named in drydock-deck(5). */
#define GUARD_COLUMNS 60 /* a list or quote marker further to the right is text */
#define GUARD_RUN_BYTES                                                                            \
    (512u << 10) /* of lines without a blank one or a list item: what follows is not looked at */

/* Sets doc->parsed: the text, or a copy of the same length with the dangerous parts made harmless.
 */
void guard_document(struct document *doc);
