/* SPDX-License-Identifier: MIT */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void (*exhaustion_callback)(void);

void memory_on_exhaustion(void (*callback)(void))
{
    exhaustion_callback = callback;
}

static void *check(void *pointer)
{
    static const char message[] = "drydock: out of memory\n";

    if (pointer)
        return pointer;
    if (exhaustion_callback)
        exhaustion_callback();
    if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
        _exit(4);
    _exit(3);
}

void *xmalloc(size_t size)
{
    return check(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size)
{
    return check(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *pointer, size_t size)
{
    return check(realloc(pointer, size ? size : 1));
}

char *xstrdup(const char *s)
{
    return check(strdup(s));
}

char *xstrndup(const char *s, size_t len)
{
    char *copy = xmalloc(len + 1);

    if (len)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

void cleanup_free(void *pointer_address)
{
    free(*(void **)pointer_address);
}

void cleanup_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

void cleanup_fclose(FILE **file)
{
    if (*file)
        fclose(*file);
}
