/* SPDX-License-Identifier: MIT
 * Plain text of Markdown: what a reader sees, without markup. */
#pragma once

#include <cmark.h>
#include <stdbool.h>

#include "base/str.h"

struct plain {         /* collects the inline nodes of one block */
    struct str text;   /* a newline for each line break of the source */
    struct str images; /* alternative texts: used where there is no other text */
    size_t bold;       /* bytes at the start that are bold or italic */
    bool is_link_only;
    int bold_depth; /* how many such marks are open since the start */
    int image_depth;
    bool has_images;
    size_t link_start;  /* where the link at hand starts in the text */
    bool is_inner_link; /* it leads to a heading of this document */
    size_t link_bytes;  /* how much of the text stands in such links */
};

void plain_init(struct plain *plain);
void plain_clear(struct plain *plain);

/* One block: start, every node in order, end; then `text` holds it. The alternative texts of images
 * are part of it with `has_images`, else only where there is no other text. */
void plain_start(struct plain *plain, bool has_images);
void plain_add_node(struct plain *plain, cmark_node *node, cmark_event_type event);
void plain_end(struct plain *plain);

/* Appends the plain text of a piece of Markdown: blocks apart by newlines, code included, HTML tags
 * removed. */
void plain_add_markdown(struct str *str, const char *markdown, size_t len);

/* Collapses white space to single blanks, in place. */
void plain_collapse(struct str *str);
