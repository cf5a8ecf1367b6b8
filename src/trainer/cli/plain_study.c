/* SPDX-License-Identifier: MIT */
#include "trainer/cli/plain_study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "trainer/cli/cli.h"
#include "trainer/cli/plain_input.h"
#include "trainer/cli/print.h"
#include "trainer/study/interval.h"

enum verdict { GO_ON, LEAVE, FAILED };

static void print_markdown(const char *markdown)
{
    autostr struct str out = STR_INIT;

    print_add_markdown(&out, markdown, cli_columns(), "");
    fwrite(out.text, 1, out.len, stdout);
}

static void print_options(struct study *study, bool with_truth)
{
    const struct question *question = &study_question(study)->question;

    for (size_t i = 0; i < question->option_count; i++) {
        autofree char *line =
            str_printf("%s%c) %s%s", study_is_chosen(study, i) ? "[x] " : "[ ] ",
                       (char)('a' + i % 26), question->options[i].text,
                       with_truth && question->options[i].is_correct ? _("  (right)") : "");
        cli_print_line(line);
    }
}

static void print_question(struct study *study)
{
    const struct bank_question *asked = study_question(study);
    autofree char *head =
        str_printf(_("Question %s, %s. %d to go."), asked->question.id,
                   *asked->section ? asked->section : asked->deck_title, study_remaining(study));

    putchar('\n');
    cli_print_line(head);
    cli_print_line(asked->question.title);
    if (*asked->question.prompt)
        print_markdown(asked->question.prompt);
    print_options(study, false);
}

static void print_points(struct study *study)
{
    const struct question *question = &study_question(study)->question;
    const struct study_point *points = study_points(study);

    if (question->key_point_count > 0)
        cli_print_line(_("Key points:"));
    for (size_t i = 0; i < question->key_point_count; i++) {
        autostr struct str line = STR_INIT;
        str_addf(&line, "%zu. %s %s%s", i + 1, points[i].is_ticked ? "[x]" : "[ ]",
                 question->key_points[i].is_must ? _("must: ") : "", question->key_points[i].text);
        if (points[i].grade.is_found)
            str_addf(&line, "  “%.*s”", (int)points[i].grade.len,
                     study_draft(study) + points[i].grade.start);
        cli_print_line(line.text);
    }
}

static void print_answer(struct study *study)
{
    cli_print_line(_("Answer:"));
    print_options(study, true);
    print_markdown(study_question(study)->question.answer);
    print_points(study);
}

/* "1 Again 10 min, 2 Hard 2 days, 3 Good 5 days (suggested), 4 Easy 12 days" */
static void print_ratings(struct study *study)
{
    const char *const names[] = {_("Again"), _("Hard"), _("Good"), _("Easy")};
    const struct card *preview = study_preview(study);
    autostr struct str line = STR_INIT;

    for (int i = 0; i < 4; i++) {
        str_addf(&line, "%s%d %s ", i > 0 ? ", " : "", i + 1, names[i]);
        interval_add(&line, &preview[i], clock_now_ms());
        if ((int)study_suggested(study) == i + 1)
            str_addf(&line, " %s", _("(suggested)"));
    }
    cli_print_line(line.text);
}

static void print_follow_up(struct study *study)
{
    const struct follow_up *follow_up = study_follow_up(study);

    if (!follow_up) {
        cli_print_line(_("There is no follow-up."));
        return;
    }
    cli_print_line(_("Follow-up:"));
    cli_print_line(follow_up->text);
    print_markdown(follow_up->answer);
}

static enum verdict fail(const struct error *err)
{
    cli_fail(STATUS_IMPOSSIBLE, err);
    return FAILED;
}

static enum verdict undo(struct study *study)
{
    struct error err;
    bool undone;

    if (study_undo(study, &undone, &err) < 0)
        return fail(&err);
    cli_print_line(undone ? _("The last rating is taken back.")
                          : _("There is no rating to take back."));
    return GO_ON;
}

static enum verdict rate(struct study *study, enum rating rating)
{
    struct error err;
    bool is_leech;

    if (study_rate(study, rating, &is_leech, &err) < 0)
        return fail(&err);
    if (is_leech)
        cli_print_line(_("This question keeps being forgotten: rewrite it, or suspend it."));
    return GO_ON;
}

