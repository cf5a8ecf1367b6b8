/* SPDX-License-Identifier: MIT */
#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "trainer/deck/form.h"
#include "trainer/deck/pattern.h"
#include "trainer/deck/plain.h"
#include "trainer/deck/slice.h"

#define DEPTH_MAX 4 /* of follow-ups */

/* The text of an item's first paragraph, one line; "" where it starts with something else. */
static const char *item_text(struct document *doc, size_t item)
{
    const struct block *first = &doc->blocks[item + 1];
    struct str text = STR_INIT;

    if (doc->blocks[item].after > item + 1 && first->kind == BLOCK_PARAGRAPH)
        str_add(&text, first->text);
    plain_collapse(&text);
    const char *kept = document_keep(doc, text.text, text.len);
    str_clear(&text);
    return kept;
}

static size_t next_item(const struct document *doc, size_t list, size_t item)
{
    size_t next = item ? doc->blocks[item].after : list + 1;

    return next < doc->blocks[list].after ? next : 0;
}

static size_t count_items(const struct document *doc, size_t list)
{
    size_t count = 0;

    for (size_t item = 0; (item = next_item(doc, list, item));)
        count++;
    return count;
}

/* Room for the old items and those of the list; a part may come in several lists. */
static void *extend(struct document *doc, const void *old, size_t old_count, size_t extra,
                    size_t size)
{
    void *grown = arena_alloc(&doc->deck->arena, (old_count + extra) * size);

    if (old_count)
        memcpy(grown, old, old_count * size);
    return grown;
}

struct point_comment {
    struct key_point *point;
    struct question *question;
    size_t cap;
};

static bool has_point(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->key_point_count; i++)
        if (question->key_points[i].id && strcmp(question->key_points[i].id, id) == 0)
            return true;
    return false;
}

static void add_pattern(struct document *doc, struct point_comment *comment, const char *source,
                        int line)
{
    struct key_point *point = comment->point;
    struct error err;
    auto_pattern struct pattern *pattern = pattern_new(source, &err);

    if (!pattern) {
        document_warn(doc, line, _("the pattern '%s' is not valid: %s"), source, err.text);
        return;
    }
    if (point->pattern_count == comment->cap) {
        point->patterns =
            extend(doc, point->patterns, comment->cap, comment->cap + 4, sizeof(*point->patterns));
        comment->cap = comment->cap * 2 + 4;
    }
    point->patterns[point->pattern_count++] = source;
}

static bool take_point_comment(struct document *doc, const char *key, const char *value, int line,
                               void *data)
{
    struct point_comment *comment = data;

    if (strcmp(key, "id") == 0) {
        if (has_point(comment->question, value))
            document_warn(doc, line, _("the key point '%s' is there twice"), value);
        else
            comment->point->id = value;
        return true;
    }
    if (strcmp(key, "match") != 0)
        return false;
    add_pattern(doc, comment, value, line);
    return true;
}

/* Takes "★ " or "(must) " off; true where it was there. */
static bool take_must(const char **text)
{
    static const char *const marks[] = {"★", "⭐", "(must)"};

    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        size_t len = strlen(marks[i]);
        if (strncmp(*text, marks[i], len) != 0)
            continue;
        *text += len;
        *text += strspn(*text, " ");
        return true;
    }
    return false;
}

static void warn_of_rest(struct document *doc, size_t item)
{
    for (size_t i = doc->blocks[item + 1].after; i < doc->blocks[item].after;
         i = doc->blocks[i].after) {
        if (doc->blocks[i].kind == BLOCK_HTML)
            continue;
        document_warn(doc, doc->blocks[i].line,
                      _("only the first paragraph of this list item is read"));
        return;
    }
}

void form_read_key_points(struct document *doc, size_t list, struct question *question)
{
    question->key_points = extend(doc, question->key_points, question->key_point_count,
                                  count_items(doc, list), sizeof(*question->key_points));
    for (size_t item = 0; (item = next_item(doc, list, item));) {
        const struct block *block = &doc->blocks[item];
        const char *text = item_text(doc, item);
        struct key_point point = {.is_must = take_must(&text)};
        struct point_comment comment = {.point = &point, .question = question};
        char id[24];
        point.text = text;
        if (!text[0]) {
            document_warn(doc, block->line, _("this key point has no text"));
            continue;
        }
        form_read_comments(doc, block->line, block->end_line, take_point_comment, &comment);
        snprintf(id, sizeof(id), "%zu", question->key_point_count + 1);
        if (!point.id)
            point.id = arena_strdup(&doc->deck->arena, id);
        warn_of_rest(doc, item);
        question->key_points[question->key_point_count++] = point;
    }
}

static bool take_follow_up_comment(struct document *doc, const char *key, const char *value,
                                   int line, void *data)
{
    struct follow_up *follow_up = data;

    if (strcmp(key, "after") == 0) {
        follow_up->after = value;
        return true;
    }
    if (strcmp(key, "depth") != 0)
        return false;
    if (value[0] >= '1' && value[0] <= '0' + DEPTH_MAX && !value[1])
        follow_up->depth = value[0] - '0';
    else
        document_warn(doc, line, _("a depth is a number from 1 to %d"), DEPTH_MAX);
    return true;
}

