/* SPDX-License-Identifier: MIT
 * Choices by letters: "A: …", "B: …" in the prompt, and "Answer: B" in the answer. */
#include <string.h>

#include "base/array.h"
#include "trainer/deck/label.h"
#include "trainer/deck/options.h"
#include "trainer/deck/plain.h"

#define LETTERS 8 /* A to H */

struct letter_choice {
    const char *text; /* of its line, without the letter */
    size_t len;
    size_t start; /* byte where its line or item starts */
};

struct letter_choices {
    struct letter_choice items[LETTERS];
    size_t count;
    bool is_last; /* nothing follows them */
};

static void take_line(struct letter_choices *choices, const char *line, size_t len, size_t start)
{
    struct label label = label_read(line);
    char expected[2] = {(char)('a' + choices->count), '\0'};

    if (label.kind == LABEL_WORD && strcmp(label.word, expected) == 0 && label.len < len &&
        choices->count < LETTERS) {
        choices->items[choices->count++] = (struct letter_choice){
            .text = line + label.len, .len = len - label.len, .start = start};
        choices->is_last = true;
    } else if (choices->count < 2) {
        choices->count = 0;
    } else {
        choices->is_last = false;
    }
}

static void collect(const struct document *doc, struct range prompt, struct letter_choices *choices)
{
    size_t i = document_block_before(doc, document_line_at(doc, prompt.start));

    for (i = i == SIZE_MAX ? 0 : i; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        const char *text = block->text;
        if (document_line_start(doc, block->line) >= prompt.end)
            return;
        if (block->end_line < document_line_at(doc, prompt.start))
            continue;
        if (block->kind == BLOCK_CODE || block->kind == BLOCK_HTML)
            choices->is_last = false;
        for (int line = block->line; *text && line <= block->end_line; line++) {
            size_t len = strcspn(text, "\n");
            if (document_line_start(doc, line) >= prompt.start)
                take_line(choices, text, len, document_line_start(doc, line));
            text += len + (text[len] == '\n');
        }
    }
}

static bool is_letter_choice(char c, size_t count)
{
    return (c >= 'A' && (size_t)(c - 'A') < count) || (c >= 'a' && (size_t)(c - 'a') < count);
}

/* Whether the text starts with a letter that stands for a choice, alone or with other such letters.
 */
static bool is_letter_choice_at(const char *s, size_t count)
{
    size_t letters = 0;

    while (letters < count && is_letter_choice(s[letters], count))
        letters++;
    return letters > 0 && strchr(" ,&/+.):\n", s[letters]) &&
           (letters == 1 || (s[0] >= 'A' && s[0] <= 'Z'));
}

/* Bytes of " and ", ", ", or none ("AB"), between two letters; SIZE_MAX where no other follows. */
static size_t joint_bytes(const char *s, size_t count)
{
    size_t at = strspn(s, " ,&/+");
    size_t word = 0;

    while (at && word < 4 && s[at + word] && !strchr(" ,&/+\n", s[at + word]))
        word++;
    if (word >= 1 && s[at + word] == ' ' && !is_letter_choice_at(s + at, count))
        at += word + 1;
    return is_letter_choice_at(s + at, count) ? at : SIZE_MAX;
}

static unsigned read_letter_run(const char *text, size_t count)
{
    unsigned letters = 0;

    while (is_letter_choice(text[0], count)) {
        unsigned letter = 1u << ((text[0] | 0x20) - 'a');
        size_t joint = joint_bytes(text + 1, count);
        if (letters & letter)
            return 0;
        letters |= letter;
        if (joint == SIZE_MAX)
            return strchr(".):,\n", text[1]) ? letters : 0; /* "A list is …" */
        text += 1 + joint;
    }
    return letters;
}

/* "The answer is the second one: B" */
static unsigned read_last_letter(const char *text, size_t count)
{
    size_t len = strcspn(text, "\n");

    while (len && strchr(" .", text[len - 1]))
        len--;
    if (len < 3 || !is_letter_choice(text[len - 1], count) || text[len - 1] > 'Z')
        return 0;
    const char *colon = text + len - 2;
    while (colon > text && *colon == ' ')
        colon--;
    return *colon == ':' ? 1u << (text[len - 1] - 'A') : 0;
}

/* The letters that an answer starts with ("Answer: A and C") as bits; 0 where it starts with words.
 */
static unsigned read_letters(const char *text, size_t count)
{
    struct label label = label_read(text);

    while (label.kind == LABEL_WORD && label.word[1]) {
        text += label.len;
        label = label_read(text);
    }
    unsigned letters = read_letter_run(text, count);
    return letters ? letters : read_last_letter(text, count);
}

/* Same, of text that stands in a block of HTML. */
static unsigned read_letters_of_html(const struct document *doc, const struct block *block,
                                     struct range answer, size_t count, bool *has_text)
{
    struct str text = STR_INIT;
    size_t start = document_line_start(doc, block->line);
    size_t end = document_line_end(doc, block->end_line);

    start = start > answer.start ? start : answer.start;
    end = end < answer.end ? end : answer.end;
    if (start < end)
        plain_add_markdown(&text, doc->text + start, end - start);
    str_trim(&text);
    *has_text = text.len > 0;
    unsigned letters = text.len ? read_letters(text.text, count) : 0;
    str_clear(&text);
    return letters;
}

static unsigned find_right(const struct document *doc, struct range answer, size_t count)
{
    size_t i = document_block_at(doc, document_line_at(doc, answer.start));

    for (; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        bool has_text = block->text[0] != '\0';
        if (document_line_start(doc, block->line) >= answer.end)
            break;
        unsigned letters = 0;
        if (block->kind == BLOCK_HTML)
            letters = read_letters_of_html(doc, block, answer, count, &has_text);
        else if (has_text)
            letters = read_letters(block->text, count);
        if (has_text)
            return letters;
    }
    /* the answer starts in the middle of a paragraph */
    return 0;
}

void options_read_letters(struct document *doc, struct entry *entry)
{
    struct letter_choices choices = {0};

    if (entry->option_count || entry->prompt.start >= entry->prompt.end)
        return;
    collect(doc, entry->prompt, &choices);
    if (choices.count < 2)
        return;
    unsigned right = find_right(doc, entry->answer, choices.count);
    if (!right)
        return;
    entry->options = arena_alloc(&doc->deck->arena, choices.count * sizeof(*entry->options));
    for (size_t i = 0; i < choices.count; i++) {
        struct str text = STR_INIT;
        str_add_bytes(&text, choices.items[i].text, choices.items[i].len);
        plain_collapse(&text);
        entry->options[i].text = document_keep(doc, text.text, text.len);
        entry->options[i].is_correct = right >> i & 1;
        str_clear(&text);
    }
    entry->option_count = choices.count;
    if (choices.is_last && choices.items[0].start > entry->prompt.start)
        entry->prompt.end = choices.items[0].start;
    else if (choices.is_last)
        entry->prompt.end = entry->prompt.start;
}
