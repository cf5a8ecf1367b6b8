/* SPDX-License-Identifier: MIT
 * Tests of the ground floor: strings, arrays, arenas, UTF-8, widths, the clock and errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/width.h"

/* ---- Strings ---- */

static void grows_a_string(void **state)
{
    autostr struct str str = STR_INIT;

    assert_string_equal(str.text, "");
    for (int i = 0; i < 1000; i++)
        str_addf(&str, "%d,", i);
    assert_int_equal(str.len, 10 + 90 * 2 + 900 * 3 + 1000);
    assert_int_equal(strlen(str.text), str.len);
    str_truncate(&str, 4);
    assert_string_equal(str.text, "0,1,");
    str_truncate(&str, 100);
    str_add_char(&str, 'x');
    str_add_bytes(&str, "yzz", 2);
    str_add_bytes(&str, NULL, 0);
    assert_string_equal(str.text, "0,1,xyz");
    str_clear(&str);
    assert_string_equal(str.text, "");
    str_add(&str, "again");
    assert_string_equal(str.text, "again");
}

static void inserts_and_removes(void **state)
{
    autostr struct str str = STR_INIT;

    str_insert(&str, 0, "ad", 2);
    str_insert(&str, 1, "bcx", 2);
    str_insert(&str, 4, "e", 1);
    assert_string_equal(str.text, "abcde");
    str_remove(&str, 1, 3);
    assert_string_equal(str.text, "ae");
    str_remove(&str, 2, 0);
    str_remove(&str, 0, 2);
    assert_string_equal(str.text, "");
    assert_int_equal(str.len, 0);
}

static const struct {
    const char *text, *trimmed;
} trim_cases[] = {
    {"", ""},       {" ", ""},
    {"a", "a"},     {" \t\r\n a b \v\f", "a b"},
    {"  ä  ", "ä"}, {"\xC2\xA0x", "\xC2\xA0x"},
};

static void trims_blanks(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(trim_cases); i++) {
        autostr struct str str = STR_INIT;
        str_add(&str, trim_cases[i].text);
        str_trim(&str);
        assert_string_equal(str.text, trim_cases[i].trimmed);
        assert_int_equal(str.len, strlen(str.text));
    }
}

static void hands_strings_over(void **state)
{
    struct str str = STR_INIT;
    autofree char *empty = str_steal(&str);
    autofree char *printed = str_printf("%s-%d", "a", 7);

    assert_string_equal(empty, "");
    assert_string_equal(printed, "a-7");
    str_add(&str, "text");
    autofree char *text = str_steal(&str);
    assert_string_equal(text, "text");
    assert_string_equal(str.text, "");
    assert_int_equal(str.len, 0);
}

static void compares_strings(void **state)
{
    assert_true(str_eq("a", "a"));
    assert_false(str_eq("a", "ab"));
    assert_true(str_starts("abc", "ab"));
    assert_true(str_starts("abc", ""));
    assert_false(str_starts("a", "ab"));
}

/* ---- Arrays and arenas ---- */

static void grows_an_array(void **state)
{
    struct {
        int *items;
        size_t len, cap;
    } numbers = {0};

    for (int i = 0; i < 1000; i++)
        *array_add(numbers.items, numbers.len, numbers.cap) += i;
    assert_int_equal(numbers.len, 1000);
    assert_true(numbers.cap >= 1000 && numbers.cap < 2100);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i);
    array_grow(numbers.items, numbers.len, numbers.cap, 5000);
    assert_true(numbers.cap >= 6000);
    assert_int_equal(numbers.items[999], 999);
    free(numbers.items);
}

