/* SPDX-License-Identifier: MIT
 * Reading one question of a list, all of it. */
#pragma once

#include "trainer/ui/list.h"
#include "trainer/ui/screen.h"

struct reader_how {
    const int64_t *numbers; /* of the questions of the list; they outlive the reader */
    struct list *list;      /* its marked row is what is read */
    const char *pattern;    /* to mark, or NULL */
};
