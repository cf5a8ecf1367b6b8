/* SPDX-License-Identifier: MIT
 * Memory-state updates a second on one thread, against ts-fsrs on the same reviews where node and
 * that package are there (NODE_PATH or `npm root`). Exit status 1 below five million. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/str.h"
#include "config.h"
#include "trainer/srs/fsrs.h"

#define REVIEWS          1000000
#define REVIEWS_PER_CARD 10
#define ROUNDS           10
#define TARGET_PER_S     5e6

struct review {
    int rating, days;
};

/* The same numbers as in bench_fsrs.js: ratings mostly Good, one review in ten on the same day. */
static struct review *make_reviews(void)
{
    struct review *reviews = xcalloc(REVIEWS, sizeof(*reviews));
    uint32_t random = 1;

    for (size_t i = 0; i < REVIEWS; i++) {
        random = random * 1664525u + 1013904223u;
        uint32_t tenth = (random >> 16) % 10;
        reviews[i].rating = tenth == 0 ? 1 : tenth == 1 ? 2 : tenth == 9 ? 4 : 3;
        random = random * 1664525u + 1013904223u;
        uint32_t days = (random >> 16) % 100;
        reviews[i].days = days < 10 ? 0 : (int)days;
    }
    return reviews;
}

/* The sum of the last stabilities, so that both sides can be seen to do the same. */
static double run(const struct fsrs_model *model, const struct review *reviews)
{
    double sum = 0;

    for (size_t i = 0; i < REVIEWS; i += REVIEWS_PER_CARD) {
        struct fsrs_memory memory = fsrs_first(model, (enum rating)reviews[i].rating);
        for (size_t k = i + 1; k < i + REVIEWS_PER_CARD; k++)
            memory = fsrs_next(model, memory, reviews[k].days, (enum rating)reviews[k].rating);
        sum += memory.stability;
    }
    return sum;
}

static double measure(double *sum)
{
    autofree struct review *reviews = make_reviews();
    struct fsrs_model model;
    double best = 0;

    fsrs_model_init(&model, fsrs_default_parameters);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t start_ms = clock_monotonic_ms();
        *sum = run(&model, reviews);
        double per_s = REVIEWS * 1000.0 / (double)(clock_monotonic_ms() - start_ms);
        best = per_s > best ? per_s : best;
    }
    return best;
}

/* Prints "REVIEWS_PER_SECOND SUM", or nothing where node or the package is missing. */
static bool measure_peer(double *per_s, double *sum)
{
    autofree char *command = str_printf("NODE_PATH=\"${NODE_PATH:-$(npm root 2>/dev/null)}\" node "
                                        "\"%s/tests/bench/bench_fsrs.js\" %d %d %d 2>/dev/null",
                                        SOURCE_FOLDER, REVIEWS, REVIEWS_PER_CARD, ROUNDS);
    FILE *output = popen(command, "r");
    bool was_run = output && fscanf(output, "%lf %lf", per_s, sum) == 2;

    if (output)
        pclose(output);
    return was_run;
}

int main(void)
{
    double sum, peer_per_s, peer_sum;
    double per_s = measure(&sum);

    printf("drydock: %.2f million memory-state updates a second\n", per_s / 1e6);
    if (measure_peer(&peer_per_s, &peer_sum))
        printf("ts-fsrs: %.2f million; ratio %.1f; sums %.6g and %.6g\n", peer_per_s / 1e6,
               per_s / peer_per_s, sum, peer_sum);
    else
        printf("ts-fsrs: not here (node, and NODE_PATH with ts-fsrs)\n");
    return per_s >= TARGET_PER_S ? 0 : 1;
}
