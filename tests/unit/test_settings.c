/* SPDX-License-Identifier: MIT
 * Settings: what is taken and refused, of decks and general, for the scheduler; sessions. */
#include <math.h>

#include "scratch_bank.h"
#include "trainer/bank/settings.h"

static void import_one(struct scratch *scratch)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    scratch_add(deck, "A", "What is a container?", "A process.");
    scratch_import(scratch, deck);
    deck_free(deck);
}

static const struct {
    const char *name, *value;
    const char *error; /* NULL: it is taken */
} values[] = {
    {"desired-retention", "70", NULL},
    {"desired-retention", "99", NULL},
    {"desired-retention", "69", "desired-retention is a whole number from 70 to 99, not 69"},
    {"desired-retention", "100", "desired-retention is a whole number from 70 to 99, not 100"},
    {"desired-retention", "90.5", "desired-retention is a whole number from 70 to 99, not 90.5"},
    {"desired-retention", "many", "desired-retention is a whole number from 70 to 99, not many"},
    {"new-per-day", "0", NULL},
    {"new-per-day", "9999", NULL},
    {"new-per-day", "-1", "new-per-day is a whole number from 0 to 9999, not -1"},
    {"new-per-day", "1e3", "new-per-day is a whole number from 0 to 9999, not 1e3"},
    {"new-per-day", "0x10", "new-per-day is a whole number from 0 to 9999, not 0x10"},
    {"new-per-day", "99999999999999999999",
     "new-per-day is a whole number from 0 to 9999, not 99999999999999999999"},
    {"rollover-hour", "23", NULL},
    {"rollover-hour", "24", "rollover-hour is a whole number from 0 to 23, not 24"},
    {"fuzz", "off", NULL},
    {"fuzz", "yes", "fuzz is on or off, not yes"},
    {"learning-steps", "30s 10m 2h 1d", NULL},
    {"learning-steps", "1m,10m", NULL},
    {"learning-steps", "10m 25h",
     "learning-steps is a list of at most 8 pauses of up to a day, such as 1m 10m, not 10m 25h"},
    {"learning-steps", "10",
     "learning-steps is a list of at most 8 pauses of up to a day, such as 1m 10m, not 10"},
    {"learning-steps", "0m",
     "learning-steps is a list of at most 8 pauses of up to a day, such as 1m 10m, not 0m"},
    {"learning-steps", "1m 1m 1m 1m 1m 1m 1m 1m 1m",
     "learning-steps is a list of at most 8 pauses of up to a day, such as 1m 10m, not 1m 1m 1m "
     "1m 1m 1m 1m 1m 1m"},
    {"colour", "red", "there is no setting colour"},
};

static void test_values(void **state)
{
    struct scratch *scratch = *state;
    int failures = 0;

    for (size_t i = 0; i < ARRAY_LEN(values); i++) {
        struct error err = {0};
        int result = setting_set(scratch->bank, NULL, values[i].name, values[i].value, &err);
        const char *expected = values[i].error ? values[i].error : "";
        char *stored = setting_get(scratch->bank, NULL, values[i].name);
        if ((result == 0) != !values[i].error || !str_eq(err.text, expected) ||
            (result == 0 && !str_eq(stored, values[i].value))) {
            print_error("%s = \"%s\": %d \"%s\", not \"%s\"; stored \"%s\"\n", values[i].name,
                        values[i].value, result, err.text, expected, stored);
            failures++;
        }
        free(stored);
    }
    assert_int_equal(failures, 0);
}

static void assert_setting(struct scratch *scratch, const char *deck, const char *name,
                           const char *expected)
{
    char *value = setting_get(scratch->bank, deck, name);

    assert_string_equal(value, expected);
    free(value);
}

static void test_defaults_are_valid(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    for (size_t i = 0; i < settings_count; i++) {
        const struct setting *setting = &settings_table[i];
        assert_setting(scratch, NULL, setting->name, setting->fallback);
        if (setting_set(scratch->bank, NULL, setting->name, setting->fallback, &err))
            fail_msg("%s: %s", setting->name, err.text);
        assert_true(*setting->title && *setting->help);
        assert_ptr_equal(setting_find(setting->name), setting);
    }
}

static void test_decks_have_their_own(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    import_one(scratch);
    assert_int_equal(setting_set(scratch->bank, NULL, "new-per-day", "20", &err), 0);
    assert_setting(scratch, "docker", "new-per-day", "20");
    assert_int_equal(setting_set(scratch->bank, "docker", "new-per-day", "5", &err), 0);
    assert_setting(scratch, "docker", "new-per-day", "5");
    assert_setting(scratch, NULL, "new-per-day", "20");
    assert_int_equal(setting_set(scratch->bank, "docker", "new-per-day", "", &err), 0);
    assert_setting(scratch, "docker", "new-per-day", "20");
    assert_int_equal(setting_set(scratch->bank, NULL, "new-per-day", "", &err), 0);
    assert_setting(scratch, "docker", "new-per-day", "10");
    assert_int_equal(setting_set(scratch->bank, "docker", "rollover-hour", "5", &err), -1);
    assert_string_equal(err.text, "rollover-hour is the same for all decks");
    assert_int_equal(setting_set(scratch->bank, "none", "new-per-day", "5", &err), -1);
    assert_string_equal(err.text, "there is no deck none");
}