static void allocates_from_an_arena(void **state)
{
    static const size_t sizes[] = {1, 3, 16, 100, 16383, 16384, 16385, 100000, 7, 0, 5000};
    struct arena arena = {0};
    unsigned char *blocks[ARRAY_LEN(sizes) * 20];

    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
        size_t size = sizes[i % ARRAY_LEN(sizes)];
        blocks[i] = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(blocks[i][k], 0);
        memset(blocks[i], (int)(i % 251) + 1, size);
        arena_strndup(&arena, "x", 1); /* strings in between need no alignment */
    }
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
        for (size_t k = 0; k < sizes[i % ARRAY_LEN(sizes)]; k++)
            assert_int_equal(blocks[i][k], i % 251 + 1);
    assert_string_equal(arena_strndup(&arena, "abc", 2), "ab");
    assert_string_equal(arena_strdup(&arena, "abc"), "abc");
    arena_clear(&arena);
    assert_null(arena.blocks);
    arena_clear(&arena);
}

/* ---- UTF-8 ---- */

static const struct {
    const char *bytes;
    size_t len, used;
    uint32_t code;
} decode_cases[] = {
    {"a", 1, 1, 'a'},
    {"", 1, 1, 0},
    {"\x7F", 1, 1, 0x7F},
    {"ä", 2, 2, 0xE4},
    {"€", 3, 3, 0x20AC},
    {"😀", 4, 4, 0x1F600},
    {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
    {"\xC3", 1, 1, UTF8_REPLACEMENT},             /* cut off */
    {"€", 2, 1, UTF8_REPLACEMENT},                /* cut off */
    {"\xC3(", 2, 1, UTF8_REPLACEMENT},            /* no continuation */
    {"\x80", 1, 1, UTF8_REPLACEMENT},             /* a continuation alone */
    {"\xC0\xAF", 2, 1, UTF8_REPLACEMENT},         /* longer than needed */
    {"\xE0\x80\xAF", 3, 1, UTF8_REPLACEMENT},     /* longer than needed */
    {"\xED\xA0\x80", 3, 1, UTF8_REPLACEMENT},     /* a surrogate */
    {"\xF4\x90\x80\x80", 4, 1, UTF8_REPLACEMENT}, /* above U+10FFFF */
    {"\xF8\x88\x80\x80\x80", 5, 1, UTF8_REPLACEMENT},
    {"\xFF", 1, 1, UTF8_REPLACEMENT},
};

static void decodes_utf8(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(decode_cases); i++) {
        uint32_t code = 0;
        size_t used = utf8_decode(decode_cases[i].bytes, decode_cases[i].len, &code);
        if (used != decode_cases[i].used || code != decode_cases[i].code)
            fail_msg("case %zu: %zu bytes, U+%04X instead of %zu, U+%04X", i, used, code,
                     decode_cases[i].used, decode_cases[i].code);
        bool is_valid = utf8_is_valid(decode_cases[i].bytes, decode_cases[i].len);
        assert_int_equal(is_valid, code != UTF8_REPLACEMENT);
    }
}

static void encodes_what_it_decodes(void **state)
{
    for (uint32_t code = 0; code <= 0x10FFFF; code += code < 0x1000 ? 1 : 0x7F) {
        autostr struct str str = STR_INIT;
        uint32_t decoded;
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        utf8_add(&str, code);
        assert_int_equal(utf8_decode(str.text, str.len, &decoded), str.len);
        assert_int_equal(decoded, code);
    }
}

/* Steps forward and back go by the same characters; "|" stands between them. */
static const char *const step_cases[] = {
    "",
    "a|b|c",
    "ä|€|😀",
    "e\u0301\u0302|x",
    "a|b\u0301",
    "文|字",
    "\xFF|\x80|\x80|a",
    "a|\xC3",
    "ä|\x80|\x80|\x80|\x80|b",
};

static void steps_by_characters(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(step_cases); i++) {
        autostr struct str text = STR_INIT, forward = STR_INIT;
        for (const char *at = step_cases[i]; *at; at++)
            if (*at != '|')
                str_add_char(&text, *at);
        for (size_t at = 0; at < text.len;) {
            size_t bytes = utf8_next(text.text, text.len, at);
            assert_true(bytes > 0);
            assert_int_equal(utf8_previous(text.text, text.len, at + bytes), bytes);
            str_addf(&forward, "%s%.*s", at ? "|" : "", (int)bytes, text.text + at);
            at += bytes;
        }
        assert_string_equal(forward.text, step_cases[i]);
        assert_int_equal(utf8_next(text.text, text.len, text.len), 0);
        assert_int_equal(utf8_previous(text.text, text.len, 0), 0);
    }
}

