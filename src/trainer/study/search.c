/* SPDX-License-Identifier: MIT */
#include "trainer/study/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

struct search {
    struct pattern *pattern;
    int64_t *numbers;
    size_t len, cap;
};

static bool visit(void *data, int64_t number, const char *title, const char *answer)
{
    struct search *search = data;
    size_t start, end;

    if (pattern_find(search->pattern, title, strlen(title), 0, &start, &end) ||
        pattern_find(search->pattern, answer, strlen(answer), 0, &start, &end))
        *array_add(search->numbers, search->len, search->cap) = number;
    return true;
}

int search_pattern(struct bank *bank, const struct bank_filter *filter, struct pattern *pattern,
                   int64_t **numbers, size_t *count, struct error *err)
{
    struct search search = {.pattern = pattern};

    if (bank_each_text(bank, filter, visit, &search, err) < 0) {
        free(search.numbers);
        return -1;
    }
    *numbers = search.numbers;
    *count = search.len;
    return 0;
}
