/* SPDX-License-Identifier: MIT
 * JSON piece by piece: commas, nesting, escaping. */
#include <locale.h>
#include <math.h>

#include "scratch_bank.h"
#include "trainer/bank/json.h"

static void test_nesting_and_commas(void **state)
{
    struct scratch *scratch = *state;
    struct str out = STR_INIT;
    struct json *json = json_new(scratch->bank, &out);

    json_open(json, NULL, '{');
    json_string(json, "name", "drydock");
    json_open(json, "empty", '[');
    json_close(json);
    json_open(json, "list", '[');
    json_integer(json, NULL, -5);
    json_bool(json, NULL, true);
    json_bool(json, NULL, false);
    json_open(json, NULL, '{');
    json_close(json);
    json_string(json, NULL, NULL);
    json_close(json);
    json_number(json, "recall", 0.5, 3);
    json_number(json, "due", 2.3065, 4);
    json_time(json, "at", SCRATCH_NOW);
    json_time(json, "never", 0);
    json_close(json);
    json_free(json);
    assert_string_equal(out.text,
                        "{\"name\":\"drydock\",\"empty\":[],\"list\":[-5,true,false,{},null],"
                        "\"recall\":0.500,\"due\":2.3065,\"at\":\"2026-05-28T20:26:40Z\","
                        "\"never\":null}");
    str_clear(&out);
}

static const struct {
    const char *text, *expected;
} strings[] = {
    {"", "\"\""},
    {"plain", "\"plain\""},
    {"a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""},
    {"line\nnext\ttab\r", "\"line\\nnext\\ttab\\r\""},
    {"\x1b[31m\x01", "\"\\u001b[31m\\u0001\""},
    {"日本 é 🐳", "\"日本 é 🐳\""},
};

static void test_strings(void **state)
{
    struct scratch *scratch = *state;

    for (size_t i = 0; i < ARRAY_LEN(strings); i++) {
        struct str out = STR_INIT;
        struct json *json = json_new(scratch->bank, &out);
        json_string(json, NULL, strings[i].text);
        assert_string_equal(out.text, strings[i].expected);
        json_free(json);
        str_clear(&out);
    }
}

static const struct {
    double value;
    int decimals;
    const char *expected;
} numbers[] = {
    {0, 1, "0.0"},           {-1.25, 2, "-1.25"}, {1e15, 0, "1000000000000000"},
    {0.123456, 4, "0.1235"}, {NAN, 2, "null"},    {INFINITY, 2, "null"},
};

static void test_numbers(void **state)
{
    struct scratch *scratch = *state;

    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        struct str out = STR_INIT;
        struct json *json = json_new(scratch->bank, &out);
        json_number(json, NULL, numbers[i].value, numbers[i].decimals);
        assert_string_equal(out.text, numbers[i].expected);
        json_free(json);
        str_clear(&out);
    }
}

/* As large as deep: what is written is read again by SQLite. */
static void test_sqlite_reads_it(void **state)
{
    struct scratch *scratch = *state;
    struct str out = STR_INIT;
    struct json *json = json_new(scratch->bank, &out);

    json_open(json, NULL, '[');
    for (int i = 0; i < 1000; i++) {
        json_open(json, NULL, '{');
        json_string(json, "key \"quoted\"", "value\n");
        json_close(json);
    }
    json_close(json);
    json_free(json);
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT json_array_length(?1)", -1, &statement, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(statement, 1, out.text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 1000);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    str_clear(&out);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_nesting_and_commas),
        TEST(test_strings),
        TEST(test_numbers),
        TEST(test_sqlite_reads_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
