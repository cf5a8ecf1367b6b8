/* SPDX-License-Identifier: MIT */
#include "emulator.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"

#define QUIET_MS    25
#define PATIENCE_MS 20000

static void fail(const char *what)
{
    perror(what);
    exit(99);
}

static int on_move(VTermPos pos, VTermPos before, int visible, void *user)
{
    struct emulator *emulator = user;

    (void)before;
    (void)visible;
    emulator->cursor = pos;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct emulator *emulator = user;

    if (property == VTERM_PROP_CURSORVISIBLE)
        emulator->is_cursor_visible = value->boolean;
    if (property == VTERM_PROP_ALTSCREEN)
        emulator->is_alternate = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        emulator->is_mouse_on = value->number != VTERM_PROP_MOUSE_NONE;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = on_move, .settermprop = on_property};

void emulator_open(struct emulator *emulator, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    *emulator = (struct emulator){.rows = rows, .cols = cols, .is_cursor_visible = true};
    if (openpty(&emulator->master, &emulator->slave, NULL, NULL, &size) < 0)
        fail("openpty");
    fcntl(emulator->master, F_SETFD, FD_CLOEXEC);
    /* This process leads the session, as a shell does: a program that nobody leads cannot stop. */
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    setsid();
    ioctl(emulator->slave, TIOCSCTTY, 0);
    tcgetattr(emulator->slave, &emulator->before);
    emulator->vterm = vterm_new(rows, cols);
    vterm_set_utf8(emulator->vterm, 1);
    emulator->screen = vterm_obtain_screen(emulator->vterm);
    vterm_screen_enable_altscreen(emulator->screen, 1);
    vterm_screen_set_callbacks(emulator->screen, &callbacks, emulator);
    vterm_screen_reset(emulator->screen, 1);
}

void emulator_start(struct emulator *emulator, char **argv)
{
    emulator->has_ended = emulator->is_stopped = false;
    tcsetattr(emulator->slave, TCSANOW, &emulator->before);
    vterm_screen_reset(emulator->screen, 1);
    emulator->is_alternate = emulator->is_pasting_on = emulator->is_mouse_on = false;
    emulator->child = fork();
    if (emulator->child < 0)
        fail("fork");
    setpgid(emulator->child, 0);
    if (emulator->child > 0) {
        tcsetpgrp(emulator->slave, emulator->child);
        return;
    }
    tcsetpgrp(emulator->slave, getpid());
    signal(SIGTTOU, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    for (int fd = 0; fd < 3; fd++)
        dup2(emulator->slave, fd);
    close(emulator->slave);
    execv(argv[0], argv);
    fail(argv[0]);
}

/* Whether the child has ended or stopped, without waiting for it. */
static void look_at_child(struct emulator *emulator)
{
    if (emulator->child <= 0 || emulator->has_ended ||
        waitpid(emulator->child, &emulator->status, WNOHANG | WUNTRACED | WCONTINUED) <= 0)
        return;
    emulator->is_stopped = WIFSTOPPED(emulator->status);
    emulator->has_ended = WIFEXITED(emulator->status) || WIFSIGNALED(emulator->status);
}

static void note_modes(struct emulator *emulator, const char *bytes, size_t len)
{
    if (memmem(bytes, len, "\033[?2004h", 8))
        emulator->is_pasting_on = true;
    if (memmem(bytes, len, "\033[?2004l", 8))
        emulator->is_pasting_on = false;
}

/* Takes what the program writes, and gives the terminal's replies; false where nothing came. */
static bool take_output(struct emulator *emulator, int timeout_ms)
{
    struct pollfd output = {.fd = emulator->master, .events = POLLIN};
    char bytes[65536];

    if (poll(&output, 1, timeout_ms) <= 0 || !(output.revents & POLLIN))
        return false;
    ssize_t len = read(emulator->master, bytes, sizeof(bytes));
    if (len <= 0)
        return false;
    note_modes(emulator, bytes, (size_t)len);
    vterm_input_write(emulator->vterm, bytes, (size_t)len);
    size_t replies = vterm_output_read(emulator->vterm, bytes, sizeof(bytes));
    if (replies > 0 && write(emulator->master, bytes, replies) < 0)
        fail("write");
    return true;
}

/* Sleeping with nothing left to read: the child waits for us. */
static bool child_waits(const struct emulator *emulator)
{
    char path[64], state = '\0';
    int unread = 0;

    ioctl(emulator->slave, FIONREAD, &unread);
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)emulator->child);
    FILE *file = fopen(path, "r");
    if (!file)
        return true;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'S';
    fclose(file);
    return unread == 0 && state != 'R' && state != 'D';
}

