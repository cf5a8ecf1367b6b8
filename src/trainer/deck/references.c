/* SPDX-License-Identifier: MIT */
#include "trainer/deck/references.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/letters.h"

#define LABEL_LIMIT_BYTES 999   /* of CommonMark */
#define COUNT_LIMIT       2000  /* further definitions are not looked up */
#define TEXT_LIMIT_BYTES  16384 /* of all that are handed to cmark with each piece */
#define USED_LIMIT        100   /* of one answer */

/* The bytes of a label "[…]" at `at`, brackets included; 0 where there is none. */
static size_t label_bytes(const char *text, size_t at, size_t end)
{
    size_t limit = end - at < LABEL_LIMIT_BYTES ? end : at + LABEL_LIMIT_BYTES;

    if (at >= end || text[at] != '[')
        return 0;
    for (size_t i = at + 1; i < limit; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '[')
            return 0;
        else if (text[i] == ']')
            return i > at + 1 ? i + 1 - at : 0;
    }
    return 0;
}

static uint64_t hash_label(const char *text, size_t len)
{
    uint64_t hash = 0xCBF29CE484222325u;

    for (size_t at = 1; at + 1 < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        if (!letters_is_blank(code))
            hash = (hash ^ letters_lower(code)) * 0x100000001B3u;
    }
    return hash;
}

/* Where the label of a definition starts in this line; SIZE_MAX where the line is none. */
static size_t find_label(const struct document *doc, int line)
{
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);
    size_t first = at;

    if (doc->line_kinds[line - 1] == LINE_CODE)
        return SIZE_MAX;
    while (at < end && at < first + 3 && doc->text[at] == ' ')
        at++;
    size_t bytes = label_bytes(doc->text, at, end);
    if (!bytes || at + bytes >= end || doc->text[at + bytes] != ':' || doc->text[at + 1] == '^')
        return SIZE_MAX;
    for (size_t i = at + bytes + 1; i < end; i++)
        if (doc->text[i] != ' ' && doc->text[i] != '\t')
            return at;
    return SIZE_MAX;
}

bool references_line_is(const struct document *doc, int line)
{
    return find_label(doc, line) != SIZE_MAX;
}

static int compare_references(const void *a, const void *b)
{
    const struct reference *first = a, *second = b;

    if (first->label != second->label)
        return first->label < second->label ? -1 : 1;
    return first->line < second->line ? -1 : first->line > second->line;
}

void references_find(struct document *doc, struct reference_list *list)
{
    *list = (struct reference_list){.text = STR_INIT};
    for (int line = doc->first_line; (size_t)line <= doc->line_count; line++) {
        size_t at = find_label(doc, line), end = document_line_end(doc, line);
        if (at == SIZE_MAX)
            continue;
        if (list->count == COUNT_LIMIT)
            break;
        struct reference *reference = array_add(list->items, list->count, list->cap);
        reference->label = hash_label(doc->text + at, label_bytes(doc->text, at, end));
        reference->line = line;
        if (list->text.len + end - at >= TEXT_LIMIT_BYTES)
            continue;
        str_add_bytes(&list->text, doc->text + at, end - at);
        str_add(&list->text, "\n\n"); /* apart, as one that is none would end the others */
    }
    if (list->count)
        qsort(list->items, list->count, sizeof(*list->items), compare_references);
}

void references_clear(struct reference_list *list)
{
    free(list->items);
    str_clear(&list->text);
}

static const struct reference *look_up(const struct reference_list *list, uint64_t label)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle].label < label)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].label == label ? &list->items[low] : NULL;
}

struct used {
    int lines[USED_LIMIT];
    size_t count;
};

static void add_used(struct used *used, const struct reference *reference)
{
    for (size_t i = 0; i < used->count; i++)
        if (used->lines[i] == reference->line)
            return;
    if (used->count < USED_LIMIT)
        used->lines[used->count++] = reference->line;
}

void references_add_used(const struct document *doc, struct str *str)
{
    const struct reference_list *list = &doc->references;
    struct used used = {0};

    if (list->count == 0)
        return;
    for (size_t at = 0; at < str->len; at++) {
        size_t bytes = label_bytes(str->text, at, str->len);
        if (!bytes)
            continue;
        size_t second = label_bytes(str->text, at + bytes, str->len);
        const char *label = str->text + at + (second ? bytes : 0);
        const struct reference *found = look_up(list, hash_label(label, second ? second : bytes));
        at += bytes - 1 + second;
        if (found && str->text[at + 1] != '(' && str->text[at + 1] != ':')
            add_used(&used, found);
    }
    for (size_t i = 0; i < used.count; i++) {
        size_t start = document_line_start(doc, used.lines[i]);
        str_add(str, i ? "\n" : "\n\n");
        str_add_bytes(str, doc->text + start, document_line_end(doc, used.lines[i]) - start);
    }
}
