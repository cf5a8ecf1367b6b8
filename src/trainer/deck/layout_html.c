/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/i18n.h"
#include "trainer/deck/layout_build.h"

/* What a tag means here; one that is not in the table is dropped and its text kept. */
enum tag_effect {
    TAG_NONE,
    TAG_BOLD,
    TAG_ITALIC,
    TAG_CODE,
    TAG_LINK,
    TAG_IMAGE,
    TAG_BREAK,
    TAG_RULE,
    TAG_LINE,    /* begins a line */
    TAG_BLOCK,   /* begins a line after a blank one */
    TAG_SUMMARY, /* a block, bold */
    TAG_ITEM,
    TAG_CELL,
    TAG_PRE,    /* the text up to its end is code */
    TAG_HIDDEN, /* the text up to its end is not shown */
};

static const struct {
    const char *name;
    enum tag_effect effect;
} tag_effects[] = {
    {"b", TAG_BOLD},        {"strong", TAG_BOLD},     {"i", TAG_ITALIC},
    {"em", TAG_ITALIC},     {"cite", TAG_ITALIC},     {"var", TAG_ITALIC},
    {"code", TAG_CODE},     {"kbd", TAG_CODE},        {"samp", TAG_CODE},
    {"tt", TAG_CODE},       {"a", TAG_LINK},          {"img", TAG_IMAGE},
    {"br", TAG_BREAK},      {"hr", TAG_RULE},         {"div", TAG_LINE},
    {"tr", TAG_LINE},       {"dt", TAG_LINE},         {"dd", TAG_LINE},
    {"p", TAG_BLOCK},       {"details", TAG_BLOCK},   {"ul", TAG_LINE},
    {"ol", TAG_LINE},       {"dl", TAG_LINE},         {"table", TAG_BLOCK},
    {"section", TAG_BLOCK}, {"center", TAG_LINE},     {"blockquote", TAG_BLOCK},
    {"h1", TAG_SUMMARY},    {"h2", TAG_SUMMARY},      {"h3", TAG_SUMMARY},
    {"h4", TAG_SUMMARY},    {"h5", TAG_SUMMARY},      {"h6", TAG_SUMMARY},
    {"caption", TAG_LINE},  {"summary", TAG_SUMMARY}, {"li", TAG_ITEM},
    {"td", TAG_CELL},       {"th", TAG_CELL},         {"pre", TAG_PRE},
    {"script", TAG_HIDDEN}, {"style", TAG_HIDDEN},    {"title", TAG_HIDDEN},
};

struct tag {
    const char *name, *attributes;
    size_t name_len, attributes_len;
    bool is_closing;
    enum tag_effect effect;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t name_length(const char *name)
{
    size_t len = 0;

    while (is_letter(name[len]) || (name[len] >= '0' && name[len] <= '9') || name[len] == '-')
        len++;
    return len;
}

static enum tag_effect effect_of(const char *name, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(tag_effects); i++)
        if (strlen(tag_effects[i].name) == len && strncasecmp(tag_effects[i].name, name, len) == 0)
            return tag_effects[i].effect;
    return TAG_NONE;
}

/* Reads what begins with '<': a tag, comment or declaration. Returns its bytes, 0 where it is text;
 * nothing ends behind `last`, the last '>'. */
static size_t read_tag(const char *html, const char *last, struct tag *tag)
{
    const char *end = NULL;

    *tag = (struct tag){.name = html + 1 + (html[1] == '/')};
    if (str_starts(html, "<!--"))
        end = strstr(html + 4, "-->");
    else if (html < last && (html[1] == '!' || html[1] == '?' || is_letter(*tag->name)))
        end = strchr(html, '>');
    else
        return 0;
    if (!end)
        return strlen(html);
    tag->is_closing = html[1] == '/';
    tag->name_len = is_letter(*tag->name) ? name_length(tag->name) : 0;
    tag->attributes = tag->name + tag->name_len;
    tag->attributes_len = (size_t)(end - tag->attributes);
    tag->effect = effect_of(tag->name, tag->name_len);
    return (size_t)(end - html) + (str_starts(html, "<!--") ? 3 : 1);
}

