/* SPDX-License-Identifier: MIT */
#include "trainer/ui/external.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/ui/terminal.h"

/* `script` with these words as "$@": the variables may hold options, so a shell splits them. */
static void exec_shell(const char *script, const char *first, const char *second)
{
    const char *const arguments[] = {"sh", "-c", script, "sh", first, second, NULL};

    terminal_reset_signals();
    execv("/bin/sh", (char *const *)arguments);
    _exit(127);
}

/* Waits for the child; where Ctrl-Z stops it, this process stops too, so that the shell is back. */
static int wait_for(pid_t child)
{
    int status;

    while (waitpid(child, &status, WUNTRACED) >= 0 || errno == EINTR) {
        if (WIFEXITED(status) || WIFSIGNALED(status))
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (WIFSTOPPED(status)) {
            kill(getpid(), SIGSTOP);
            kill(child, SIGCONT);
        }
    }
    return 127;
}

static int run_in_terminal(const char *script, const char *first, const char *second,
                           struct error *err)
{
    terminal_release();
    pid_t child = fork();
    if (child == 0)
        exec_shell(script, first, second);
    int problem = errno;
    terminal_ignore_keys(true);
    int status = child > 0 ? wait_for(child) : 0;
    terminal_ignore_keys(false);
    terminal_retake();
    if (child < 0)
        return error_set(err, problem, _("cannot start another program"));
    if (status == 127)
        return error_set(err, 0, _("there is no program '%s'"), script);
    if (status != 0)
        return error_set(err, 0, _("'%s' failed with status %d"), script, status);
    return 0;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

/* How the editor is told the line: most take +LINE, VS Code and its kin do not. */
static const char *editor_arguments(const char *editor)
{
    static const char *const go_to[] = {"code", "codium", "vscodium", "code-insiders"};
    size_t len = strcspn(editor, " ");
    const char *name = editor;

    for (size_t i = 0; i < len; i++)
        if (editor[i] == '/')
            name = editor + i + 1;
    len -= (size_t)(name - editor);
    for (size_t i = 0; i < ARRAY_LEN(go_to); i++)
        if (strlen(go_to[i]) == len && memcmp(go_to[i], name, len) == 0)
            return "--wait --goto \"$2:${1#+}\"";
    return "\"$@\"";
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

int external_edit(const char *path, int line, bool *changed, struct error *err)
{
    const char *editor = variable("VISUAL");
    struct stat before, after;

    if (!editor)
        editor = variable("EDITOR");
    if (!editor)
        editor = "vi";
    if (stat(path, &before) < 0)
        return error_set(err, errno, _("cannot open %s"), path);
    autofree char *script = str_printf("%s %s", editor, editor_arguments(editor));
    autofree char *position = str_printf("+%d", line > 0 ? line : 1);
    if (run_in_terminal(script, position, path, err) < 0)
        return -1;
    *changed = stat(path, &after) < 0 || !is_same(&before, &after);
    return 0;
}

static bool is_address(const char *target)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "ftp://"};

    for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
        if (str_starts(target, schemes[i]))
            return true;
    return false;
}

/* Starts a program that has a window of its own: nobody waits for it, and it is silent here. */
static int run_detached(const char *script, const char *argument, struct error *err)
{
    pid_t child = fork();

    if (child < 0)
        return error_set(err, errno, _("cannot start another program"));
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR);
        setsid();
        for (int fd = 0; fd < 3; fd++)
            dup2(nothing, fd);
        if (fork() != 0)
            _exit(0);
        exec_shell(script, argument, NULL);
    }
    waitpid(child, NULL, 0);
    return 0;
}

int external_open(const char *target, bool *opened, struct error *err)
{
    const char *browser = variable("BROWSER");

    *opened = false;
    if (!is_address(target))
        return 0;
    if (browser) {
        autofree char *script = str_printf("%.*s \"$1\"", (int)strcspn(browser, ":"), browser);
        *opened = true;
        return run_in_terminal(script, target, NULL, err);
    }
    if ((!variable("DISPLAY") && !variable("WAYLAND_DISPLAY")) ||
        access("/usr/bin/xdg-open", X_OK) < 0)
        return 0;
    *opened = true;
    return run_detached("exec xdg-open \"$1\"", target, err);
}
