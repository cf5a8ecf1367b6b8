/* SPDX-License-Identifier: MIT
 * Opening banks: new, old, newer, damaged, read-only, in use. None is ever overwritten. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/fs.h"
#include "scratch_bank.h"

#define FILE_LIMIT (64u << 20)

static void import_two(struct scratch *scratch)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    scratch_add(deck, "Images", "What is a layer?", "A set of file system changes.");
    scratch_add(deck, "Networks", "What is a bridge?", "A switch made of software.");
    scratch_import(scratch, deck);
    deck_free(deck);
}

static char *read_file(const char *path, size_t *len)
{
    struct error err;
    char *bytes = NULL;

    if (fs_read(path, FILE_LIMIT, &bytes, len, &err))
        fail_msg("%s", err.text);
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t len)
{
    struct error err;

    if (fs_write_atomic(path, bytes, len, 0600, &err))
        fail_msg("%s", err.text);
}

static void run_sql(const struct scratch *scratch, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s", message);
    sqlite3_close(db);
}

/* It must not open, for this reason, and every byte must stay. */
static void assert_refused(const struct scratch *scratch, const char *reason)
{
    size_t len_before, len_after;
    char *before = read_file(scratch->path, &len_before), *after;
    struct error err = {0};
    struct bank *bank = bank_open(scratch->path, &err);

    assert_null(bank);
    if (!strstr(err.text, reason))
        fail_msg("\"%s\", not \"%s\"", err.text, reason);
    after = read_file(scratch->path, &len_after);
    assert_int_equal(len_before, len_after);
    assert_memory_equal(before, after, len_before);
    free(before);
    free(after);
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

    import_two(scratch);
    scratch_reopen(scratch);
    assert_false(bank_is_fresh(scratch->bank));
    struct bank_question *question = scratch_load(scratch, "Q2");
    assert_string_equal(question->question.title, "What is a bridge?");
    assert_string_equal(question->section, "Networks");
    assert_string_equal(question->deck, "docker");
    bank_question_free(question);
}

static void test_folders_are_made(void **state)
{
    struct scratch *scratch = *state;
    char *path = str_printf("%s/a/b/bank.db", scratch->folder);
    struct error err;
    struct bank *bank = bank_open(path, &err);

    assert_non_null(bank);
    bank_close(bank);
    free(path);
}

static void test_no_bank_at_all(void **state)
{
    struct scratch *scratch = *state;
    struct error err = {0};

    assert_null(bank_open(scratch->folder, &err)); /* a folder */
    assert_non_null(strstr(err.text, "Is a directory"));
    char *below_file = str_printf("%s/bank.db", scratch->path);
    assert_null(bank_open(below_file, &err));
    assert_true(*err.text);
    free(below_file);
}

