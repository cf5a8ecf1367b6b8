/* SPDX-License-Identifier: MIT
 * Tests of decks: each shape in a sample of its own, what belongs to title, prompt and answer, and
 * ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deck_testing.h"

/* The documents of tests/unit/decks. */
static const struct {
    const char *name, *format;
    size_t questions, sections, warnings;
    const char *first, *last; /* titles */
} samples[] = {
    /* clang-format off */
    {"alternating-headings", "heading-answer", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"answer-heading", "heading-answer", 3, 1, 0, "What is a closure?", "What is this?"},
    {"arabic-pairs", "question-answer", 5, 1, 0, "ما هو 1؟", "ما هو 5؟"},
    {"arabic", "heading-number", 3, 1, 0, "ما هي الحاوية؟", "ما الفرق بين الحاوية والآلة الافتراضية؟"},
    {"bare-chinese", "heading-answer", 3, 1, 0, "写出两个斜体的星号", "使用反引号"},
    {"bold-labelled", "question-answer", 3, 1, 0, "Difference between Docker and Kubernetes?", "What is a service?"},
    {"bold-questions", "bold-question", 4, 2, 0, "What is SRE?", "Who is on call?"},
    {"callouts", "callout", 2, 1, 0, "What is entropy?", "Explain Big-O of binary search"},
    {"chinese-numerals", "heading-number", 6, 1, 0, "什么是甲？", "什么是己？"},
    {"chinese-quoted", "quoted-question", 5, 1, 0, "什么是1？", "什么是5？"},
    {"chinese-reference-answer", "heading-number", 3, 1, 0, "描述代码的结果", "深拷贝"},
    {"cr-only", "heading-answer", 2, 1, 0, "What is CR?", "Who used it?"},
    {"crlf-bom", "heading-answer", 2, 1, 0, "What is CRLF?", "What is a BOM?"},
    {"details-folded", "details", 3, 1, 1, "What is a volume?", "What is swap?"},
    {"details-items", "details", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"french-pairs", "question-answer", 5, 1, 0, "Qu’est-ce que 1 ?", "Qu’est-ce que 5 ?"},
    {"greek", "heading-question", 3, 1, 0, "Τι είναι ένα κοντέινερ;", "Πώς συνδέονται τα δίκτυα;"},
    {"heading-mixed", "heading-question", 5, 1, 0, "Describe a bundle", "Explain tree shaking"},
    {"heading-told", "heading-question", 3, 1, 0, "Select every user", "Remove old rows"},
    {"hebrew-pairs", "question-answer", 2, 1, 0, "מהו מיכל?", "מהי תמונה?"},
    {"hindi", "question-answer", 5, 1, 0, "क्या है 1?", "क्या है 5?"},
    {"korean-reveal", "heading-answer", 5, 1, 0, "1란 무엇인가요?", "5란 무엇인가요?"},
    {"label-alone", "question-answer", 2, 1, 0, "What is Kubernetes?", "What is a pod?"},
    {"letters-item", "quiz", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"letters-paragraph", "quiz", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"letters", "heading-question", 3, 1, 0, "¿Qué es Markdown?", "¿Qué es Git?"},
    {"list-answer-label", "list", 3, 1, 0, "What is Kubernetes?", "What is a container?"},
    {"list-follow", "list", 3, 1, 0, "What is a commit?", "What does rebase do?"},
    {"list-headings", "list", 3, 1, 0, "What is a component?", "Why keys?"},
    {"list-inline", "list", 5, 1, 0, "What is 1?", "What is 5?"},
    {"list-lazy", "list", 3, 1, 0, "What is a mutex?", "What is a deadlock?"},
    {"list-outline", "list", 4, 1, 0, "What is a layer?", "What is a namespace?"},
    {"list-plain", "list", 3, 1, 1, "What is Kubernetes?", "Why a deployment?"},
    {"mixed", "details", 9, 4, 0, "What is a container?", "What is a service?"},
    {"none-changelog", "none", 0, 0, 0, NULL, NULL},
    {"none-empty", "none", 0, 0, 0, NULL, NULL},
    {"none-folds", "none", 0, 0, 0, NULL, NULL},
    {"none-mark", "none", 0, 0, 0, NULL, NULL},
    {"none-notes", "none", 0, 0, 1, NULL, NULL},
    {"none-options", "none", 0, 0, 0, NULL, NULL},
    {"none-readme", "none", 0, 0, 0, NULL, NULL},
    {"none-tutorial", "none", 0, 0, 0, NULL, NULL},
    {"none-unanswered", "none", 0, 0, 1, NULL, NULL},
    {"numbered-headings", "heading-number", 3, 1, 0, "What does a shell do first?", "Why is cd a builtin?"},
    {"numbered-text", "list", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"obsidian", "flashcard", 5, 1, 0, "What does kill -9 send?", "What is TERM?"},
    {"one-liners", "flashcard", 6, 1, 0, "perro", "silla"},
    {"pairs-chinese", "question-answer", 3, 2, 0, "什么是镜像？", "桥接网络怎样工作？"},
    {"pairs-german", "question-answer", 3, 2, 0, "Was ist ein Abbild?", "Nenne zwei Treiber."},
    {"pairs-japanese", "question-answer", 3, 1, 0, "コンテナとは何ですか。", "ボリュームの役割は。"},
    {"pairs-plain", "question-answer", 3, 1, 0, "What is an inode?", "Where is the name?"},
    {"pairs-quoted", "question-answer", 2, 1, 0, "What is a quote?", "How is it marked?"},
    {"pairs-unknown-words", "question-answer", 3, 1, 0, "Kil ma nadu?", "Vesh kil?"},
    {"persian", "heading-answer", 5, 1, 0, "این چیست؟", "این چیست؟"},
    {"question-headings", "heading-question", 5, 1, 0, "What is a port?", "Who assigns ports?"},
    {"quiz-code", "quiz", 2, 1, 0, "Which one compiles?", "Which is a number?"},
    {"quiz-letters-last", "quiz", 3, 1, 0, "What is the output?", "Which is smallest?"},
    {"quiz-plain", "quiz", 3, 1, 0, "Which signal cannot be caught?", "Which call makes a process?"},
    {"quiz-unnumbered", "quiz", 3, 1, 0, "You plan a move to a cloud. What should you include?", "Which two count? Each is a whole answer."},
    {"quoted-questions", "quoted-question", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"references", "heading-question", 3, 1, 0, "What is Docker?", "What else?"},
    {"reveal-html-list", "details-answer", 2, 1, 0, "What will be the output?", "What is logged?"},
    {"reveal-letters", "quiz", 3, 1, 0, "What's the output?", "Which are falsy?"},
    {"russian", "question-answer", 6, 1, 0, "Что такое а?", "Что такое е?"},
    {"semicolons", "flashcard", 3, 1, 0, "What are the kinds of consumers?", "Which port has SSH?"},
    {"separated", "separated-question", 5, 1, 0, "How does DNS work?", "What happens on fork?"},
    {"table", "table", 4, 1, 0, "What is a pod?", "What is DNS?"},
    {"tagged", "flashcard", 6, 1, 0, "What is a pod?", "What happens on fork?"},
    {"thai", "question-answer", 5, 1, 0, "อะไรคือ 1", "อะไรคือ 5"},
    {"vietnamese", "heading-answer", 5, 1, 0, "1 là gì?", "5 là gì?"},
    {"wrappers", "heading-answer", 3, 1, 0, "Is bold kept in code?", "What about links and pictures?"},
    /* clang-format on */
};

