/* SPDX-License-Identifier: MIT
 * Full-text search, ids, lists and their filters. */
#include "scratch_bank.h"

static void fill(struct scratch *scratch)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");
    struct question *question;

    scratch_add(deck, "Basics", "What is a container?", "A process with its own namespaces.");
    scratch_add(deck, "Basics", "How does docker run work?", "The daemon asks containerd.");
    question = scratch_add(deck, "Storage", "Where do volumes live?",
                           "Below /var/lib/docker; a container mounts them. See docker-compose.");
    question->level = "senior";
    question->tags = "storage, volumes";
    scratch_add(deck, "Sprachen", "Wie heißt das Gerät für Überläufe?", "Naïve Puffer; café, été.");
    scratch_add(deck, "中文", "什么是容器?", "容器是一个隔离的进程，使用Linux内核的命名空间。");
    scratch_add(deck, "日本語", "コンテナとは何ですか？",
                "Dockerコンテナは隔離されたプロセスです。");
    scratch_add(deck, "ไทย", "คอนเทนเนอร์คืออะไร", "กระบวนการที่แยกออกจากกัน");
    scratch_add(deck, "Русский", "Что такое контейнер?", "Процесс в своих пространствах имён.");
    scratch_import(scratch, deck);
    deck_free(deck);
}

/* "Q1 Q2 …" */
static char *list(struct scratch *scratch, const struct bank_filter *filter)
{
    struct str ids = STR_INIT;
    struct arena arena = {0};
    struct bank_row rows[64];
    struct error err;
    int64_t *numbers;
    size_t count;

    if (bank_list(scratch->bank, filter, &numbers, &count, &err) ||
        bank_rows(scratch->bank, numbers, count, &arena, rows, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < count; i++)
        str_addf(&ids, "%s%s", i ? " " : "", rows[i].id);
    arena_clear(&arena);
    free(numbers);
    return str_steal(&ids);
}

static const struct {
    const char *words, *expected; /* those with the words in the title come first */
} searches[] = {
    {"container", "Q1 Q2 Q3"}, /* also the beginning of containerd */
    {"containerd", "Q2"},
    {"CONTAINER proc", "Q1"},
    {"docker", "Q2 Q3 Q6"},
    {"docker work", "Q2"},
    {"work docker", "Q2"},
    {"d", "Q2 Q3 Q4"}, /* one or two letters: the beginning of a word of the title … */
    {"do", "Q2 Q3"},
    {"a", "Q1 Q3"}, /* … or a whole word */
    {"volu", "Q3"},
    {"docker-compose", "Q3"},
    {"/var/lib", "Q3"},
    {"\"docker", "Q2 Q3 Q6"},
    {"docker AND OR NOT (", ""},
    {"title : docker*", ""},
    {"container ", "Q1 Q3"}, /* a blank ends the word */
    {"uberlaufe", "Q4"},
    {"ÜBERL", "Q4"},
    {"cafe", "Q4"},
    {"容器", "Q5"},
    {"容", "Q5"},
    {"器", "Q5"},
    {"是容器", "Q5"},
    {"容器 进程", "Q5"},
    {"容 进", "Q5"},
    {"器容", ""},
    {"linux内核", "Q5"},
    {"linux", "Q5"},
    {"コンテナ", "Q6"},
    {"dockerコン", "Q6"},
    {"คอน", "Q7"},
    {"контей", "Q8"},
    {"пространствах имён", "Q8"},
    {"nothing", ""},
    {"", "Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8"},
    {"   ", "Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8"},
    {"?!", ""},
    {"\xff\xfe", ""},
};

static void test_searches(void **state)
{
    struct scratch *scratch = *state;
    int failures = 0;

    fill(scratch);
    for (size_t i = 0; i < ARRAY_LEN(searches); i++) {
        struct bank_filter filter = {.words = searches[i].words};
        char *given = list(scratch, &filter);
        if (!str_eq(given, searches[i].expected)) {
            print_error("search \"%s\": \"%s\", not \"%s\"\n", searches[i].words, given,
                        searches[i].expected);
            failures++;
        }
        free(given);
    }
    assert_int_equal(failures, 0);
}

static const struct {
    struct bank_filter filter;
    const char *expected;
} filters[] = {
    {{.deck = "docker"}, "Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8"},
    {{.section = "Basics"}, "Q1 Q2"},
    {{.section = "Basics", .words = "docker"}, "Q2"},
    {{.level = "senior"}, "Q3"},
    {{.level = "junior"}, ""},
    {{.tag = "volumes"}, "Q3"},
    {{.tag = "Storage"}, "Q3"},
    {{.tag = "vol"}, ""},
    {{.only_suspended = true}, "Q2"},
    {{.only_leeches = true}, ""},
    {{.only_due = true, .now_ms = SCRATCH_NOW}, "Q1"},
    {{.only_due = true, .now_ms = SCRATCH_NOW - 9 * DAY_MS}, ""},
    {{.words = "docker", .deck = "docker", .section = "Storage"}, "Q3"},
};

static void test_filters(void **state)
{
    struct scratch *scratch = *state;
    struct error err;
    int failures = 0;

    fill(scratch);
    scratch_rate(scratch, "Q1", SCRATCH_NOW - 5 * DAY_MS, RATING_GOOD, 3);
    scratch_rate(scratch, "Q2", SCRATCH_NOW - 5 * DAY_MS, RATING_GOOD, 3);
    struct bank_question *question = scratch_load(scratch, "Q2");
    assert_int_equal(bank_suspend(scratch->bank, question->card_number, true, &err), 0);
    bank_question_free(question);
    for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
        char *given = list(scratch, &filters[i].filter);
        if (!str_eq(given, filters[i].expected)) {
            print_error("filter %zu: \"%s\", not \"%s\"\n", i, given, filters[i].expected);
            failures++;
        }
        free(given);
    }
    assert_int_equal(failures, 0);
    char *all = list(scratch, NULL);
    assert_string_equal(all, "Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8");
    free(all);
}

