/* SPDX-License-Identifier: MIT
 * Tests of the session's queue: its order, cards that come back, cards taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/str.h"
#include "trainer/srs/queue.h"

#define NOW_MS 1767603600000LL

/* One letter stands for one card. Lower case: in its steps. n to z: new. Capital: a review. */
struct letter {
    char name;
    int due_minutes;             /* of a step, from now */
    int interval_days, days_ago; /* of a review */
};

static struct queue_entry entry_of(const struct letter *letter)
{
    struct queue_entry entry = {.card_number = letter->name,
                                .question_number = letter->name + 1000};

    entry.card.state = letter->name >= 'n'   ? CARD_NEW
                       : letter->name >= 'a' ? CARD_LEARNING
                                             : CARD_REVIEW;
    if (entry.card.state == CARD_LEARNING)
        entry.card.due_ms = NOW_MS + letter->due_minutes * MS_PER_MINUTE;
    if (entry.card.state == CARD_REVIEW) {
        entry.card.interval_days = letter->interval_days;
        entry.card.last_review_ms = NOW_MS - letter->days_ago * MS_PER_DAY;
        entry.card.due_ms = entry.card.last_review_ms + letter->interval_days * MS_PER_DAY;
    }
    return entry;
}

#define LETTERS_MAX 12

static const struct {
    const char *name;
    struct letter cards[LETTERS_MAX];
    const char *order;
} cases[] = {
    {"nothing", {{0}}, ""},
    {"new cards keep their order", {{'p'}, {'n'}, {'r'}}, "pnr"},
    {"the step that is due first", {{'a', -1}, {'b', -10}, {'c', -5}}, "bca"},
    {"steps at the same time keep their order", {{'b', -1}, {'a', -1}}, "ba"},
    {"the most overdue for its interval",
     {{'A', 0, 100, 120}, {'B', 0, 2, 6}, {'C', 0, 10, 10}, {'D', 0, 1, 2}},
     "BDAC"},
    {"equally overdue keep their order", {{'B', 0, 2, 4}, {'A', 0, 5, 10}}, "BA"},
    {"steps, then reviews and new ones mixed, then early steps",
     {{'n'}, {'a', 15}, {'A', 0, 1, 3}, {'b', -3}, {'o'}, {'B', 0, 1, 2}},
     "bAnBoa"},
    {"few new ones among many reviews",
     {{'n'}, {'A', 0, 1, 9}, {'B', 0, 1, 8}, {'C', 0, 1, 7}, {'D', 0, 1, 6}, {'E', 0, 1, 5}, {'o'}},
     "ABCnDEo"},
    {"few reviews among many new ones",
     {{'n'}, {'o'}, {'p'}, {'q'}, {'r'}, {'s'}, {'A', 0, 1, 1}},
     "Anopqrs"},
    {"an interval of no days", {{'A', 0, 0, 2}, {'B', 0, 1, 3}}, "BA"},
};

static void fill(struct queue *queue, const struct letter *cards)
{
    struct queue_entry entries[LETTERS_MAX];
    size_t count = 0;

    for (; count < LETTERS_MAX && cards[count].name; count++)
        entries[count] = entry_of(&cards[count]);
    queue_fill(queue, entries, count, NOW_MS);
}

static void take_all(struct queue *queue, struct str *order)
{
    struct queue_entry entry;

    while (queue_take(queue, NOW_MS, &entry))
        str_add_char(order, (char)entry.card_number);
}

static void asks_in_order(void **state)
{
    struct queue queue = {0};

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        autostr struct str order = STR_INIT;
        fill(&queue, cases[i].cards);
        if (queue_count(&queue) != strlen(cases[i].order))
            fail_msg("%s: %zu cards", cases[i].name, queue_count(&queue));
        take_all(&queue, &order);
        if (!str_eq(order.text, cases[i].order))
            fail_msg("%s: %s, not %s", cases[i].name, order.text, cases[i].order);
    }
    queue_clear(&queue);
}

