/* SPDX-License-Identifier: MIT
 * A question's document changed in the editor and read again. */
#pragma once

#include "trainer/ui/screen.h"

/* Opens the editor at `line`, and imports the document anew where it was changed: says what came
 * of it. True where the bank has changed. */
bool document_edit(struct screen *screen, const char *path, int line);
