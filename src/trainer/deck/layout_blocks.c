/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/deck/layout_build.h"

#define CODE_INDENT_COLS 2
#define TAB_COLS         8

void block_add_run(struct builder *builder)
{
    struct wrapped *wrapped = &builder->wrapped;
    int room = line_room(builder);
    size_t piece = 0;

    wrapped->line_count = 0;
    wrap_range(&builder->run, run_range_all(&builder->run), room - builder->extra_cols, room,
               wrapped);
    for (size_t i = 0; i < wrapped->line_count; i++) {
        line_begin(builder, wrapped->lines[i].join);
        line_add_range(builder, &builder->run, wrapped->lines[i].start, wrapped->lines[i].end,
                       &piece);
        line_end(builder);
    }
    run_reset(&builder->run);
}

/* Takes lines of blanks off both ends. */
static void trim_lines(const char **text, size_t *len)
{
    size_t start = 0, end = *len;

    while (end > 0 && strchr(" \t\n", (*text)[end - 1]))
        end--;
    for (size_t at = 0; at < end && strchr(" \t\n", (*text)[at]); at++)
        if ((*text)[at] == '\n')
            start = at + 1;
    *text += start;
    *len = end - start;
}

/* The code as it is shown: tabs expanded, control characters visible, lines ended by newlines. */
static void add_visible_code(struct str *visible, const char *text, size_t len)
{
    int cols = 0;

    for (size_t at = 0; at < len;) {
        size_t start = at, visible_start = visible->len;
        while (at < len && text[at] != '\n' && text[at] != '\t')
            at++;
        utf8_add_visible(visible, text + start, at - start, false);
        cols += width_of(visible->text + visible_start, visible->len - visible_start);
        if (at < len && text[at] == '\t') {
            do
                str_add_char(visible, ' ');
            while (++cols % TAB_COLS != 0);
        } else if (at < len) {
            str_add_char(visible, '\n');
            cols = 0;
        }
        at += at < len;
    }
    str_add_char(visible, '\n');
}

static void note_code(struct builder *builder, const char *language, const char *text, size_t len)
{
    struct layout *layout = builder->layout;
    struct arena *arena = &layout->storage->arena;
    struct layout_code *code = array_add(layout->codes, layout->code_count, layout->code_cap);

    code->language = arena_strndup(arena, language, strcspn(language, " \t{,"));
    code->text = arena_strndup(arena, text, len);
    builder->code_block = (int)layout->code_count;
}

static void add_code_line(struct builder *builder, const struct str *code, size_t start, size_t end,
                          const struct highlight_tokens *tokens, size_t *token)
{
    line_begin(builder, LAYOUT_JOIN_NONE);
    if (end > start)
        line_add_repeated(builder, " ", CODE_INDENT_COLS, 0);
    line_mark_body(builder);
    while (start < end) {
        while (*token < tokens->len &&
               tokens->items[*token].start + tokens->items[*token].len <= start)
            ++*token;
        const struct highlight_token *next = *token < tokens->len ? &tokens->items[*token] : NULL;
        bool is_inside = next && next->start <= start;
        size_t until = !next ? end : is_inside ? next->start + next->len : next->start;
        until = until < end ? until : end;
        line_add(builder, code->text + start, until - start,
                 SPAN_CODE | (is_inside ? next->style : 0), 0);
        start = until;
    }
    line_end(builder);
}

void block_add_code(struct builder *builder, const char *language, const char *text, size_t len)
{
    autostr struct str visible = STR_INIT;
    struct highlight_tokens tokens = {0};
    size_t token = 0;

    trim_lines(&text, &len);
    if (len == 0)
        return;
    add_visible_code(&visible, text, len);
    note_code(builder, language, text, len);
    const char *name = builder->layout->codes[builder->layout->code_count - 1].language;
    highlight(&builder->highlighters, name, visible.text, visible.len, &tokens);
    for (size_t start = 0; start < visible.len;) {
        const char *newline = memchr(visible.text + start, '\n', visible.len - start);
        size_t end = (size_t)(newline - visible.text);
        add_code_line(builder, &visible, start, end, &tokens, &token);
        start = end + 1;
    }
    builder->code_block = 0;
    free(tokens.items);
}

void block_add_rule(struct builder *builder)
{
    line_begin(builder, LAYOUT_JOIN_NONE);
    line_add_repeated(builder, layout_signs(builder)->rule, line_room(builder), SPAN_DIM);
    line_end(builder);
}