static void test_a_newer_bank(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    scratch_close(scratch);
    run_sql(scratch, "PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
    assert_refused(scratch, "is of a newer drydock (version 99");
}

static void test_other_files(void **state)
{
    struct scratch *scratch = *state;
    char noise[8192];

    scratch_close(scratch);
    unlink(scratch->path);
    write_file(scratch->path, "Dear diary, this is no bank.\n", 29);
    assert_refused(scratch, "is not a bank of drydock");
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (char)(i * 7919 >> 3);
    write_file(scratch->path, noise, sizeof(noise));
    assert_refused(scratch, "is not a bank of drydock");
    unlink(scratch->path);
    run_sql(scratch, "CREATE TABLE recipe (name TEXT)");
    assert_refused(scratch, "is not a bank of drydock");
    unlink(scratch->path);
    run_sql(scratch, "PRAGMA application_id = 252006673; PRAGMA user_version = 1");
    assert_refused(scratch, "is not a bank of drydock");
}

/* --- Damage */

/* Uses the bank in every way; returns how many ways failed, each with a sentence. */
static int use_everything(struct bank *bank)
{
    struct error err = {0};
    struct bank_due *due = NULL;
    struct bank_overview *overview;
    struct bank_question *question;
    int64_t *numbers = NULL, number;
    size_t count;
    int failures = 0;

    failures +=
        bank_list(bank, &(struct bank_filter){.words = "layer"}, &numbers, &count, &err) != 0;
    free(numbers);
    failures += bank_today(bank, NULL, SCRATCH_NOW, 0, &due, &count, &err) != 0;
    free(due);
    failures += bank_find(bank, "Q1", &number, &err) != 0;
    overview = bank_overview(bank, SCRATCH_NOW, &err);
    if (overview)
        bank_overview_free(overview);
    failures += !overview;
    question = bank_question_load(bank, 1, &err);
    if (question)
        bank_question_free(question);
    failures += !question;
    if (failures && !*err.text)
        fail_msg("a failure without a sentence");
    return failures;
}

/* Any page may be garbage: a sentence, no crash, and nothing is written. */
static void test_damaged_pages(void **state)
{
    struct scratch *scratch = *state;
    size_t len;
    int refused = 0, failed = 0;

    import_two(scratch);
    scratch_close(scratch);
    run_sql(scratch, "PRAGMA wal_checkpoint(TRUNCATE)");
    char *bytes = read_file(scratch->path, &len);
    assert_true(len % 4096 == 0 && len > 20 * 4096);
    for (size_t page = 0; page < len / 4096; page++) {
        char *damaged = xmalloc(len);
        memcpy(damaged, bytes, len);
        memset(damaged + page * 4096 + (page == 0 ? 100 : 0), 0xA5, page == 0 ? 3996 : 4096);
        write_file(scratch->path, damaged, len);
        struct error err = {0};
        struct bank *bank = bank_open(scratch->path, &err);
        if (bank) {
            failed += use_everything(bank) > 0;
            bank_close(bank);
        } else {
            assert_true(*err.text);
            refused++;
        }
        free(damaged);
    }
    assert_true(refused > 0 && failed > 5);
    free(bytes);
}

static void test_cut_off(void **state)
{
    struct scratch *scratch = *state;
    size_t len;

    import_two(scratch);
    scratch_close(scratch);
    run_sql(scratch, "PRAGMA wal_checkpoint(TRUNCATE)");
    char *bytes = read_file(scratch->path, &len);
    write_file(scratch->path, bytes, len / 2);
    assert_refused(scratch, "is damaged");
    write_file(scratch->path, bytes, 50);
    assert_refused(scratch, "is damaged");
    free(bytes);
}

/* --- Without the right to write: as another user where this one is root */

static bool in_child(void (*act)(const struct scratch *scratch), const struct scratch *scratch)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(3);
        act(scratch);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

#define require(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
            _exit(1);                                                                              \
        }                                                                                          \
    } while (0)

static void read_only_bank(const struct scratch *scratch)
{
    struct error err = {0};
    struct bank *bank = bank_open(scratch->path, &err);
    struct card card = {0};
    struct bank_review given = {.rating = RATING_GOOD, .at_ms = SCRATCH_NOW, .source = "test"};
    int64_t review;

    if (!bank)
        fprintf(stderr, "%s\n", err.text);
    require(bank);
    require(bank_is_read_only(bank));
    require(use_everything(bank) == 0);
    require(bank_rate(bank, 1, &card, &card, &given, false, false, &review, &err) == -1);
    require(strstr(err.text, "is read-only"));
    struct deck *deck = scratch_deck("other", "/none/other.md");
    scratch_add(deck, "A", "What is a socket?", "An end of a connection.");
    require(!bank_import(bank, deck, false, &err));
    require(strstr(err.text, "is read-only"));
    struct import_report *report = bank_import(bank, deck, true, &err);
    require(report && report->added == 1);
    import_report_free(report);
    deck_free(deck);
    bank_close(bank);
}

static void test_read_only_file(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    scratch_close(scratch);
    assert_int_equal(chmod(scratch->path, 0444), 0);
    assert_int_equal(chmod(scratch->folder, 0777), 0);
    assert_true(in_child(read_only_bank, scratch));
}

static void test_read_only_folder(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    scratch_close(scratch);
    assert_int_equal(chmod(scratch->path, 0444), 0);
    assert_int_equal(chmod(scratch->folder, 0555), 0);
    assert_true(in_child(read_only_bank, scratch));
    assert_int_equal(chmod(scratch->folder, 0700), 0);
}

static void folder_without_rights(const struct scratch *scratch)
{
    char *path = str_printf("%s/new.db", scratch->folder);
    struct error err = {0};

    require(!bank_open(path, &err));
    require(strstr(err.text, "cannot open the bank"));
    require(strstr(err.text, "Permission denied"));
    require(!fs_exists(path));
    free(path);
}

static void test_folder_without_rights(void **state)
{
    struct scratch *scratch = *state;

    if (getenv("DRYDOCK_VALGRIND")) {
        print_message("skipped: valgrind takes what a child inherits for lost\n");
        skip();
    }
    assert_int_equal(chmod(scratch->folder, 0555), 0);
    assert_true(in_child(folder_without_rights, scratch));
    assert_int_equal(chmod(scratch->folder, 0700), 0);
}

/* --- Several at once */