static void test_edits_reach_the_index(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("docker", "/none/docker.md");
    struct bank_filter old = {.words = "kernel"}, edited = {.words = "sandbox"};

    scratch_add(deck, "A", "What is a container?", "Part of the kernel.");
    scratch_add(deck, "A", "What is an image?", "Layers and a kernel-free configuration.");
    scratch_import(scratch, deck);
    deck->questions[0].answer = deck->questions[0].answer_text = "A sandbox for one process.";
    deck->question_count = 1;
    scratch_import(scratch, deck);
    char *given = list(scratch, &old);
    assert_string_equal(given, "");
    free(given);
    given = list(scratch, &edited);
    assert_string_equal(given, "Q1");
    free(given);
    scratch_check(scratch);
    deck_free(deck);
}

/* --- Ids */

static void test_ids(void **state)
{
    struct scratch *scratch = *state;
    struct deck *other = scratch_deck("other", "/none/other.md");
    int64_t number;
    struct error err;

    fill(scratch);
    scratch_add(other, "A", "What is a container?", "Shared by its title.");
    scratch_add(other, "A", "Quite another question", "Not shared.");
    scratch_import(scratch, other);
    /* Though both share a card, they are two texts. */
    assert_int_equal(bank_find(scratch->bank, "Q1", &number, &err), -1);
    assert_string_equal(err.text, "Q1 may be each of docker:Q1, other:Q1");
    assert_int_not_equal(scratch_find(scratch, "other:Q1"), scratch_find(scratch, "docker:Q1"));
    assert_int_equal(scratch_find(scratch, "q3"), scratch_find(scratch, "docker:Q3"));
    assert_int_equal(bank_find(scratch->bank, "Q2", &number, &err), -1);
    assert_string_equal(err.text, "Q2 may be each of docker:Q2, other:Q2");
    assert_int_equal(scratch_find(scratch, "Q99"), 0);
    assert_int_equal(scratch_find(scratch, "none:Q1"), 0);
    assert_int_equal(scratch_find(scratch, ""), 0);
    deck_free(other);
}

/* --- Texts one by one */

struct visits {
    int count, stop_after;
};

static bool visit(void *data, int64_t number, const char *title, const char *answer)
{
    struct visits *visits = data;

    assert_true(number > 0 && *title && *answer);
    return ++visits->count != visits->stop_after;
}

static void test_each_text(void **state)
{
    struct scratch *scratch = *state;
    struct visits visits = {0};
    struct error err;

    fill(scratch);
    assert_int_equal(bank_each_text(scratch->bank, NULL, visit, &visits, &err), 0);
    assert_int_equal(visits.count, 8);
    visits = (struct visits){.stop_after = 3};
    assert_int_equal(bank_each_text(scratch->bank, NULL, visit, &visits, &err), 0);
    assert_int_equal(visits.count, 3);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_searches), TEST(test_filters),   TEST(test_edits_reach_the_index),
        TEST(test_ids),      TEST(test_each_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
