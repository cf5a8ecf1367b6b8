/* SPDX-License-Identifier: MIT
 * The terminal: taken over, waited on, given back after every end, crash and signal included. */
#pragma once

#include <stdbool.h>

#include <stdbool.h>

#include "base/error.h"

struct terminal_options {
    bool has_color, has_mouse;
};

int terminal_start(const struct terminal_options *options, struct error *err) MUST_CHECK;
void terminal_stop(void);

/* Hands the terminal to another program, or to the shell, and takes it back. */
void terminal_release(void);
void terminal_retake(void);

/* Stops the process as Ctrl-Z asks for; returns when it goes on. */
void terminal_suspend(void);

enum terminal_event {
    TERMINAL_TIMEOUT,
    TERMINAL_INPUT,
    TERMINAL_RESIZED, /* curses knows the new size */
    TERMINAL_SUSPEND,
    TERMINAL_END, /* terminal_ending_signal() says why */
};

/* Waits for the next event, at most `timeout_ms` (-1: for ever). */
enum terminal_event terminal_wait(int timeout_ms);

/* The signal that ends the program, 0 for none. */
int terminal_ending_signal(void);

/* In a child process before exec: signals as a program expects them. */
void terminal_reset_signals(void);

/* While another program has the terminal, its Ctrl-C and Ctrl-\ are not meant for this one. */
void terminal_ignore_keys(bool is_ignoring);
