/* SPDX-License-Identifier: MIT */
#include "trainer/cli/markdown_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/str.h"

static bool is_markdown(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot && (strcasecmp(dot, ".md") == 0 || strcasecmp(dot, ".markdown") == 0);
}

static int add_path(struct markdown_files *files, char *path, struct error *err)
{
    if (files->count >= MARKDOWN_FILES_MAX) {
        free(path);
        return error_set(err, 0, _("more than %d files"), MARKDOWN_FILES_MAX);
    }
    *array_add(files->paths, files->count, files->cap) = path;
    return 0;
}

static int add_folder(struct markdown_files *files, const char *folder, int depth,
                      struct error *err);

static int add_entry(struct markdown_files *files, const char *folder, const char *name, int depth,
                     struct error *err)
{
    autofree char *path = fs_join(folder, name);
    struct stat info;

    if (name[0] == '.' || lstat(path, &info) < 0)
        return 0;
    if (S_ISDIR(info.st_mode))
        return add_folder(files, path, depth + 1, err);
    if (S_ISREG(info.st_mode) && is_markdown(name))
        return add_path(files, steal_ptr(&path), err);
    return 0;
}

static int add_folder(struct markdown_files *files, const char *folder, int depth,
                      struct error *err)
{
    struct dirent **entries;
    int result = 0;

    if (depth > MARKDOWN_FOLDER_DEPTH_MAX)
        return error_set(err, 0, _("%s: folders deeper than %d"), folder,
                         MARKDOWN_FOLDER_DEPTH_MAX);
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0)
        return error_set(err, errno, _("cannot read %s"), folder);
    for (int i = 0; i < count; i++) {
        if (result == 0)
            result = add_entry(files, folder, entries[i]->d_name, depth, err);
        free(entries[i]);
    }
    free(entries);
    return result;
}

int markdown_files_add(struct markdown_files *files, const char *path, struct error *err)
{
    size_t before = files->count;

    if (!fs_is_folder(path))
        return add_path(files, xstrdup(path), err);
    if (add_folder(files, path, 0, err) < 0)
        return -1;
    if (files->count == before)
        return error_set(err, 0, _("%s holds no Markdown files"), path);
    return 0;
}

void markdown_files_clear(struct markdown_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    *files = (struct markdown_files){0};
}
