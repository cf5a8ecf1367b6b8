/* SPDX-License-Identifier: MIT
 * The bank at 100,000 questions and 5,000,000 reviews: next card, rating (against a bare SQLite
 * transaction of the same rows), search as you type, home screen, lists; and the speed of import.
 *
 * bench_bank FOLDER: the big bank is made in the folder the first time (some minutes, 2 GB) and
 * reused. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/str.h"
#include "trainer/bank/bank.h"

#define DECKS          10
#define DECK_QUESTIONS 10000
#define QUESTIONS      (DECKS * DECK_QUESTIONS)
#define REVIEWS        5000000
#define NEW_SHARE      10 /* one card of so many has no reviews */
#define NOW_MS         1780000000000LL
#define DAY_MS         86400000LL
#define YEARS_MS       (3 * 365 * DAY_MS)
#define LIMIT_MS       50.0
#define WORDS          4000
#define RATINGS        300

static void die(const char *text)
{
    fprintf(stderr, "bench_bank: %s\n", text);
    exit(1);
}

static double now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static uint64_t random_state = 88172645463325252u;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* --- Questions: words as frequent as in a language (the n-th about 1/n of the first) */

static char words[WORDS][16];

static void make_words(void)
{
    static const char *const first[] = {"docker",  "container", "the",    "image",  "network",
                                        "a",       "volume",    "to",     "kernel", "process",
                                        "service", "do",        "dockerd"};
    static const char consonants[] = "bcdfglmnprstvwz", vowels[] = "aeiou";

    for (size_t i = 0; i < WORDS; i++) {
        if (i < ARRAY_LEN(first)) {
            strcpy(words[i], first[i]);
            continue;
        }
        size_t syllables = 1 + next_random() % 4, len = 0;
        for (size_t at = 0; at < syllables; at++) {
            words[i][len++] = consonants[next_random() % (sizeof(consonants) - 1)];
            words[i][len++] = vowels[next_random() % (sizeof(vowels) - 1)];
        }
        words[i][len] = '\0';
    }
    strcpy(words[WORDS - 1], "zyzzyva"); /* rare */
}

static const char *random_word(void)
{
    double share = (double)(next_random() >> 11) / (double)(1ull << 53);
    size_t at = (size_t)((double)WORDS * share * share * share * share);

    return words[at];
}

static void add_sentence(struct str *text, int count)
{
    for (int i = 0; i < count; i++) {
        str_add(text, i ? " " : "");
        str_add(text, random_word());
    }
}

static struct deck *make_deck(int number, int question_count)
{
    struct deck *deck = xcalloc(1, sizeof(*deck));
    autostr struct str text = STR_INIT;

    deck->id = deck->title =
        arena_strdup(&deck->arena, (str_addf(&text, "deck-%d", number), text.text));
    deck->path = deck->id;
    deck->format = "bench";
    for (int i = 0; i < question_count; i++) {
        struct question *question =
            array_add(deck->questions, deck->question_count, deck->question_cap);
        if (i % (question_count / 20 + 1) == 0) {
            str_truncate(&text, 0);
            str_addf(&text, "Section %d", i);
            array_add(deck->sections, deck->section_count, deck->section_cap)->title =
                arena_strdup(&deck->arena, text.text);
        }
        question->ordinal = i + 1;
        str_truncate(&text, 0);
        str_addf(&text, "Q%d", i + 1);
        question->id = arena_strdup(&deck->arena, text.text);
        question->section = deck->section_count - 1;
        str_truncate(&text, 0);
        add_sentence(&text, 9);
        str_addf(&text, " %d %d", number, i);
        question->title = arena_strdup(&deck->arena, text.text);
        str_truncate(&text, 0);
        add_sentence(&text, 80);
        question->answer = question->answer_text = arena_strdup(&deck->arena, text.text);
        question->prompt = question->tags = "";
        question->line = i * 10;
        question->end_line = i * 10 + 8;
    }
    return deck;
}

