/* SPDX-License-Identifier: MIT
 * Tests of our own deck form, and of the warnings that all decks give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deck_testing.h"

#define FRONT    "---\ndeck: d\n---\n"
#define QUESTION "### Q1: A?\n\n"
#define POINT    "**Key points**\n\n- one\n  <!-- id: one -->\n\n"

static const char full[] =
    "---\ndeck: docker-sre\ntitle: \"Docker for SREs\"\n---\n\n# Docker\n\nIntroduction.\n\n## 3. "
    "Storage\n\n"
    "### Q9: How do `volumes` work?\n\n<!-- id: volumes\n     same-as: 1f0c9a7be2d43a55 -->\n\n"
    "**Level:** senior\n\n**Tags:** volumes,storage ,\n\n**A:** First.\n\n#### Inside\n\n- "
    "list\n\n**Key points**\n\n"
    "- ★ A volume outlives\n  its container.\n  <!-- id: outlives\n       match: "
    "volume.{0,60}(outliv|surviv)\n"
    "       match: x|y -->\n- (must) Second. <!-- match: z -->\n- Third.\n\n**Follow-ups**\n\n"
    "- Who removes it?\n  <!-- after: outlives -->\n\n  Nobody.\n\n      code\n\n- How many?\n  "
    "<!-- depth: 2 -->\n\n"
    "**Labs**\n\n- [What survives](labs/volumes.md)\n\n**Sources**\n\n- "
    "[Volumes](https://docs.docker.com/v/), read today\n\n"
    "### Q10: Next?\n\n**A:**\n\nText.\n";

static void reads_the_whole_form(void **state)
{
    auto_deck struct deck *deck = parse(full);
    const struct question *question = &deck->questions[0];

    check_number("warnings", deck->warning_count, 0);
    check_number("questions", deck->question_count, 2);
    check_string("deck", deck->id, "docker-sre");
    check_string("deck's title", deck->title, "Docker for SREs");
    check_string("format", deck->format, "drydock");
    check_string("section", deck->sections[0].title, "3. Storage");
    check_string("id", question->id, "Q9");
    check_string("mark", question->mark, "volumes");
    check_string("same as", question->same_as[0], "1f0c9a7be2d43a55");
    check_string("title", question->title, "How do volumes work?");
    check_string("level", question->level, "senior");
    check_string("tags", question->tags, "volumes, storage");
    check_string("prompt", question->prompt, "");
    check_string("answer", question->answer, "First.\n\n#### Inside\n\n- list\n");
    check_string("next", deck->questions[1].answer, "Text.\n");
    check_string("no level", deck->questions[1].level, NULL);
}

static void reads_key_points(void **state)
{
    auto_deck struct deck *deck = parse(full);
    const struct question *question = &deck->questions[0];

    check_number("key points", question->key_point_count, 3);
    check_string("text", question->key_points[0].text, "A volume outlives its container.");
    check_string("id", question->key_points[0].id, "outlives");
    assert_true(question->key_points[0].is_must);
    check_number("patterns", question->key_points[0].pattern_count, 2);
    check_string("pattern", question->key_points[0].patterns[0], "volume.{0,60}(outliv|surviv)");
    check_string("second", question->key_points[1].text, "Second.");
    assert_true(question->key_points[1].is_must);
    check_string("pattern", question->key_points[1].patterns[0], "z");
    check_string("its number", question->key_points[2].id, "3");
    assert_false(question->key_points[2].is_must);
}

static void reads_follow_ups_and_links(void **state)
{
    auto_deck struct deck *deck = parse(full);
    const struct question *question = &deck->questions[0];

    check_number("follow-ups", question->follow_up_count, 2);
    check_string("text", question->follow_ups[0].text, "Who removes it?");
    check_string("answer", question->follow_ups[0].answer, "Nobody.\n\n    code\n");
    check_string("after", question->follow_ups[0].after, "outlives");
    check_number("depth", (size_t)question->follow_ups[1].depth, 2);
    check_string("no answer", question->follow_ups[1].answer, "");
    check_string("lab", question->labs[0].target, "labs/volumes.md");
    check_string("source", question->sources[0].title, "Volumes");
}

/* Text, the line that is warned of, and a part of the message. */
static const struct {
    const char *text;
    int line;
    const char *message;
} warning_cases[] = {
    {"---\ndeck: a b\n---\n### Q1: A?\n**A:** x\n", 1, "no id"},
    {FRONT "Text.\n", 4, "no question"},
    {FRONT QUESTION "**Level:** expert\n\n**A:** x\n", 6, "'expert' is not known"},
    {FRONT QUESTION "<!-- colour: red -->\n\n**A:** x\n", 6, "'colour:' is not understood"},
    {FRONT QUESTION "<!-- to do -->\n\n**A:** x\n", 6, "no 'key: value'"},
    {FRONT QUESTION "<!-- id: a\n     same-as: xyz -->\n\n**A:** x\n", 7, "no fingerprint"},
    {FRONT QUESTION "<!-- id: a\n     id: b -->\n\n**A:** x\n", 7, "two ids"},
    {FRONT QUESTION "<!-- id: a -->\n**A:** x\n### Q2: B?\n<!-- id: a -->\n**A:** y\n", 8,
     "line 4 too"},
    {FRONT QUESTION "**A:** x\n### Q1: B?\n\n**A:** y\n", 7, "twice"},
    {FRONT QUESTION "x\n", 4, "no '**A:**'"},
    {FRONT QUESTION "**A:**\n", 4, "no answer"},
    {FRONT QUESTION "\n", 4, "no answer"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\nText.\n", 10, "belongs to nothing"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\n**Labs**\n\n- [a](b)\n", 8,
     "no list follows 'Key points'"},
    {FRONT QUESTION "**A:** x\n\n**Sources**\n", 8, "no list follows 'Sources'"},
    {FRONT QUESTION "**A:** x\n\n" POINT "Text.\n", 13, "belongs to nothing"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\n- a\n  <!-- match: (x -->\n", 11, "not valid"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\n- a\n  <!-- id: a -->\n- b\n  <!-- id: a -->\n",
     13, "twice"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\n- a\n\n  b\n", 12, "only the first paragraph"},
    {FRONT QUESTION "**A:** x\n\n**Key points**\n\n- ```\n  a\n  ```\n", 10, "no text"},
    {FRONT QUESTION "**A:** x\n\n" POINT "**Follow-ups**\n\n- B?\n  <!-- after: two -->\n", 4,
     "no key point"},
    {FRONT QUESTION "**A:** x\n\n**Follow-ups**\n\n- B?\n  <!-- depth: 5 -->\n", 11, "1 to 4"},
    {FRONT QUESTION "**A:** x\n\n" POINT
                    "**Follow-ups**\n\n- B?\n  <!-- after: one\n       depth: 1 -->\n",
     15, "not both"},
    {FRONT QUESTION "**A:** x\n\n**Follow-ups**\n\n- B?\n", 10, "neither"},
    {FRONT QUESTION "**A:** x\n\n**Labs**\n\n- volumes\n", 10, "no link"},
    {FRONT QUESTION "**A:** x\n\n### Aside\n\ny\n", 8, "no question"},
    {FRONT QUESTION "**A:** x\n### Q2: B?\n**A:** z\n\n## Q3: C?\n\n**A:** y\n", 10, "no question"},
    /* other shapes */
    {"**Q:** A?\n\n**A:** x\n\n**Q:** B?\n\n**A:**\n\n**Q:** C?\n\n**A:** y\n", 5, "no answer"},
    {"- A?\n- B?\n- C?\n", 1, "3 headings and list items"},
    {"a\n\nb \xff c\n", 3, "UTF-8"},
};

static void warns_by_line(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(warning_cases); i++) {
        auto_deck struct deck *deck = parse(warning_cases[i].text);
        bool is_found = false;
        for (size_t k = 0; k < deck->warning_count; k++)
            is_found |= deck->warnings[k].line == warning_cases[i].line &&
                        strstr(deck->warnings[k].message, warning_cases[i].message);
        if (is_found)
            continue;
        for (size_t k = 0; k < deck->warning_count; k++)
            print_message("%d: %s\n", deck->warnings[k].line, deck->warnings[k].message);
        fail_msg("no warning '%s' of line %d for\n%s", warning_cases[i].message,
                 warning_cases[i].line, warning_cases[i].text);
    }
}

static void takes_what_stands_without_label(void **state)
{
    auto_deck struct deck *deck = parse(FRONT QUESTION "Only text.\n");
    check_string("answer", deck->questions[0].answer, "Only text.\n");
    auto_deck struct deck *prompt =
        parse(FRONT QUESTION "```\ncode\n```\n\n**Level:** mid\n**A:** x\n");
    check_string("level", prompt->questions[0].level, "mid");
    check_string("answer", prompt->questions[0].answer, "x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_whole_form),
        cmocka_unit_test(reads_key_points),
        cmocka_unit_test(reads_follow_ups_and_links),
        cmocka_unit_test(warns_by_line),
        cmocka_unit_test(takes_what_stands_without_label),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
