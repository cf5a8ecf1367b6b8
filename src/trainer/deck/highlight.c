/* SPDX-License-Identifier: MIT */
#include "trainer/deck/highlight.h"

#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/array.h"
#include "base/memory.h"
#include "base/str.h"

#define CODE_LIMIT_BYTES 262144 /* longer code stays plain */
#define MATCH_LIMIT      1000000
#define HEAP_LIMIT_KIB   4096

/* All rules of a language as one pattern: one group for each. */
struct highlighter {
    const struct highlight_language *language;
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

struct task {
    struct highlighters *highlighters;
    const char *text;
    struct highlight_tokens *tokens;
};

static pcre2_code *compile(const struct highlight_language *language)
{
    autostr struct str source = STR_INIT;
    int error;
    size_t error_at;

    for (size_t i = 0; i < language->rule_count; i++)
        str_addf(&source, "%s(%s)", i ? "|" : "", language->rules[i].pattern);
    return pcre2_compile((PCRE2_SPTR)source.text, source.len, PCRE2_UTF | PCRE2_MULTILINE, &error,
                         &error_at, NULL);
}

static struct highlighter *highlighter_new(const struct highlight_language *language)
{
    struct highlighter *highlighter = xcalloc(1, sizeof(*highlighter));

    highlighter->language = language;
    highlighter->code = compile(language);
    highlighter->match = pcre2_match_data_create((uint32_t)language->rule_count + 1, NULL);
    highlighter->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(highlighter->limits, MATCH_LIMIT);
    pcre2_set_heap_limit(highlighter->limits, HEAP_LIMIT_KIB);
    return highlighter;
}

static void highlighter_free(struct highlighter *highlighter)
{
    pcre2_match_context_free(highlighter->limits);
    pcre2_match_data_free(highlighter->match);
    pcre2_code_free(highlighter->code);
    free(highlighter);
}

void highlighters_clear(struct highlighters *highlighters)
{
    for (size_t i = 0; i < HIGHLIGHT_LANGUAGES; i++)
        if (highlighters->of_language[i])
            highlighter_free(highlighters->of_language[i]);
    *highlighters = (struct highlighters){0};
}

static struct highlighter *highlighter_at(struct highlighters *highlighters, size_t index)
{
    struct highlighter **place = &highlighters->of_language[index];

    if (!*place)
        *place = highlighter_new(&highlight_languages[index]);
    return *place;
}

static int find_language(const char *name)
{
    autofree char *word = str_printf(" %s ", name);

    for (size_t i = 0; *name && i < HIGHLIGHT_LANGUAGES; i++)
        if (strcasestr(highlight_languages[i].names, word))
            return (int)i;
    return -1;
}

static size_t line_end(const char *text, size_t at, size_t end)
{
    const char *newline = memchr(text + at, '\n', end - at);

    return newline ? (size_t)(newline - text) : end;
}

/* A command goes on below a line that ends in a backslash. */
static size_t command_end(const char *text, size_t at, size_t end)
{
    size_t stop = line_end(text, at, end);

    while (stop < end && stop > at && text[stop - 1] == '\\')
        stop = line_end(text, stop + 1, end);
    return stop;
}

/* Finds tokens from `at` to `end`; calls itself once, for shell after a prompt. */
static void add_tokens(struct task *task, size_t index, size_t at, size_t end)
{
    struct highlighter *highlighter = highlighter_at(task->highlighters, index);
    const struct highlight_language *language = highlighter->language;
    const size_t *ends = pcre2_get_ovector_pointer(highlighter->match);
    struct highlight_tokens *tokens = task->tokens;

    while (at < end) {
        int result = pcre2_match(highlighter->code, (PCRE2_SPTR)task->text, end, at,
                                 PCRE2_NO_UTF_CHECK | PCRE2_NOTEMPTY, highlighter->match,
                                 highlighter->limits);
        if (result < 2) /* none, or over a limit; else the number of the rule and one */
            return;
        uint16_t style = language->rules[result - 2].style;
        if (style)
            *array_add(tokens->items, tokens->len, tokens->cap) =
                (struct highlight_token){(uint32_t)ends[0], (uint32_t)(ends[1] - ends[0]), style};
        at = ends[1];
        if (language->has_prompts) {
            size_t stop = command_end(task->text, at, end);
            add_tokens(task, HIGHLIGHT_SHELL, at, stop);
            at = stop;
        }
    }
}

void highlight(struct highlighters *highlighters, const char *language, const char *text,
               size_t len, struct highlight_tokens *tokens)
{
    struct task task = {highlighters, text, tokens};
    int index = find_language(language);

    if (index >= 0 && len <= CODE_LIMIT_BYTES)
        add_tokens(&task, (size_t)index, 0, len);
}
