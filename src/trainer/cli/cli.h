/* SPDX-License-Identifier: MIT
 * The command line: parsed, dispatched, and the only code that prints. */
#pragma once

#include <stdbool.h>

#include "base/str.h"
#include "trainer/bank/bank.h"
#include "trainer/cli/command.h"

/* Runs the command line; returns the exit status. */
int cli_run(int argc, char **argv);

/* --- For the commands
 * ------------------------------------------------------------------------------ */

bool cli_has(const struct invocation *invocation, enum option_id option);

/* "drydock: SENTENCE" on stderr; returns `status`. */
enum exit_status cli_fail(enum exit_status status, const struct error *err);

/* Wrong usage: the sentence, and where help is; returns STATUS_WRONG. */
enum exit_status cli_misuse(const struct invocation *invocation, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Prints text from a file or a bank: control characters are made visible. */
void cli_print_line(const char *text);

/* Prints `out` as it is, made of checked parts, and flushes; returns `status`, or STATUS_IMPOSSIBLE
 * with a sentence where stdout cannot be written. */
enum exit_status cli_print_all(const struct str *out, enum exit_status status);

/* The width for text on stdout: the terminal's, at most 100 columns; 80 where it is none. */
int cli_columns(void);

/* Opens the bank in the data folder. */
struct bank *cli_open_bank(struct error *err) MUST_CHECK;

/* The same, with the bundled deck imported on the first start. */
struct bank *cli_open_filled_bank(struct error *err) MUST_CHECK;

/* Fills the filter from --deck, --section, --level and --tag; fails where there is no such deck or
 * section. */
int cli_filter(struct bank *bank, const struct invocation *invocation, struct bank_filter *filter,
               struct error *err) MUST_CHECK;

/* Finds the question of an ID argument, with STATUS_WRONG or STATUS_NO and a sentence where there
 * is none. */
enum exit_status cli_find(struct bank *bank, const char *id, int64_t *number);