static void reads_every_shape(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
        auto_deck struct deck *deck = load_sample(samples[i].name);
        size_t count = deck->question_count;
        print_message("%s\n", samples[i].name);
        check_string("format", deck->format, samples[i].format);
        check_number("questions", count, samples[i].questions);
        check_number("sections", deck->section_count, samples[i].sections);
        check_number("warnings", deck->warning_count, samples[i].warnings);
        if (count == 0)
            continue;
        check_string("first", deck->questions[0].title, samples[i].first);
        check_string("last", deck->questions[count - 1].title, samples[i].last);
    }
}

/* What belongs to the title, the prompt and the answer. */
static const struct {
    const char *name, *text;
    size_t index; /* of the question */
    const char *title, *prompt, *answer;
} pieces[] = {
    {"inner headings stay", "# T\n## 1. A?\n\nx\n\n### In\n\ny\n\n## 2. B?\n\nz\n\n## 3. C?\n\nw\n",
     0, "A?", "", "x\n\n### In\n\ny\n"},
    {"the section's end ends the last answer",
     "## S\n### Q1: A?\n**A:** x\n\n---\n\n## Summary\n\nbye\n\n### Q2: B?\n**A:** y\n", 0, "A?",
     "", "x\n"},
    {"code between question and answer",
     "### Q1: A?\n```c\nx\n```\n**A:** y\n### Q2: B?\n**A:** z\n", 0, "A?", "```c\nx\n```\n",
     "y\n"},
    {"bold goes on behind the label",
     "### Q1: A?\n**Answer: yes**, so.\n### Q2: B?\n**Answer: no**\n", 0, "A?", "",
     "**yes**, so.\n"},
    {"the answer's label is a heading", "### Q1: A?\n#### Answer\nx\n### Q2: B?\n#### Answer\ny\n",
     1, "B?", "", "y\n"},
    {"summary with code",
     "<details>\n<summary>A?\n\n```\nx\n```\n</summary><br><b>\n\ny\n</b></details>\n"
     "<details><summary>B?</summary>z</details>\n<details><summary>C?</summary>w</details>\n",
     0, "A?", "```\nx\n```\n", "y\n"},
    {"answer on one line",
     "<details><summary>A?</summary>x</details>\n<details><summary>B?</summary><b>y</b> "
     "z</details>\n"
     "<details><summary>C?</summary>w</details>\n",
     1, "B?", "", "<b>y</b> z\n"},
    {"a list item is dedented",
     "1. **A?**\n   - x\n\n     y\n2. **B?**\n   - z\n3. **C?**\n   - w\n", 0, "A?", "",
     "- x\n\n  y\n"},
    {"a fence on the bullet's line",
     "1. **A?**\n   - ```sh\n     x\n     ```\n2. **B?**\n   - z\n3. **C?**\n   - w\n", 0, "A?", "",
     "- ```sh\n  x\n  ```\n"},
    {"several lines of question", "Q: A?\nB?\nA: x\ny\n\nQ: C?\nA: z\n", 0, "A? B?", "", "x\ny\n"},
    {"nothing but the answer in a quote",
     "> **Q:** A?\n>\n> **A:** x\n> > y\n\n---\n\n> **Q:** B?\n>\n> **A:** z\n", 0, "A?", "",
     "x\n> y\n"},
    {"a card's two sides", "# T\n\nA\n?\nx\n\nB\n?\ny\n", 1, "B", "", "y\n"},
    {"a cell", "|Q|A|\n|-|-|\n|A?|x<br>`a \\| b`|\n|B?|y|\n", 0, "A?", "", "x\n\n`a | b`\n"},
    {"links back and adverts are left out",
     "## 1. A?\n\nx\n\n**[back](#top)**\n\n## 2. B?\n\ny\n<br>\n\n## 3. C?\n\nz\n\n#### More "
     "[here](http://x)\n\n<br>\n\n"
     "<a href=\"x\">\n<img src=\"y\">\n</a>\n",
     2, "C?", "", "z\n"},
    {"the target of a link comes along", "## A?\n[x][y]\n## B?\nz\n## C?\nw\n\n[y]: http://z\n", 0,
     "A?", "", "[x][y]\n\n[y]: http://z\n"},
    {"markup in titles", "### Q1: *A* `b` [c](d) &amp; <i>e</i>?\n**A:** x\n### Q2: B?\n**A:** y\n",
     0, "A b c & e?", "", "x\n"},
    {"two questions in one title", "## 1) Is it A? If so, how?\nx\n## 2) B?\ny\n## 3) C?\nz\n", 0,
     "Is it A? If so, how?", "", "x\n"},
    {"digits of another script",
     "## \xd9\xa1. \xd9\x85\xd8\xa7\xd8\x9f\nx\n## \xd9\xa2. B?\ny\n## \xd9\xa3. C?\nz\n", 0,
     "\xd9\x85\xd8\xa7\xd8\x9f", "", "x\n"},
    {"numbers that are no labels", "## 3.5 inch disks: why?\nx\n## 2 ways?\ny\n## 64 bits?\nz\n", 0,
     "3.5 inch disks: why?", "", "x\n"},
    {"CRLF", "### Q1: A?\r\n**A:** x\r\n\r\ny\r\n### Q2: B?\r\n**A:** z\r\n", 0, "A?", "",
     "x\n\ny\n"},
};

