/* SPDX-License-Identifier: MIT
 * Colours for code, by a table of patterns for each language. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct highlight_token { /* in the order of the text, without overlap; between them is plain code */
    uint32_t start, len;
    uint16_t style; /* one of the five span styles for code, or SPAN_DIM for a prompt */
};

struct highlight_tokens {
    struct highlight_token *items;
    size_t len, cap;
};

struct highlight_rule {
    uint16_t style;      /* 0: looks like what follows in the table, but is plain */
    const char *pattern; /* without capturing groups */
};

struct highlight_language {
    const char *names; /* as after the fence, between blanks: " sh bash " */
    const struct highlight_rule *rules;
    size_t rule_count;
    bool has_prompts; /* what follows a token on its line is shell */
};

#define HIGHLIGHT_SHELL     0 /* the first */
#define HIGHLIGHT_LANGUAGES 7
extern const struct highlight_language highlight_languages[HIGHLIGHT_LANGUAGES];

/* Patterns that are compiled when first needed. Zeroed means empty. */
struct highlighters {
    struct highlighter *of_language[HIGHLIGHT_LANGUAGES];
};
void highlighters_clear(struct highlighters *highlighters);

/* Appends the tokens of a code block; none for a language that is not known. */
void highlight(struct highlighters *highlighters, const char *language, const char *text,
               size_t len, struct highlight_tokens *tokens);