static const struct {
    const char *text;
    size_t len;
    bool keeps_lines;
    const char *visible;
} visible_cases[] = {
    {"plain ä 文", 0, false, "plain ä 文"},
    {"a\tb\nc", 0, true, "a\tb\nc"},
    {"a\tb\nc", 0, false, "a␉b␊c"},
    {"\x1b[31m\x07\x7f\r", 0, true, "␛[31m␇␡␍"},
    {"a\0b", 3, false, "a␀b"},
    {"\xC2\x85\xC2\x9B"
     "31m",
     0, false, "<U+0085><U+009B>31m"},
    {"\u202Eabc\u2066\u200F\u061C\u2028", 0, true, "<U+202E>abc<U+2066><U+200F><U+061C><U+2028>"},
    {"\xFF\xC3", 0, false, "\uFFFD\uFFFD"},
    {"e\u0301 a\u200Db", 0, false, "e\u0301 a\u200Db"},
};

static void makes_controls_visible(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(visible_cases); i++) {
        autostr struct str visible = STR_INIT;
        size_t len = visible_cases[i].len ? visible_cases[i].len : strlen(visible_cases[i].text);
        utf8_add_visible(&visible, visible_cases[i].text, len, visible_cases[i].keeps_lines);
        if (!str_eq(visible.text, visible_cases[i].visible))
            fail_msg("case %zu: \"%s\" instead of \"%s\"", i, visible.text,
                     visible_cases[i].visible);
    }
}

/* ---- Widths ---- */

static const struct {
    const char *text;
    int cols, fit_cols;
    size_t fit_bytes;
} width_cases[] = {
    {"", 0, 5, 0},     {"abc", 3, 2, 2},      {"äöü", 3, 2, 4},      {"文字", 4, 3, 3},
    {"文字", 4, 1, 0}, {"e\u0301x", 2, 1, 3}, {"e\u0301x", 2, 0, 0}, {"\u0301", 0, 0, 2},
    {"😀a", 3, 2, 4},   {"한국", 4, 4, 6},     {"\xFF\xFF", 2, 1, 1},
};

static void measures_columns(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(width_cases); i++) {
        const char *text = width_cases[i].text;
        int cols = width_of_text(text);
        size_t bytes = width_fit(text, strlen(text), width_cases[i].fit_cols);
        if (cols != width_cases[i].cols || bytes != width_cases[i].fit_bytes)
            fail_msg("\"%s\": %d columns, %zu bytes fit instead of %d, %zu", text, cols, bytes,
                     width_cases[i].cols, width_cases[i].fit_bytes);
    }
}

static const struct {
    const char *text;
    int cols;
    const char *ellipsis, *padded;
} padded_cases[] = {
    {"abc", 5, "…", "abc  "},      {"abc", 3, "…", "abc"},
    {"abcd", 3, "…", "ab…"},       {"abcd", 1, "…", "…"},
    {"abcd", 0, "…", ""},          {"", 2, "…", "  "},
    {"abcd", 3, "", "abc"},        {"abcdef", 5, "...", "ab..."},
    {"abcdef", 2, "...", "  "},    {"文字文字", 4, "…", "文… "},
    {"文字文字", 5, "…", "文字…"}, {"e\u0301e\u0301e\u0301", 2, "…", "e\u0301…"},
};

static void pads_and_cuts(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(padded_cases); i++) {
        autostr struct str padded = STR_INIT;
        width_add_padded(&padded, padded_cases[i].text, padded_cases[i].cols,
                         padded_cases[i].ellipsis);
        if (!str_eq(padded.text, padded_cases[i].padded))
            fail_msg("case %zu: \"%s\" instead of \"%s\"", i, padded.text, padded_cases[i].padded);
    }
}

