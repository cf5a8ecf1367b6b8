/* SPDX-License-Identifier: MIT */
#include "trainer/deck/plain.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/html.h"
#include "trainer/deck/label.h"
#include "trainer/deck/letters.h"

void plain_init(struct plain *plain)
{
    *plain = (struct plain){.text = STR_INIT, .images = STR_INIT};
}

void plain_clear(struct plain *plain)
{
    str_clear(&plain->text);
    str_clear(&plain->images);
}

void plain_start(struct plain *plain, bool has_images)
{
    plain->has_images = has_images;
    str_truncate(&plain->text, 0);
    str_truncate(&plain->images, 0);
    plain->bold = 0;
    plain->bold_depth = 0;
    plain->is_link_only = false;
    plain->image_depth = 0;
    plain->link_bytes = 0;
}

static void set_bold(struct plain *plain, bool is_start)
{
    if (is_start && plain->text.len == 0) {
        plain->bold_depth++;
    } else if (is_start && plain->bold_depth) {
        plain->bold_depth++;
    } else if (!is_start && plain->bold_depth && --plain->bold_depth == 0) {
        plain->bold = plain->text.len;
    }
}

static void add_link(struct plain *plain, cmark_node *node, bool is_start)
{
    if (is_start) {
        plain->link_start = plain->text.len;
        plain->is_inner_link = cmark_node_get_url(node)[0] == '#';
        return;
    }
    if (!plain->is_inner_link || plain->link_start > plain->text.len)
        return;
    if (!label_has_letters(plain->text.text + plain->link_start))
        str_truncate(&plain->text, plain->link_start); /* an arrow back to the contents */
    plain->link_bytes += plain->text.len - plain->link_start;
}

static void add_html(struct plain *plain, const char *tag)
{
    struct html_tag parsed;

    if (!html_read_tag(tag, strlen(tag), &parsed))
        return;
    if (html_is_named(&parsed, "b") || html_is_named(&parsed, "strong"))
        set_bold(plain, !parsed.is_end);
    else if (html_is_named(&parsed, "br"))
        str_add_char(&plain->text, ' ');
}

void plain_add_node(struct plain *plain, cmark_node *node, cmark_event_type event)
{
    bool is_in_image = plain->image_depth && !plain->has_images;
    struct str *text = is_in_image ? &plain->images : &plain->text;
    bool is_start = event == CMARK_EVENT_ENTER;

    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
        str_add(text, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        str_add_char(text, '\n');
        break;
    case CMARK_NODE_HTML_INLINE:
        add_html(plain, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_STRONG:
    case CMARK_NODE_EMPH:
        if (!plain->image_depth)
            set_bold(plain, is_start);
        break;
    case CMARK_NODE_LINK:
        if (!plain->image_depth)
            add_link(plain, node, is_start);
        break;
    case CMARK_NODE_IMAGE:
        plain->image_depth += is_start ? 1 : -1;
        break;
    default:
        break;
    }
}

void plain_end(struct plain *plain)
{
    if (plain->bold_depth)
        plain->bold = plain->text.len;
    plain->is_link_only = plain->link_bytes > 0 && plain->link_bytes == plain->text.len;
    if (!label_has_letters(plain->text.text) && plain->images.len)
        str_add_bytes(&plain->text, plain->images.text, plain->images.len);
}

/* HTML without its tags and comments, entities decoded by cmark where it is text. */
static void add_html_text(struct str *str, const char *html)
{
    size_t len = strlen(html);

    for (size_t at = 0; at < len;) {
        size_t skipped = html_skip_markup(html + at, len - at);
        if (skipped) {
            at += skipped;
            continue;
        }
        if (html[at] == '&') {
            size_t bytes = html_add_entity(str, html + at, len - at);
            at += bytes;
            continue;
        }
        str_add_char(str, html[at++]);
    }
}

static void end_block(struct str *str, size_t start)
{
    while (str->len > start && (str->text[str->len - 1] == '\n' || str->text[str->len - 1] == ' '))
        str_truncate(str, str->len - 1);
    if (str->len > start)
        str_add_char(str, '\n');
}

static void add_block_node(struct str *str, struct plain *plain, cmark_node *node,
                           cmark_event_type event)
{
    size_t start = str->len;

    switch ((int)cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
        if (event == CMARK_EVENT_ENTER) {
            plain_start(plain, true);
            return;
        }
        plain_end(plain);
        str_add_bytes(str, plain->text.text, plain->text.len);
        break;
    case CMARK_NODE_CODE_BLOCK:
        str_add(str, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_HTML_BLOCK:
        add_html_text(str, cmark_node_get_literal(node));
        break;
    default:
        plain_add_node(plain, node, event);
        return;
    }
    end_block(str, start);
}

void plain_add_markdown(struct str *str, const char *markdown, size_t len)
{
    cmark_node *root = cmark_parse_document(markdown, len, CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    struct plain plain;
    cmark_event_type event;

    plain_init(&plain);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        add_block_node(str, &plain, cmark_iter_get_node(iter), event);
    plain_clear(&plain);
    cmark_iter_free(iter);
    cmark_node_free(root);
    str_trim(str);
}

void plain_collapse(struct str *str)
{
    size_t to = 0;
    bool is_blank = true;

    for (size_t at = 0, bytes; at < str->len; at += bytes) {
        uint32_t code;
        bytes = utf8_decode(str->text + at, str->len - at, &code);
        bool is_space = letters_is_blank(code);
        if (!is_space)
            memmove(str->text + to, str->text + at, bytes);
        else if (!is_blank)
            str->text[to] = ' ';
        to += is_space ? !is_blank : bytes;
        is_blank = is_space;
    }
    if (to && str->text[to - 1] == ' ')
        to--;
    str_truncate(str, to);
}
