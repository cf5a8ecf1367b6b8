/* SPDX-License-Identifier: MIT */
#include "trainer/deck/reveals.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "trainer/deck/label.h"
#include "trainer/deck/letters.h"

#define REVEAL_COUNT 3  /* so often must a summary be there to be taken for a label */
#define SMALL_PARTS  3  /* what a question that does not ask has at most */
#define FRONT_LIMIT  40 /* blocks in front of an answer that are looked at */

/* Letters only, in lower case: "Answer 1" and "answer 2:" are the same label. */
static char *label_of(const char *title)
{
    struct str key = STR_INIT;
    size_t len = strlen(title);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(title + at, len - at, &code);
        if (letters_is_letter(code))
            utf8_add(&key, letters_lower(code));
        else if (letters_is_blank(code) && key.len && key.text[key.len - 1] != ' ')
            str_add_char(&key, ' ');
    }
    str_trim(&key);
    return str_steal(&key);
}

struct counted {
    char *key;
    size_t index;
};

static int compare_counted(const void *a, const void *b)
{
    return strcmp(((const struct counted *)a)->key, ((const struct counted *)b)->key);
}

/* What stands above one, up to a heading or the one before. */
struct front {
    bool asks;
    int parts; /* paragraphs, code and lists */
};

static struct front look_above(const struct document *doc, const struct details_list *list,
                               size_t index)
{
    size_t start = list->items[index].whole.start;
    size_t least = index ? list->items[index - 1].whole.end : 0;
    size_t block = document_block_at(doc, document_line_at(doc, start));
    struct front front = {0};

    for (int step = 0; step < FRONT_LIMIT && block-- > 0; step++) {
        const struct block *before = &doc->blocks[block];
        if (document_line_start(doc, before->line) < least || before->kind == BLOCK_RULE)
            break;
        front.asks |= label_asks(before->text, strlen(before->text));
        if (before->kind == BLOCK_HEADING)
            break;
        front.parts += before->depth == 0 && before->kind != BLOCK_HTML;
    }
    return front;
}

/* A remark that is folded wherever it stands has the same summary everywhere too. */
static bool hides_answers(const struct document *doc, const struct details_list *list,
                          const struct counted *keys, size_t count)
{
    size_t asked = 0, small = 0;

    for (size_t i = 0; i < count; i++) {
        struct front front = look_above(doc, list, keys[i].index);
        asked += front.asks;
        small += front.parts <= SMALL_PARTS;
    }
    return asked * 2 >= count || small * 10 >= count * 8;
}

void reveals_find(const struct document *doc, struct details_list *list)
{
    struct counted *keys = xcalloc(list->count + 1, sizeof(*keys));

    for (size_t i = 0; i < list->count; i++)
        keys[i] = (struct counted){.key = label_of(list->items[i].title), .index = i};
    qsort(keys, list->count, sizeof(*keys), compare_counted);
    for (size_t start = 0, end; start < list->count; start = end) {
        for (end = start + 1; end < list->count && strcmp(keys[end].key, keys[start].key) == 0;)
            end++;
        bool is_often = keys[start].key[0] && end - start >= REVEAL_COUNT &&
                        (end - start) * 3 >= list->count &&
                        hides_answers(doc, list, &keys[start], end - start);
        for (size_t i = start; i < end; i++) {
            struct details *details = &list->items[keys[i].index];
            bool asks = label_asks(details->title, strlen(details->title));
            details->is_reveal = !asks && (is_often || label_is_answer_word(keys[i].key));
        }
    }
    for (size_t i = 0; i < list->count; i++)
        free(keys[i].key);
    free(keys);
}
