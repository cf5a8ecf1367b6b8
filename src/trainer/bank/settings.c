/* SPDX-License-Identifier: MIT */
#include "trainer/bank/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/bank/bank_internal.h"

#define MINUTES_PER_DAY (24 * 60)
#define SECONDS_PER_DAY (60 * MINUTES_PER_DAY)

const struct setting settings_table[] = {
    {"desired-retention", N_("Desired retention"),
     N_("The probability of recall at which a card comes back, in percent."), SETTING_PERCENT, true,
     70, 99, "90"},
    {"new-per-day", N_("New cards a day"), N_("How many new cards a day begins with at most."),
     SETTING_NUMBER, true, 0, 9999, "10"},
    {"reviews-per-day", N_("Reviews a day"), N_("How many cards come back on a day at most."),
     SETTING_NUMBER, true, 0, 9999, "200"},
    {"learning-steps", N_("Learning steps"),
     N_("The pauses of a new card before it comes back by days, such as 1m 10m."), SETTING_STEPS,
     true, 1, MINUTES_PER_DAY, "10m"},
    {"relearning-steps", N_("Relearning steps"),
     N_("The pauses of a forgotten card before it comes back by days, such as 10m."), SETTING_STEPS,
     true, 1, MINUTES_PER_DAY, "10m"},
    {"maximum-interval", N_("Longest interval"), N_("The most days between two reviews of a card."),
     SETTING_NUMBER, true, 1, 36500, "36500"},
    {"rollover-hour", N_("A day begins at"),
     N_("The hour at which a new day begins, for those who study after midnight."), SETTING_NUMBER,
     false, 0, 23, "4"},
    {"fuzz", N_("Spread intervals"),
     N_("Varies intervals a little, so that cards learned together part."), SETTING_SWITCH, false,
     0, 1, "on"},
    {"load-balancing", N_("Balance days"),
     N_("Prefers days with few reviews where an interval may vary."), SETTING_SWITCH, false, 0, 1,
     "on"},
    {"leech-threshold", N_("Leech after"),
     N_("How often a card is forgotten before it counts as a leech; 0 turns leeches off."),
     SETTING_NUMBER, true, 0, 99, "8"},
    {"leech-suspends", N_("Suspend leeches"), N_("Leaves a leech out until it is taken back."),
     SETTING_SWITCH, true, 0, 1, "off"},
    {"mouse", N_("Mouse"), N_("Lets the mouse scroll and choose."), SETTING_SWITCH, false, 0, 1,
     "off"},
    {"ascii", N_("Plain characters"), N_("Draws with the characters of ASCII only."),
     SETTING_SWITCH, false, 0, 1, "off"},
};

const size_t settings_count = ARRAY_LEN(settings_table);

const struct setting *setting_find(const char *name)
{
    for (size_t i = 0; i < settings_count; i++) {
        if (str_eq(settings_table[i].name, name))
            return &settings_table[i];
    }
    return NULL;
}

/* --- Values as written */

/* Decimal digits up to `*text`'s first other character; -1 for none or too many. */
static long read_digits(const char **text)
{
    size_t len = strspn(*text, "0123456789");
    long number = len > 0 && len < 10 ? strtol(*text, NULL, 10) : -1;

    *text += len;
    return number;
}

/* "30s", "10m", "2h" or "1d" at *text, which moves behind it; whole minutes, at least one. */
static bool read_step(const char **text, int *minutes)
{
    static const struct {
        char unit;
        long seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', SECONDS_PER_DAY}};
    long amount = read_digits(text);

    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (**text != units[i].unit || amount <= 0 || amount > SECONDS_PER_DAY / units[i].seconds)
            continue;
        long seconds = amount * units[i].seconds;
        *minutes = (int)(seconds < 60 ? 1 : (seconds + 30) / 60);
        ++*text;
        return true;
    }
    return false;
}

/* -1 where they are none. */
static int read_steps(const char *text, int steps[SCHEDULER_STEPS_MAX])
{
    int count = 0;

    while (*(text += strspn(text, " ,"))) {
        if (count == SCHEDULER_STEPS_MAX || !read_step(&text, &steps[count]) ||
            !strchr(" ,", *text))
            return -1;
        count++;
    }
    return count;
}

