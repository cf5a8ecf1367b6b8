/* SPDX-License-Identifier: MIT
 * The bundled deck: read without a warning, and every key point recognised by its patterns where it
 * should be and only there. The sentences are in tests/content/docker-sre.samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "trainer/deck/deck.h"
#include "trainer/deck/grade.h"

#define QUESTIONS  25
#define SECTIONS   10
#define POINTS_MAX 32

struct sample { /* "Q9 outlives + volumes survive the container" */
    int line;
    char question[16];
    char point[64];
    bool must_match;
    const char *sentence;
};

static char *in_source(const char *path)
{
    return fs_join(getenv("DRYDOCK_SOURCE"), path);
}

static struct deck *load_deck(void)
{
    autofree char *path = in_source("content/docker-sre.md");
    struct error err;
    struct deck *deck = deck_load(path, &err);

    if (!deck)
        fail_msg("%s", err.text);
    return deck;
}

static const struct question *find_question(const struct deck *deck, const char *id)
{
    for (size_t i = 0; i < deck->question_count; i++)
        if (str_eq(deck->questions[i].id, id))
            return &deck->questions[i];
    return NULL;
}

static int find_point(const struct question *question, const char *id)
{
    for (size_t i = 0; question && i < question->key_point_count; i++)
        if (str_eq(question->key_points[i].id, id))
            return (int)i;
    return -1;
}

static bool parse_sample(char *text, int line, struct sample *sample)
{
    int used = 0;
    char sign;

    if (sscanf(text, "%15s %63s %c %n", sample->question, sample->point, &sign, &used) != 3 ||
        used == 0 || (sign != '+' && sign != '-'))
        return false;
    sample->line = line;
    sample->must_match = sign == '+';
    sample->sentence = text + used;
    return true;
}

/* Returns 1 where the sample fails. */
static int check_sample(const struct deck *deck, const struct sample *sample,
                        int counts[][POINTS_MAX][2])
{
    const struct question *question = find_question(deck, sample->question);
    int point = find_point(question, sample->point);
    struct grade_point points[POINTS_MAX];

    if (point < 0) {
        print_error("samples:%d: no key point %s %s\n", sample->line, sample->question,
                    sample->point);
        return 1;
    }
    grade_answer(question->key_points, question->key_point_count, sample->sentence, points);
    counts[question->ordinal - 1][point][sample->must_match]++;
    if (points[point].is_found == sample->must_match)
        return 0;
    print_error("samples:%d: %s %s is %s, expected %s: %s\n", sample->line, sample->question,
                sample->point, points[point].is_found ? "found" : "not found",
                sample->must_match ? "found" : "not found", sample->sentence);
    return 1;
}

static int check_coverage(const struct deck *deck, int counts[][POINTS_MAX][2])
{
    int missing = 0;

    for (size_t i = 0; i < deck->question_count; i++) {
        const struct question *question = &deck->questions[i];
        for (size_t j = 0; j < question->key_point_count; j++) {
            if (counts[i][j][0] > 0 && counts[i][j][1] > 0)
                continue;
            print_error("%s %s: %d sentences that match, %d that do not\n", question->id,
                        question->key_points[j].id, counts[i][j][1], counts[i][j][0]);
            missing++;
        }
    }
    return missing;
}

static void patterns_recognise_their_key_points(void **state)
{
    auto_deck struct deck *deck = load_deck();
    autofree char *path = in_source("tests/content/docker-sre.samples");
    autofree char *text = NULL;
    static int counts[QUESTIONS][POINTS_MAX][2];
    struct error err;
    size_t len;
    int failures = 0, line_number = 0;

    (void)state;
    if (fs_read(path, 1 << 20, &text, &len, &err) < 0)
        fail_msg("%s", err.text);
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        struct sample sample;
        line_number++;
        if (!*line || *line == '#')
            continue;
        if (!parse_sample(line, line_number, &sample))
            fail_msg("samples:%d: not a sample: %s", line_number, line);
        failures += check_sample(deck, &sample, counts);
    }
    assert_int_equal(failures, 0);
    assert_int_equal(check_coverage(deck, counts), 0);
}

static void deck_is_complete(void **state)
{
    auto_deck struct deck *deck = load_deck();

    (void)state;
    for (size_t i = 0; i < deck->warning_count; i++)
        print_error("docker-sre.md:%d: %s\n", deck->warnings[i].line, deck->warnings[i].message);
    assert_int_equal(deck->warning_count, 0);
    assert_int_equal(deck->question_count, QUESTIONS);
    assert_int_equal(deck->section_count, SECTIONS);
    for (size_t i = 0; i < deck->question_count; i++) {
        const struct question *question = &deck->questions[i];
        autofree char *id = str_printf("Q%zu", i + 1);
        assert_string_equal(question->id, id);
        assert_non_null(question->mark);
        assert_non_null(question->level);
        assert_true(question->key_point_count >= 6 && question->key_point_count <= POINTS_MAX);
        assert_true(question->follow_up_count >= 3);
        assert_true(question->source_count >= 2);
        assert_true(strlen(question->answer) > 1500);
        for (size_t j = 0; j < question->key_point_count; j++)
            assert_true(question->key_points[j].pattern_count > 0);
        for (size_t j = 0; j < question->follow_up_count; j++)
            assert_true(*question->follow_ups[j].answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deck_is_complete),
        cmocka_unit_test(patterns_recognise_their_key_points),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
