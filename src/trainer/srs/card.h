/* SPDX-License-Identifier: MIT
 * A card: a question's memory state under the scheduler. */
#pragma once

#include <stdint.h>

enum rating { RATING_AGAIN = 1, RATING_HARD, RATING_GOOD, RATING_EASY };

enum card_state { CARD_NEW, CARD_LEARNING, CARD_REVIEW, CARD_RELEARNING };

struct card {
    enum card_state state;
    int step;               /* index of the learning or relearning step */
    double stability;       /* days; 0 for a new card */
    double difficulty;      /* 1 to 10; 0 for a new card */
    int64_t due_ms;         /* 0 for a new card */
    int64_t last_review_ms; /* 0 for a new card */
    int interval_days;      /* 0 in (re)learning */
    int reviews, lapses;
};
