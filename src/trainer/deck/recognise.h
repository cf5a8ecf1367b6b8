/* SPDX-License-Identifier: MIT
 * Recognisers: each finds the questions of one shape. A new shape is a file and a row of the table.
 */
#pragma once

#include "trainer/deck/document.h"

#define LEVEL_NONE 7 /* of entries that are no headings */

struct entry {         /* a question as it stands in the document */
    const char *title; /* plain, one line, no label */
    int line;
    int number;                            /* of its label, or -1 */
    int level;                             /* of its heading, or LEVEL_NONE */
    int indent;                            /* columns that its container takes from each line */
    bool is_cell;                          /* a table's: its Markdown is written for a cell */
    bool is_quoted;                        /* each line starts with > */
    struct range whole;                    /* all that belongs to it */
    struct range prompt, answer, more;     /* `more` follows the answer */
    const char *prompt_note, *answer_note; /* Markdown that goes in front, or NULL */
    const char *more_note;                 /* Markdown that goes behind the answer, or NULL */
    struct deck_option *options;
    size_t option_count;
};

struct finding { /* the entries of one shape in one document */
    const char *name;
    int strength; /* how sure an entry is; times their number decides between overlapping findings
                   */
    struct entry *entries;
    size_t count, cap;
};

struct findings {
    struct finding *items;
    size_t count, cap;
    bool is_lenient; /* the document is known to hold questions: fewer of a shape are enough */
};

struct recogniser {
    const char *name; /* the format that `import` shows */
    void (*collect)(struct document *doc, struct findings *findings);
};

/* Runs every recogniser, settles overlaps and returns the entries in order; yours to free. `format`
 * becomes the name of the shape with most of them. */
struct entry *recognise(struct document *doc, size_t *count, const char **format);

/* One for each shape. */
void recognise_heading(struct document *doc, struct findings *findings);
void recognise_details(struct document *doc, struct findings *findings);
void recognise_pair(struct document *doc, struct findings *findings);
void recognise_list(struct document *doc, struct findings *findings);
void recognise_paragraph(struct document *doc, struct findings *findings);
void recognise_flashcard(struct document *doc, struct findings *findings);
void recognise_callout(struct document *doc, struct findings *findings);
void recognise_table(struct document *doc, struct findings *findings);

struct finding *findings_add(struct findings *findings, const char *name, int strength);
