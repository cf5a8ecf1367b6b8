/* SPDX-License-Identifier: MIT
 * A deck: one Markdown document of questions. Read here, kept in the bank. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"

#define DECK_LIMIT_BYTES (16u << 20) /* of one document; named in drydock-deck(5) */

struct deck_option {  /* of a multiple-choice question */
    const char *text; /* plain, one line */
    bool is_correct;
};

struct key_point {         /* one thing that a good answer says */
    const char *id;        /* unique within the question; its number where the deck gives none */
    const char *text;      /* plain, one line */
    const char **patterns; /* PCRE2; any one that matches recognises it */
    size_t pattern_count;
    bool is_must;
};

struct follow_up {
    const char *text;   /* the question: plain, one line */
    const char *answer; /* Markdown; "" where there is none */
    const char *after;  /* id of the key point that leads to it, or NULL */
    int depth;          /* 1 to 4, 0 where it is bound to a key point or unbound */
};

struct deck_link { /* to a lab or a source */
    const char *title;
    const char *target;
};

struct question {
    int ordinal; /* from 1, in the order of the document */
    const char
        *id; /* "Q3": the document's own label where it has unique ones, else Q and the ordinal */
    const char *mark;     /* the permanent id of an `id:` comment, or NULL */
    const char **same_as; /* fingerprints of the same question elsewhere */
    size_t same_as_count;
    size_t section;     /* index into the deck's sections */
    const char *title;  /* plain text, one line, without its number or label */
    const char *prompt; /* Markdown that belongs to the question beside its title (code, a list); ""
                           if none */
    const char *answer; /* Markdown, dedented; of a quiz the right choices, then what explains it */
    const char *answer_text; /* plain text of the answer: for search and JSON */
    const char *level;       /* "junior", "mid", "senior", "staff" or NULL */
    const char *tags;        /* "storage, volumes" or "" */
    int line, end_line;      /* in the document, from 1 */
    struct deck_option *options;
    size_t option_count;
    struct key_point *key_points;
    size_t key_point_count;
    struct follow_up *follow_ups;
    size_t follow_up_count;
    struct deck_link *labs;
    size_t lab_count;
    struct deck_link *sources;
    size_t source_count;
};

struct deck_section {
    const char *title; /* plain text; "" for questions above the first heading */
    int line;
    size_t question_count;
};

struct deck_warning { /* something not understood or doubtful */
    int line;
    const char *message; /* translated */
};

struct deck {
    const char *id;  /* of the front matter, else made of the file's name: "docker-sre-questions" */
    bool has_own_id; /* the id is of the front matter */
    const char *title;
    const char *path; /* as given */
    const char
        *format; /* the name of the recogniser that found most questions; "none" without any */
    struct question *questions;
    size_t question_count, question_cap;
    struct deck_section *sections; /* those that directly hold questions */
    size_t section_count, section_cap;
    struct deck_warning *warnings;
    size_t warning_count, warning_cap;
    struct arena arena; /* owns every string above */
};

/* Reads a document from memory; `path` is only used for names. Any bytes make a deck, perhaps one
 * without questions; NULL only where a limit is exceeded. Free with deck_free(). */
struct deck *deck_parse(const char *text, size_t len, const char *path,
                        struct error *err) MUST_CHECK;

/* Reads a file. */
struct deck *deck_load(const char *path, struct error *err) MUST_CHECK;

void deck_free(struct deck *deck);

DEFINE_CLEANUP(deck, struct deck, deck_free)
#define auto_deck __attribute__((cleanup(cleanup_deck)))