void emulator_settle(struct emulator *emulator)
{
    int64_t end = clock_monotonic_ms() + PATIENCE_MS;
    int quiet = 0;

    while (quiet < 2 && clock_monotonic_ms() < end) {
        bool came = take_output(emulator, QUIET_MS);
        look_at_child(emulator);
        if (came || (!emulator->has_ended && !emulator->is_stopped && !child_waits(emulator)))
            quiet = 0;
        else
            quiet++;
    }
    vterm_screen_flush_damage(emulator->screen);
}

bool emulator_wait(struct emulator *emulator)
{
    int64_t end = clock_monotonic_ms() + PATIENCE_MS;

    while (!emulator->has_ended && !emulator->is_stopped && clock_monotonic_ms() < end) {
        take_output(emulator, QUIET_MS);
        look_at_child(emulator);
    }
    while (take_output(emulator, QUIET_MS))
        ;
    return emulator->has_ended || emulator->is_stopped;
}

void emulator_type(struct emulator *emulator, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t written = write(emulator->master, bytes, len);
        if (written < 0)
            fail("write");
        bytes += written;
        len -= (size_t)written;
        take_output(emulator, 0);
    }
}

void emulator_resize(struct emulator *emulator, int rows, int cols)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

    emulator->rows = rows;
    emulator->cols = cols;
    vterm_set_size(emulator->vterm, rows, cols);
    ioctl(emulator->slave, TIOCSWINSZ, &size);
}

void emulator_signal(struct emulator *emulator, int number)
{
    if (number == SIGCONT)
        emulator->is_stopped = false;
    kill(emulator->child, number);
}

static VTermScreenCell cell_at(const struct emulator *emulator, int row, int col)
{
    VTermScreenCell cell;

    vterm_screen_get_cell(emulator->screen, (VTermPos){row, col}, &cell);
    return cell;
}

static void end_row(struct str *out)
{
    while (out->len > 0 && out->text[out->len - 1] == ' ')
        str_truncate(out, out->len - 1);
    str_add_char(out, '\n');
}

void emulator_text(const struct emulator *emulator, struct str *out)
{
    for (int row = 0; row < emulator->rows; row++) {
        for (int col = 0; col < emulator->cols; col++) {
            VTermScreenCell cell = cell_at(emulator, row, col);
            if (cell.chars[0] == (uint32_t)-1) /* the right half of a wide one */
                continue;
            if (cell.chars[0] == 0)
                str_add_char(out, ' ');
            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
                utf8_add(out, cell.chars[i]);
        }
        end_row(out);
    }
}

void emulator_looks(const struct emulator *emulator, struct str *out)
{
    for (int row = 0; row < emulator->rows; row++) {
        for (int col = 0; col < emulator->cols; col++) {
            VTermScreenCell cell = cell_at(emulator, row, col);
            bool has_color =
                !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
            str_add_char(out, cell.attrs.reverse     ? 'r'
                              : has_color            ? 'c'
                              : cell.attrs.underline ? 'u'
                              : cell.attrs.bold      ? 'b'
                                                     : ' ');
        }
        end_row(out);
    }
}

const char *emulator_is_dirty(const struct emulator *emulator)
{
    struct termios now;

    tcgetattr(emulator->slave, &now);
    if (now.c_iflag != emulator->before.c_iflag || now.c_oflag != emulator->before.c_oflag ||
        now.c_lflag != emulator->before.c_lflag || now.c_cflag != emulator->before.c_cflag)
        return "the terminal's modes";
    if (emulator->is_alternate)
        return "the alternate screen";
    if (!emulator->is_cursor_visible)
        return "the cursor";
    if (emulator->is_pasting_on)
        return "bracketed paste";
    return emulator->is_mouse_on ? "the mouse" : NULL;
}

void emulator_end_child(struct emulator *emulator)
{
    if (emulator->child > 0 && !emulator->has_ended) {
        kill(emulator->child, SIGKILL);
        waitpid(emulator->child, NULL, 0);
    }
    emulator->child = 0;
}

void emulator_close(struct emulator *emulator)
{
    emulator_end_child(emulator);
    vterm_free(emulator->vterm);
    close(emulator->slave);
    close(emulator->master);
}
