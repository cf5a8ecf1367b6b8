/* SPDX-License-Identifier: MIT
 * Ratings: added, counted, taken back at any depth, from two connections. */
#include "scratch_bank.h"
#include "trainer/srs/calendar.h"

static void import_two(struct scratch *scratch)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    scratch_add(deck, "Images", "What is a layer?", "A set of file system changes.");
    scratch_add(deck, "Networks", "What is a bridge?", "A switch made of software.");
    scratch_import(scratch, deck);
    deck_free(deck);
}

static struct card card_of(struct scratch *scratch, const char *id)
{
    struct bank_question *question = scratch_load(scratch, id);
    struct card card = question->card;

    bank_question_free(question);
    return card;
}

static int64_t card_number(struct scratch *scratch, const char *id)
{
    struct bank_question *question = scratch_load(scratch, id);
    int64_t number = question->card_number;

    bank_question_free(question);
    return number;
}

static void assert_same_card(const struct card *a, const struct card *b)
{
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->step, b->step);
    assert_true(a->stability == b->stability && a->difficulty == b->difficulty);
    assert_int_equal(a->due_ms, b->due_ms);
    assert_int_equal(a->last_review_ms, b->last_review_ms);
    assert_int_equal(a->interval_days, b->interval_days);
    assert_int_equal(a->reviews, b->reviews);
    assert_int_equal(a->lapses, b->lapses);
}

static void take_back(struct scratch *scratch, int64_t review)
{
    struct error err;

    if (bank_revoke(scratch->bank, review, SCRATCH_NOW + 1000, &err))
        fail_msg("%s", err.text);
}

static struct bank_day day_of(struct scratch *scratch)
{
    struct bank_day day;
    struct error err;

    assert_int_equal(bank_history(scratch->bank, NULL, calendar_day(SCRATCH_NOW, 4), 1, &day, &err),
                     0);
    return day;
}

static void test_a_rating_is_kept(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    int64_t review = scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    assert_true(review > 0);
    scratch_reopen(scratch);
    struct card card = card_of(scratch, "Q1");
    assert_int_equal(card.state, CARD_REVIEW);
    assert_int_equal(card.reviews, 1);
    assert_int_equal(card.due_ms, SCRATCH_NOW + 2 * DAY_MS);
    struct bank_day day = day_of(scratch);
    assert_int_equal(day.reviews, 1);
    assert_int_equal(day.new_cards, 1);
    assert_int_equal(day.again, 0);
    assert_int_equal(day.time_ms, 5000);
    assert_int_equal(scratch_number(scratch, "SELECT length(id) FROM review"), 16);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM device"), 1);
    scratch_check(scratch);
}

/* UUIDs of version 7 begin with the time, so they sort as they were given. */
static void test_ids_are_unique_and_in_order(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    for (int i = 0; i < 50; i++)
        scratch_rate(scratch, i % 2 ? "Q1" : "Q2", SCRATCH_NOW + i * 10, RATING_GOOD, 2);
    assert_int_equal(scratch_number(scratch, "SELECT count(DISTINCT id) FROM review"), 50);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review a JOIN review b"
                                             " ON b.number = a.number + 1 WHERE a.id >= b.id"),
                     0);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"
                                             " WHERE substr(hex(id), 13, 1) <> '7'"),
                     0);
}

static void test_undo_at_any_depth(void **state)
{
    struct scratch *scratch = *state;
    struct card states[6];
    int64_t reviews[5];

    import_two(scratch);
    states[0] = card_of(scratch, "Q1");
    for (int i = 0; i < 5; i++) {
        reviews[i] = scratch_rate(scratch, "Q1", SCRATCH_NOW + i,
                                  i == 3 ? RATING_AGAIN : RATING_GOOD, i + 1);
        states[i + 1] = card_of(scratch, "Q1");
    }
    assert_int_equal(day_of(scratch).again, 1);
    for (int i = 4; i >= 0; i--) {
        take_back(scratch, reviews[i]);
        struct card card = card_of(scratch, "Q1");
        assert_same_card(&card, &states[i]);
        assert_int_equal(day_of(scratch).reviews, i);
    }
    struct bank_day day = day_of(scratch);
    assert_int_equal(day.again + day.new_cards + (int)day.time_ms, 0);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"), 10);
    scratch_check(scratch);
}

