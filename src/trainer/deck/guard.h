/* SPDX-License-Identifier: MIT
 * What would take cmark too long or too much memory is blanked before it reads the text. */
#pragma once

#include "trainer/deck/document.h"

/* Sets doc->parsed: the text, or a copy of the same length with the dangerous parts made harmless.
 */
void guard_document(struct document *doc);
