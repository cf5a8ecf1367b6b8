/* SPDX-License-Identifier: MIT
 * Tests that no input takes long or breaks the reading: nesting, endless lists and lines, quadratic
 * traps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "deck_testing.h"

#define INPUT_BYTES 400000
#define LIMIT_SECONDS                                                                              \
    20.0 /* of processor time: far more than needed, even under sanitizers and Valgrind */

/* `front`, then `piece` over and over. */
static const struct {
    const char *name, *front, *piece, *back;
} traps[] = {
    {"lists in lists", "", "- ", "a"},
    {"numbers in numbers", "", "1. ", "a"},
    {"quotes in quotes", "", "> ", "a"},
    {"deep list, then blank lines",
     "- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - a\n", "\n", ""},
    {"a list of short lines", "", "- a\n", ""},
    {"a list of questions", "", "1. a?\n   b\n", ""},
    {"headings", "", "# a?\n\nb\n\n", ""},
    {"labelled headings", "", "## Q1: a\n**A:** b\n", ""},
    {"pairs without blank lines", "", "Q: a?\nA: b\n", ""},
    {"one label", "", "q: a\n", ""},
    {"answers alone", "", "a?\n\nAnswer: b\n\n", ""},
    {"one line", "", "a", "?"},
    {"blank lines", "", "\n", ""},
    {"carriage returns", "", "\r", ""},
    {"short lines", "", "a\n", ""},
    {"marks of cards", "", "?\n", ""},
    {"cards without blank lines", "", "a?\n?\nb\n", ""},
    {"one-liners", "", "a?::b\n", ""},
    {"brackets", "", "[", ""},
    {"pairs of brackets", "", "[a]", ""},
    {"images in images", "", "![[](", ""},
    {"links without end", "", "[a](<b", ""},
    {"comments without end", "", "a <!-- ", ""},
    {"instructions without end", "", "a <? ", ""},
    {"data without end", "", "a <![CDATA[", ""},
    {"tags without end", "", "<a ", ""},
    {"attributes without end", "", "<a href=\"", ""},
    {"stars", "", "*a **a ", ""},
    {"stars and underlines", "", "*a_ ", ""},
    {"backticks", "", "`a``b", ""},
    {"ampersands", "", "&", ""},
    {"details in details", "", "<details>", ""},
    {"details side by side", "", "<details><summary>a?</summary>b</details>\n", ""},
    {"summaries", "<details>", "<summary>", ""},
    {"a table", "|a|b|\n|-|-|\n", "|a?|b|\n", ""},
    {"a wide table", "", "|", "\n|-|\n|a?|"},
    {"boxes", "# a\n", "- [x] a\n- [ ] b\n", ""},
    {"definitions", "", "[a]: b\n\n[c][a]\n\n", ""},
    {"a long definition used often", "[a]: /xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\n",
     "[a] ", ""},
    {"fences", "", "```\n", ""},
    {"HTML", "", "<div>\n", ""},
    {"front matter without end", "---\n", "a: b\n", ""},
    {"our form", "---\ndeck: a\n---\n", "### Q1: a\n<!-- id: a\nsame-as: 12 -->\n**A:** b\n", ""},
    {"our form's comments",
     "---\ndeck: a\n---\n### Q1: a\n**A:** b\n\n**Key points**\n\n- a\n  <!--\n", "match: a\n", ""},
    {"bytes that are no text", "", "\xff\xfe\x80", ""},
};

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void takes_no_trap(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(traps); i++) {
        autostr struct str text = STR_INIT;
        struct error err;
        str_add(&text, traps[i].front);
        while (text.len < INPUT_BYTES)
            str_add(&text, traps[i].piece);
        str_add(&text, traps[i].back);
        double start = seconds();
        auto_deck struct deck *deck = deck_parse(text.text, text.len, "trap.md", &err);
        double taken = seconds() - start;
        assert_non_null(deck);
        if (taken > LIMIT_SECONDS)
            fail_msg("%s took %.1f s", traps[i].name, taken);
    }
}

static void survives_nul_bytes(void **state)
{
    static const char text[] = "## Q1: A\0?\n**A:** x\0y\n## Q2: B?\n**A:** z\n";
    struct error err;
    auto_deck struct deck *deck = deck_parse(text, sizeof(text) - 1, "nul.md", &err);

    check_number("questions", deck->question_count, 2);
    check_string("title", deck->questions[0].title, "A\xef\xbf\xbd?");
    check_number("warnings", deck->warning_count, 1);
}

static void reads_a_stair_of_lists(void **state)
{
    autostr struct str text = STR_INIT;

    for (int depth = 0; depth < 500; depth++)
        str_addf(&text, "%*s- a\n", depth * 2, "");
    auto_deck struct deck *deck = parse(text.text);
    check_number("warnings", deck->warning_count, 1);
    assert_non_null(strstr(deck->warnings[0].message, "column"));
}

static void reads_a_thousand_questions(void **state)
{
    autostr struct str text = STR_INIT;

    for (int i = 1; i <= 1000; i++) {
        str_addf(&text, "## %d. What is thing %d?\n\n", i, i);
        for (int k = 0; k < 20; k++)
            str_addf(&text, "Line %d of answer %d says *something* about it.\n\n", k, i);
    }
    assert_true(text.len > 900000);
    auto_deck struct deck *deck = parse(text.text);
    check_number("questions", deck->question_count, 1000);
    check_string("last", deck->questions[999].id, "Q1000");
    check_number("warnings", deck->warning_count, 0);
}

static void refuses_what_is_too_long(void **state)
{
    size_t len = DECK_LIMIT_BYTES + 1;
    autofree char *text = xcalloc(1, len);
    struct error err;

    assert_null(deck_parse(text, len, "long.md", &err));
    assert_non_null(strstr(err.text, "16 MiB"));
}

static void bounds_warnings(void **state)
{
    autostr struct str text = STR_INIT;

    for (int i = 0; i < 5000; i++)
        str_add(&text, "### Q1: A?\n\n");
    str_add(&text, "### Q1: A?\n\n**A:** x\n\n### Q2: A?\n\n**A:** x\n");
    auto_deck struct deck *deck = parse(text.text);
    assert_true(deck->warning_count <= 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_no_trap),
        cmocka_unit_test(survives_nul_bytes),
        cmocka_unit_test(reads_a_stair_of_lists),
        cmocka_unit_test(reads_a_thousand_questions),
        cmocka_unit_test(refuses_what_is_too_long),
        cmocka_unit_test(bounds_warnings),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
