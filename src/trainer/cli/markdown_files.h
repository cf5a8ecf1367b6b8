/* SPDX-License-Identifier: MIT
 * The Markdown files that a path on the command line means: itself, or all of a folder and those
 * below it. */
#pragma once

#include <stddef.h>

#include "base/error.h"

#define MARKDOWN_FOLDER_DEPTH_MAX 32
#define MARKDOWN_FILES_MAX        10000

struct markdown_files {
    char **paths;
    size_t count, cap;
};

/* Adds a file whatever its name, or the *.md and *.markdown files of a folder in the order of their
 * names; hidden ones and links are left out. */
int markdown_files_add(struct markdown_files *files, const char *path,
                       struct error *err) MUST_CHECK;
void markdown_files_clear(struct markdown_files *files);
