/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/array.h"
#include "base/width.h"
#include "trainer/deck/layout_build.h"

#define TEXT_COLS_LEAST  10 /* that indentation leaves */
#define INDENT_COLS_MOST 40

const struct layout_signs *layout_signs(const struct builder *builder)
{
    static const struct layout_signs unicode = {
        "│ ", "─", " │ ", "─┼─", {"• ", "◦ "}, "☐ ", "☑ ",
    };
    static const struct layout_signs ascii = {
        "| ", "-", " | ", "-+-", {"- ", "* "}, "[ ] ", "[x] ",
    };

    return builder->is_ascii ? &ascii : &unicode;
}

static bool is_room_for(const struct builder *builder, int cols)
{
    int indent_cols = builder->indent_cols + cols;

    return builder->visible_count == builder->container_count && indent_cols <= INDENT_COLS_MOST &&
           builder->cols - indent_cols >= TEXT_COLS_LEAST;
}

/* The outermost containers are the visible ones: once one finds no room, those in it find none. */
static void push(struct builder *builder, struct container container)
{
    bool is_visible = is_room_for(builder, container.cols);

    *array_add(builder->containers, builder->container_count, builder->container_cap) = container;
    if (is_visible) {
        builder->visible_count++;
        builder->indent_cols += container.cols;
    }
}

void container_push_quote(struct builder *builder)
{
    push(builder, (struct container){.is_quote = true, .cols = 2});
    builder->quote_depth++;
}

/* The marker of an item that is not indented goes in front of its first line, if it fits there. */
void container_push_item(struct builder *builder, const char *marker, int cols)
{
    struct container item = {.cols = cols, .has_marker = true};
    int room = line_room(builder) - builder->extra_cols - cols;

    memcpy(item.marker, marker, strnlen(marker, sizeof(item.marker) - 1));
    if (!is_room_for(builder, cols)) {
        item.has_marker = room >= TEXT_COLS_LEAST / 2 || (room >= 2 && builder->extra_cols == 0);
        builder->extra_cols += item.has_marker ? cols : 0;
    }
    push(builder, item);
}

void container_pop(struct builder *builder)
{
    struct container *last = &builder->containers[builder->container_count - 1];

    if (last->has_marker) { /* an empty item */
        line_begin(builder, LAYOUT_JOIN_NONE);
        line_end(builder);
    }
    builder->quote_depth -= last->is_quote;
    if (builder->visible_count == builder->container_count) {
        builder->visible_count--;
        builder->indent_cols -= last->cols;
    }
    builder->container_count--;
    if (builder->marker_from > builder->container_count)
        builder->marker_from = builder->container_count;
    if (builder->blank_depth > builder->container_count)
        builder->blank_depth = builder->container_count;
}

int line_room(const struct builder *builder)
{
    return builder->cols - builder->indent_cols;
}

uint16_t block_style(const struct builder *builder)
{
    return builder->quote_depth > 0 ? SPAN_QUOTE : 0;
}

static struct layout_line *last_line(struct builder *builder)
{
    return &builder->layout->lines[builder->layout->line_count - 1];
}

void line_add(struct builder *builder, const char *text, size_t len, uint16_t style, uint16_t link)
{
    struct layout *layout = builder->layout;
    struct layout_line *line = last_line(builder);
    struct span *span = line->span_count ? &layout->spans[layout->span_count - 1] : NULL;

    if (len == 0)
        return;
    if (!span || span->style != style || span->link != link) {
        span = array_add(layout->spans, layout->span_count, layout->span_cap);
        *span = (struct span){(uint32_t)builder->text.len, 0, style, link};
        line->span_count++;
    }
    span->len += (uint32_t)len;
    str_add_bytes(&builder->text, text, len);
    builder->line_cols += width_of(text, len);
}

void line_add_repeated(struct builder *builder, const char *text, int count, uint16_t style)
{
    for (int i = 0; i < count; i++)
        line_add(builder, text, strlen(text), style, 0);
}