/* ---- The clock ---- */

static const struct {
    const char *text;
    int64_t time_ms; /* of what is no time: NO_TIME */
    const char *formatted;
} time_cases[] = {
#define NO_TIME INT64_MIN
    {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
    {"2026-01-02T09:00:00Z", 1767344400000, "2026-01-02T09:00:00Z"},
    {"2026-01-02t09:00:00z", 1767344400000, "2026-01-02T09:00:00Z"},
    {"2026-01-02 09:00:00Z", 1767344400000, "2026-01-02T09:00:00Z"},
    {"2026-01-02T11:30:00+02:30", 1767344400000, "2026-01-02T09:00:00Z"},
    {"2026-01-01T23:00:00-10:00", 1767344400000, "2026-01-02T09:00:00Z"},
    {"2026-01-02T09:00:00.5Z", 1767344400500, "2026-01-02T09:00:00Z"},
    {"2026-01-02T09:00:00.123456789Z", 1767344400123, "2026-01-02T09:00:00Z"},
    {"1969-12-31T23:59:59.750Z", -250, "1969-12-31T23:59:59Z"},
    {"1900-03-01T00:00:00Z", -2203891200000, "1900-03-01T00:00:00Z"},
    {"2024-02-29T12:00:00Z", 1709208000000, "2024-02-29T12:00:00Z"},
    {"2016-12-31T23:59:60Z", 1483228800000, "2017-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59Z", 253402300799000, "9999-12-31T23:59:59Z"},
    {"", NO_TIME, NULL},
    {"2026-01-02", NO_TIME, NULL},
    {"2026-01-02T09:00:00", NO_TIME, NULL},
    {"2026-01-02T09:00Z", NO_TIME, NULL},
    {"2026-01-02T09:00:00Zx", NO_TIME, NULL},
    {" 2026-01-02T09:00:00Z", NO_TIME, NULL},
    {"2026- 1-02T09:00:00Z", NO_TIME, NULL},
    {"2026-1-2T9:0:0Z", NO_TIME, NULL},
    {"2026-13-01T00:00:00Z", NO_TIME, NULL},
    {"2026-00-01T00:00:00Z", NO_TIME, NULL},
    {"2026-02-29T00:00:00Z", NO_TIME, NULL},
    {"2026-04-31T00:00:00Z", NO_TIME, NULL},
    {"2026-01-00T00:00:00Z", NO_TIME, NULL},
    {"2026-01-01T24:00:00Z", NO_TIME, NULL},
    {"2026-01-01T00:60:00Z", NO_TIME, NULL},
    {"2026-01-01T00:00:61Z", NO_TIME, NULL},
    {"2026-01-01T00:00:00.Z", NO_TIME, NULL},
    {"2026-01-01T00:00:00.5e3Z", NO_TIME, NULL},
    {"2026-01-01T00:00:00+2:00", NO_TIME, NULL},
    {"2026-01-01T00:00:00+-2:00", NO_TIME, NULL},
    {"2026-01-01T00:00:00+24:00", NO_TIME, NULL},
    {"2026-01-01T00:00:00+02:60", NO_TIME, NULL},
    {"2026-01-01T00:00:00+0200", NO_TIME, NULL},
    {"-026-01-01T00:00:00Z", NO_TIME, NULL},
};

static void reads_and_writes_times(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(time_cases); i++) {
        int64_t time_ms = NO_TIME;
        int result = clock_parse_rfc3339(time_cases[i].text, &time_ms);
        if (result != (time_cases[i].time_ms == NO_TIME ? -1 : 0) ||
            time_ms != time_cases[i].time_ms)
            fail_msg("\"%s\": %lld instead of %lld", time_cases[i].text, (long long)time_ms,
                     (long long)time_cases[i].time_ms);
        if (result < 0)
            continue;
        autostr struct str formatted = STR_INIT;
        clock_add_rfc3339(&formatted, time_ms);
        assert_string_equal(formatted.text, time_cases[i].formatted);
    }
}

