/* SPDX-License-Identifier: MIT
 * HTML tags inside Markdown. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct html_tag {
    const char *name;
    size_t name_len;
    bool is_end; /* </name> */
    size_t len;  /* from < to > */
};

/* Reads the tag that starts at `s`; false where none does. */
bool html_read_tag(const char *s, size_t len, struct html_tag *tag);

/* Compares without case. */
bool html_is_named(const struct html_tag *tag, const char *name);

/* Bytes of the tag or comment at `s`; 0 where there is none. */
size_t html_skip_markup(const char *s, size_t len);

/* Appends what the entity at `s` (an ampersand) means, or the ampersand; returns the bytes it took.
 */
size_t html_add_entity(struct str *str, const char *s, size_t len);
