/* SPDX-License-Identifier: MIT */
#include "trainer/study/interval.h"

#include "base/clock.h"
#include "base/i18n.h"

#define DAYS_PER_MONTH 30.44
#define DAYS_PER_YEAR  365.25

static void add_days(struct str *out, int days)
{
    if (days < 60)
        str_addf(out, ngettext("%d day", "%d days", (unsigned long)days), days);
    else if (days < 365)
        str_addf(out, _("%.0f months"), days / DAYS_PER_MONTH);
    else
        str_addf(out, _("%.1f years"), days / DAYS_PER_YEAR);
}

void interval_add_duration(struct str *out, int64_t duration_ms)
{
    int64_t minutes = (duration_ms + MS_PER_MINUTE / 2) / MS_PER_MINUTE;

    if (minutes < 1)
        minutes = 1;
    if (minutes < 60)
        str_addf(out, _("%d min"), (int)minutes);
    else if (minutes < 24 * 60)
        str_addf(out, _("%d h"), (int)((minutes + 30) / 60));
    else
        add_days(out, (int)(minutes / (24 * 60)));
}

void interval_add(struct str *out, const struct card *card, int64_t now_ms)
{
    if (card->interval_days > 0)
        add_days(out, card->interval_days);
    else
        interval_add_duration(out, card->due_ms - now_ms);
}
