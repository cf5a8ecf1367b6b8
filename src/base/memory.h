/* SPDX-License-Identifier: MIT
 * Allocation that never returns NULL, and variables that clean up after themselves. */
#pragma once

#include <stddef.h>
#include <stdio.h>

/* The memory of these is the caller's to free(). Out of memory ends the program, see
 * memory_on_exhaustion(). */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *pointer, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);

/* `callback` runs once before the program ends for lack of memory: the terminal is put back there.
 */
void memory_on_exhaustion(void (*callback)(void));

/* Makes cleanup_NAME(), which calls `release` on a non-NULL variable going out of scope. */
#define DEFINE_CLEANUP(name, type, release)                                                        \
    static inline void cleanup_##name(type **pointer)                                              \
    {                                                                                              \
        if (*pointer)                                                                              \
            release(*pointer);                                                                     \
    }

void cleanup_free(void *pointer_address);
void cleanup_close(int *fd);
void cleanup_fclose(FILE **file);

#define autofree   __attribute__((cleanup(cleanup_free)))
#define autoclose  __attribute__((cleanup(cleanup_close)))
#define autofclose __attribute__((cleanup(cleanup_fclose)))

/* Hands over what a self-cleaning variable holds. */
#define steal_ptr(pointer_address)                                                                 \
    ({                                                                                             \
        __typeof__(*(pointer_address)) stolen_ = *(pointer_address);                               \
        *(pointer_address) = NULL;                                                                 \
        stolen_;                                                                                   \
    })
