/* SPDX-License-Identifier: MIT
 * Our own deck form, drydock-deck(5): levels, key points, follow-ups, labs and sources beside the
 * text. */
#pragma once

#include "trainer/deck/recognise.h"

/* Reads a document whose front matter names a deck. Entries and, for each of them, what the form
 * says of it; both arrays are yours to free. */
struct entry *form_read(struct document *doc, struct question **read, size_t *count);

/* The parts below an answer (form_parts.c): a list each. `list` is the index of its block. */
void form_read_key_points(struct document *doc, size_t list, struct question *question);
void form_read_follow_ups(struct document *doc, size_t list, struct question *question);
void form_read_labs(struct document *doc, size_t list, struct question *question);
void form_read_sources(struct document *doc, size_t list, struct question *question);

/* Once all parts are read: what leads to nothing becomes a warning. */
void form_check_follow_ups(struct document *doc, struct question *question, int line);

/* Calls `take` for each `key: value` line of the comments in these lines; what it refuses becomes a
 * warning. */
typedef bool (*form_take)(struct document *doc, const char *key, const char *value, int line,
                          void *data);
void form_read_comments(struct document *doc, int first_line, int end_line, form_take take,
                        void *data);
