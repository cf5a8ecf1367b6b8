/* SPDX-License-Identifier: MIT */
#include "trainer/deck/pattern.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define SOURCE_LIMIT_BYTES 4096
#define MATCH_LIMIT        200000 /* steps back from one starting point */
#define DEPTH_LIMIT        20000
#define HEAP_LIMIT_KIB     4096

/* PCRE2 counts its limits anew at each starting point of a match. What all of them take together is
 * bounded by trying a few starting points at a time and looking at the clock in between. */
#define WINDOW_FIRST     16
#define WINDOW_LARGEST   512
#define WINDOWS_MOST     64 /* a long text takes larger windows: each may look through all of it */
#define WINDOW_CHEAP_NS  500000
#define INVALID_BYTE_SUB '\x1A' /* stands for a byte that is not UTF-8 */

struct pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

static pcre2_code *compile(const char *source, int *error, size_t *error_at)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    uint32_t options =
        PCRE2_CASELESS | PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;

    pcre2_set_max_pattern_length(context, SOURCE_LIMIT_BYTES);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)source, strlen(source), options, error, error_at, context);
    pcre2_compile_context_free(context);
    return code;
}

static int set_compile_error(struct error *err, const char *source, int error, size_t error_at)
{
    char message[256];
    size_t position = 1, len = strlen(source);

    if (pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof(message)) < 0)
        return error_set(err, 0, _("not a pattern"));
    for (size_t at = 0; at < error_at && at < len; position++) {
        uint32_t code;
        at += utf8_decode(source + at, len - at, &code);
    }
    /* TRANSLATORS: what is wrong with a pattern, and at which of its characters */
    return error_set(err, 0, _("%s at %zu"), message, position);
}

struct pattern *pattern_new(const char *source, struct error *err)
{
    int error;
    size_t error_at;
    pcre2_code *code = compile(source, &error, &error_at);

    if (!code) {
        set_compile_error(err, source, error, error_at);
        return NULL;
    }
    struct pattern *pattern = xcalloc(1, sizeof(*pattern));
    pattern->code = code;
    pattern->match = pcre2_match_data_create(1, NULL); /* no groups are asked for */
    pattern->limits = pcre2_match_context_create(NULL);
    pcre2_set_match_limit(pattern->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(pattern->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(pattern->limits, HEAP_LIMIT_KIB);
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    pcre2_match_context_free(pattern->limits);
    pcre2_match_data_free(pattern->match);
    pcre2_code_free(pattern->code);
    free(pattern);
}

static int64_t cpu_time_ns(void)
{
    struct timespec time;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* The first starting point that is `count` bytes on, not inside of a character. */
static size_t window_end(const struct pattern_text *text, size_t from, size_t count)
{
    size_t end = text->len - from > count ? from + count : text->len;

    while (end < text->len && ((unsigned char)text->text[end] & 0xC0) == 0x80)
        end++;
    return end;
}

bool pattern_find_next(struct pattern *pattern, struct pattern_text *text, size_t from,
                       size_t *start, size_t *end)
{
    size_t largest = text->len / WINDOWS_MOST, window = WINDOW_FIRST;
    int64_t before_ns = cpu_time_ns();

    while (from <= text->len && text->left_ns > 0) {
        size_t next = window_end(text, from, window);
        pcre2_set_offset_limit(pattern->limits, next < text->len ? next : PCRE2_UNSET);
        int result = pcre2_match(pattern->code, (PCRE2_SPTR)text->text, text->len, from,
                                 PCRE2_NO_UTF_CHECK, pattern->match, pattern->limits);
        int64_t used_ns = cpu_time_ns() - before_ns;
        before_ns += used_ns;
        text->left_ns -= used_ns;
        if (result >= 0) {
            const size_t *ends = pcre2_get_ovector_pointer(pattern->match);
            *start = ends[0];
            *end = ends[1] > ends[0] ? ends[1] : ends[0];
            return true;
        }
        if (result != PCRE2_ERROR_NOMATCH || next >= text->len)
            return false;
        if (used_ns < WINDOW_CHEAP_NS && (window < WINDOW_LARGEST || window < largest))
            window *= 2;
        from = next;
    }
    return false;
}

/* A copy of the same length: each byte that is not UTF-8 becomes one control character. */
static char *replace_invalid(const char *text, size_t len)
{
    char *copy = xstrndup(text, len);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        size_t bytes = utf8_decode(text + at, len - at, &code);
        if (bytes == 1 && (unsigned char)text[at] >= 0x80)
            copy[at] = INVALID_BYTE_SUB;
        at += bytes;
    }
    return copy;
}

bool pattern_find(struct pattern *pattern, const char *text, size_t len, size_t from, size_t *start,
                  size_t *end)
{
    struct pattern_text subject = {text, len, PATTERN_BUDGET_NS};
    autofree char *copy = NULL;

    if (from > len)
        return false;
    if (!utf8_is_valid(text, len))
        subject.text = copy = replace_invalid(text, len);
    return pattern_find_next(pattern, &subject, window_end(&subject, from, 0), start, end);
}
