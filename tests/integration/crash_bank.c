/* SPDX-License-Identifier: MIT
 * Kills a process at random moments, hundreds of times, while it rates and imports, and counts: no
 * review that it told of may be lost, and an import is there whole or not at all.
 *
 * crash_bank [KILLS]: 500 unless told; three in five while rating. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "scratch_bank.h"

#define QUESTIONS      40
#define LIFETIME_US    40000 /* of a child, at most, once it has begun */
#define KILLS_DEFAULT  500
#define PIPE_FULL_ACKS 4096

static int kills = KILLS_DEFAULT;
static uint64_t random_state = 88172645463325252u;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

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

/* --- What the children do until they are killed */

typedef void (*victim)(struct scratch *scratch, int acks);

static void tell(int acks, int64_t number)
{
    if (write(acks, &number, sizeof(number)) != (ssize_t)sizeof(number))
        _exit(1);
}

static void rate_forever(struct scratch *scratch, int acks)
{
    tell(acks, 0);
    scratch_open(scratch);
    for (int i = 0;; i++) {
        char id[16];
        snprintf(id, sizeof(id), "Q%d", i % QUESTIONS + 1);
        tell(acks, scratch_rate(scratch, id, SCRATCH_NOW + i, RATING_GOOD, 3));
    }
}

/* Tells 1 or 2: which state was imported last. */
static void import_forever(struct scratch *scratch, int acks)
{
    struct deck *decks[] = {make_deck("one"), make_deck("two")};

    tell(acks, 0);
    scratch_open(scratch);
    for (int at = 0;; at = !at) {
        scratch_import(scratch, decks[at]);
        tell(acks, at + 1);
    }
}

/* Returns how many numbers it told; the first one, 0, only says that it has begun. */
static size_t run_and_kill(struct scratch *scratch, victim act, int64_t told[PIPE_FULL_ACKS])
{
    int ends[2], status;
    size_t bytes = 0;
    ssize_t count;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        act(scratch, ends[1]);
        _exit(1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], told, sizeof(*told)), sizeof(*told));
    struct timespec life = {.tv_nsec = (long)(next_random() % LIFETIME_US) * 1000};
    nanosleep(&life, NULL);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    while ((count = read(ends[0], (char *)told + bytes, PIPE_FULL_ACKS * sizeof(*told) - bytes)) >
           0)
        bytes += (size_t)count;
    close(ends[0]);
    return bytes / sizeof(*told);
}

/* --- What must be true afterwards */

static bool has_review(sqlite3_stmt *statement, int64_t number)
{
    sqlite3_bind_int64(statement, 1, number);
    bool found = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    return found;
}

static void assert_all_kept(const struct scratch *scratch, const int64_t *told, size_t count)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    size_t lost = 0;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT 1 FROM review WHERE number = ?1", -1, &statement, NULL),
        SQLITE_OK);
    for (size_t i = 0; i < count; i++)
        lost += !has_review(statement, told[i]);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    assert_int_equal(lost, 0);
}

/* The cards and the sums of the days are what the reviews make of them. */
static void assert_sums(const struct scratch *scratch)
{
    assert_int_equal(scratch_number(scratch, "SELECT sum(reviews) FROM card"),
                     scratch_number(scratch, "SELECT count(*) FROM review"));
    assert_int_equal(scratch_number(scratch, "SELECT sum(reviews) FROM day"),
                     scratch_number(scratch, "SELECT count(*) FROM review"));
}

static void test_kills_while_rating(void **state)
{
    struct scratch *scratch = *state;
    static int64_t told[PIPE_FULL_ACKS];
    struct deck *deck = make_deck("one");
    size_t ratings = 0;

    scratch_import(scratch, deck);
    scratch_close(scratch);
    for (int i = 0; i < kills * 3 / 5; i++) {
        size_t count = run_and_kill(scratch, rate_forever, told);
        assert_all_kept(scratch, told, count);
        scratch_check(scratch);
        ratings += count;
    }
    assert_sums(scratch);
    int64_t kept = scratch_number(scratch, "SELECT count(*) FROM review");
    print_message("%d kills: %zu acknowledged, %lld kept\n", kills * 3 / 5, ratings,
                  (long long)kept);
    assert_true(ratings > 0 && kept >= (int64_t)ratings);
    deck_free(deck);
}

static void test_kills_while_importing(void **state)
{
    struct scratch *scratch = *state;
    static int64_t told[PIPE_FULL_ACKS];
    struct deck *deck = make_deck("one");
    int64_t last = 1;
    size_t imports = 0;

    scratch_import(scratch, deck);
    scratch_close(scratch);
    for (int i = 0; i < kills * 2 / 5; i++) {
        size_t count = run_and_kill(scratch, import_forever, told);
        scratch_check(scratch);
        assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM question"), QUESTIONS);
        int64_t of_one =
            scratch_number(scratch, "SELECT count(*) FROM question_text WHERE answer LIKE 'one:%'");
        int64_t now = of_one == QUESTIONS ? 1 : 2;
        assert_true(of_one == 0 || of_one == QUESTIONS);
        /* The last one told of, or the next, which it had no time to tell of. */
        int64_t expected = count > 0 ? told[count - 1] : last;
        assert_true(now == expected || (count == 0 ? now == 1 : now == 3 - expected));
        last = now;
        imports += count;
    }
    print_message("%d kills: %zu imports told of\n", kills * 2 / 5, imports);
    assert_true(imports > 0);
    deck_free(deck);
}

int main(int argc, char **argv)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_kills_while_rating),
        TEST(test_kills_while_importing),
    };

    if (argc > 1)
        kills = atoi(argv[1]);
    random_state ^= (uint64_t)getpid() << 20;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
