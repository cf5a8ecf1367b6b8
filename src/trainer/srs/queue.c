/* SPDX-License-Identifier: MIT */
#include "trainer/srs/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"

/* A review with how overdue it is. */
struct ranked {
    double overdueness; /* elapsed time / interval */
    size_t index;
};

static void list_insert(struct queue_list *list, size_t at, const struct queue_entry *entry)
{
    array_grow(list->items, list->len, list->cap, 1);
    memmove(&list->items[at + 1], &list->items[at], (list->len - at) * sizeof(*list->items));
    list->items[at] = *entry;
    list->len++;
}

static void list_remove(struct queue_list *list, size_t at)
{
    list->len--;
    memmove(&list->items[at], &list->items[at + 1], (list->len - at) * sizeof(*list->items));
}

static void list_clear(struct queue_list *list)
{
    free(list->items);
    *list = (struct queue_list){0};
}

void queue_clear(struct queue *queue)
{
    list_clear(&queue->returned);
    list_clear(&queue->steps);
    list_clear(&queue->rest);
}

static bool is_in_steps(const struct queue_entry *entry)
{
    return entry->card.state == CARD_LEARNING || entry->card.state == CARD_RELEARNING;
}

/* Cards due at the same time stay in the order in which they came. */
static void add_step(struct queue *queue, const struct queue_entry *entry)
{
    size_t at = queue->steps.len;

    while (at > 0 && queue->steps.items[at - 1].card.due_ms > entry->card.due_ms)
        at--;
    list_insert(&queue->steps, at, entry);
}

static double overdueness(const struct card *card, int64_t now_ms)
{
    int interval = card->interval_days > 0 ? card->interval_days : 1;

    return (double)(now_ms - card->last_review_ms) / ((double)interval * MS_PER_DAY);
}

/* The most overdue first. */
static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    if (a->overdueness != b->overdueness)
        return a->overdueness > b->overdueness ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static struct ranked *rank_reviews(const struct queue_entry *entries, size_t count, int64_t now_ms,
                                   size_t *ranked_count)
{
    struct ranked *ranked = xcalloc(count + 1, sizeof(*ranked));

    *ranked_count = 0;
    for (size_t i = 0; i < count; i++)
        if (entries[i].card.state == CARD_REVIEW)
            ranked[(*ranked_count)++] = (struct ranked){overdueness(&entries[i].card, now_ms), i};
    qsort(ranked, *ranked_count, sizeof(*ranked), compare_ranked);
    return ranked;
}

static size_t count_new(const struct queue_entry *entries, size_t count)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += entries[i].card.state == CARD_NEW;
    return found;
}

static size_t next_new(const struct queue_entry *entries, size_t from)
{
    while (entries[from].card.state != CARD_NEW)
        from++;
    return from;
}

/* Of n new cards among all, the k-th is asked when k/n of all have been. */
static void mix(struct queue *queue, const struct queue_entry *entries,
                const struct ranked *reviews, size_t review_count, size_t new_count)
{
    size_t total = review_count + new_count, reviews_done = 0, new_done = 0, at = 0;

    array_grow(queue->rest.items, 0, queue->rest.cap, total);
    queue->rest.len = total;
    for (size_t i = 0; i < total; i++) {
        struct queue_entry *place = &queue->rest.items[total - 1 - i];
        if ((new_done + 1) * total <= (i + 1) * new_count) {
            at = next_new(entries, at);
            *place = entries[at++];
            new_done++;
        } else {
            *place = entries[reviews[reviews_done++].index];
        }
    }
}

void queue_fill(struct queue *queue, const struct queue_entry *entries, size_t count,
                int64_t now_ms)
{
    size_t review_count;
    autofree struct ranked *reviews = rank_reviews(entries, count, now_ms, &review_count);

    queue_clear(queue);
    for (size_t i = 0; i < count; i++)
        if (is_in_steps(&entries[i]))
            add_step(queue, &entries[i]);
    mix(queue, entries, reviews, review_count, count_new(entries, count));
}

static bool take_last(struct queue_list *list, struct queue_entry *entry)
{
    if (list->len == 0)
        return false;
    *entry = list->items[--list->len];
    return true;
}

static bool take_step(struct queue *queue, int64_t until_ms, struct queue_entry *entry)
{
    if (queue->steps.len == 0 || queue->steps.items[0].card.due_ms > until_ms)
        return false;
    *entry = queue->steps.items[0];
    list_remove(&queue->steps, 0);
    return true;
}

bool queue_take(struct queue *queue, int64_t now_ms, struct queue_entry *entry)
{
    return take_last(&queue->returned, entry) || take_step(queue, now_ms, entry) ||
           take_last(&queue->rest, entry) || take_step(queue, now_ms + QUEUE_AHEAD_MS, entry);
}

void queue_put_back(struct queue *queue, const struct queue_entry *entry)
{
    if (is_in_steps(entry))
        add_step(queue, entry);
}

void queue_put_first(struct queue *queue, const struct queue_entry *entry)
{
    list_insert(&queue->returned, queue->returned.len, entry);
}

static bool list_remove_card(struct queue_list *list, int64_t card_number)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i].card_number == card_number) {
            list_remove(list, i);
            return true;
        }
    return false;
}

bool queue_remove(struct queue *queue, int64_t card_number)
{
    return list_remove_card(&queue->returned, card_number) ||
           list_remove_card(&queue->steps, card_number) ||
           list_remove_card(&queue->rest, card_number);
}

size_t queue_count(const struct queue *queue)
{
    return queue->returned.len + queue->steps.len + queue->rest.len;
}

int64_t queue_next_due_ms(const struct queue *queue)
{
    if (queue->returned.len > 0 || queue->rest.len > 0 || queue->steps.len == 0)
        return 0;
    return queue->steps.items[0].card.due_ms - QUEUE_AHEAD_MS;
}