/* Commands that work before and after the reveal; false where `line` is none of them. */
static bool run_common(struct study *study, const char *line, enum verdict *verdict)
{
    struct error err;

    *verdict = GO_ON;
    if (str_eq(line, ":q"))
        *verdict = LEAVE;
    else if (str_eq(line, ":u"))
        *verdict = undo(study);
    else if (str_eq(line, ":bury"))
        *verdict = study_bury(study, &err) < 0 ? fail(&err) : GO_ON;
    else if (str_eq(line, ":suspend"))
        *verdict = study_suspend(study, &err) < 0 ? fail(&err) : GO_ON;
    else
        return false;
    return true;
}

/* Chosen options are letters: "a", "a c", "ac". */
static void choose(struct study *study, const char *line)
{
    size_t count = study_question(study)->question.option_count;

    for (; *line; line++)
        if (*line >= 'a' && (size_t)(*line - 'a') < count)
            study_choose(study, (size_t)(*line - 'a'), true);
}

static const char *asking_prompt(const struct study *study)
{
    if (study_question(study)->question.option_count > 0)
        return _(
            "Choose letters, or Enter to see the answer (:q leaves, :u undoes, :bury, :suspend): ");
    return _("Type an answer, then an empty line to see ours (:q leaves, :u undoes, :bury, "
             ":suspend):\n");
}

static enum verdict ask(struct study *study)
{
    autostr struct str line = STR_INIT, answer = STR_INIT;
    bool has_options = study_question(study)->question.option_count > 0;
    enum verdict verdict;

    print_question(study);
    str_add(&answer, study_draft(study));
    for (const char *prompt = asking_prompt(study); plain_read(prompt, &line); prompt = "") {
        if (run_common(study, line.text, &verdict))
            return verdict;
        if (has_options)
            choose(study, line.text);
        if (has_options || line.len == 0) {
            study_set_draft(study, answer.text);
            study_reveal(study);
            print_answer(study);
            return GO_ON;
        }
        str_addf(&answer, "%s\n", line.text);
    }
    study_set_draft(study, answer.text);
    return LEAVE;
}

static void toggle_point(struct study *study, const char *line)
{
    size_t point = strtoul(line, NULL, 10);

    if (point < 1 || point > study_question(study)->question.key_point_count)
        return;
    study_tick(study, point - 1, !study_points(study)[point - 1].is_ticked);
    print_points(study);
}

static enum verdict judge(struct study *study)
{
    autostr struct str line = STR_INIT;
    enum verdict verdict;

    print_ratings(study);
    if (!plain_read(
            _("Rate 1 to 4 (t N ticks a key point, f follow-up, :q, :u, :bury, :suspend): "),
            &line))
        return LEAVE;
    if (run_common(study, line.text, &verdict))
        return verdict;
    if (line.len == 1 && line.text[0] >= '1' && line.text[0] <= '4')
        return rate(study, (enum rating)(line.text[0] - '0'));
    if (line.text[0] == 't')
        toggle_point(study, line.text + 1);
    else if (str_eq(line.text, "f"))
        print_follow_up(study);
    else
        cli_print_line(_("That is not one of the commands."));
    return GO_ON;
}

static enum verdict tell_waiting(struct study *study)
{
    autostr struct str wait = STR_INIT;

    interval_add_duration(&wait, study_next_due_ms(study) - clock_now_ms());
    autofree char *line = str_printf(_("Nothing now; the next card comes back in %s."), wait.text);
    cli_print_line(line);
    return LEAVE;
}

static enum verdict step(struct study *study)
{
    switch (study_phase(study)) {
    case STUDY_ASKED:
        return ask(study);
    case STUDY_REVEALED:
        return judge(study);
    case STUDY_WAITING:
        return tell_waiting(study);
    case STUDY_DONE:
        break;
    }
    return LEAVE;
}

enum exit_status plain_study(struct study *study)
{
    enum verdict verdict = GO_ON;
    struct error err;

    if (study_was_resumed(study))
        cli_print_line(_("The session goes on where you left it."));
    while (verdict == GO_ON)
        verdict = step(study);
    if (verdict == FAILED)
        return STATUS_IMPOSSIBLE;
    if (study_keep(study, &err) < 0)
        return cli_fail(STATUS_IMPOSSIBLE, &err);
    int answered = study_answered(study);
    autofree char *line = str_printf(
        ngettext("%d question rated.", "%d questions rated.", (unsigned long)answered), answered);
    cli_print_line(line);
    return STATUS_DONE;
}
