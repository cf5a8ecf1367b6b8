/* SPDX-License-Identifier: MIT */
#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "base/str.h"

static int check_regular(int fd, const char *path, size_t limit_bytes, struct error *err)
{
    struct stat info;

    if (fstat(fd, &info) < 0)
        return error_set(err, errno, _("cannot read %s"), path);
    if (S_ISDIR(info.st_mode))
        return error_set(err, 0, _("cannot read %s: it is a folder"), path);
    if (!S_ISREG(info.st_mode))
        return error_set(err, 0, _("cannot read %s: it is not a regular file"), path);
    if ((unsigned long long)info.st_size > limit_bytes)
        return error_set(err, 0, _("cannot read %s: it is larger than the limit of %zu MiB"), path,
                         limit_bytes >> 20);
    return 0;
}

int fs_read(const char *path, size_t limit_bytes, char **text, size_t *len, struct error *err)
{
    autoclose int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    autostr struct str content = STR_INIT;
    char chunk[65536];
    ssize_t count;

    if (fd < 0)
        return error_set(err, errno, _("cannot open %s"), path);
    if (check_regular(fd, path, limit_bytes, err) < 0)
        return -1;
    while ((count = read(fd, chunk, sizeof(chunk))) > 0) {
        if (content.len + (size_t)count > limit_bytes)
            return error_set(err, 0, _("cannot read %s: it is larger than the limit of %zu MiB"),
                             path, limit_bytes >> 20);
        str_add_bytes(&content, chunk, (size_t)count);
    }
    if (count < 0)
        return error_set(err, errno, _("cannot read %s"), path);
    *len = content.len;
    *text = str_steal(&content);
    return 0;
}

static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t count = write(fd, bytes, len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        bytes += count;
        len -= (size_t)count;
    }
    return 0;
}

static void sync_folder_of(const char *path)
{
    autofree char *folder = fs_parent(path);
    autoclose int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0)
        fsync(fd);
}

int fs_write_atomic(const char *path, const char *bytes, size_t len, mode_t mode, struct error *err)
{
    autofree char *temporary = str_printf("%s.XXXXXX", path);
    autoclose int fd = mkostemp(temporary, O_CLOEXEC);

    if (fd < 0)
        return error_set(err, errno, _("cannot write %s"), path);
    if (write_all(fd, bytes, len) < 0 || fchmod(fd, mode) < 0 || fsync(fd) < 0 ||
        rename(temporary, path) < 0) {
        int errnum = errno;
        unlink(temporary);
        return error_set(err, errnum, _("cannot write %s"), path);
    }
    sync_folder_of(path);
    return 0;
}

int fs_make_folder(const char *path, struct error *err)
{
    autofree char *copy = xstrdup(path);

    for (char *slash = copy + 1; *copy; slash++) {
        char saved = *slash;
        if (saved != '/' && saved != '\0')
            continue;
        *slash = '\0';
        int errnum = mkdir(copy, 0700) < 0 ? errno : 0;
        if (errnum && errnum != EEXIST && !fs_is_folder(copy))
            return error_set(err, errnum, _("cannot make the folder %s"), copy);
        *slash = saved;
        if (saved == '\0')
            break;
    }
    if (!fs_is_folder(path))
        return error_set(err, ENOTDIR, _("cannot make the folder %s"), path);
    return 0;
}

bool fs_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool fs_is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

char *fs_join(const char *folder, const char *name)
{
    size_t len = strlen(folder);

    return str_printf("%s%s%s", folder, len == 0 || folder[len - 1] == '/' ? "" : "/", name);
}

char *fs_parent(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return xstrdup(".");
    return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

const char *fs_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

char *fs_absolute(const char *path, struct error *err)
{
    char *absolute = realpath(path, NULL);

    if (!absolute)
        error_set(err, errno, _("cannot find %s"), path);
    return absolute;
}