static void test_the_scheduler_gets_them(void **state)
{
    struct scratch *scratch = *state;
    struct scheduler_settings settings;
    struct bank_limits limits;
    struct error err;

    import_one(scratch);
    assert_int_equal(bank_settings(scratch->bank, NULL, &settings, &limits, &err), 0);
    assert_true(fabs(settings.desired_retention - 0.9) < 1e-12);
    assert_int_equal(settings.learning_step_count, 1);
    assert_int_equal(settings.learning_steps[0], 10);
    assert_int_equal(settings.maximum_interval_days, 36500);
    assert_int_equal(settings.rollover_hour, 4);
    assert_true(settings.has_fuzz && settings.balances_load && !settings.suspends_leeches);
    assert_int_equal(settings.leech_threshold, 8);
    assert_int_equal(limits.new_per_day, 10);
    assert_int_equal(limits.reviews_per_day, 200);
    assert_memory_equal(settings.parameters, fsrs_default_parameters, sizeof(settings.parameters));

    assert_int_equal(setting_set(scratch->bank, "docker", "desired-retention", "85", &err), 0);
    assert_int_equal(setting_set(scratch->bank, "docker", "learning-steps", "30s 2h 1d", &err), 0);
    assert_int_equal(setting_set(scratch->bank, NULL, "fuzz", "off", &err), 0);
    assert_int_equal(bank_settings(scratch->bank, "docker", &settings, &limits, &err), 0);
    assert_true(fabs(settings.desired_retention - 0.85) < 1e-12);
    assert_int_equal(settings.learning_step_count, 3);
    assert_int_equal(settings.learning_steps[0], 1);
    assert_int_equal(settings.learning_steps[1], 120);
    assert_int_equal(settings.learning_steps[2], 1440);
    assert_false(settings.has_fuzz);
}

static void test_stored_parameters(void **state)
{
    struct scratch *scratch = *state;
    struct scheduler_settings settings;
    struct bank_limits limits;
    struct error err;
    sqlite3 *db;

    import_one(scratch);
    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO parameters (deck, model, weights, created_ms) VALUES"
                     " (0, 'FSRS-6', '[0.3, 1.3, 2.4, 8.3, 6.4, 0.8, 3.1, 0.001, 1.9, 0.17, 0.8,"
                     " 1.5, 0.06, 0.26, 1.7, 0.6, 1.9, 0.54, 0.09, 0.07, 0.2]', 1)",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(bank_settings(scratch->bank, "docker", &settings, &limits, &err), 0);
    assert_true(fabs(settings.parameters[0] - 0.3) < 1e-12);
    assert_true(fabs(settings.parameters[20] - 0.2) < 1e-12);
}

static void test_sessions(void **state)
{
    struct scratch *scratch = *state;
    char deck[] = "docker", draft[] = "two\nlines \"quoted\"";
    struct bank_session saved = {.deck = deck,
                                 .question = 7,
                                 .is_revealed = true,
                                 .draft = draft,
                                 .answered = 3,
                                 .started_ms = SCRATCH_NOW,
                                 .spent_ms = 1234};
    struct bank_session loaded;
    struct error err;
    bool found;

    assert_int_equal(bank_session_load(scratch->bank, &loaded, &found, &err), 0);
    assert_false(found);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(bank_session_save(scratch->bank, &saved, &err), 0);
        scratch_reopen(scratch);
        assert_int_equal(bank_session_load(scratch->bank, &loaded, &found, &err), 0);
        assert_true(found);
        assert_string_equal(loaded.deck, "docker");
        assert_null(loaded.section);
        assert_int_equal(loaded.question, 7);
        assert_true(loaded.is_revealed);
        assert_string_equal(loaded.draft, saved.draft);
        assert_int_equal(loaded.answered, 3 + round);
        assert_int_equal(loaded.started_ms, SCRATCH_NOW);
        assert_int_equal(loaded.spent_ms, 1234);
        bank_session_clear(&loaded);
        saved.answered++;
    }
    assert_int_equal(bank_session_forget(scratch->bank, &err), 0);
    assert_int_equal(bank_session_load(scratch->bank, &loaded, &found, &err), 0);
    assert_false(found);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_values),
        TEST(test_defaults_are_valid),
        TEST(test_decks_have_their_own),
        TEST(test_the_scheduler_gets_them),
        TEST(test_stored_parameters),
        TEST(test_sessions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
