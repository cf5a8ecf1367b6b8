/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/paths.h"
#include "base/str.h"

static const char *const level_names[] = {"debug", "info", "warning"};

static enum log_level threshold(void)
{
    const char *wanted = getenv("DRYDOCK_LOG");

    for (size_t i = 0; wanted && i < ARRAY_LEN(level_names); i++)
        if (str_eq(wanted, level_names[i]))
            return (enum log_level)i;
    return LOG_WARNING;
}

/* Opened at the first message, so that a run with nothing to say leaves no file. */
static int log_file(void)
{
    static int fd = -1;
    struct error ignored; /* nowhere to tell */

    if (fd >= 0)
        return fd;
    autofree char *folder = paths_state();
    autofree char *path = fs_join(folder, "drydock.log");
    if (fs_make_folder(folder, &ignored) == 0)
        fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd;
}

void log_write(enum log_level level, const char *module, const char *format, ...)
{
    autostr struct str line = STR_INIT;
    char message[1024];
    va_list args;

    if (level < threshold())
        return;
    va_start(args, format);
    vsnprintf(message, sizeof(message), format, args);
    va_end(args);
    clock_add_rfc3339(&line, clock_now_ms());
    str_addf(&line, " %d %s %s: %s\n", (int)getpid(), level_names[level], module, message);
    if (log_file() >= 0 && write(log_file(), line.text, line.len) < 0)
        return; /* a full disk must not stop the program */
}