void line_add_range(struct builder *builder, const struct run *run, uint32_t start, uint32_t end,
                    size_t *piece)
{
    while (start < end) {
        while (*piece + 1 < run->piece_count && run->pieces[*piece + 1].start <= start)
            ++*piece;
        uint32_t next = *piece + 1 < run->piece_count ? run->pieces[*piece + 1].start : end;
        if (next > end)
            next = end;
        line_add(builder, run->text.text + start, next - start, run->pieces[*piece].style,
                 run->pieces[*piece].link);
        start = next;
    }
}

static void add_indentation(struct builder *builder, const struct container *container)
{
    if (container->is_quote)
        line_add(builder, layout_signs(builder)->bar, strlen(layout_signs(builder)->bar),
                 SPAN_DIM | SPAN_QUOTE, 0);
    else
        line_add_repeated(builder, " ", container->cols, 0);
}

static void add_marker(struct builder *builder, struct container *container)
{
    line_add(builder, container->marker, strlen(container->marker), SPAN_DIM, 0);
    container->has_marker = false;
}

static void add_line(struct builder *builder, enum layout_join join)
{
    struct layout *layout = builder->layout;
    struct layout_line *line = array_add(layout->lines, layout->line_count, layout->line_cap);

    line->first_span = (uint32_t)layout->span_count;
    line->start = (uint32_t)builder->text.len;
    line->join = join;
    builder->line_cols = 0;
}

void line_trim(struct builder *builder)
{
    struct layout *layout = builder->layout;
    struct layout_line *line = last_line(builder);

    while (line->span_count > 0 && builder->text.text[builder->text.len - 1] == ' ') {
        str_truncate(&builder->text, builder->text.len - 1);
        builder->line_cols--;
        if (--layout->spans[layout->span_count - 1].len == 0) {
            layout->span_count--;
            line->span_count--;
        }
    }
    if (line->body > builder->text.len - line->start)
        line->body = (uint32_t)builder->text.len - line->start;
}

void line_want_blank(struct builder *builder)
{
    bool is_deeper = builder->container_count > builder->blank_depth;

    if (!builder->is_blank_pending || !is_deeper)
        builder->blank_depth = builder->container_count;
    builder->is_blank_pending = builder->layout->line_count > 0;
}

static void add_blank_line(struct builder *builder)
{
    builder->is_blank_pending = false;
    if (builder->marker_from < builder->blank_depth)
        for (size_t i = builder->marker_from; i < builder->blank_depth; i++)
            if (builder->containers[i].has_marker)
                return; /* the item has shown nothing yet */
    add_line(builder, LAYOUT_JOIN_NONE);
    for (size_t i = 0; i < builder->blank_depth && i < builder->visible_count; i++)
        add_indentation(builder, &builder->containers[i]);
    line_mark_body(builder);
    line_end(builder);
}

void line_begin(struct builder *builder, enum layout_join join)
{
    if (builder->is_blank_pending)
        add_blank_line(builder);
    add_line(builder, join);
    for (size_t i = 0; i < builder->visible_count; i++)
        if (builder->containers[i].has_marker)
            add_marker(builder, &builder->containers[i]);
        else
            add_indentation(builder, &builder->containers[i]);
    for (size_t i = builder->visible_count > builder->marker_from ? builder->visible_count
                                                                  : builder->marker_from;
         i < builder->container_count; i++)
        if (builder->containers[i].has_marker)
            add_marker(builder, &builder->containers[i]);
    builder->marker_from = builder->container_count;
    builder->extra_cols = 0;
    line_mark_body(builder);
}

void line_mark_body(struct builder *builder)
{
    struct layout_line *line = last_line(builder);

    line->body = (uint32_t)builder->text.len - line->start;
}

void line_end(struct builder *builder)
{
    struct layout_line *line = last_line(builder);

    if (builder->text.len - line->start == line->body)
        line_trim(builder); /* indentation only */
    line->len = (uint32_t)builder->text.len - line->start;
    line->cols = builder->line_cols;
    line->code_block = builder->code_block;
    if (line->cols > builder->layout->cols)
        builder->layout->cols = line->cols;
    str_add_char(&builder->text, '\n');
}
