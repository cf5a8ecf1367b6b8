/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/deck/layout_build.h"

uint16_t inline_style(const struct inline_state *state)
{
    return (uint16_t)(state->base | (state->bold > 0 ? SPAN_BOLD : 0) |
                      (state->italic > 0 ? SPAN_ITALIC : 0) | (state->code > 0 ? SPAN_CODE : 0) |
                      (state->link ? SPAN_LINK : 0));
}

/* Numbers count the links in the order of the text. A target within the document is no link. */
static uint16_t note_link(struct builder *builder, const char *target)
{
    struct layout *layout = builder->layout;
    autostr struct str visible = STR_INIT;

    if (target[0] == '#' || target[0] == '\0' || layout->link_count >= UINT16_MAX)
        return 0;
    utf8_add_visible(&visible, target, strlen(target), false);
    array_grow(layout->links, layout->link_count, layout->link_cap, 1);
    layout->links[layout->link_count++] = arena_strdup(&layout->storage->arena, visible.text);
    return (uint16_t)layout->link_count;
}

/* Only the outermost of nested links counts. */
void inline_link_open(struct builder *builder, struct run *run, struct inline_state *state,
                      const char *target)
{
    if (state->link_depth++ > 0)
        return;
    state->link = note_link(builder, target);
    state->link_start = run->text.len;
    state->link_target = state->link ? builder->layout->links[state->link - 1] : "";
}

/* A link that does not show its target is followed by its number. */
void inline_link_close(struct run *run, struct inline_state *state)
{
    char number[16];

    if (state->link_depth == 0 || --state->link_depth > 0 || !state->link)
        return;
    const char *text = run->text.text + state->link_start;
    if (!str_eq(text, state->link_target) &&
        !(str_starts(state->link_target, "mailto:") && str_eq(text, state->link_target + 7))) {
        snprintf(number, sizeof(number), "[%d]", state->link);
        run_set_style(run, state->base | SPAN_LINK | SPAN_DIM, state->link);
        run_add_verbatim(run, number, strlen(number));
    }
    state->link = 0;
}

static void add_text(struct builder *builder, struct run *run, const char *text)
{
    size_t len = strlen(text), skip = builder->skip < len ? builder->skip : len;

    builder->skip = 0;
    run_add(run, text + skip, len - skip);
}

static void add_leaf(struct builder *builder, struct run *run, struct inline_state *state,
                     cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    const char *literal = cmark_node_get_literal(node);

    run_set_style(run, inline_style(state) | (type == CMARK_NODE_CODE ? SPAN_CODE : 0),
                  state->link);
    if (type == CMARK_NODE_TEXT)
        add_text(builder, run, literal);
    else if (type == CMARK_NODE_CODE)
        run_add_verbatim(run, literal, strlen(literal));
    else if (type == CMARK_NODE_SOFTBREAK)
        run_add_soft_break(run);
    else if (type == CMARK_NODE_LINEBREAK)
        run_add_break(run);
    else if (type == CMARK_NODE_HTML_INLINE)
        html_add_inline(builder, run, state, literal);
}

static void close_link(struct run *run, struct inline_state *state, bool is_image)
{
    if (is_image && state->link_depth == 1 && run->text.len == state->link_start) {
        run_set_style(run, inline_style(state), state->link);
        run_add_verbatim(run, _("image"), strlen(_("image")));
    }
    inline_link_close(run, state);
}

static void enter_or_leave(struct builder *builder, struct run *run, struct inline_state *state,
                           cmark_node *node, bool is_entered)
{
    cmark_node_type type = cmark_node_get_type(node);
    int change = is_entered ? 1 : -1;

    if (type == CMARK_NODE_STRONG)
        state->bold += change;
    else if (type == CMARK_NODE_EMPH)
        state->italic += change;
    else if ((type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) && is_entered)
        inline_link_open(builder, run, state, cmark_node_get_url(node));
    else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
        close_link(run, state, type == CMARK_NODE_IMAGE);
    else if (is_entered)
        add_leaf(builder, run, state, node);
}

void inline_add_node(struct builder *builder, struct run *run, cmark_node *node, uint16_t base)
{
    struct inline_state state = {.base = base};
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;

    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        if (cmark_iter_get_node(iter) != node)
            enter_or_leave(builder, run, &state, cmark_iter_get_node(iter),
                           event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    builder->skip = 0;
}

static bool has_markup(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (strchr("\\`*_[]<&!\n", text[i]))
            return true;
    return false;
}

/* Something in front makes a paragraph of any text, so that "1. a" stays text. */
#define PARAGRAPH_START "a "

void inline_add_markdown(struct builder *builder, struct run *run, const char *text, size_t len,
                         uint16_t base)
{
    autostr struct str source = STR_INIT;

    if (!has_markup(text, len)) {
        run_set_style(run, base, 0);
        run_add(run, text, len);
        return;
    }
    str_add(&source, PARAGRAPH_START);
    str_add_bytes(&source, text, len);
    cmark_node *document = cmark_parse_document(source.text, source.len, CMARK_OPT_DEFAULT);
    builder->skip = strlen(PARAGRAPH_START);
    inline_add_node(builder, run, cmark_node_first_child(document), base);
    cmark_node_free(document);
}
