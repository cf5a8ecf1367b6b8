/* SPDX-License-Identifier: MIT
 * A terminal to run a program in: a pseudo-terminal and libvterm. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

#include "base/str.h"

struct emulator {
    int master, slave; /* the slave stays open, so that its modes can be read after the end */
    pid_t child;       /* 0: none */
    int status;        /* as of waitpid(), once it has ended or stopped */
    bool has_ended, is_stopped;
    int rows, cols;
    VTerm *vterm;
    VTermScreen *screen;
    VTermPos cursor;
    bool is_cursor_visible, is_alternate, is_pasting_on, is_mouse_on;
    struct termios before;
};

void emulator_open(struct emulator *emulator, int rows, int cols);
void emulator_close(struct emulator *emulator);
void emulator_end_child(struct emulator *emulator);

/* Starts a program in it, as a shell would in the foreground; the rest of argv are its arguments.
 */
void emulator_start(struct emulator *emulator, char **argv);
void emulator_type(struct emulator *emulator, const char *bytes, size_t len);
void emulator_resize(struct emulator *emulator, int rows, int cols);
void emulator_signal(struct emulator *emulator, int number);

/* Reads until the program has taken all its input, waits for more, and has gone silent. */
void emulator_settle(struct emulator *emulator);

/* Waits until the child has ended or stopped; false where it does neither in time. */
bool emulator_wait(struct emulator *emulator);

/* The screen as lines without blanks at their ends. */
void emulator_text(const struct emulator *emulator, struct str *out);

/* A letter for each cell: b bold, r reverse, u underline, c coloured, a blank for plain. */
void emulator_looks(const struct emulator *emulator, struct str *out);

/* NULL, or what is not as before the start. */
const char *emulator_is_dirty(const struct emulator *emulator);
