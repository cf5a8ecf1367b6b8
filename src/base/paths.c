/* SPDX-License-Identifier: MIT */
#include "base/paths.h"

#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "config.h"

static char *home(void)
{
    const char *folder = getenv("HOME");
    const struct passwd *user = folder && *folder ? NULL : getpwuid(getuid());

    if (folder && *folder)
        return xstrdup(folder);
    return xstrdup(user && user->pw_dir ? user->pw_dir : "/");
}

/* XDG Base Directory Specification: a relative path in the variable is ignored. */
static char *xdg(const char *variable, const char *fallback)
{
    const char *folder = getenv(variable);

    if (folder && folder[0] == '/')
        return fs_join(folder, "drydock");
    autofree char *user = home();
    autofree char *base = fs_join(user, fallback);
    return fs_join(base, "drydock");
}

char *paths_data(void)
{
    return xdg("XDG_DATA_HOME", ".local/share");
}

char *paths_config(void)
{
    return xdg("XDG_CONFIG_HOME", ".config");
}

char *paths_state(void)
{
    return xdg("XDG_STATE_HOME", ".local/state");
}

static bool runs_from_build_folder(void)
{
    char program[4096];
    ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);

    if (len < 0)
        return false;
    program[len] = '\0';
    return str_starts(program, BUILD_FOLDER "/");
}

char *paths_content(void)
{
    return xstrdup(runs_from_build_folder() ? SOURCE_FOLDER "/content" : DATA_FOLDER "/content");
}

char *paths_locale(void)
{
    return xstrdup(runs_from_build_folder() ? BUILD_FOLDER "/po" : LOCALE_FOLDER);
}