/* Decodes entities with cmark, which knows all of them. */
static void add_entity(struct run *run, const char *entity, size_t len)
{
    cmark_node *document = cmark_parse_document(entity, len, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(document);
    cmark_node *text = paragraph ? cmark_node_first_child(paragraph) : NULL;
    const char *decoded = text ? cmark_node_get_literal(text) : NULL;

    run_add(run, decoded ? decoded : entity, decoded ? strlen(decoded) : len);
    cmark_node_free(document);
}

#define ENTITY_BYTES_MOST 40

static size_t entity_length(const char *text, size_t len)
{
    size_t at = 1;

    while (at < len && at < ENTITY_BYTES_MOST &&
           (is_letter(text[at]) || (text[at] >= '0' && text[at] <= '9') || text[at] == '#'))
        at++;
    return at > 1 && at < len && text[at] == ';' ? at + 1 : 0;
}

static void add_html_text(struct run *run, const char *text, size_t len)
{
    while (len > 0) {
        size_t entity = *text == '&' ? entity_length(text, len) : 0, plain = 1;
        if (entity) {
            add_entity(run, text, entity);
        } else {
            while (plain < len && text[plain] != '&')
                plain++;
            run_add(run, text, plain);
        }
        text += entity ? entity : plain;
        len -= entity ? entity : plain;
    }
}

/* Appends the value of an attribute; nothing where the tag has none. */
static void add_attribute(struct str *value, const struct tag *tag, const char *name)
{
    const char *end = tag->attributes + tag->attributes_len;
    size_t len = strlen(name);

    for (const char *at = tag->attributes; at + len + 1 < end; at++) {
        if ((at[0] != ' ' && at[0] != '\n' && at[0] != '\t') || at[len + 1] != '=' ||
            strncasecmp(at + 1, name, len) != 0)
            continue;
        const char *start = at + len + 2, *stop = start;
        char quote = start < end && (*start == '"' || *start == '\'') ? *start : '\0';
        start += quote != '\0';
        for (stop = start; stop < end && (quote ? *stop != quote : !strchr(" \t\n", *stop));)
            stop++;
        str_add_bytes(value, start, (size_t)(stop - start));
        return;
    }
}

static void open_link(struct builder *builder, struct run *run, struct inline_state *state,
                      const struct tag *tag)
{
    autostr struct str target = STR_INIT;

    add_attribute(&target, tag, "href");
    inline_link_open(builder, run, state, target.text);
}

static void add_image(struct builder *builder, struct run *run, struct inline_state *state,
                      const struct tag *tag)
{
    autostr struct str source = STR_INIT, alternative = STR_INIT;

    add_attribute(&source, tag, "src");
    add_attribute(&alternative, tag, "alt");
    if (alternative.len == 0)
        str_add(&alternative, _("image"));
    inline_link_open(builder, run, state, source.text);
    run_set_style(run, inline_style(state), state->link);
    add_html_text(run, alternative.text, alternative.len);
    inline_link_close(run, state);
}

static void change_depth(int *depth, bool is_closing)
{
    if (!is_closing)
        ++*depth;
    else if (*depth > 0)
        --*depth;
}

/* Tags that mean the same among inlines and in a block. */
static void apply_inline_tag(struct builder *builder, struct run *run, struct inline_state *state,
                             const struct tag *tag)
{
    if (tag->effect == TAG_BOLD || tag->effect == TAG_SUMMARY)
        change_depth(&state->bold, tag->is_closing);
    else if (tag->effect == TAG_ITALIC)
        change_depth(&state->italic, tag->is_closing);
    else if (tag->effect == TAG_CODE)
        change_depth(&state->code, tag->is_closing);
    else if (tag->effect == TAG_LINK && tag->is_closing)
        inline_link_close(run, state);
    else if (tag->effect == TAG_LINK)
        open_link(builder, run, state, tag);
    else if (tag->effect == TAG_IMAGE)
        add_image(builder, run, state, tag);
    else if (tag->effect == TAG_BREAK)
        run_add_break(run);
}

void html_add_inline(struct builder *builder, struct run *run, struct inline_state *state,
                     const char *html)
{
    struct tag tag;

    read_tag(html, html + strlen(html), &tag);
    apply_inline_tag(builder, run, state, &tag);
}

/* ---- Blocks ---- */

struct block {
    struct builder *builder;
    struct inline_state state;
    bool is_item;
    bool has_line; /* something of the block was shown */
};

static void flush(struct block *block)
{
    struct builder *builder = block->builder;
    struct run_range range = run_range_all(&builder->run);

    if (range.start < range.end) {
        if (block->is_item)
            container_push_item(builder, layout_signs(builder)->bullets[0], 2);
        block_add_run(builder);
        if (block->is_item)
            container_pop(builder);
        block->is_item = false;
        block->has_line = true;
    }
    run_reset(&builder->run);
}

static void begin_line(struct block *block, bool wants_blank)
{
    flush(block);
    if (wants_blank && block->has_line)
        line_want_blank(block->builder);
}

static void add_cell(struct block *block)
{
    struct run *run = &block->builder->run;
    const char *column = layout_signs(block->builder)->column;

    if (run->text.len == 0)
        return;
    run_set_style(run, SPAN_DIM, 0);
    run_add(run, column, strlen(column));
}

static void apply_block_tag(struct block *block, const struct tag *tag)
{
    bool is_block = tag->effect == TAG_BLOCK || tag->effect == TAG_SUMMARY;

    if (is_block || tag->effect == TAG_LINE || tag->effect == TAG_ITEM)
        begin_line(block, is_block);
    if (tag->effect == TAG_ITEM)
        block->is_item = !tag->is_closing;
    else if (tag->effect == TAG_CELL && !tag->is_closing)
        add_cell(block);
    else if (tag->effect == TAG_RULE) {
        begin_line(block, true);
        block_add_rule(block->builder);
    } else
        apply_inline_tag(block->builder, &block->builder->run, &block->state, tag);
}

/* Where the closing tag of `tag` begins, or the end of the text. */
static const char *find_end_tag(const char *html, const struct tag *tag)
{
    for (const char *at = html; (at = strchr(at, '<')) != NULL; at++)
        if (at[1] == '/' && strncasecmp(at + 2, tag->name, tag->name_len) == 0 &&
            name_length(at + 2) == tag->name_len)
            return at;
    return html + strlen(html);
}

static void add_preformatted(struct block *block, const char *html, size_t len)
{
    struct run text;
    autofree char *code = NULL;
    const char *end = html + len;

    html += *html == '\n' && len > 0;
    run_init(&text);
    while (html < end) {
        struct tag tag;
        size_t bytes = *html == '<' ? read_tag(html, end, &tag) : 0;
        size_t entity = *html == '&' ? entity_length(html, (size_t)(end - html)) : 0;
        if (entity)
            add_entity(&text, html, entity);
        else if (!bytes)
            str_add_char(&text.text, *html);
        html += bytes + entity > 0 ? bytes + entity : 1;
    }
    code = str_steal(&text.text);
    run_free(&text);
    begin_line(block, true);
    block_add_code(block->builder, "", code, strlen(code));
    block->has_line = true;
}

void html_add_block(struct builder *builder, const char *html)
{
    struct block block = {builder, {.base = block_style(builder)}, false, false};
    const char *last = strrchr(html, '>');

    while (*html) {
        struct tag tag = {0};
        size_t bytes = *html == '<' && last ? read_tag(html, last, &tag) : 0, text = 1;
        if (bytes && !tag.is_closing && (tag.effect == TAG_PRE || tag.effect == TAG_HIDDEN)) {
            const char *end = find_end_tag(html + bytes, &tag);
            if (tag.effect == TAG_PRE)
                add_preformatted(&block, html + bytes, (size_t)(end - html) - bytes);
            html = end;
        } else if (bytes) {
            apply_block_tag(&block, &tag);
            html += bytes;
        } else {
            text += strcspn(html + 1, "<");
            run_set_style(&builder->run, inline_style(&block.state), block.state.link);
            add_html_text(&builder->run, html, text);
            html += text;
        }
    }
    inline_link_close(&builder->run, &block.state);
    flush(&block);
}