static void starts_the_clock_where_told(void **state)
{
    struct error err = {0};

    assert_int_equal(setenv("DRYDOCK_NOW", "2026-01-02T09:00:00Z", 1), 0);
    assert_int_equal(clock_init(&err), 0);
    int64_t first_ms = clock_now_ms();
    assert_true(first_ms >= 1767344400000 && first_ms < 1767344400000 + 60 * MS_PER_SECOND);
    int64_t start_ms = clock_monotonic_ms();
    while (clock_monotonic_ms() < start_ms + 5)
        ;
    assert_true(clock_now_ms() > first_ms);

    assert_int_equal(setenv("DRYDOCK_NOW", "tomorrow", 1), 0);
    assert_int_equal(clock_init(&err), -1);
    assert_string_equal(err.text, "DRYDOCK_NOW is not a time like 2026-01-02T09:00:00Z: tomorrow");

    assert_int_equal(setenv("DRYDOCK_NOW", "", 1), 0);
    assert_int_equal(clock_init(&err), 0);
    assert_true(clock_now_ms() != first_ms);
    assert_int_equal(unsetenv("DRYDOCK_NOW"), 0);
    assert_int_equal(clock_init(&err), 0);
}

/* ---- Errors ---- */

static void tells_what_failed(void **state)
{
    struct error err;

    assert_int_equal(error_set(&err, 0, "cannot %s", "do"), -1);
    assert_string_equal(err.text, "cannot do");
    assert_int_equal(err.errnum, 0);
    assert_int_equal(error_set(&err, ENOENT, "cannot open %s", "x"), -1);
    assert_string_equal(err.text, "cannot open x: No such file or directory");
    assert_int_equal(err.errnum, ENOENT);
    assert_int_equal(error_wrap(&err, "cannot start %d", 3), -1);
    assert_string_equal(err.text, "cannot start 3: cannot open x: No such file or directory");
    assert_int_equal(err.errnum, ENOENT);
}

/* Whatever the length, the text ends at the end of a character. */
static void cuts_long_errors_between_characters(void **state)
{
    static const char *const characters[] = {"a", "ä", "€", "😀"};

    for (size_t i = 0; i < ARRAY_LEN(characters); i++)
        for (size_t offset = 0; offset < 8; offset++) {
            autostr struct str text = STR_INIT;
            struct error err;
            while (text.len < offset)
                str_add_char(&text, 'x');
            while (text.len < 2 * ERROR_TEXT_BYTES)
                str_add(&text, characters[i]);
            error_set(&err, EIO, "%s", text.text);
            assert_true(strlen(err.text) >= ERROR_TEXT_BYTES - 4);
            assert_true(utf8_is_valid(err.text, strlen(err.text)));
            error_wrap(&err, "%.*s", (int)offset, "contexts");
            assert_true(strlen(err.text) >= ERROR_TEXT_BYTES - 4);
            assert_true(utf8_is_valid(err.text, strlen(err.text)));
            assert_memory_equal(err.text, "contexts", offset);
        }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_a_string),
        cmocka_unit_test(inserts_and_removes),
        cmocka_unit_test(trims_blanks),
        cmocka_unit_test(hands_strings_over),
        cmocka_unit_test(compares_strings),
        cmocka_unit_test(grows_an_array),
        cmocka_unit_test(allocates_from_an_arena),
        cmocka_unit_test(decodes_utf8),
        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(steps_by_characters),
        cmocka_unit_test(makes_controls_visible),
        cmocka_unit_test(measures_columns),
        cmocka_unit_test(pads_and_cuts),
        cmocka_unit_test(reads_and_writes_times),
        cmocka_unit_test(starts_the_clock_where_told),
        cmocka_unit_test(tells_what_failed),
        cmocka_unit_test(cuts_long_errors_between_characters),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