static void waits_for_a_step(void **state)
{
    static const struct letter cards[] = {{'a', 21}, {'b', 45}, {0}};
    struct queue queue = {0};
    struct queue_entry entry;

    fill(&queue, cards);
    assert_false(queue_take(&queue, NOW_MS, &entry));
    assert_true(queue_next_due_ms(&queue) == NOW_MS + MS_PER_MINUTE);
    assert_true(queue_take(&queue, NOW_MS + MS_PER_MINUTE, &entry));
    assert_int_equal(entry.card_number, 'a');
    assert_true(queue_next_due_ms(&queue) == NOW_MS + 25 * MS_PER_MINUTE);
    queue_remove(&queue, 'b');
    assert_true(queue_next_due_ms(&queue) == 0);
    assert_false(queue_take(&queue, NOW_MS + MS_PER_DAY, &entry));
    queue_clear(&queue);
}

/* Again on the first card: it comes back when its step is over, else after all others. */
static void cards_come_back(void **state)
{
    static const struct letter cards[] = {{'n'}, {'o'}, {'A', 0, 1, 1}, {0}};
    struct queue queue = {0};
    struct queue_entry entry;
    autostr struct str order = STR_INIT;

    fill(&queue, cards);
    assert_true(queue_take(&queue, NOW_MS, &entry));
    assert_int_equal(entry.card_number, 'A');
    entry.card.state = CARD_RELEARNING;
    entry.card.due_ms = NOW_MS + 10 * MS_PER_MINUTE;
    queue_put_back(&queue, &entry);
    assert_int_equal(queue_count(&queue), 3);
    assert_true(queue_take(&queue, NOW_MS + 10 * MS_PER_MINUTE, &entry));
    assert_int_equal(entry.card_number, 'A');
    queue_put_back(&queue, &entry);
    take_all(&queue, &order);
    assert_string_equal(order.text, "noA");
    entry.card.state = CARD_REVIEW; /* due another day: done with */
    queue_put_back(&queue, &entry);
    assert_int_equal(queue_count(&queue), 0);
    queue_clear(&queue);
}

/* Three answers, all undone: the cards come back in the order in which they were asked. */
static void undone_cards_come_first(void **state)
{
    static const struct letter cards[] = {{'n'}, {'o'}, {'p'}, {'q'}, {'a', -1}, {0}};
    struct queue queue = {0};
    struct queue_entry taken[3];
    autostr struct str order = STR_INIT;

    fill(&queue, cards);
    for (int i = 0; i < 3; i++)
        assert_true(queue_take(&queue, NOW_MS, &taken[i]));
    for (int i = 2; i >= 0; i--)
        queue_put_first(&queue, &taken[i]);
    assert_true(queue_next_due_ms(&queue) == 0);
    take_all(&queue, &order);
    assert_string_equal(order.text, "anopq");
    queue_clear(&queue);
}

static void takes_cards_out(void **state)
{
    static const struct letter cards[] = {{'n'}, {'o'}, {'a', -1}, {'A', 0, 1, 1}, {0}};
    struct queue queue = {0};
    struct queue_entry entry;
    autostr struct str order = STR_INIT;

    fill(&queue, cards);
    assert_true(queue_take(&queue, NOW_MS, &entry));
    queue_put_first(&queue, &entry);
    assert_true(queue_remove(&queue, 'a'));
    assert_false(queue_remove(&queue, 'a'));
    assert_true(queue_remove(&queue, 'n'));
    assert_false(queue_remove(&queue, 'z'));
    take_all(&queue, &order);
    assert_string_equal(order.text, "Ao");
    queue_clear(&queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_in_order),   cmocka_unit_test(waits_for_a_step),
        cmocka_unit_test(cards_come_back), cmocka_unit_test(undone_cards_come_first),
        cmocka_unit_test(takes_cards_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