static void splits_questions(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(pieces); i++) {
        auto_deck struct deck *deck = parse(pieces[i].text);
        print_message("%s\n", pieces[i].name);
        if (pieces[i].index >= deck->question_count)
            fail_msg("only %zu questions", deck->question_count);
        const struct question *question = &deck->questions[pieces[i].index];
        check_string("title", question->title, pieces[i].title);
        check_string("prompt", question->prompt, pieces[i].prompt);
        check_string("answer", question->answer, pieces[i].answer);
    }
}

static const struct {
    const char *text, *ids;
} id_cases[] = {
    {"### Q3: A?\n**A:** x\n### Q7: B?\n**A:** y\n", "Q3 Q7 "},
    {"### Q3: A?\n**A:** x\n### Q3: B?\n**A:** y\n", "Q1 Q2 "},
    {"### Q3: A?\n**A:** x\n### Question: B?\n**A:** y\n", "Q1 Q2 "},
    {"## 5. A?\nx\n## 6. B?\ny\n## 7. C?\nz\n", "Q5 Q6 Q7 "},
    {"7. A?\n   - x\n8. B?\n   - y\n9. C?\n   - z\n", "Q7 Q8 Q9 "},
    {"## A?\nx\n## B?\ny\n## C?\nz\n", "Q1 Q2 Q3 "},
};

