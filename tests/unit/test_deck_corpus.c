/* SPDX-License-Identifier: MIT
 * Tests of decks on real documents: the 25 questions this project started from and six of other
 * people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deck_testing.h"

static const struct {
    const char *file, *format;
    size_t questions, sections;
    const char *first, *last; /* starts of titles */
} documents[] = {
    {"seed/docker-sre-questions.md", "heading-answer", 25, 10, "Explain the Docker architecture.",
     "You need to debug a production issue"},
    {"corpus/01-devops-exercises-argo.md", "details", 51, 11, "What is Argo CD?",
     "How do you monitor a rollout?"},
    {"corpus/02-bash-quiz.md", "quiz", 94, 1, "Which of the three methods will copy",
     "What is the difference between the > and >> redirection operators?"},
    {"corpus/03-devinterview-docker.md", "heading-number", 15, 1,
     "What is Docker, and how is it different from virtual machines?",
     "Can Docker containers running on the same host communicate"},
    {"corpus/04-kafka-flashcards.md", "question-answer", 26, 8, "What is Kafka?",
     "First step in high lag troubleshooting?"},
    {"corpus/05-docker-numbered-list.md", "list", 30, 3, "What is Docker?",
     "What is Docker BuildKit?"},
    {"corpus/06-obsidian-licences.md", "flashcard", 25, 5,
     "Is a Commercial copyright licence covered by copyright?",
     "Are you allowed to use software protected by a Public Domain copywrite licence"},
    {"corpus/README.md", "none", 0, 0, NULL, NULL},
};

static struct deck *load_shared(const char *file)
{
    const char *shared = getenv("DRYDOCK_SHARED");
    struct error err;
    autofree char *path = str_printf("%s/%s", shared ? shared : "", file);

    if (!shared || !fs_exists(path)) {
        print_message("skipped: there is no %s\n", path);
        free(steal_ptr(&path)); /* skip() does not return */
        skip();
    }
    struct deck *deck = deck_load(path, &err);
    if (!deck)
        fail_msg("%s", err.text);
    return deck;
}

static void check_start(const char *title, const char *start)
{
    if (strncmp(title, start, strlen(start)) != 0)
        fail_msg("'%s' does not start with '%s'", title, start);
}

static void reads_documents(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(documents); i++) {
        auto_deck struct deck *deck = load_shared(documents[i].file);
        size_t count = deck->question_count;
        print_message("%s\n", documents[i].file);
        check_string("format", deck->format, documents[i].format);
        check_number("questions", count, documents[i].questions);
        check_number("sections", deck->section_count, documents[i].sections);
        check_number("warnings", deck->warning_count, 0);
        if (count == 0)
            continue;
        check_start(deck->questions[0].title, documents[i].first);
        check_start(deck->questions[count - 1].title, documents[i].last);
    }
}

static void reads_the_seed_whole(void **state)
{
    auto_deck struct deck *deck = load_shared("seed/docker-sre-questions.md");
    char id[24];

    for (size_t i = 0; i < deck->question_count; i++) {
        const struct question *question = &deck->questions[i];
        snprintf(id, sizeof(id), "Q%zu", i + 1);
        check_string("id", question->id, id);
        assert_true(strlen(question->answer) > 1000);
        assert_null(strstr(question->answer, "**A:**"));
        assert_null(strstr(question->answer, "\n### "));
        assert_null(strstr(question->answer, "\n## "));
    }
    assert_null(strstr(deck->questions[24].answer, "These 25 questions cover"));
    assert_non_null(strstr(deck->questions[24].answer, "Document environment differences"));
    check_string("first section", deck->sections[0].title, "1. Docker Internals & Architecture");
    check_string("last section", deck->sections[9].title, "10. Scenario-Based Questions");
}

static void marks_right_choices(void **state)
{
    auto_deck struct deck *deck = load_shared("corpus/02-bash-quiz.md");
    size_t right = 0;

    for (size_t i = 0; i < deck->question_count; i++) {
        const struct question *question = &deck->questions[i];
        size_t own = 0;
        if (question->option_count < 2 || question->option_count > 6)
            fail_msg("%s has %zu choices", question->id, question->option_count);
        for (size_t k = 0; k < question->option_count; k++)
            own += question->options[k].is_correct;
        assert_true(own >= 1);
        right += own;
        assert_null(strstr(question->prompt, "[x]"));
    }
    check_number("right choices", right, deck->question_count);
    check_number("told twice", deck->questions[30].option_count, 4);
}

static void cleans_answers(void **state)
{
    auto_deck struct deck *argo = load_shared("corpus/01-devops-exercises-argo.md");
    for (size_t i = 0; i < argo->question_count; i++) {
        assert_null(strstr(argo->questions[i].answer, "<details>"));
        assert_null(strstr(argo->questions[i].answer, "</b>"));
        assert_null(strstr(argo->questions[i].answer, "<br>"));
    }
    check_string("title with code below", argo->questions[13].title,
                 "Describe the purpose of the following section in a an Application YAML file");
    assert_non_null(strstr(argo->questions[13].prompt, "targetRevision: HEAD"));
    auto_deck struct deck *docker = load_shared("corpus/03-devinterview-docker.md");
    assert_null(strstr(docker->questions[14].answer, "Explore all"));
    assert_non_null(strstr(docker->questions[14].answer, "1. By Container IP"));
    auto_deck struct deck *kafka = load_shared("corpus/04-kafka-flashcards.md");
    for (size_t i = 0; i < kafka->question_count; i++)
        assert_null(strstr(kafka->questions[i].answer, "---"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_documents),
        cmocka_unit_test(reads_the_seed_whole),
        cmocka_unit_test(marks_right_choices),
        cmocka_unit_test(cleans_answers),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