static void test_undo_after_undo_and_rating(void **state)
{
    struct scratch *scratch = *state;
    int64_t review, question;
    struct error err;

    import_two(scratch);
    int64_t first = scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    struct card after_first = card_of(scratch, "Q1");
    int64_t second = scratch_rate(scratch, "Q1", SCRATCH_NOW + 1, RATING_AGAIN, 1);
    take_back(scratch, second);
    int64_t third = scratch_rate(scratch, "Q1", SCRATCH_NOW + 2, RATING_EASY, 9);
    take_back(scratch, third);
    struct card card = card_of(scratch, "Q1");
    assert_same_card(&card, &after_first);
    assert_int_equal(bank_last_review(scratch->bank, &review, &question, &err), 0);
    assert_int_equal(review, first);
    assert_int_equal(question, scratch_find(scratch, "Q1"));
    take_back(scratch, first);
    assert_int_equal(bank_last_review(scratch->bank, &review, &question, &err), 0);
    assert_int_equal(review, 0);
    assert_int_equal(card_of(scratch, "Q1").state, CARD_NEW);
}

static void test_what_cannot_be_taken_back(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    import_two(scratch);
    int64_t first = scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    int64_t second = scratch_rate(scratch, "Q1", SCRATCH_NOW + 1, RATING_GOOD, 4);
    uint64_t before = scratch_hash(scratch);
    assert_int_equal(bank_revoke(scratch->bank, first, SCRATCH_NOW, &err), -1);
    assert_string_equal(err.text, "the card was rated again since");
    assert_int_equal(bank_revoke(scratch->bank, 12345, SCRATCH_NOW, &err), -1);
    assert_true(before == scratch_hash(scratch));
    take_back(scratch, second);
    assert_int_equal(bank_revoke(scratch->bank, second, SCRATCH_NOW, &err), -1);
    assert_string_equal(err.text, "the rating was taken back already");
}

static void test_reset_can_be_taken_back(void **state)
{
    struct scratch *scratch = *state;
    struct error err;
    int64_t review;

    import_two(scratch);
    scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    struct card rated = card_of(scratch, "Q1"), new_card = {0};
    assert_int_equal(
        bank_reset(scratch->bank, card_number(scratch, "Q1"), SCRATCH_NOW + 5, &review, &err), 0);
    struct card card = card_of(scratch, "Q1");
    assert_same_card(&card, &new_card);
    assert_int_equal(day_of(scratch).reviews, 1);
    take_back(scratch, review);
    card = card_of(scratch, "Q1");
    assert_same_card(&card, &rated);
}

static void test_leech_and_suspension_are_taken_back(void **state)
{
    struct scratch *scratch = *state;
    struct bank_review given = {.rating = RATING_AGAIN, .at_ms = SCRATCH_NOW, .source = "test"};
    struct error err;
    int64_t review;

    import_two(scratch);
    struct bank_question *question = scratch_load(scratch, "Q1");
    struct card after = question->card;
    after.state = CARD_RELEARNING;
    after.lapses = 8;
    assert_int_equal(bank_rate(scratch->bank, question->card_number, &question->card, &after,
                               &given, true, true, &review, &err),
                     0);
    bank_question_free(question);
    question = scratch_load(scratch, "Q1");
    assert_true(question->is_leech && question->is_suspended);
    bank_question_free(question);
    take_back(scratch, review);
    question = scratch_load(scratch, "Q1");
    assert_false(question->is_leech || question->is_suspended);
    bank_question_free(question);
}

