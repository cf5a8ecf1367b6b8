/* SPDX-License-Identifier: MIT
 * Any bytes make a deck whose parts hold together. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "trainer/deck/deck.h"
#include "trainer/deck/identity.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool is_true)
{
    if (!is_true)
        abort();
}

static void check_text(const char *text)
{
    check(text != NULL);
    check(utf8_is_valid(text, strlen(text)));
}

static void check_question(const struct deck *deck, size_t index)
{
    const struct question *question = &deck->questions[index];

    check(question->ordinal == (int)index + 1);
    check(question->section < deck->section_count);
    check(question->line >= 1 && question->end_line >= question->line);
    check(question->title[0] && !strchr(question->title, '\n'));
    check(question->answer[0] != '\0');
    check_text(question->title);
    check_text(question->prompt);
    check_text(question->answer);
    check_text(question->answer_text);
    check_text(question->tags);
    for (size_t i = 0; i < question->option_count; i++)
        check_text(question->options[i].text);
    for (size_t i = 0; i < question->key_point_count; i++)
        check_text(question->key_points[i].text);
    for (size_t i = 0; i < question->follow_up_count; i++)
        check_text(question->follow_ups[i].answer);
    identity_words_free(identity_words_new(question->title, question->answer_text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err;
    auto_deck struct deck *deck = deck_parse((const char *)data, size, "fuzz.md", &err);
    size_t questions = 0;

    if (!deck)
        return 0;
    check_text(deck->id);
    check_text(deck->title);
    for (size_t i = 0; i < deck->question_count; i++)
        check_question(deck, i);
    for (size_t i = 0; i < deck->section_count; i++)
        questions += deck->sections[i].question_count;
    check(questions == deck->question_count);
    for (size_t i = 0; i < deck->warning_count; i++)
        check(deck->warnings[i].line >= 1);
    return 0;
}