static void names_questions(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(id_cases); i++) {
        auto_deck struct deck *deck = parse(id_cases[i].text);
        autostr struct str ids = STR_INIT;
        for (size_t k = 0; k < deck->question_count; k++)
            str_addf(&ids, "%s ", deck->questions[k].id);
        check_string(id_cases[i].text, ids.text, id_cases[i].ids);
    }
}

/* "text" for a choice, "*text" for a right one. */
static void check_options(const struct question *question, const char *expected)
{
    autostr struct str options = STR_INIT;

    for (size_t i = 0; i < question->option_count; i++)
        str_addf(&options, "%s%s|", question->options[i].is_correct ? "*" : "",
                 question->options[i].text);
    check_string(question->title, options.text, expected);
}

static void reads_choices(void **state)
{
    auto_deck struct deck *quiz = load_sample("quiz-plain");
    check_options(&quiz->questions[0], "TERM|*KILL|HUP|");
    check_options(&quiz->questions[1], "*FIFO|*RR|OTHER|");
    check_string("right ones are the answer", quiz->questions[1].answer, "- FIFO\n- RR\n");
    auto_deck struct deck *letters = load_sample("reveal-letters");
    check_options(&letters->questions[0], "\"null\"|*\"object\"|undefined|");
    check_options(&letters->questions[2], "*0|\"0\"|*\"\"|");
    check_string("choices are no prompt", letters->questions[2].prompt, "");
    auto_deck struct deck *code = load_sample("quiz-code");
    check_options(&code->questions[0], "let a;|*let b = 1;|");
    auto_deck struct deck *last = load_sample("quiz-letters-last");
    check_options(&last->questions[0], "1|*2|");
    check_options(&last->questions[1], "*1|*2|0|");
    auto_deck struct deck *twice = parse(
        "#### Q1. A?\n\n- [ ] `A` ![A](a.png)\n- [x] `B` ![B](b.png)\n\nAs text:\n\n- [ ] A\n\n"
        "```\n1\n```\n\n- [x] B\n\n```\n2\n```\n\n#### Q2. B?\n\n- [x] x\n- [ ] y\n");
    check_options(&twice->questions[0], "A|*B|");
    assert_null(strstr(twice->questions[0].prompt, "[x]"));
    assert_non_null(strstr(twice->questions[0].prompt, "2\n"));
    check_options(&twice->questions[1], "*x|y|");
}

static void finds_sections(void **state)
{
    auto_deck struct deck *deck = load_sample("mixed");
    check_string("section", deck->sections[0].title, "Folded");
    check_number("questions", deck->sections[0].question_count, 3);
    check_number("line", (size_t)deck->sections[0].line, 3);
    check_string("section", deck->sections[3].title, "Headed");
    check_number("section of", deck->questions[8].section, 3);
    auto_deck struct deck *same = parse("# T\n## A\n### Q1: x?\n**A:** 1\n## B\n### Q2: y?\n**A:** "
                                        "2\n## A\n### Q3: z?\n**A:** 3\n");
    check_number("sections of the same name", same->section_count, 3);
}

static void tells_plain_text(void **state)
{
    auto_deck struct deck *deck =
        parse("### Q1: A?\n**A:** *x* <b>y</b> &lt;z&gt;\n\n- `a`\n- b\n\n```\n<c>\n```\n\n<p>d "
              "&amp; e</p>\n\n### Q2: B?\n**A:** f\n");
    check_string("text", deck->questions[0].answer_text, "x y <z>\na\nb\n<c>\nd & e");
}

static void reads_front_matter(void **state)
{
    auto_deck struct deck *deck = load_sample("obsidian");
    check_string("title", deck->title, "Signals");
    check_string("id", deck->id, "obsidian");
    check_number("first line", (size_t)deck->questions[0].line, 8);
    auto_deck struct deck *open = parse("---\n\nQ: A?\nA: x\n\nQ: B?\nA: y\n");
    check_number("a rule is no front matter", open->question_count, 2);
    struct error err;
    auto_deck struct deck *named = deck_parse("", 0, "/a/My Deck (2).v1.md", &err);
    check_string("id of a file", named->id, "my-deck-2-.v1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_shape),  cmocka_unit_test(splits_questions),
        cmocka_unit_test(names_questions),    cmocka_unit_test(reads_choices),
        cmocka_unit_test(finds_sections),     cmocka_unit_test(tells_plain_text),
        cmocka_unit_test(reads_front_matter),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
