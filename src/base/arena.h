/* SPDX-License-Identifier: MIT
 * Memory for things with many little parts: allocated one by one, freed all at once. */
#pragma once

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *blocks; /* the newest first; zeroed means empty */
};

/* Zeroed memory that lives until arena_clear(). */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strndup(struct arena *arena, const char *s, size_t len);
char *arena_strdup(struct arena *arena, const char *s);
void arena_clear(struct arena *arena);
