/* SPDX-License-Identifier: MIT
 * A power cut at any write, truncation or sync of ratings and imports; a disk that fills up at any
 * byte. No acknowledged review may be lost, and an import is there whole or not at all. */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "fault_vfs.h"
#include "scratch_bank.h"

#define QUESTIONS 40
#define CUTS      120

/* Two states of one document: all answers say the same word. */
static struct deck *make_deck(const char *word)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    for (int i = 0; i < QUESTIONS; i++) {
        char *title = str_printf("Question number %d?", i);
        char *answer = str_printf("%s: this is what is said about %d, at some length.", word, i);
        scratch_add(deck, i < QUESTIONS / 2 ? "First" : "Second", title, answer);
        free(title);
        free(answer);
    }
    return deck;
}

static void remove_files(const char *folder, const char *name)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        char *path = str_printf("%s/%s%s", folder, name, endings[i]);
        unlink(path);
        free(path);
    }
}

/* A bank whose every write is watched from the first byte on. */
static int watched_setup(void **state)
{
    int result = scratch_setup(state);
    struct scratch *scratch = *state;

    scratch_close(scratch);
    remove_files(scratch->folder, "bank.db");
    fault_vfs_watch(scratch->folder);
    scratch_open(scratch);
    return result;
}

/* What a machine finds after the power cut: through drydock first, then through SQLite's checks. */
static int64_t check_after_cut(const char *folder, const char *sql)
{
    struct scratch after = {0};

    snprintf(after.path, sizeof(after.path), "%s/bank.db", folder);
    scratch_open(&after);
    scratch_close(&after);
    scratch_check(&after);
    return scratch_number(&after, sql);
}

/* --- Power cuts */

static void rate_until_cut(struct scratch *scratch, int *acknowledged)
{
    for (int i = 0; !fault_vfs_was_cut(); i++) {
        char id[16];
        snprintf(id, sizeof(id), "Q%d", i % QUESTIONS + 1);
        scratch_rate(scratch, id, SCRATCH_NOW + i, RATING_GOOD, 3);
        if (!fault_vfs_was_cut())
            ++*acknowledged;
    }
}

static void test_power_cuts_while_rating(void **state)
{
    struct scratch *scratch = *state;
    char *folder = str_printf("%s/cut", scratch->folder);
    struct deck *deck = make_deck("one");
    int acknowledged = 0;

    assert_int_equal(mkdir(folder, 0700), 0);
    scratch_import(scratch, deck);
    for (int cut = 0; cut < CUTS; cut++) {
        remove_files(folder, "bank.db");
        fault_vfs_cut_power(1 + (size_t)(cut * 37) % 500, folder, cut % 3 > 0, (uint64_t)cut);
        rate_until_cut(scratch, &acknowledged);
        int64_t kept = check_after_cut(folder, "SELECT count(*) FROM review");
        /* One more may be there: on disk, but not told yet. */
        if (kept != acknowledged && kept != acknowledged + 1)
            fail_msg("cut %d: %lld reviews, %d acknowledged", cut, (long long)kept, acknowledged);
        acknowledged = (int)scratch_number(scratch, "SELECT count(*) FROM review");
    }
    print_message("%d ratings, %zu operations, %d cuts\n", acknowledged, fault_vfs_operations(),
                  CUTS);
    deck_free(deck);
    free(folder);
}

static void test_power_cuts_while_importing(void **state)
{
    struct scratch *scratch = *state;
    char *folder = str_printf("%s/cut", scratch->folder);
    struct deck *decks[] = {make_deck("one"), make_deck("two")};

    assert_int_equal(mkdir(folder, 0700), 0);
    scratch_import(scratch, decks[0]);
    for (int cut = 0, at = 1; cut < CUTS; cut++) {
        remove_files(folder, "bank.db");
        fault_vfs_cut_power(1 + (size_t)(cut * 7) % 90, folder, cut % 3 > 0, (uint64_t)cut);
        for (; !fault_vfs_was_cut(); at = !at)
            scratch_import(scratch, decks[at]);
        int64_t of_one = check_after_cut(folder, "SELECT count(*) FROM question_text"
                                                 " WHERE answer LIKE 'one:%'");
        if (of_one != 0 && of_one != QUESTIONS)
            fail_msg("cut %d: %lld questions of one, not all or none", cut, (long long)of_one);
    }
    deck_free(decks[0]);
    deck_free(decks[1]);
    free(folder);
}