static void free_deck(struct deck *deck)
{
    free(deck->questions);
    free(deck->sections);
    arena_clear(&deck->arena);
    free(deck);
}

static size_t deck_bytes(const struct deck *deck)
{
    size_t bytes = 0;

    for (size_t i = 0; i < deck->question_count; i++)
        bytes += strlen(deck->questions[i].title) + strlen(deck->questions[i].answer);
    return bytes;
}

static void import(struct bank *bank, const struct deck *deck)
{
    struct error err;
    struct import_report *report = bank_import(bank, deck, false, &err);

    if (!report)
        die(err.text);
    import_report_free(report);
}

static struct bank *open_bank(const char *path)
{
    struct error err;
    struct bank *bank = bank_open(path, &err);

    if (!bank)
        die(err.text);
    return bank;
}

static void remove_bank(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        autofree char *file = str_printf("%s%s", path, endings[i]);
        unlink(file);
    }
}

/* --- Making the big bank */

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        die(message);
}

static void add_reviews(sqlite3 *db)
{
    static const char sql[] =
        "INSERT INTO review (id, device, card, deck, rating, at_ms, day, duration_ms, source,"
        " state_before, has_suspended, is_leech, state, step, stability, difficulty, due_ms,"
        " last_review_ms, interval_days, reviews, lapses) VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, 8000,"
        " 'study', 2, 0, 0, 2, 0, ?7, 5.5, ?8, ?5, ?9, ?10, 1)";
    unsigned char id[16];
    sqlite3_stmt *row;

    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    for (int64_t i = 0; i < REVIEWS; i++) {
        int64_t at_ms = NOW_MS - YEARS_MS + i * (YEARS_MS / REVIEWS);
        int64_t card = 1 + (int64_t)(next_random() % QUESTIONS);
        int64_t interval = 1 + (int64_t)(next_random() % 400);
        if (card % NEW_SHARE == 0)
            card--;
        for (int at = 0; at < 16; at++)
            id[at] = at < 6 ? (unsigned char)((uint64_t)at_ms >> (40 - 8 * at))
                            : (unsigned char)next_random();
        sqlite3_bind_blob(row, 1, id, sizeof(id), SQLITE_STATIC);
        sqlite3_bind_int64(row, 2, card);
        sqlite3_bind_int64(row, 3, 1 + (card - 1) / DECK_QUESTIONS);
        sqlite3_bind_int64(row, 4, 1 + (int64_t)(next_random() % 4));
        sqlite3_bind_int64(row, 5, at_ms);
        sqlite3_bind_int64(row, 6, at_ms / DAY_MS);
        sqlite3_bind_double(row, 7, (double)interval * 1.01);
        sqlite3_bind_int64(row, 8, at_ms + interval * DAY_MS);
        sqlite3_bind_int64(row, 9, interval);
        sqlite3_bind_int64(row, 10, i / QUESTIONS);
        if (sqlite3_step(row) != SQLITE_DONE)
            die(sqlite3_errmsg(db));
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
}

static void fill(const char *path)
{
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    run(db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; BEGIN;"
            "INSERT INTO device (id, name) VALUES (randomblob(16), 'bench')");
    add_reviews(db);
    run(db, "UPDATE card SET (state, stability, difficulty, due_ms, last_review_ms, interval_days,"
            " reviews, lapses) = (SELECT 2, stability, difficulty, due_ms, last_review_ms,"
            " interval_days, reviews, lapses FROM review WHERE review.card = card.number"
            " ORDER BY review.number DESC LIMIT 1) WHERE number IN (SELECT card FROM review);"
            "UPDATE card SET state = 3, due_ms = last_review_ms + 600000 WHERE number % 997 = 1"
            " AND state = 2;"
            "INSERT INTO day (day, deck, reviews, again, new_cards, due_cards, time_ms)"
            " SELECT day, deck, count(*), sum(rating = 1), 0, count(*), sum(duration_ms)"
            " FROM review GROUP BY day, deck;"
            "DELETE FROM day WHERE day = (SELECT max(day) FROM day);"
            "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
}

static void make_bank(const char *path)
{
    autofree char *unfinished = str_printf("%s.unfinished", path);
    double start = now_ms();

    printf("making %s\n", path);
    remove_bank(unfinished);
    struct bank *bank = open_bank(unfinished);
    for (int i = 0; i < DECKS; i++) {
        struct deck *deck = make_deck(i + 1, DECK_QUESTIONS);
        import(bank, deck);
        free_deck(deck);
        printf("  deck %d, %.0f s\n", i + 1, (now_ms() - start) / 1000);
    }
    bank_close(bank);
    fill(unfinished);
    if (rename(unfinished, path))
        die("cannot rename the bank");
    printf("  done, %.0f s\n", (now_ms() - start) / 1000);
}

/* --- Measuring */

static bool is_slow;

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof(*times), compare_times);
    return times[count / 2];
}

