/* SPDX-License-Identifier: MIT
 * All lines of a document that start with a word as label ("Q3: …", "**Answer:** …"), found once
 * for all recognisers. */
#pragma once

#include "trainer/deck/document.h"
#include "trainer/deck/label.h"

struct label_line {
    struct label label;
    uint32_t block;
    int line;
    size_t start;      /* byte of its text in the source, behind list markers */
    size_t line_start; /* byte of its line */
    const char *text;  /* plain, of the line and those that follow in its block */
    size_t text_len;   /* of the line */
};

struct label_lines {
    struct label_line *items; /* in order */
    size_t count, cap;
};

/* Owned by the document. */
const struct label_lines *label_lines_of(struct document *doc);
void label_lines_clear(struct document *doc);

/* Index of the first one whose text starts at byte `at` or later. */
size_t label_lines_at(const struct label_lines *lines, size_t at);
