/* SPDX-License-Identifier: MIT */
#include "trainer/deck/document.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/deck/details.h"
#include "trainer/deck/guard.h"
#include "trainer/deck/label_lines.h"
#include "trainer/deck/pieces.h"
#include "trainer/deck/references.h"

#define WARNING_LIMIT      200 /* more of them say no more */
#define FRONT_MATTER_LINES 200 /* a closing --- further down does not end front matter */

const char *document_keep(struct document *doc, const char *s, size_t len)
{
    return arena_strndup(&doc->deck->arena, s, len);
}

void document_warn(struct document *doc, int line, const char *format, ...)
{
    struct deck *deck = doc->deck;
    va_list arguments;
    char *message;

    if (deck->warning_count >= WARNING_LIMIT)
        return;
    if (deck->warning_count == WARNING_LIMIT - 1)
        format = _("there are more warnings like these");
    va_start(arguments, format);
    if (vasprintf(&message, format, arguments) < 0)
        message = xstrdup(format);
    va_end(arguments);
    struct deck_warning *warning =
        array_add(deck->warnings, deck->warning_count, deck->warning_cap);
    warning->line = line;
    warning->message = arena_strdup(&deck->arena, message);
    free(message);
}

size_t document_line_start(const struct document *doc, int line)
{
    if (line < 1)
        return 0;
    return (size_t)line > doc->line_count ? doc->len : doc->lines[line - 1];
}

size_t document_line_end(const struct document *doc, int line)
{
    size_t start = document_line_start(doc, line);
    size_t end = document_line_start(doc, line + 1);

    while (end > start && (doc->text[end - 1] == '\n' || doc->text[end - 1] == '\r'))
        end--;
    return end;
}

int document_line_at(const struct document *doc, size_t at)
{
    size_t low = 0, high = doc->line_count;

    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (doc->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (int)low + 1;
}

bool document_line_is_blank(const struct document *doc, int line)
{
    size_t end = document_line_end(doc, line);

    for (size_t at = document_line_start(doc, line); at < end; at++)
        if (doc->text[at] != ' ' && doc->text[at] != '\t')
            return false;
    return true;
}

size_t document_block_at(const struct document *doc, int line)
{
    size_t low = 0, high = doc->block_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (doc->blocks[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t document_block_before(const struct document *doc, int line)
{
    return document_block_at(doc, line + 1) - 1;
}

/* Finds the first byte that is NUL or no UTF-8; len where there is none. */
static size_t first_bad_byte(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        unsigned char byte = (unsigned char)text[at];
        uint32_t code;
        if (byte && byte < 0x80) {
            at++;
            continue;
        }
        size_t bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 1)
            return at;
        at += bytes;
    }
    return len;
}

static char *mend(const char *text, size_t len, size_t bad, size_t *mended_len)
{
    struct str mended = STR_INIT;

    str_add_bytes(&mended, text, bad);
    for (size_t at = bad; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(text + at, len - at, &code);
        utf8_add(&mended, code ? code : UTF8_REPLACEMENT);
        at += bytes;
    }
    *mended_len = mended.len;
    return str_steal(&mended);
}

static int count_lines(const char *text, size_t len)
{
    int count = 1;

    for (size_t at = 0; at < len; at++)
        count += text[at] == '\n' || (text[at] == '\r' && (at + 1 == len || text[at + 1] != '\n'));
    return count;
}

static void clean(struct document *doc, const char *text, size_t len)
{
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    size_t bad = first_bad_byte(text, len);
    if (bad < len)
        document_warn(
            doc, count_lines(text, bad),
            _("bytes that are not UTF-8 text were replaced, here and perhaps further on"));
    doc->owned_text = mend(text, len, bad, &doc->len);
    doc->text = doc->owned_text;
}

static void add_line(struct document *doc, size_t start)
{
    array_grow(doc->lines, doc->line_count, doc->line_cap, 2);
    doc->lines[doc->line_count++] = (uint32_t)start;
}

static void index_lines(struct document *doc)
{
    size_t at = 0;

    while (at < doc->len) {
        add_line(doc, at);
        while (at < doc->len && doc->text[at] != '\n' && doc->text[at] != '\r')
            at++;
        if (at + 1 < doc->len && doc->text[at] == '\r' && doc->text[at + 1] == '\n')
            at++;
        at++;
    }
    add_line(doc, doc->len);
    doc->line_count--;
}

static bool line_is(const struct document *doc, int line, const char *word)
{
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);

    while (end > start && (doc->text[end - 1] == ' ' || doc->text[end - 1] == '\t'))
        end--;
    return end - start == strlen(word) && memcmp(doc->text + start, word, end - start) == 0;
}

/* The value of a `key: value` line without its quotes, or NULL for other lines. */
static const char *front_value(struct document *doc, int line, const char *key)
{
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);
    size_t key_len = strlen(key);
    const char *text = doc->text;

    if (end - start <= key_len || memcmp(text + start, key, key_len) != 0 ||
        text[start + key_len] != ':')
        return NULL;
    start += key_len + 1;
    while (start < end && (text[start] == ' ' || text[start] == '\t'))
        start++;
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        end--;
    if (end - start >= 2 && text[start] == text[end - 1] &&
        (text[start] == '"' || text[start] == '\'')) {
        start++;
        end--;
    }
    return end > start ? document_keep(doc, text + start, end - start) : NULL;
}

static void read_front_line(struct document *doc, int line)
{
    const char *value;
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);

    if ((value = front_value(doc, line, "deck")))
        doc->front_deck = value;
    if ((value = front_value(doc, line, "title")))
        doc->front_title = value;
    if (memmem(doc->text + start, end - start, "flashcard", strlen("flashcard")))
        doc->has_flashcard_tag = true;
}

static void read_front_matter(struct document *doc)
{
    doc->first_line = 1;
    if (!line_is(doc, 1, "---"))
        return;
    for (int line = 2; line <= FRONT_MATTER_LINES && (size_t)line <= doc->line_count; line++) {
        if (!line_is(doc, line, "---") && !line_is(doc, line, "..."))
            continue;
        doc->first_line = line + 1;
        break;
    }
    for (int line = 2; line < doc->first_line - 1; line++)
        read_front_line(doc, line);
}

void document_init(struct document *doc, struct deck *deck, const char *text, size_t len)
{
    *doc = (struct document){.deck = deck, .path = deck->path};
    clean(doc, text, len);
    index_lines(doc);
    read_front_matter(doc);
    doc->line_kinds = xcalloc(doc->line_count + 2, 1);
    guard_document(doc);
    references_find(doc, &doc->references);
    document_add_blocks(doc, PIECE_BYTES);
}

void document_clear(struct document *doc)
{
    free(doc->lines);
    free(doc->blocks);
    free(doc->line_kinds);
    free(doc->owned_text);
    free(doc->owned_parsed);
    details_clear(doc);
    label_lines_clear(doc);
    references_clear(&doc->references);
}
