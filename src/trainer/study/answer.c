/* SPDX-License-Identifier: MIT
 * What a person says to a question: typed, chosen, ticked. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "trainer/study/judge.h"
#include "trainer/study/study_internal.h"

void answer_clear(struct answer *answer)
{
    free(answer->draft);
    free(answer->chosen);
    free(answer->points);
    *answer = (struct answer){0};
}

static bool is_blank(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return *text == '\0';
}

void answer_grade(struct answer *answer, const struct question *question)
{
    size_t count = question->key_point_count;
    autofree struct grade_point *grades = xcalloc(count + 1, sizeof(*grades));
    bool is_typed = !is_blank(answer->draft);

    free(answer->points);
    answer->points = xcalloc(count + 1, sizeof(*answer->points));
    answer->point_count = count;
    answer->was_ticked = false;
    grade_answer(question->key_points, count, answer->draft, grades);
    for (size_t i = 0; i < count; i++) {
        grades[i].is_found = grades[i].is_found && is_typed;
        answer->points[i] = (struct study_point){grades[i], grades[i].is_found};
    }
}

void answer_fit(struct answer *answer, const struct question *question)
{
    if (!answer->draft)
        answer->draft = xstrdup("");
    if (!answer->chosen || answer->option_count != question->option_count) {
        free(answer->chosen);
        answer->option_count = question->option_count;
        answer->chosen = xcalloc(answer->option_count + 1, sizeof(*answer->chosen));
    }
    if (answer->is_revealed &&
        (!answer->points || answer->point_count != question->key_point_count))
        answer_grade(answer, question);
}

const char *study_draft(const struct study *study)
{
    return study->answer.draft ? study->answer.draft : "";
}

void study_set_draft(struct study *study, const char *text)
{
    char *copy = xstrdup(text);

    free(study->answer.draft);
    study->answer.draft = copy;
    study_note_life(study);
}

void study_choose(struct study *study, size_t option, bool chosen)
{
    if (option >= study->answer.option_count)
        return;
    study->answer.chosen[option] = chosen;
    study_note_life(study);
}

bool study_is_chosen(const struct study *study, size_t option)
{
    return option < study->answer.option_count && study->answer.chosen[option];
}

bool study_choice_is_correct(const struct study *study)
{
    if (!study->question)
        return false;
    for (size_t i = 0; i < study->answer.option_count; i++)
        if (study->answer.chosen[i] != study->question->question.options[i].is_correct)
            return false;
    return study->answer.option_count > 0;
}

const struct study_point *study_points(const struct study *study)
{
    return study->answer.points;
}

void study_tick(struct study *study, size_t point, bool ticked)
{
    if (!study->answer.points || point >= study->answer.point_count)
        return;
    study->answer.points[point].is_ticked = ticked;
    study->answer.was_ticked = true;
    study_note_life(study);
}

enum rating study_suggested(const struct study *study)
{
    const struct answer *answer = &study->answer;

    if (!study->question || !answer->is_revealed)
        return 0;
    const struct question *question = &study->question->question;
    enum rating by_options = judge_options(question->options, answer->chosen, answer->option_count);
    bool is_typed = !is_blank(answer->draft);
    if (by_options || (!is_typed && !answer->was_ticked))
        return by_options;
    return judge_points(question->key_points, answer->points, answer->point_count, is_typed);
}

static bool is_of_missed_point(const struct study *study, const struct follow_up *follow_up)
{
    const struct question *question = &study->question->question;

    for (size_t i = 0; follow_up->after && i < study->answer.point_count; i++)
        if (str_eq(question->key_points[i].id, follow_up->after))
            return !study->answer.points[i].is_ticked;
    return false;
}

/* The least deep of those with a depth; NULL where none has one. */
static const struct follow_up *least_deep(const struct question *question)
{
    const struct follow_up *found = NULL;

    for (size_t i = 0; i < question->follow_up_count; i++) {
        const struct follow_up *follow_up = &question->follow_ups[i];
        if (follow_up->depth > 0 && (!found || follow_up->depth < found->depth))
            found = follow_up;
    }
    return found;
}

const struct follow_up *study_follow_up(const struct study *study)
{
    if (!study->question || study->question->question.follow_up_count == 0)
        return NULL;
    const struct question *question = &study->question->question;
    for (size_t i = 0; i < question->follow_up_count; i++)
        if (is_of_missed_point(study, &question->follow_ups[i]))
            return &question->follow_ups[i];
    const struct follow_up *found = least_deep(question);
    return found ? found : &question->follow_ups[0];
}