static void test_in_use(void **state)
{
    struct scratch *scratch = *state;
    struct error err = {0};
    sqlite3 *db;
    int64_t review;

    import_two(scratch);
    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(use_everything(scratch->bank), 0);
    assert_int_equal(bank_reset(scratch->bank, 1, SCRATCH_NOW, &review, &err), -1);
    assert_non_null(strstr(err.text, "is in use by another program"));
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(bank_reset(scratch->bank, 1, SCRATCH_NOW, &review, &err), 0);
}

#define OPENERS 8

static void test_many_make_it_at_once(void **state)
{
    struct scratch *scratch = *state;

    scratch_close(scratch);
    for (int round = 0; round < 5; round++) {
        char *path = str_printf("%s/%d/bank.db", scratch->folder, round);
        for (int i = 0; i < OPENERS; i++) {
            if (fork() == 0) {
                struct error err = {0};
                struct bank *bank = bank_open(path, &err);
                if (!bank)
                    fprintf(stderr, "%s\n", err.text);
                bool is_fresh = bank && bank_is_fresh(bank);
                if (bank)
                    bank_close(bank);
                free(path);
                _exit(!is_fresh);
            }
        }
        for (int i = 0; i < OPENERS; i++) {
            int status;
            wait(&status);
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        free(path);
    }
    scratch_open(scratch);
}

#define RATERS  4
#define RATINGS 25

static void rate_often(const struct scratch *scratch, int rater)
{
    struct scratch own = *scratch;
    char id[16];

    own.bank = NULL;
    snprintf(id, sizeof(id), "Q%d", rater + 1);
    scratch_open(&own);
    for (int i = 0; i < RATINGS; i++)
        scratch_rate(&own, id, SCRATCH_NOW + i, RATING_GOOD, 2);
    scratch_close(&own);
}

static void test_many_rate_at_once(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    for (int i = 0; i < RATERS; i++) {
        char *title = str_printf("Question %d?", i);
        scratch_add(deck, "A", title, "An answer.");
        free(title);
    }
    scratch_import(scratch, deck);
    deck_free(deck);
    scratch_close(scratch);
    for (int i = 0; i < RATERS; i++) {
        if (fork() == 0) {
            rate_often(scratch, i);
            _exit(0);
        }
    }
    for (int i = 0; i < RATERS; i++) {
        int status;
        wait(&status);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"), RATERS * RATINGS);
    assert_int_equal(scratch_number(scratch, "SELECT sum(reviews) FROM day"), RATERS * RATINGS);
    assert_int_equal(scratch_number(scratch, "SELECT count(DISTINCT id) FROM review"),
                     RATERS * RATINGS);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM device"), 1);
    scratch_check(scratch);
}

/* --- Banks of earlier versions */

static void test_version_1(void **state)
{
    struct scratch *scratch = *state;
    const char *source = getenv("DRYDOCK_SOURCE");
    int64_t *numbers;
    size_t len, count;
    struct error err;

    if (!source) {
        print_message("DRYDOCK_SOURCE is not set\n");
        skip();
    }
    char *kept = str_printf("%s/tests/unit/banks/version-1.db", source);
    char *bytes = read_file(kept, &len);
    scratch_close(scratch);
    unlink(scratch->path);
    write_file(scratch->path, bytes, len);
    free(bytes);
    free(kept);
    scratch_open(scratch);
    scratch_check(scratch);
    struct bank_question *question = scratch_load(scratch, "docker:Q1");
    assert_string_equal(question->question.title, "What is a layer?");
    assert_int_equal(question->question.key_point_count, 2);
    assert_int_equal(question->card.reviews, 2);
    assert_int_equal(question->card.state, CARD_REVIEW);
    bank_question_free(question);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"), 4);
    struct bank_filter filter = {.words = "容器"};
    assert_int_equal(bank_list(scratch->bank, &filter, &numbers, &count, &err), 0);
    assert_int_equal(count, 1);
    free(numbers);
    scratch_rate(scratch, "docker:Q2", SCRATCH_NOW, RATING_GOOD, 2);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_a_new_bank),
        TEST(test_what_was_written_is_there_again),
        TEST(test_folders_are_made),
        TEST(test_no_bank_at_all),
        TEST(test_a_newer_bank),
        TEST(test_other_files),
        TEST(test_damaged_pages),
        TEST(test_cut_off),
        TEST(test_read_only_file),
        TEST(test_read_only_folder),
        TEST(test_folder_without_rights),
        TEST(test_in_use),
        TEST(test_many_make_it_at_once),
        TEST(test_many_rate_at_once),
        TEST(test_version_1),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