static void print_row(const char *what, double first, double *times, size_t count)
{
    double middle = median(times, count);

    if (middle > LIMIT_MS || first > LIMIT_MS)
        is_slow = true;
    printf("%-34s %8.2f %8.2f %8.2f%s\n", what, first, middle, times[count - 1],
           middle > LIMIT_MS || first > LIMIT_MS ? "  over 50 ms" : "");
}

typedef void (*action)(struct bank *bank, const void *argument);

/* The first time in a bank just opened, then the median and the worst of ten. */
static void measure(const char *path, const char *what, action act, const void *argument)
{
    struct bank *bank = open_bank(path);
    double first = 0, times[10];

    for (int i = -1; i < 10; i++) {
        double start = now_ms();
        act(bank, argument);
        if (i < 0)
            first = now_ms() - start;
        else
            times[i] = now_ms() - start;
    }
    print_row(what, first, times, ARRAY_LEN(times));
    bank_close(bank);
}

static void do_today(struct bank *bank, const void *argument)
{
    struct bank_filter filter = {.deck = argument};
    struct bank_due *due;
    struct error err;
    size_t count;

    if (bank_today(bank, &filter, NOW_MS, 0, &due, &count, &err))
        die(err.text);
    if (count == 0)
        die("nothing is due");
    free(due);
}

static void do_overview(struct bank *bank, const void *argument)
{
    struct error err;
    struct bank_overview *overview = bank_overview(bank, NOW_MS, &err);

    if (!overview)
        die(err.text);
    bank_overview_free(overview);
}

static void do_forecast(struct bank *bank, const void *argument)
{
    struct error err;
    int due[30];

    if (bank_forecast(bank, NULL, NOW_MS, 30, due, &err))
        die(err.text);
}

static void do_history(struct bank *bank, const void *argument)
{
    struct bank_day days[365];
    struct error err;

    if (bank_history(bank, NULL, (int)(NOW_MS / DAY_MS) - 364, 365, days, &err))
        die(err.text);
}

/* A list, and the rows that a screen shows of it. */
static void do_list(struct bank *bank, const void *argument)
{
    const struct bank_filter *filter = argument;
    struct bank_row rows[50];
    struct arena arena = {0};
    struct error err;
    int64_t *numbers;
    size_t count;

    if (bank_list(bank, filter, &numbers, &count, &err) ||
        bank_rows(bank, numbers, count < 50 ? count : 50, &arena, rows, &err))
        die(err.text);
    arena_clear(&arena);
    free(numbers);
}

static size_t count_hits(const char *path, const char *typed)
{
    struct bank *bank = open_bank(path);
    struct bank_filter filter = {.words = typed};
    struct error err;
    int64_t *numbers;
    size_t count;

    if (bank_list(bank, &filter, &numbers, &count, &err))
        die(err.text);
    free(numbers);
    bank_close(bank);
    return count;
}

static void measure_search(const char *path, const char *word)
{
    char typed[64], what[128];

    for (size_t len = 1; len <= strlen(word); len++) {
        struct bank_filter filter = {.words = typed};
        snprintf(typed, sizeof(typed), "%.*s", (int)len, word);
        snprintf(what, sizeof(what), "search \"%s\" (%zu)", typed, count_hits(path, typed));
        measure(path, what, do_list, &filter);
    }
}