/* A suspension by hand is not the rating's to take back. */
static void test_own_suspension_stays(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    import_two(scratch);
    int64_t review = scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    assert_int_equal(bank_suspend(scratch->bank, card_number(scratch, "Q1"), true, &err), 0);
    take_back(scratch, review);
    struct bank_question *question = scratch_load(scratch, "Q1");
    assert_true(question->is_suspended);
    bank_question_free(question);
}

static void test_two_at_once(void **state)
{
    struct scratch *scratch = *state;
    struct bank_review given = {.rating = RATING_GOOD, .at_ms = SCRATCH_NOW, .source = "test"};
    struct error err;
    int64_t review;

    import_two(scratch);
    struct bank *other = bank_open(scratch->path, &err);
    assert_non_null(other);
    struct bank_question *seen =
        bank_question_load(other, scratch_find(scratch, "Q1"), &err); /* before it is rated here */
    assert_non_null(seen);
    scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    uint64_t before = scratch_hash(scratch);
    assert_int_equal(bank_rate(other, seen->card_number, &seen->card, &seen->card, &given, false,
                               false, &review, &err),
                     -1);
    assert_string_equal(err.text, "the card was rated by another drydock meanwhile");
    assert_true(before == scratch_hash(scratch));
    bank_question_free(seen);

    seen = bank_question_load(other, scratch_find(scratch, "Q1"), &err);
    assert_int_equal(seen->card.reviews, 1);
    assert_int_equal(bank_rate(other, seen->card_number, &seen->card, &seen->card, &given, false,
                               false, &review, &err),
                     0);
    bank_question_free(seen);
    bank_close(other);
    scratch_check(scratch);
}

static void assert_refused(struct scratch *scratch, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;

    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_CONSTRAINT);
    assert_string_equal(message, "reviews are only ever added");
    sqlite3_free(message);
    sqlite3_close(db);
}

static void test_reviews_are_only_added(void **state)
{
    struct scratch *scratch = *state;

    import_two(scratch);
    scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 2);
    assert_refused(scratch, "DELETE FROM review");
    assert_refused(scratch, "UPDATE review SET rating = 4");
    assert_refused(scratch, "INSERT OR REPLACE INTO review SELECT * FROM review");
    assert_int_equal(scratch_number(scratch, "SELECT rating FROM review"), RATING_GOOD);
}

/* Days begin at the rollover hour; ratings of one deck do not count for another. */
static void test_days_and_decks(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("other", "/none/other.md");
    int today = calendar_day(SCRATCH_NOW, 4);
    int64_t start = calendar_day_start_ms(today, 4);
    struct bank_day days[3];
    struct error err;

    import_two(scratch);
    scratch_add(deck, "A", "What is a socket?", "An end of a connection.");
    scratch_import(scratch, deck);
    scratch_rate(scratch, "docker:Q1", start - 1, RATING_GOOD, 2);
    scratch_rate(scratch, "docker:Q2", start, RATING_AGAIN, 2);
    scratch_rate(scratch, "other:Q1", start + DAY_MS, RATING_GOOD, 2);
    assert_int_equal(bank_history(scratch->bank, NULL, today - 1, 3, days, &err), 0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(days[i].day, today - 1 + i);
        assert_int_equal(days[i].reviews, 1);
        assert_int_equal(days[i].again, i == 1);
    }
    assert_int_equal(bank_history(scratch->bank, "docker", today - 1, 3, days, &err), 0);
    assert_int_equal(days[2].reviews, 0);
    assert_int_equal(bank_history(scratch->bank, "none", today - 1, 3, days, &err), -1);
    assert_string_equal(err.text, "there is no deck none");
    deck_free(deck);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_a_rating_is_kept),
        TEST(test_ids_are_unique_and_in_order),
        TEST(test_undo_at_any_depth),
        TEST(test_undo_after_undo_and_rating),
        TEST(test_what_cannot_be_taken_back),
        TEST(test_reset_can_be_taken_back),
        TEST(test_leech_and_suspension_are_taken_back),
        TEST(test_own_suspension_stays),
        TEST(test_two_at_once),
        TEST(test_reviews_are_only_added),
        TEST(test_days_and_decks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
