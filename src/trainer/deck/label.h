/* SPDX-License-Identifier: MIT
 * What stands in front of questions and answers ("Q3:", "12.", "Antwort:", "问题1："), and whether
 * a text asks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum label_kind {
    LABEL_NONE,
    LABEL_NUMBER,      /* "3." */
    LABEL_WORD,        /* "Answer:" */
    LABEL_WORD_NUMBER, /* "Q3:" */
};

#define LABEL_WORD_BYTES 40

struct label {
    enum label_kind kind;
    char word[LABEL_WORD_BYTES]; /* in lower case */
    int number;                  /* or -1 */
    bool has_separator;          /* something like a colon or full stop follows */
    size_t len;                  /* bytes of the text that it takes, blanks behind it included */
};

/* Reads the label in front of plain text; LABEL_NONE where there is none. */
struct label label_read(const char *text);

/* Bytes of the markup, label and markup in front of a line of Markdown ("**A:** "); 0 where it has
 * no such label. */
size_t label_source_bytes(const char *line, size_t len, const struct label *label,
                          bool *is_bold_open);

/* Words of many languages for question and answer, single letters included. */
bool label_is_question_word(const char *word);
bool label_is_answer_word(const char *word);

/* Whether a sentence of the text ends in a question mark, of any script. */
bool label_asks(const char *text, size_t len);
/* Bytes of a question that its answer follows on the same line, "What is …? - A …", the mark
 * included; 0 where none does. `behind` becomes the offset of the answer. */
size_t label_inline_question(const char *text, size_t len, size_t *behind);

/* Whether the text ends in one; brackets, quotes and symbols may follow. */
bool label_ends_asking(const char *text, size_t len);

/* Whether a text is nothing but a word for answer, perhaps with a number: "Answer 3". */
bool label_is_answer_only(const char *text, size_t len);

bool label_has_letters(const char *text);
