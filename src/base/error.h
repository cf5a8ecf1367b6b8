/* SPDX-License-Identifier: MIT
 * Errors: a plain struct on the caller's stack, filled where something failed, with context
 * put in front on the way up. The text is one translated sentence without a full stop. */
#pragma once

#include <stdarg.h>

#define ERROR_TEXT_BYTES 512

struct error {
    int errnum; /* an errno value, or 0 */
    char text[ERROR_TEXT_BYTES];
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at)                                                           \
    __attribute__((__format__(__printf__, format_at, first_at)))

/* Says what failed; appends strerror(errnum) unless errnum is 0. Returns -1, so that failing is one
 * line. */
int error_set(struct error *err, int errnum, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts context in front: "CONTEXT: TEXT". A message too long is cut at its end. Returns -1. */
int error_wrap(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);
