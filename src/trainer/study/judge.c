/* SPDX-License-Identifier: MIT */
#include "trainer/study/judge.h"

#define POINTS_FOR_EASY 3

struct tally {
    int all, found;
    int musts, musts_found;
};

static void count_point(struct tally *tally, bool is_must, bool is_found)
{
    tally->all++;
    tally->found += is_found;
    tally->musts += is_must;
    tally->musts_found += is_must && is_found;
}

static enum rating judge_musts(const struct tally *tally)
{
    int missing = tally->musts - tally->musts_found;

    if (missing * 2 >= tally->musts)
        return RATING_AGAIN;
    if (missing == 0 && tally->found * 2 >= tally->all)
        return RATING_GOOD;
    return RATING_HARD;
}

static enum rating judge_share(const struct tally *tally)
{
    if (tally->found * 2 < tally->all)
        return RATING_AGAIN;
    return tally->found * 3 >= tally->all * 2 ? RATING_GOOD : RATING_HARD;
}

enum rating judge_points(const struct key_point *key_points, const struct study_point *points,
                         size_t count, bool is_typed)
{
    struct tally tally = {0};

    for (size_t i = 0; i < count; i++)
        if (!is_typed || points[i].grade.is_gradable || points[i].is_ticked)
            count_point(&tally, key_points[i].is_must, points[i].is_ticked);
    if (tally.all == 0)
        return 0;
    if (tally.found == tally.all)
        return tally.all >= POINTS_FOR_EASY ? RATING_EASY : RATING_GOOD;
    return tally.musts > 0 ? judge_musts(&tally) : judge_share(&tally);
}

enum rating judge_options(const struct deck_option *options, const bool *chosen, size_t count)
{
    int right = 0, right_chosen = 0, wrong_chosen = 0;

    for (size_t i = 0; i < count; i++) {
        right += options[i].is_correct;
        right_chosen += chosen[i] && options[i].is_correct;
        wrong_chosen += chosen[i] && !options[i].is_correct;
    }
    if (right_chosen + wrong_chosen == 0)
        return 0;
    if (wrong_chosen > 0 || right_chosen * 2 <= right)
        return RATING_AGAIN;
    return right_chosen == right ? RATING_GOOD : RATING_HARD;
}
