/* SPDX-License-Identifier: MIT
 * A list of any length with a marked row: only what is seen is ever asked for. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct list {
    size_t count, marked, top;
};

/* Keeps the marked row inside the list and in sight. */
void list_settle(struct list *list, int rows);

/* Does a moving action; false where it is none. */
bool list_act(struct list *list, int action, int rows);

/* The row of the list under a row of the screen; false where there is none. */
bool list_at(const struct list *list, int row, size_t *index);
