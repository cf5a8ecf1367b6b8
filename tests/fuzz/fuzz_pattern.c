/* SPDX-License-Identifier: MIT
 * Any pattern on any text: the pattern ends at the first NUL. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "trainer/deck/grade.h"
#include "trainer/deck/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void find_all(struct pattern *pattern, const char *text, size_t len)
{
    size_t start, end, from = 0;

    for (int i = 0; i < 3 && pattern_find(pattern, text, len, from, &start, &end); i++) {
        if (start < from || end < start || end > len)
            abort();
        from = end + 1;
    }
}

static void grade(const char *source, const char *answer)
{
    const char *patterns[] = {source, "a"};
    struct key_point key_point = {.id = "1", .text = "", .patterns = patterns, .pattern_count = 2};
    struct grade_point point;

    grade_answer(&key_point, 1, answer, &point);
    if (!point.is_gradable || point.start + point.len > strlen(answer))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    autofree char *input = xstrndup((const char *)data, size);
    size_t source_len = strlen(input);
    struct error err;

    auto_pattern struct pattern *pattern = pattern_new(input, &err);
    if (source_len >= size)
        return 0;
    const char *text = input + source_len + 1;
    if (pattern)
        find_all(pattern, text, size - source_len - 1);
    grade(input, text);
    return 0;
}
