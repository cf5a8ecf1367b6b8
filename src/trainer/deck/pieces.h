/* SPDX-License-Identifier: MIT
 * Cuts a document into pieces that can be parsed one after the other: cmark's trees take twenty
 * times the text. */
#pragma once

#include "trainer/deck/document.h"

#define PIECE_BYTES 65536 /* at least, where there is a place to cut */
#define PIECE_LIMIT_BYTES                                                                          \
    (1u << 20) /* from here on any blank line outside of code is a place: lists fall apart */

struct piece_cutter {
    const struct document *doc;
    size_t least_bytes; /* of a piece */
    int line;           /* the next one to look at */
    bool is_certain;
    enum { PIECE_OPEN_NONE, PIECE_OPEN_FENCE, PIECE_OPEN_HTML } open;
    bool is_inside_container; /* what is open may end with a list item or quote */
    bool is_quoted;
    bool is_html_paragraph; /* the lines since the last blank one are HTML up to the next */
    char fence;
    size_t fence_len;
    const char *html_end;
};

void pieces_start(struct piece_cutter *cutter, const struct document *doc, size_t least_bytes);

/* The line behind the next piece, or 0 at the end of the document. */
int pieces_next(struct piece_cutter *cutter);
