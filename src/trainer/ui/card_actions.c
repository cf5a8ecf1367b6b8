/* SPDX-License-Identifier: MIT */
#include "trainer/ui/card_actions.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "trainer/study/interval.h"

bool card_rate(struct screen *screen, int64_t question, enum rating rating)
{
    const struct study_options options = {.question = question, .source = "browse"};
    autostr struct str due = STR_INIT;
    struct error err;
    bool is_leech;
    auto_study struct study *study = study_new(ui_bank(screen), &options, &err);

    if (!study) {
        ui_complain(screen, &err);
        return false;
    }
    if (!study_question(study))
        return false;
    autofree char *id = xstrdup(study_question(study)->question.id);
    study_reveal(study);
    interval_add(&due, &study_preview(study)[rating - 1], clock_now_ms());
    if (study_rate(study, rating, &is_leech, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    /* TRANSLATORS: a question's id, a time as in "5 days" */
    ui_say(screen, _("%s: next in %s"), id, due.text);
    return true;
}

bool card_toggle_suspended(struct screen *screen, int64_t number)
{
    struct error err;
    auto_bank_question struct bank_question *question =
        bank_question_load(ui_bank(screen), number, &err);

    if (!question ||
        bank_suspend(ui_bank(screen), question->card_number, !question->is_suspended, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    ui_say(screen, question->is_suspended ? _("%s is studied again") : _("%s is suspended"),
           question->question.id);
    return true;
}

bool card_reset(struct screen *screen, int64_t number)
{
    struct error err;
    int64_t review;
    auto_bank_question struct bank_question *question =
        bank_question_load(ui_bank(screen), number, &err);

    if (!question ||
        bank_reset(ui_bank(screen), question->card_number, clock_now_ms(), &review, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    ui_say(screen, _("%s is new again; u takes that back"), question->question.id);
    return true;
}

bool card_undo(struct screen *screen)
{
    struct error err;
    int64_t review, number;

    if (bank_last_review(ui_bank(screen), &review, &number, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    if (!review) {
        ui_say(screen, "%s", _("there is nothing to take back"));
        return false;
    }
    if (bank_revoke(ui_bank(screen), review, clock_now_ms(), &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    auto_bank_question struct bank_question *undone =
        bank_question_load(ui_bank(screen), number, &err);
    if (undone)
        /* TRANSLATORS: a question's id */
        ui_say(screen, _("taken back: %s"), undone->question.id);
    return true;
}

void card_add_standing(struct str *out, const struct card *card, bool is_suspended)
{
    int64_t now = clock_now_ms();

    if (is_suspended)
        str_add(out, _("suspended"));
    else if (card->state == CARD_NEW)
        str_add(out, _("new"));
    else if (card->due_ms <= now)
        str_add(out, _("due"));
    else
        interval_add_duration(out, card->due_ms - now);
}