/* What follows the item's first paragraph and the comments below it. */
static const char *follow_up_answer(struct document *doc, size_t item)
{
    const struct block *block = &doc->blocks[item];
    const struct block *first = &doc->blocks[item + 1];
    size_t rest = first->after;
    struct str text = STR_INIT;

    while (rest < block->after && doc->blocks[rest].kind == BLOCK_HTML)
        rest = doc->blocks[rest].after;
    if (rest < block->after) {
        struct range range = {document_line_start(doc, doc->blocks[rest].line),
                              document_line_end(doc, block->end_line)};
        slice_add(&text, doc, range, first->column);
        str_trim(&text);
        if (text.len)
            str_add_char(&text, '\n');
    }
    const char *kept = document_keep(doc, text.text, text.len);
    str_clear(&text);
    return kept;
}

static void read_follow_up(struct document *doc, size_t item, struct question *question)
{
    const struct block *block = &doc->blocks[item];
    struct follow_up follow_up = {.text = item_text(doc, item)};
    int comment_end = block->end_line;

    if (!follow_up.text[0]) {
        document_warn(doc, block->line, _("this follow-up has no text"));
        return;
    }
    /* comments inside its answer are the answer's */
    for (size_t i = doc->blocks[item + 1].after; i < block->after; i = doc->blocks[i].after) {
        if (doc->blocks[i].kind == BLOCK_HTML)
            continue;
        comment_end = doc->blocks[i].line - 1;
        break;
    }
    form_read_comments(doc, block->line, comment_end, take_follow_up_comment, &follow_up);
    if (follow_up.after && follow_up.depth) {
        document_warn(doc, block->line, _("a follow-up has either 'after:' or 'depth:', not both"));
        follow_up.depth = 0;
    } else if (!follow_up.after && !follow_up.depth) {
        document_warn(doc, block->line, _("this follow-up has neither 'after:' nor 'depth:'"));
    }
    follow_up.answer = follow_up_answer(doc, item);
    question->follow_ups[question->follow_up_count++] = follow_up;
}

void form_read_follow_ups(struct document *doc, size_t list, struct question *question)
{
    question->follow_ups = extend(doc, question->follow_ups, question->follow_up_count,
                                  count_items(doc, list), sizeof(*question->follow_ups));
    for (size_t item = 0; (item = next_item(doc, list, item));)
        read_follow_up(doc, item, question);
}

void form_check_follow_ups(struct document *doc, struct question *question, int line)
{
    for (size_t i = 0; i < question->follow_up_count; i++) {
        struct follow_up *follow_up = &question->follow_ups[i];
        if (!follow_up->after || has_point(question, follow_up->after))
            continue;
        document_warn(doc, line,
                      _("the follow-up '%s' comes after '%s', which is no key point here"),
                      follow_up->text, follow_up->after);
        follow_up->after = NULL;
    }
}

/* The first link of an item's paragraph. */
static bool read_link(struct document *doc, size_t item, struct deck_link *link)
{
    struct str text = STR_INIT, title = STR_INIT;
    const struct block *block = &doc->blocks[item], *first = &doc->blocks[item + 1];
    struct range range = {document_line_start(doc, block->line),
                          document_line_end(doc, block->end_line)};

    if (block->after == item + 1)
        return false;
    slice_add(&text, doc, range, first->column);
    cmark_node *root = cmark_parse_document(text.text, text.len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    const char *target = NULL;
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_LINK && event == CMARK_EVENT_EXIT)
            break;
        if (type == CMARK_NODE_LINK)
            target = cmark_node_get_url(node);
        else if (target && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
            str_add(&title, cmark_node_get_literal(node));
        else if (target && type == CMARK_NODE_SOFTBREAK)
            str_add_char(&title, ' ');
    }
    if (target && target[0])
        *link = (struct deck_link){
            .title = document_keep(doc, title.text, title.len),
            .target = document_keep(doc, target, strlen(target)),
        };
    bool is_found = target && target[0];
    cmark_iter_free(iter);
    cmark_node_free(root);
    str_clear(&text);
    str_clear(&title);
    return is_found;
}

static void read_links(struct document *doc, size_t list, struct deck_link **links, size_t *count)
{
    *links = extend(doc, *links, *count, count_items(doc, list), sizeof(**links));
    for (size_t item = 0; (item = next_item(doc, list, item));) {
        if (read_link(doc, item, &(*links)[*count]))
            (*count)++;
        else
            document_warn(doc, doc->blocks[item].line, _("this list item has no link"));
    }
}

void form_read_labs(struct document *doc, size_t list, struct question *question)
{
    read_links(doc, list, &question->labs, &question->lab_count);
}

void form_read_sources(struct document *doc, size_t list, struct question *question)
{
    read_links(doc, list, &question->sources, &question->source_count);
}
