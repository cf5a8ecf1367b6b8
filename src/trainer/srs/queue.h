/* SPDX-License-Identifier: MIT
 * The cards of a session in the order in which they are asked. Pure: the time is handed in, and
 * daily limits are applied where the entries are made. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trainer/srs/card.h"

/* With nothing else to do, a (re)learning card is asked up to this long before its step is over. */
#define QUEUE_AHEAD_MS (20 * 60 * 1000LL)

struct queue_entry {
    int64_t card_number, question_number;
    struct card card;
};

struct queue_list {
    struct queue_entry *items;
    size_t len, cap;
};

/* Zeroed means empty. */
struct queue {
    struct queue_list returned; /* taken back; the newest is asked first */
    struct queue_list steps;    /* (re)learning, the one that is due first at the front */
    struct queue_list rest;     /* reviews and new cards mixed, the next one last */
};

void queue_clear(struct queue *queue);

/* Replaces what is in the queue. Reviews are ordered by how overdue they are for their interval;
 * new cards keep their order and are spread evenly among them. */
void queue_fill(struct queue *queue, const struct queue_entry *entries, size_t count,
                int64_t now_ms);

/* Takes the next card out. False where there is none, or none yet: see queue_next_due_ms(). */
bool queue_take(struct queue *queue, int64_t now_ms, struct queue_entry *entry);

/* After a rating: the card comes back in this session where it is in its steps, else it is done
 * with. */
void queue_put_back(struct queue *queue, const struct queue_entry *entry);

/* The card is the next one, whatever else is due: after an undo. */
void queue_put_first(struct queue *queue, const struct queue_entry *entry);

/* Takes a card out wherever it stands; false where it is not there. */
bool queue_remove(struct queue *queue, int64_t card_number);

size_t queue_count(const struct queue *queue);

/* When the next card may be asked: 0 where one may be at once, or where none is left. */
int64_t queue_next_due_ms(const struct queue *queue);
