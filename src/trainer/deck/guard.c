/* SPDX-License-Identifier: MIT */
#include "trainer/deck/guard.h"

void guard_document(struct document *doc)
{
    doc->parsed = doc->text;
}
