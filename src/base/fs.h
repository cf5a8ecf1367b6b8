/* SPDX-License-Identifier: MIT
 * Files: whole ones read within a limit, replaced atomically; folders made; paths joined and found.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* Reads a regular file of at most `limit_bytes` into *text (NUL-terminated, yours to free) and
 * *len. A folder, device or pipe, a file too long or unreadable is an error. */
int fs_read(const char *path, size_t limit_bytes, char **text, size_t *len,
            struct error *err) MUST_CHECK;

/* Replaces `path` by these bytes, synced to disk: either the old or the new content is there, at
 * any moment. */
int fs_write_atomic(const char *path, const char *bytes, size_t len, mode_t mode,
                    struct error *err) MUST_CHECK;

/* Makes a folder and its parents, private to the user (mode 0700). One that is there already is
 * fine. */
int fs_make_folder(const char *path, struct error *err) MUST_CHECK;

bool fs_exists(const char *path);
bool fs_is_folder(const char *path);

/* "folder/name"; yours to free. */
char *fs_join(const char *folder, const char *name);

/* The folder that holds `path` ("." where it names none); yours to free. */
char *fs_parent(const char *path);

/* The last part of `path`; points into it. */
const char *fs_name(const char *path);

/* The absolute path without links; yours to free; NULL with `err` where there is no such file. */
char *fs_absolute(const char *path, struct error *err) MUST_CHECK;
