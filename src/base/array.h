/* SPDX-License-Identifier: MIT
 * Growing arrays: keep `T *items; size_t len, cap;` and call array_grow() before adding. */
#pragma once

#include <string.h>

#include "base/memory.h"

/* Makes room for `extra` more items; may move the array. */
#define array_grow(items, len, cap, extra)                                                         \
    do {                                                                                           \
        size_t needed_ = (len) + (extra);                                                          \
        if (needed_ > (cap)) {                                                                     \
            (cap) = needed_ > (cap)*2 ? needed_ : (cap)*2;                                         \
            (items) = xrealloc((items), (cap) * sizeof(*(items)));                                 \
        }                                                                                          \
    } while (0)

/* Adds room for one item, zeroed, and evaluates to its address. */
#define array_add(items, len, cap)                                                                 \
    ({                                                                                             \
        array_grow(items, len, cap, 1);                                                            \
        memset(&(items)[len], 0, sizeof(*(items)));                                                \
        &(items)[(len)++];                                                                         \
    })

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))