static int check_number(const struct setting *setting, const char *value, struct error *err)
{
    const char *end = value;
    long number = read_digits(&end);

    if (*end || number < 0 || (double)number < setting->minimum ||
        (double)number > setting->maximum)
        return error_set(err, 0, _("%s is a whole number from %.0f to %.0f, not %s"), setting->name,
                         setting->minimum, setting->maximum, value);
    return 0;
}

static int check(const struct setting *setting, const char *value, struct error *err)
{
    int steps[SCHEDULER_STEPS_MAX];

    switch (setting->kind) {
    case SETTING_NUMBER:
    case SETTING_PERCENT:
        return check_number(setting, value, err);
    case SETTING_SWITCH:
        if (!str_eq(value, "on") && !str_eq(value, "off"))
            return error_set(err, 0, _("%s is on or off, not %s"), setting->name, value);
        return 0;
    case SETTING_STEPS:
        if (read_steps(value, steps) < 0)
            return error_set(err, 0,
                             _("%s is a list of at most %d pauses of up to a day, such as 1m 10m, "
                               "not %s"),
                             setting->name, SCHEDULER_STEPS_MAX, value);
        return 0;
    }
    return 0;
}

/* --- In the bank */

/* The deck's own value before the general one; *value stays NULL where neither is stored. */
static int read_stored(struct bank *bank, int64_t deck, const char *name, char **value,
                       struct error *err)
{
    static const char sql[] = "SELECT value FROM setting WHERE deck IN (0, ?1) AND name = ?2"
                              " ORDER BY deck DESC LIMIT 1";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, deck);
    bind_text(statement, 2, name);
    int found = statement_step(statement, err);
    if (found == 1)
        *value = xstrdup(column_text(statement, 0));
    return found < 0 ? -1 : 0;
}

static int read_value(struct bank *bank, int64_t deck, const struct setting *setting, char **value,
                      struct error *err)
{
    struct error ignored;

    *value = NULL;
    if (read_stored(bank, setting->is_per_deck ? deck : 0, setting->name, value, err))
        return -1;
    /* Another version of drydock may have had other bounds. */
    if (*value && check(setting, *value, &ignored))
        free(steal_ptr(value));
    if (!*value)
        *value = xstrdup(setting->fallback);
    return 0;
}

char *setting_get(struct bank *bank, const char *deck, const char *name)
{
    const struct setting *setting = setting_find(name);
    struct error err;
    int64_t number = 0;
    char *value;

    if (!setting)
        return xstrdup("");
    if ((deck && bank_deck_number(bank, deck, &number, &err)) ||
        read_value(bank, number, setting, &value, &err))
        return xstrdup(setting->fallback);
    return value;
}

static int write_value(struct bank *bank, int64_t deck, const char *name, const char *value,
                       struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(
        bank,
        *value ? "INSERT OR REPLACE INTO setting (deck, name, value) VALUES (?1, ?2, ?3)"
               : "DELETE FROM setting WHERE deck = ?1 AND name = ?2",
        err);

    if (!statement)
        return -1;
    bind_integer(statement, 1, deck);
    bind_text(statement, 2, name);
    if (*value)
        bind_text(statement, 3, value);
    return statement_run(statement, err);
}

int setting_set(struct bank *bank, const char *deck, const char *name, const char *value,
                struct error *err)
{
    const struct setting *setting = setting_find(name);
    int64_t number = 0;

    if (!setting)
        return error_set(err, 0, _("there is no setting %s"), name);
    if (deck && !setting->is_per_deck)
        return error_set(err, 0, _("%s is the same for all decks"), name);
    if (*value && check(setting, value, err))
        return -1;
    if (deck && bank_deck_number(bank, deck, &number, err))
        return -1;
    if (bank_begin_write(bank, err))
        return -1;
    return bank_finish(bank, write_value(bank, number, name, value, err), err);
}

/* --- For the scheduler */

static int read_as_number(struct bank *bank, int64_t deck, const char *name, double *number,
                          struct error *err)
{
    autofree char *value = NULL;

