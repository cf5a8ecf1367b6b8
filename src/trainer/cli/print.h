/* SPDX-License-Identifier: MIT
 * Pieces of output that several commands share. */
#pragma once

#include "base/str.h"
#include "trainer/bank/bank.h"
#include "trainer/bank/json.h"
#include "trainer/cli/command.h"

/* "new", "learning", "review", "relearning": for JSON, not translated. */
const char *print_state_name(enum card_state state);

/* "again" to "easy": for JSON and the command line; 0 where `name` is no rating. */
const char *print_rating_name(enum rating rating);
enum rating print_rating_of(const char *name);

/* The arguments with blanks between; yours to free. */
char *print_joined_arguments(const struct invocation *invocation);

/* Appends Markdown laid out for `cols` columns as plain lines, each after `indent`. */
void print_add_markdown(struct str *out, const char *markdown, int cols, const char *indent);

/* The "options" array of a question's JSON. */
void print_options_json(struct json *json, const struct question *question);
