/* SPDX-License-Identifier: MIT
 * <details><summary>…</summary>…</details>, wherever Markdown lets it stand. */
#pragma once

#include "trainer/deck/document.h"

struct details {
    struct range whole, content;
    struct range summary;   /* what follows its first paragraph */
    const char *title;      /* plain text of the summary's first paragraph */
    size_t summary_line_at; /* where that paragraph starts */
    bool is_reveal;         /* the summary is a label such as "Answer": the same everywhere */
    int depth;              /* how many others hold it */
};

struct details_list {
    struct details *items;
    size_t count, cap;
    size_t *outer; /* indexes of those that no other holds */
    size_t outer_count;
};

/* All of a document, in order. Found once; owned by the document. */
const struct details_list *details_of(struct document *doc);
/* The outermost one that holds byte `at`, or NULL. */
const struct details *details_around(struct document *doc, size_t at);

void details_clear(struct document *doc);
