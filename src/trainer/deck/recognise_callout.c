/* SPDX-License-Identifier: MIT
 * Callouts of note programs: a block quote that starts with "[!question] What is …?". */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "trainer/deck/flow.h"

/* Bytes of "[!question]- " in front of a text; 0 where there is none. */
static size_t mark_bytes(const char *text)
{
    const char *end;

    if (strncmp(text, "[!", 2) != 0)
        return 0;
    end = strchr(text, ']');
    if (!end || end - text > LABEL_WORD_BYTES || memchr(text, '\n', (size_t)(end - text)))
        return 0;
    end++;
    end += strspn(end, "+-");
    return (size_t)(end + strspn(end, " ") - text);
}

/* The kinds that hold questions by their name. */
static bool is_question_kind(const char *text)
{
    static const char *const kinds[] = {"question", "faq", "help", "flashcard", "card", "quiz"};

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        size_t len = strlen(kinds[i]);
        if (strncasecmp(text + 2, kinds[i], len) == 0 && text[2 + len] == ']')
            return true;
    }
    return false;
}

void recognise_callout(struct document *doc, struct findings *findings)
{
    struct finding found = {.name = "callout", .strength = 3};
    size_t asks = 0, least = findings->is_lenient ? 1 : 2;

    for (size_t i = 0; i + 1 < doc->block_count; i = doc->blocks[i].after) {
        const struct block *quote = &doc->blocks[i], *block = &doc->blocks[i + 1];
        size_t skipped = mark_bytes(block->text ? block->text : "");
        size_t len = strcspn(block->text ? block->text : "", "\n");
        if (quote->kind != BLOCK_QUOTE || block->parent != i || !skipped || len <= skipped)
            continue;
        struct head head = {.text = block->text + skipped,
                            .text_len = len - skipped,
                            .label = label_read(block->text + skipped)};
        bool is_asking = label_asks(head.text, head.text_len) || is_question_kind(block->text);
        asks += is_asking;
        if (!is_asking)
            continue;
        struct entry *entry = array_add(found.entries, found.count, found.cap);
        *entry = (struct entry){
            .title = flow_title(doc, &head, head.label.kind == LABEL_NUMBER),
            .line = quote->line,
            .number = head.label.kind == LABEL_NUMBER ? head.label.number : -1,
            .level = LEVEL_NONE,
            .is_quoted = true,
            .whole = {document_line_start(doc, quote->line),
                      document_line_start(doc, quote->end_line + 1)},
            .answer = {document_line_start(doc, quote->line + 1),
                       document_line_start(doc, quote->end_line + 1)},
        };
    }
    if (found.count >= least)
        *findings_add(findings, found.name, found.strength) = found;
    else
        free(found.entries);
}
