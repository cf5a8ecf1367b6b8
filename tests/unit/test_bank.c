/* SPDX-License-Identifier: MIT
 * Opening banks: new, old, newer, damaged, read-only, in use. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "scratch_bank.h"

static struct deck *two_questions(void)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    scratch_add(deck, "Images", "What is a layer?", "A set of file system changes.");
    scratch_add(deck, "Networks", "What is a bridge?", "A switch made of software.");
    return deck;
}

static void test_a_new_bank(void **state)
{
    struct scratch *scratch = *state;

    assert_true(bank_is_fresh(scratch->bank));
    assert_false(bank_is_read_only(scratch->bank));
    assert_int_equal(scratch_number(scratch, "PRAGMA user_version"), 1);
    assert_int_equal(scratch_number(scratch, "PRAGMA application_id"), 0x44525944);
    scratch_check(scratch);
}

static void test_what_was_written_is_there_again(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = two_questions();

    scratch_import(scratch, deck);
    scratch_reopen(scratch);
    assert_false(bank_is_fresh(scratch->bank));
    struct bank_question *question = scratch_load(scratch, "Q2");
    assert_string_equal(question->question.title, "What is a bridge?");
    assert_string_equal(question->section, "Networks");
    assert_string_equal(question->deck, "docker");
    bank_question_free(question);
    deck_free(deck);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_new_bank, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_what_was_written_is_there_again, scratch_setup,
                                        scratch_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