    if (read_value(bank, deck, setting_find(name), &value, err))
        return -1;
    *number = str_eq(value, "on") ? 1 : (double)strtol(value, NULL, 10);
    return 0;
}

static int read_as_steps(struct bank *bank, int64_t deck, const char *name, int *steps, int *count,
                         struct error *err)
{
    autofree char *value = NULL;

    if (read_value(bank, deck, setting_find(name), &value, err))
        return -1;
    *count = read_steps(value, steps);
    return 0;
}

/* The newest of the deck, else the newest general ones; 0 in *count: none are stored. */
static int read_weights(struct bank *bank, int64_t deck, double *weights, size_t *count,
                        struct error *err)
{
    static const char sql[] =
        "SELECT value FROM json_each((SELECT weights FROM parameters WHERE deck IN (0, ?1)"
        " ORDER BY deck DESC, number DESC LIMIT 1))";
    auto_statement struct statement *statement = bank_prepare(bank, sql, err);
    int found;

    if (!statement)
        return -1;
    bind_integer(statement, 1, deck);
    for (*count = 0; (found = statement_step(statement, err)) == 1 && *count < FSRS_PARAMETER_COUNT;
         ++*count)
        weights[*count] = column_number(statement, 0);
    return found < 0 ? -1 : 0;
}

static int read_parameters(struct bank *bank, int64_t deck, struct scheduler_settings *settings,
                           struct error *err)
{
    double weights[FSRS_PARAMETER_COUNT];
    size_t count;

    if (read_weights(bank, deck, weights, &count, err))
        return -1;
    return fsrs_parameters_load(weights, count, settings->relearning_step_count,
                                settings->parameters, err);
}

static int read_scheduler(struct bank *bank, int64_t deck, struct scheduler_settings *settings,
                          struct error *err)
{
    double retention, interval, rollover, fuzz, balances, threshold, suspends;

    if (read_as_number(bank, deck, "desired-retention", &retention, err) ||
        read_as_number(bank, deck, "maximum-interval", &interval, err) ||
        read_as_number(bank, deck, "rollover-hour", &rollover, err) ||
        read_as_number(bank, deck, "fuzz", &fuzz, err) ||
        read_as_number(bank, deck, "load-balancing", &balances, err) ||
        read_as_number(bank, deck, "leech-threshold", &threshold, err) ||
        read_as_number(bank, deck, "leech-suspends", &suspends, err) ||
        read_as_steps(bank, deck, "learning-steps", settings->learning_steps,
                      &settings->learning_step_count, err) ||
        read_as_steps(bank, deck, "relearning-steps", settings->relearning_steps,
                      &settings->relearning_step_count, err))
        return -1;
    settings->desired_retention = retention / 100;
    settings->maximum_interval_days = (int)interval;
    settings->rollover_hour = (int)rollover;
    settings->has_fuzz = fuzz != 0;
    settings->balances_load = balances != 0;
    settings->leech_threshold = (int)threshold;
    settings->suspends_leeches = suspends != 0;
    return read_parameters(bank, deck, settings, err);
}

int bank_limits_read(struct bank *bank, int64_t deck, struct bank_limits *limits, struct error *err)
{
    double new_per_day, reviews_per_day;

    if (read_as_number(bank, deck, "new-per-day", &new_per_day, err) ||
        read_as_number(bank, deck, "reviews-per-day", &reviews_per_day, err))
        return -1;
    *limits = (struct bank_limits){.new_per_day = (int)new_per_day,
                                   .reviews_per_day = (int)reviews_per_day};
    return 0;
}

int bank_settings(struct bank *bank, const char *deck, struct scheduler_settings *settings,
                  struct bank_limits *limits, struct error *err)
{
    struct scheduler_settings read;
    int64_t number = 0;

    scheduler_settings_init(&read);
    if ((deck && bank_deck_number(bank, deck, &number, err)) ||
        read_scheduler(bank, number, &read, err) || bank_limits_read(bank, number, limits, err))
        return -1;
    *settings = read;
    return 0;
}

int bank_rollover_hour(struct bank *bank, int *hour, struct error *err)
{
    double number;

    if (read_as_number(bank, 0, "rollover-hour", &number, err))
        return -1;
    *hour = (int)number;
    return 0;
}
