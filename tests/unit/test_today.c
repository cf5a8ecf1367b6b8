/* SPDX-License-Identifier: MIT
 * What is to be studied today, and the counts of the home screen. */
#include <math.h>

#include "base/clock.h"
#include "scratch_bank.h"
#include "trainer/bank/settings.h"
#include "trainer/srs/calendar.h"

static void import_deck(struct scratch *scratch, const char *id, int count)
{
    struct deck *deck = scratch_deck(id, id);

    for (int i = 0; i < count; i++) {
        char *title = str_printf("%s question %d", id, i + 1);
        char *answer = str_printf("%s answer %d", id, i + 1);
        scratch_add(deck, i < count / 2 ? "First" : "Second", title, answer);
        free(title);
        free(answer);
    }
    scratch_import(scratch, deck);
    deck_free(deck);
}

/* The ids of today's cards: "a:Q1 a:Q2 …". */
static char *today(struct scratch *scratch, const struct bank_filter *filter, size_t limit)
{
    struct str ids = STR_INIT;
    struct bank_due *due;
    struct error err;
    size_t count;

    if (bank_today(scratch->bank, filter, SCRATCH_NOW, limit, &due, &count, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < count; i++) {
        struct bank_question *question =
            bank_question_load(scratch->bank, due[i].question_number, &err);
        assert_non_null(question);
        assert_int_equal(question->card_number, due[i].card_number);
        assert_int_equal(question->card.state, due[i].card.state);
        str_addf(&ids, "%s%s:%s", i ? " " : "", question->deck, question->question.id);
        bank_question_free(question);
    }
    free(due);
    return str_steal(&ids);
}

#define assert_today(scratch, filter, limit, expected)                                             \
    do {                                                                                           \
        char *given_ = today(scratch, filter, limit);                                              \
        assert_string_equal(given_, expected);                                                     \
        free(given_);                                                                              \
    } while (0)

static void set(struct scratch *scratch, const char *deck, const char *name, const char *value)
{
    struct error err;

    if (setting_set(scratch->bank, deck, name, value, &err))
        fail_msg("%s", err.text);
}

/* A review `ago` days ago after which it comes back in `interval` days. */
static void rate_ago(struct scratch *scratch, const char *id, int ago, int interval)
{
    scratch_rate(scratch, id, SCRATCH_NOW - ago * DAY_MS, RATING_GOOD, interval);
}

static void learn(struct scratch *scratch, const char *id, int64_t due_ms)
{
    struct bank_question *question = scratch_load(scratch, id);
    struct bank_review given = {.rating = RATING_AGAIN, .at_ms = due_ms - 600000, .source = "test"};
    struct card after = {.state = CARD_LEARNING,
                         .stability = 0.2,
                         .difficulty = 5,
                         .due_ms = due_ms,
                         .last_review_ms = due_ms - 600000,
                         .reviews = 1};
    struct error err;
    int64_t review;

    assert_int_equal(bank_rate(scratch->bank, question->card_number, &question->card, &after,
                               &given, false, false, &review, &err),
                     0);
    bank_question_free(question);
}

static void test_new_cards_in_deck_order(void **state)
{
    struct scratch *scratch = *state;

    import_deck(scratch, "a", 4);
    import_deck(scratch, "b", 3);
    set(scratch, NULL, "new-per-day", "3");
    assert_today(scratch, NULL, 0, "a:Q1 a:Q2 a:Q3 b:Q1 b:Q2 b:Q3");
    assert_today(scratch, NULL, 4, "a:Q1 a:Q2 a:Q3 b:Q1");
    set(scratch, "b", "new-per-day", "1");
    assert_today(scratch, NULL, 0, "a:Q1 a:Q2 a:Q3 b:Q1");
    set(scratch, "b", "new-per-day", "0");
    assert_today(scratch, NULL, 0, "a:Q1 a:Q2 a:Q3");
}

static void test_what_was_done_counts(void **state)
{
    struct scratch *scratch = *state;

    import_deck(scratch, "a", 6);
    set(scratch, NULL, "new-per-day", "3");
    int64_t review = scratch_rate(scratch, "Q1", SCRATCH_NOW, RATING_GOOD, 4);
    scratch_rate(scratch, "Q2", SCRATCH_NOW, RATING_GOOD, 4);
    assert_today(scratch, NULL, 0, "a:Q3");
    struct error err;
    assert_int_equal(bank_revoke(scratch->bank, review, SCRATCH_NOW, &err), 0);
    assert_today(scratch, NULL, 0, "a:Q1 a:Q3");
    rate_ago(scratch, "Q5", 1, 4); /* yesterday does not count */
    assert_today(scratch, NULL, 0, "a:Q1 a:Q3");
}

static void test_order(void **state)
{
    struct scratch *scratch = *state;

    import_deck(scratch, "a", 8);
    set(scratch, NULL, "new-per-day", "3"); /* two of them are begun today */
    rate_ago(scratch, "Q1", 12, 10);        /* 1.2 intervals */
    rate_ago(scratch, "Q2", 9, 3);          /* 3.0 */
    rate_ago(scratch, "Q3", 100, 60);       /* 1.7 */
    rate_ago(scratch, "Q4", 2, 5);          /* not due */
    learn(scratch, "Q5", SCRATCH_NOW + 300000);
    learn(scratch, "Q6", SCRATCH_NOW - 1000);
    assert_today(scratch, NULL, 0, "a:Q6 a:Q5 a:Q2 a:Q3 a:Q1 a:Q7");
    set(scratch, NULL, "reviews-per-day", "2");
    assert_today(scratch, NULL, 0, "a:Q6 a:Q5 a:Q2 a:Q3 a:Q7");
    assert_today(scratch, NULL, 3, "a:Q6 a:Q5 a:Q2");
}

/* A card is due when its calendar day has begun, whatever the hour. */
static void test_due_by_calendar_day(void **state)
{
    struct scratch *scratch = *state;
    int64_t end = calendar_day_start_ms(calendar_day(SCRATCH_NOW, 4) + 1, 4);

    import_deck(scratch, "a", 2);
    set(scratch, NULL, "new-per-day", "0");
    scratch_rate(scratch, "Q1", end - 1 - 3 * DAY_MS, RATING_GOOD, 3);
    scratch_rate(scratch, "Q2", end - 3 * DAY_MS, RATING_GOOD, 3);
    assert_today(scratch, NULL, 0, "a:Q1");
}

static void test_left_out(void **state)
{
    struct scratch *scratch = *state;
    int day = calendar_day(SCRATCH_NOW, 4);
    struct error err;

    import_deck(scratch, "a", 4);
    rate_ago(scratch, "Q1", 5, 2);
    struct bank_question *first = scratch_load(scratch, "Q1"), *third = scratch_load(scratch, "Q3");
    assert_int_equal(bank_suspend(scratch->bank, first->card_number, true, &err), 0);
    assert_int_equal(bank_bury(scratch->bank, third->card_number, day + 1, &err), 0);
    assert_today(scratch, NULL, 0, "a:Q2 a:Q4");
    assert_int_equal(bank_suspend(scratch->bank, first->card_number, false, &err), 0);
    assert_int_equal(bank_bury(scratch->bank, third->card_number, day, &err), 0);
    assert_today(scratch, NULL, 0, "a:Q1 a:Q2 a:Q3 a:Q4");
    assert_int_equal(bank_bury(scratch->bank, first->card_number, day + 1, &err), 0);
    assert_today(scratch, NULL, 0, "a:Q2 a:Q3 a:Q4");
    bank_question_free(first);
    bank_question_free(third);
}

static void test_filters(void **state)
{
    struct scratch *scratch = *state;

    import_deck(scratch, "a", 4);
    import_deck(scratch, "b", 4);
    rate_ago(scratch, "b:Q3", 5, 2);
    assert_today(scratch, (&(struct bank_filter){.deck = "b"}), 0, "b:Q3 b:Q1 b:Q2 b:Q4");
    assert_today(scratch, (&(struct bank_filter){.deck = "b", .section = "Second"}), 0,
                 "b:Q3 b:Q4");
    assert_today(scratch, (&(struct bank_filter){.section = "First"}), 0, "a:Q1 a:Q2 b:Q1 b:Q2");
    assert_today(scratch, (&(struct bank_filter){.words = "question 3"}), 0, "b:Q3 a:Q3");
    assert_today(scratch, (&(struct bank_filter){.deck = "a", .section = "none"}), 0, "");
    struct bank_due *due;
    struct error err;
    size_t count;
    assert_int_equal(bank_today(scratch->bank, &(struct bank_filter){.deck = "none"}, SCRATCH_NOW,
                                0, &due, &count, &err),
                     -1);
    assert_string_equal(err.text, "there is no deck none");
}

/* A card of two decks comes once, with the question that has key points; in a deck with its own. */
static void test_one_question_of_a_card(void **state)
{
    struct scratch *scratch = *state;
    struct key_point point = {.id = "1", .text = "One"};

    import_deck(scratch, "a", 2);
    struct deck *deck = scratch_deck("b", "b");
    struct question *question = scratch_add(deck, "Only", "a question 1", "Said anew.");
    question->key_points = &point;
    question->key_point_count = 1;
    scratch_add(deck, "Only", "a question 2", "Said anew.");
    scratch_import(scratch, deck);
    deck_free(deck);
    assert_today(scratch, NULL, 0, "a:Q2 b:Q1");
    assert_today(scratch, (&(struct bank_filter){.deck = "a"}), 0, "a:Q1 a:Q2");
    assert_today(scratch, (&(struct bank_filter){.deck = "b"}), 0, "b:Q1 b:Q2");
}

static void test_overview(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    import_deck(scratch, "a", 4);
    import_deck(scratch, "b", 2);
    rate_ago(scratch, "a:Q1", 5, 2);
    scratch_rate(scratch, "a:Q3", SCRATCH_NOW, RATING_GOOD, 3);
    struct bank_question *question = scratch_load(scratch, "a:Q4");
    assert_int_equal(bank_suspend(scratch->bank, question->card_number, true, &err), 0);
    bank_question_free(question);
    struct bank_overview *overview = bank_overview(scratch->bank, SCRATCH_NOW, &err);
    assert_non_null(overview);
    assert_int_equal(overview->deck_count, 2);
    assert_int_equal(overview->reviews_today, 1);
    assert_int_equal(overview->new_today, 1);
    assert_int_equal(overview->time_today_ms, 5000);
    const struct bank_deck_summary *deck = &overview->decks[0];
    assert_string_equal(deck->id, "a");
    assert_int_equal(deck->section_count, 2);
    assert_string_equal(deck->sections[0].title, "First");
    assert_int_equal(deck->sections[0].questions, 2);
    assert_int_equal(deck->sections[0].due_count, 1);
    assert_int_equal(deck->sections[0].new_count, 1);
    assert_int_equal(deck->sections[0].learned_count, 1);
    assert_int_equal(deck->sections[1].suspended_count, 1);
    assert_int_equal(deck->sections[1].new_count, 0);
    assert_int_equal(deck->total.questions, 4);
    assert_int_equal(deck->total.learned_count, 2);
    /* The recall of the first is of 5 days at stability 2; the other was just learned. */
    struct scheduler_settings settings;
    struct scheduler scheduler;
    scheduler_settings_init(&settings);
    scheduler_init(&scheduler, &settings);
    double recall = fsrs_recall(&scheduler.model, 2, 5);
    assert_true(fabs(deck->sections[0].recall - recall) < 1e-9);
    assert_true(fabs(deck->total.recall - (recall + 1) / 2) < 1e-9);
    assert_int_equal(overview->decks[1].total.new_count, 2);
    assert_true(overview->decks[1].total.recall == 0);
    bank_overview_free(overview);
}

/* A shared card counts in both decks; a retired question in none. */
static void test_overview_of_shared_and_retired(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("b", "b");
    struct error err;

    import_deck(scratch, "a", 4);
    scratch_add(deck, "Only", "a question 1", "Said anew.");
    scratch_add(deck, "Gone", "Another question", "Its answer.");
    scratch_import(scratch, deck);
    deck->question_count = 1;
    deck->section_count = 1;
    scratch_import(scratch, deck);
    rate_ago(scratch, "a:Q1", 5, 2);
    struct bank_overview *overview = bank_overview(scratch->bank, SCRATCH_NOW, &err);
    assert_int_equal(overview->decks[0].total.questions, 4);
    assert_int_equal(overview->decks[0].total.due_count, 1);
    assert_int_equal(overview->decks[1].total.questions, 1);
    assert_int_equal(overview->decks[1].total.due_count, 1);
    assert_int_equal(overview->decks[1].section_count, 1);
    bank_overview_free(overview);
    deck_free(deck);
}

static void test_forecast(void **state)
{
    struct scratch *scratch = *state;
    struct error err;
    int due[4];

    import_deck(scratch, "a", 5);
    rate_ago(scratch, "Q1", 9, 2); /* overdue */
    rate_ago(scratch, "Q2", 3, 3); /* today */
    rate_ago(scratch, "Q3", 1, 2); /* tomorrow */
    rate_ago(scratch, "Q4", 1, 40);
    assert_int_equal(bank_forecast(scratch->bank, NULL, SCRATCH_NOW, 4, due, &err), 0);
    assert_int_equal(due[0], 2);
    assert_int_equal(due[1], 1);
    assert_int_equal(due[2] + due[3], 0);
    assert_int_equal(bank_forecast(scratch->bank, "a", SCRATCH_NOW, 2, due, &err), 0);
    assert_int_equal(due[0], 2);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_new_cards_in_deck_order),
        TEST(test_what_was_done_counts),
        TEST(test_order),
        TEST(test_due_by_calendar_day),
        TEST(test_left_out),
        TEST(test_filters),
        TEST(test_one_question_of_a_card),
        TEST(test_overview),
        TEST(test_overview_of_shared_and_retired),
        TEST(test_forecast),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