/* The very first start may be cut as well: a bank, or nothing that a new start could not mend. */
static void test_power_cuts_while_a_bank_is_made(void **state)
{
    struct scratch *scratch = *state;
    char *folder = str_printf("%s/cut", scratch->folder);
    struct scratch fresh = {0};
    int cuts = 0;

    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(fresh.path, sizeof(fresh.path), "%s/bank.db", scratch->folder);
    scratch_close(scratch);
    do {
        remove_files(scratch->folder, "bank.db");
        remove_files(folder, "bank.db");
        cuts++;
        fault_vfs_cut_power((size_t)cuts, folder, cuts % 3 > 0, (uint64_t)cuts);
        scratch_open(&fresh);
        scratch_close(&fresh);
        if (fault_vfs_was_cut())
            assert_int_equal(check_after_cut(folder, "SELECT count(*) FROM review"), 0);
    } while (fault_vfs_was_cut());
    assert_true(cuts > 10);
    scratch_open(scratch);
    free(folder);
}

/* --- Full disks */

static void test_full_disk_while_rating(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = make_deck("one");
    struct bank_review given = {.rating = RATING_GOOD, .at_ms = SCRATCH_NOW, .source = "test"};
    int failures = 0;

    scratch_import(scratch, deck);
    scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 1);
    for (size_t room = 0; room < 80000; room += 1009) {
        struct bank_question *question = scratch_load(scratch, "Q1");
        struct card after = question->card;
        struct error err = {0};
        int64_t review;
        after.reviews++;
        after.interval_days++;
        int64_t before = scratch_number(scratch, "SELECT count(*) FROM review");
        fault_vfs_fill_disk(room);
        int result = bank_rate(scratch->bank, question->card_number, &question->card, &after,
                               &given, false, false, &review, &err);
        fault_vfs_fill_disk(SIZE_MAX);
        bank_question_free(question);
        int64_t now = scratch_number(scratch, "SELECT count(*) FROM review");
        assert_int_equal(now, before + (result == 0));
        if (result) {
            failures++;
            assert_non_null(strstr(err.text, "the disk is full; nothing was changed"));
        }
        scratch_rate(scratch, "Q2", SCRATCH_NOW, RATING_GOOD, 1); /* goes on as if nothing was */
        question = scratch_load(scratch, "Q1");
        assert_int_equal(question->card.reviews,
                         scratch_number(scratch, "SELECT count(*) FROM review WHERE card = 1"));
        bank_question_free(question);
    }
    scratch_check(scratch);
    assert_true(failures > 10);
    deck_free(deck);
}

static void test_full_disk_while_importing(void **state)
{
    struct scratch *scratch = *state;
    struct deck *decks[] = {make_deck("one"), make_deck("two")};
    int failures = 0;

    scratch_import(scratch, decks[0]);
    for (size_t room = 0; room < 400000; room += 9973) {
        struct error err = {0};
        uint64_t before = scratch_hash(scratch);
        fault_vfs_fill_disk(room);
        struct import_report *report = bank_import(scratch->bank, decks[1], false, &err);
        fault_vfs_fill_disk(SIZE_MAX);
        if (report) {
            import_report_free(report);
            scratch_import(scratch, decks[0]);
            continue;
        }
        failures++;
        assert_non_null(strstr(err.text, "the disk is full; nothing was changed"));
        assert_true(before == scratch_hash(scratch));
    }
    scratch_check(scratch);
    assert_true(failures > 3);
    deck_free(decks[0]);
    deck_free(decks[1]);
}

/* The real thing, from the kernel: no file may grow any more. */
static void test_file_size_limit(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = make_deck("one");
    int status;

    scratch_import(scratch, deck);
    scratch_close(scratch);
    int64_t before = scratch_number(scratch, "SELECT count(*) FROM review");
    if (fork() == 0) {
        struct rlimit limit = {.rlim_cur = 8192, .rlim_max = 8192};
        struct card card = {0}, after = {.state = CARD_REVIEW, .reviews = 1};
        struct bank_review given = {.rating = RATING_GOOD, .at_ms = SCRATCH_NOW, .source = "test"};
        struct error err = {0};
        int64_t review;
        struct bank *bank = bank_open(scratch->path, &err);
        signal(SIGXFSZ, SIG_IGN);
        if (!bank || setrlimit(RLIMIT_FSIZE, &limit))
            _exit(1);
        int result = bank_rate(bank, 1, &card, &after, &given, false, false, &review, &err);
        if (result == 0 || !strstr(err.text, "the disk is full; nothing was changed"))
            fprintf(stderr, "%d %s\n", result, err.text);
        _exit(result == 0 || !strstr(err.text, "the disk is full; nothing was changed"));
    }
    wait(&status);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    scratch_check(scratch);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"), before);
    deck_free(deck);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, watched_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_power_cuts_while_rating),         TEST(test_power_cuts_while_importing),
        TEST(test_power_cuts_while_a_bank_is_made), TEST(test_full_disk_while_rating),
        TEST(test_full_disk_while_importing),       TEST(test_file_size_limit),
    };

    fault_vfs_install();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