/* --- Rating, against a bare transaction of the same rows */

static void rate_one(struct bank *bank, int64_t card_number, const struct card *before,
                     double *time)
{
    struct bank_review given = {
        .rating = RATING_GOOD, .at_ms = NOW_MS, .duration_ms = 7000, .source = "study"};
    struct card after = *before;
    struct error err;
    int64_t review;

    after.stability = before->stability * 2.5 + 1;
    after.state = CARD_REVIEW;
    after.interval_days = (int)after.stability + 1;
    after.last_review_ms = NOW_MS;
    after.due_ms = NOW_MS + after.interval_days * DAY_MS;
    after.reviews++;
    double start = now_ms();
    if (bank_rate(bank, card_number, before, &after, &given, false, false, &review, &err))
        die(err.text);
    *time = now_ms() - start;
}

struct bare {
    sqlite3 *db;
    sqlite3_stmt *begin, *review, *card, *day, *commit;
};

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    return statement;
}

/* The same columns without indices, triggers, references and checks. */
static void bare_open(struct bare *bare, const char *path, const char *bank)
{
    remove_bank(path);
    if (sqlite3_open(path, &bare->db) != SQLITE_OK)
        die(sqlite3_errmsg(bare->db));
    autofree char *attach = str_printf("ATTACH '%s' AS bank", bank);
    run(bare->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    run(bare->db, attach);
    run(bare->db, "CREATE TABLE card AS SELECT * FROM bank.card ORDER BY number;"
                  "CREATE TABLE review AS SELECT * FROM bank.review LIMIT 200000;"
                  "CREATE TABLE day (day INTEGER, deck INTEGER, reviews INTEGER, again INTEGER,"
                  " new_cards INTEGER, due_cards INTEGER, time_ms INTEGER, PRIMARY KEY (day, deck))"
                  " WITHOUT ROWID;"
                  "INSERT INTO day SELECT * FROM bank.day; DETACH bank;"
                  "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL");
    bare->begin = prepare(bare->db, "BEGIN IMMEDIATE");
    bare->review = prepare(
        bare->db,
        "INSERT INTO review VALUES (?1, randomblob(16), 1, ?2, 1, 3, NULL, 1780000000000, 20601,"
        " 7000, 'study', 2, 0, 0, 2, 0, 12.5, 5.5, 1780000000000, 1780000000000, 13, 7, 1)");
    bare->card = prepare(bare->db, "UPDATE card SET state = 2, stability = 12.5, due_ms ="
                                   " 1780000000000, last_review_ms = 1780000000000,"
                                   " interval_days = 13, reviews = 7 WHERE rowid = ?1");
    bare->day = prepare(bare->db, "INSERT INTO day VALUES (20601, 1, 1, 0, 0, 1, 7000) ON CONFLICT"
                                  " DO UPDATE SET reviews = reviews + 1, time_ms = time_ms + 7000");
    bare->commit = prepare(bare->db, "COMMIT");
}

static void step(struct bare *bare, sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        die(sqlite3_errmsg(bare->db));
    sqlite3_reset(statement);
}

static void bare_rate(struct bare *bare, int64_t card, double *time)
{
    static int64_t number = 100000000;
    double start = now_ms();

    step(bare, bare->begin);
    sqlite3_bind_int64(bare->review, 1, number++);
    sqlite3_bind_int64(bare->review, 2, card);
    step(bare, bare->review);
    sqlite3_bind_int64(bare->card, 1, card);
    step(bare, bare->card);
    step(bare, bare->day);
    step(bare, bare->commit);
    *time = now_ms() - start;
}

static void bare_close(struct bare *bare)
{
    sqlite3_finalize(bare->begin);
    sqlite3_finalize(bare->review);
    sqlite3_finalize(bare->card);
    sqlite3_finalize(bare->day);
    sqlite3_finalize(bare->commit);
    sqlite3_close(bare->db);
}

static void measure_rating(const char *path, const char *bare_path)
{
    struct bank *bank = open_bank(path);
    double ours[RATINGS], theirs[RATINGS];
    struct bare bare;
    struct error err;

    bare_open(&bare, bare_path, path);
    for (int i = -5; i < RATINGS; i++) {
        int64_t number = 1 + (int64_t)(next_random() % QUESTIONS);
        struct bank_question *question = bank_question_load(bank, number, &err);
        double time;
        if (!question)
            die(err.text);
        bare_rate(&bare, question->card_number, &time);
        if (i >= 0)
            theirs[i] = time;
        rate_one(bank, question->card_number, &question->card, &time);
        if (i >= 0)
            ours[i] = time;
        bank_question_free(question);
    }
    print_row("rating", ours[0], ours, RATINGS);
    print_row("  a bare transaction", theirs[0], theirs, RATINGS);
    printf("  ratio of medians %.2f (at most 1.50)\n", ours[RATINGS / 2] / theirs[RATINGS / 2]);
    is_slow |= ours[RATINGS / 2] / theirs[RATINGS / 2] > 1.5;
    bare_close(&bare);
    bank_close(bank);
}

/* --- Import */

/* Every question moves down by one, then every title is edited. */
static void measure_changes(struct bank *bank, struct deck *deck)
{
    double start = now_ms();

    for (size_t i = 0; i < deck->question_count; i++)
        deck->questions[i].ordinal++;
    import(bank, deck);
    printf("  all moved: %.2f s\n", (now_ms() - start) / 1000);
    for (size_t i = 0; i < deck->question_count; i++) {
        autofree char *title = str_printf("edited %s", deck->questions[i].title);
        deck->questions[i].title = arena_strdup(&deck->arena, title);
    }
    start = now_ms();
    import(bank, deck);
    printf("  all titles edited: %.2f s\n", (now_ms() - start) / 1000);
}

static void measure_import(const char *path)
{
    struct deck *deck = make_deck(99, DECK_QUESTIONS), *other = make_deck(98, 25);

    for (int with_other = 0; with_other < 2; with_other++) {
        remove_bank(path);
        struct bank *bank = open_bank(path);
        if (with_other)
            import(bank, other);
        double start = now_ms();
        import(bank, deck);
        double seconds = (now_ms() - start) / 1000;
        printf("import of 10,000 questions%s (%.1f MB): %.2f s, %.0f a second (at least 20000)\n",
               with_other ? " beside a deck of 25" : "", (double)deck_bytes(deck) / 1e6, seconds,
               DECK_QUESTIONS / seconds);
        is_slow |= DECK_QUESTIONS / seconds < 20000;
        start = now_ms();
        import(bank, deck);
        printf("  again, unchanged: %.2f s\n", (now_ms() - start) / 1000);
        if (with_other)
            measure_changes(bank, deck);
        bank_close(bank);
    }
    remove_bank(path);
    free_deck(deck);
    free_deck(other);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bench_bank FOLDER\n");
        return 2;
    }
    autofree char *path = fs_join(argv[1], "bank.db");
    autofree char *small = fs_join(argv[1], "import.db");
    autofree char *bare = fs_join(argv[1], "bare.db");
    make_words();
    if (!fs_exists(path))
        make_bank(path);
    measure_import(small);
    printf("\n%d questions, %d reviews; ms %11s %8s %8s %8s\n", QUESTIONS, REVIEWS, "", "first",
           "median", "worst");
    measure(path, "next card", do_today, NULL);
    measure(path, "next card of a deck", do_today, "deck-7");
    measure(path, "home screen counts", do_overview, NULL);
    measure(path, "forecast of 30 days", do_forecast, NULL);
    measure(path, "history of a year", do_history, NULL);
    measure(path, "list of all", do_list, NULL);
    measure_search(path, "docker");
    measure_search(path, "container");
    measure_search(path, "zyzzyva");
    measure_search(path, "docker vo");
    measure_rating(path, bare);
    remove_bank(bare);
    return is_slow;
}
