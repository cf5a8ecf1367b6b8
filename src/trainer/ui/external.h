/* SPDX-License-Identifier: MIT
 * Other programs: the editor on a document, the browser on a link. */
#pragma once

#include <stdbool.h>

#include "base/error.h"

/* Opens `path` at `line` in $VISUAL, $EDITOR or vi, and waits for its end. *changed tells whether
 * the file is another one now. */
int external_edit(const char *path, int line, bool *changed, struct error *err) MUST_CHECK;

/* Opens a web or mail address in $BROWSER or by xdg-open. *opened is false where there is no such
 * program or the target is none to hand to it. */
int external_open(const char *target, bool *opened, struct error *err) MUST_CHECK;
