/* SPDX-License-Identifier: MIT */
#include "trainer/deck/html.h"

#include <cmark.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TAG_LIMIT_BYTES    4096 /* a longer tag is text: keeps the search for its end short */
#define ENTITY_LIMIT_BYTES 34   /* of the longest name in HTML, with & and ; */

static size_t tag_end(const char *s, size_t len, size_t at)
{
    char quote = 0;
    size_t limit = len < TAG_LIMIT_BYTES ? len : TAG_LIMIT_BYTES;

    for (; at < limit; at++) {
        if (quote) {
            quote = s[at] == quote ? 0 : quote;
        } else if (s[at] == '>') {
            return at + 1;
        } else if (s[at] == '<') {
            return 0;
        } else if ((s[at] == '"' || s[at] == '\'') && s[at - 1] == '=') {
            quote = s[at];
        }
    }
    return 0;
}

bool html_read_tag(const char *s, size_t len, struct html_tag *tag)
{
    size_t at = 1;

    if (len < 3 || s[0] != '<')
        return false;
    tag->is_end = s[1] == '/';
    at += tag->is_end;
    tag->name = s + at;
    while (at < len && isalnum((unsigned char)s[at]))
        at++;
    tag->name_len = (size_t)(s + at - tag->name);
    if (tag->name_len == 0 || !isalpha((unsigned char)tag->name[0]))
        return false;
    if (at < len && !strchr(" \t\r\n/>", s[at])) /* <https://…> */
        return false;
    tag->len = tag_end(s, len, at);
    return tag->len > 0;
}

bool html_is_named(const struct html_tag *tag, const char *name)
{
    return strlen(name) == tag->name_len && strncasecmp(tag->name, name, tag->name_len) == 0;
}

size_t html_skip_markup(const char *s, size_t len)
{
    struct html_tag tag;

    if (len < 3 || s[0] != '<')
        return 0;
    if (len >= 4 && memcmp(s, "<!--", 4) == 0) {
        const char *end = memmem(s + 4, len - 4, "-->", 3);
        return end ? (size_t)(end + 3 - s) : len;
    }
    return html_read_tag(s, len, &tag) ? tag.len : 0;
}

size_t html_add_entity(struct str *str, const char *s, size_t len)
{
    const char *end = memchr(s, ';', len < ENTITY_LIMIT_BYTES ? len : ENTITY_LIMIT_BYTES);

    if (!end || !(isalnum((unsigned char)s[1]) || s[1] == '#')) {
        str_add_char(str, '&');
        return 1;
    }
    /* cmark knows the two thousand names */
    size_t bytes = (size_t)(end + 1 - s);
    cmark_node *root = cmark_parse_document(s, bytes, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(root);
    cmark_node *text = paragraph ? cmark_node_first_child(paragraph) : NULL;
    bool is_known = text && !cmark_node_next(text); /* else an ampersand and more */
    const char *literal = is_known ? cmark_node_get_literal(text) : NULL;
    str_add(str, literal ? literal : "&");
    bytes = literal ? bytes : 1;
    cmark_node_free(root);
    return bytes;
}
