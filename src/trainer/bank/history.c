/* SPDX-License-Identifier: MIT
 * Days gone by and days to come. */
#include <string.h>

#include "trainer/bank/bank_internal.h"
#include "trainer/srs/calendar.h"

static int find_deck(struct bank *bank, const char *deck, int64_t *number, struct error *err)
{
    *number = 0;
    return deck ? bank_deck_number(bank, deck, number, err) : 0;
}

int bank_history(struct bank *bank, const char *deck, int first_day, int count,
                 struct bank_day *days, struct error *err)
{
    static const char sql[] =
        "SELECT day, sum(reviews), sum(again), sum(new_cards), sum(time_ms) FROM day"
        " WHERE day BETWEEN ?1 AND ?2 AND (?3 = 0 OR deck = ?3) GROUP BY day";
    auto_statement struct statement *rows = bank_prepare(bank, sql, err);
    int64_t number;
    int found;

    if (!rows || find_deck(bank, deck, &number, err))
        return -1;
    memset(days, 0, (size_t)count * sizeof(*days));
    for (int i = 0; i < count; i++)
        days[i].day = first_day + i;
    bind_integer(rows, 1, first_day);
    bind_integer(rows, 2, first_day + count - 1);
    bind_integer(rows, 3, number);
    while ((found = statement_step(rows, err)) == 1) {
        struct bank_day *day = &days[column_integer(rows, 0) - first_day];
        day->reviews = (int)column_integer(rows, 1);
        day->again = (int)column_integer(rows, 2);
        day->new_cards = (int)column_integer(rows, 3);
        day->time_ms = column_integer(rows, 4);
    }
    return found;
}

int bank_forecast(struct bank *bank, const char *deck, int64_t now_ms, int count, int *due,
                  struct error *err)
{
    static const char sql[] = "SELECT count(*) FROM card INDEXED BY card_due"
                              " WHERE due_ms >= ?1 AND due_ms < ?2 AND deck IS NOT NULL"
                              " AND state > 0 AND is_suspended = 0 AND (?3 = 0 OR deck = ?3)";
    auto_statement struct statement *row = bank_prepare(bank, sql, err);
    int64_t number;
    int hour;

    if (!row || find_deck(bank, deck, &number, err) || bank_rollover_hour(bank, &hour, err))
        return -1;
    int today = calendar_day(now_ms, hour);
    bind_integer(row, 3, number);
    for (int i = 0; i < count; i++) {
        bind_integer(row, 1, i == 0 ? INT64_MIN : calendar_day_start_ms(today + i, hour));
        bind_integer(row, 2, calendar_day_start_ms(today + i + 1, hour));
        if (statement_step(row, err) < 0)
            return -1;
        due[i] = (int)column_integer(row, 0);
        statement_reset(row);
    }
    return 0;
}
