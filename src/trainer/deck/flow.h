/* SPDX-License-Identifier: MIT
 * Questions whose answer is what follows: from heads to entries. */
#pragma once

#include "trainer/deck/label.h"
#include "trainer/deck/recognise.h"

struct head {     /* where a question starts */
    size_t start; /* byte where its line or item starts */
    size_t body;  /* byte where what follows its title starts */
    size_t limit; /* the body ends here at the latest; 0 for no such limit */
    int line;
    int level; /* of a heading, or LEVEL_NONE */
    int indent;
    const char *text; /* plain, with its label */
    size_t text_len;
    struct label label;
    bool asks;
    bool is_quoted;    /* each line starts with > */
    struct range rest; /* the body, once flow_find_ends() ran */
};

struct heads {
    struct head *items;
    size_t count, cap;
};

struct flow { /* what the bodies have in common */
    size_t count;
    size_t asks;            /* heads that ask */
    size_t bodies;          /* with a body */
    size_t answers;         /* bodies with an answer label */
    size_t reveals;         /* bodies with an answer in <details> */
    size_t options;         /* bodies with choices */
    bool has_answer_labels; /* many bodies say where the answer starts */
    bool has_question_words;
};

/* Finds where each body ends: at the next head, or at a heading or rule that ends a section. */
void flow_find_ends(struct document *doc, struct heads *heads);

/* Looks at all bodies: what do they have in common? */
void flow_survey(struct document *doc, const struct heads *heads, struct flow *flow);

/* Makes entries of the heads. */
void flow_add_entries(struct document *doc, const struct heads *heads, const struct flow *flow,
                      struct finding *finding);

/* Splits entry->answer, the whole body, into prompt, options and answer. */
void body_split(struct document *doc, const struct flow *flow, struct entry *entry);

/* Takes blank lines, rules, empty headings, links back and closing tags off the ends. */
void body_trim(const struct document *doc, struct range *range);

/* Counts into `flow` what this body holds. */
void body_survey(struct document *doc, struct range body, struct flow *flow);

struct answer_label {
    size_t start, end; /* bytes, the markup around it included */
    int column;        /* bytes that the container of its line takes */
    bool is_bold_open; /* the bold text goes on behind it */
};

/* Finds the first answer label of a body; false where it has none. */
bool body_find_answer(struct document *doc, struct range body, struct answer_label *answer);

/* Where the body of a paragraph or heading starts whose text asks in its first `question_len`
 * bytes. */
size_t flow_body_start(const struct document *doc, const struct block *block, size_t question_len);

/* A title without its label, in the deck's arena. */
const char *flow_title(struct document *doc, const struct head *head, bool is_labelled);
