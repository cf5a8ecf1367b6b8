/* SPDX-License-Identifier: MIT
 * Tests of study sessions on a scratch bank: order, grading, rating, undo, coming back. */
#include "scratch_bank.h"

#include <math.h>
#include <time.h>

#include "base/clock.h"
#include "trainer/bank/settings.h"
#include "trainer/study/study.h"

/* --- Helpers */

#define START    "2026-01-05T09:00:00Z"
#define START_MS 1767603600000LL

static void set_clock(const char *text)
{
    struct error err;

    setenv("TZ", "UTC", 1);
    tzset();
    setenv("DRYDOCK_NOW", text, 1);
    if (clock_init(&err) < 0)
        fail_msg("%s", err.text);
}

static void set(struct scratch *scratch, const char *name, const char *value)
{
    struct error err;

    if (setting_set(scratch->bank, NULL, name, value, &err) < 0)
        fail_msg("%s: %s", name, err.text);
}

static const struct key_point network_points[] = {
    {.id = "1",
     .text = "a switch made of software",
     .patterns = (const char *[]){"switch"},
     .pattern_count = 1,
     .is_must = true},
    {.id = "2",
     .text = "one end of a pair in each container",
     .patterns = (const char *[]){"\\bveth\\b"},
     .pattern_count = 1,
     .is_must = true},
    {.id = "3",
     .text = "addresses are translated",
     .patterns = (const char *[]){"\\bnat\\b"},
     .pattern_count = 1},
    {.id = "4", .text = "somebody has to think of it"},
};

static const struct follow_up network_follow_ups[] = {
    {.text = "How deep does it go?", .answer = "Deep.", .depth = 2},
    {.text = "What is behind it?", .answer = "Rules.", .depth = 1},
    {.text = "Which end is where?", .answer = "", .after = "2"},
    {.text = "Which table?", .answer = "nat", .after = "3"},
};

/* Q1, Q2 plain; Q3 with key points; Q4 with options. */
static struct deck *make_deck(void)
{
    struct deck *deck = scratch_deck("docker", "/none/docker.md");

    scratch_add(deck, "Images", "What is a layer made of?", "Changes of files.");
    scratch_add(deck, "Images", "Where does a build begin?", "At its base.");
    struct question *network = scratch_add(deck, "Networks", "What is a bridge?", "A switch.");
    network->key_points = (struct key_point *)network_points;
    network->key_point_count = ARRAY_LEN(network_points);
    network->follow_ups = (struct follow_up *)network_follow_ups;
    network->follow_up_count = ARRAY_LEN(network_follow_ups);
    struct question *port = scratch_add(deck, "Networks", "Which port has a registry?", "5000");
    port->options = arena_alloc(&deck->arena, 3 * sizeof(*port->options));
    port->option_count = 3;
    port->options[0] = (struct deck_option){"22", false};
    port->options[1] = (struct deck_option){"5000", true};
    port->options[2] = (struct deck_option){"80", false};
    return deck;
}

static int setup(void **state)
{
    set_clock(START);
    if (scratch_setup(state) != 0)
        return -1;
    struct scratch *scratch = *state;
    struct deck *deck = make_deck();
    scratch_import(scratch, deck);
    deck_free(deck);
    set(scratch, "fuzz", "off");
    return 0;
}

static struct study *begin(struct scratch *scratch, const struct study_options *options)
{
    struct error err;
    struct study *study = study_new(scratch->bank, options, &err);

    if (!study)
        fail_msg("%s", err.text);
    return study;
}

static const char *shown(const struct study *study)
{
    return study_question(study) ? study_question(study)->question.id : "";
}

static void rate(struct study *study, enum rating rating)
{
    struct error err;
    bool is_leech;

    study_reveal(study);
    if (study_rate(study, rating, &is_leech, &err) < 0)
        fail_msg("%s", err.text);
}

static bool undo(struct study *study)
{
    struct error err;
    bool undone;

    if (study_undo(study, &undone, &err) < 0)
        fail_msg("%s", err.text);
    return undone;
}

static struct card card_of(struct scratch *scratch, const char *id)
{
    struct bank_question *question = scratch_load(scratch, id);
    struct card card = question->card;

    bank_question_free(question);
    return card;
}

#define STANDING                                                                                   \
    "SELECT count(*) FROM review r WHERE rating > 0 AND NOT EXISTS "                               \
    "(SELECT 1 FROM review WHERE revokes = r.number)"

/* --- A session */

static void asks_all_and_ends(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = begin(scratch, NULL);

    assert_false(study_was_resumed(study));
    assert_int_equal(study_remaining(study), 4);
    for (int i = 0; i < 4; i++) {
        char id[] = {'Q', (char)('1' + i), '\0'};
        assert_string_equal(shown(study), id);
        assert_int_equal(study_phase(study), STUDY_ASKED);
        study_reveal(study);
        assert_int_equal(study_phase(study), STUDY_REVEALED);
        assert_int_equal(study_preview(study)[RATING_GOOD - 1].interval_days, 2);
        rate(study, RATING_GOOD);
        assert_int_equal(study_answered(study), i + 1);
        assert_int_equal(study_remaining(study), 3 - i);
    }
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_null(study_question(study));
    assert_int_equal(scratch_number(scratch, STANDING), 4);
    assert_int_equal(card_of(scratch, "Q1").interval_days, 2);
    assert_true(card_of(scratch, "Q1").due_ms - clock_now_ms() > 2 * DAY_MS - 60000);
}

static void what_is_previewed_happens(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    set(scratch, "fuzz", "on");
    for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++) {
        auto_study struct study *study = begin(scratch, NULL);
        char id[8];
        snprintf(id, sizeof(id), "%s", shown(study));
        struct card expected = study_preview(study)[rating - 1];
        rate(study, (enum rating)rating);
        struct card card = card_of(scratch, id);
        assert_int_equal(card.state, expected.state);
        assert_int_equal(card.interval_days, expected.interval_days);
        assert_true(card.stability == expected.stability);
        assert_int_equal(study_keep(study, &err), 0);
    }
}

static void sections_and_limits(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options networks = {.deck = "docker", .section = "Networks"};
    const struct study_options two = {.limit = 2};
    const struct study_options first = {.question = scratch_find(scratch, "Q2"),
                                        .source = "browse"};
    struct study *study = begin(scratch, &networks);

    assert_int_equal(study_remaining(study), 2);
    assert_string_equal(shown(study), "Q3");
    study_free(study);
    study = begin(scratch, &two);
    assert_int_equal(study_remaining(study), 2);
    rate(study, RATING_GOOD);
    rate(study, RATING_GOOD);
    assert_int_equal(study_phase(study), STUDY_DONE);
    study_free(study);
    study = begin(scratch, &first); /* not due, and asked all the same */
    assert_string_equal(shown(study), "Q2");
    assert_int_equal(study_remaining(study), 1);
    rate(study, RATING_AGAIN);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review WHERE source = 'browse'"),
                     1);
    study_free(study);
}

static void again_comes_back(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options images = {.section = "Images"};
    auto_study struct study *study = begin(scratch, &images);
    struct error err;

    rate(study, RATING_AGAIN);
    assert_string_equal(shown(study), "Q2");
    assert_int_equal(study_remaining(study), 2);
    rate(study, RATING_GOOD);
    assert_string_equal(shown(study), "Q1"); /* early, as nothing else is left */
    set(scratch, "learning-steps", "30m");
    assert_int_equal(study_refresh(study, &err), 0);
    rate(study, RATING_AGAIN);
    assert_int_equal(study_phase(study), STUDY_WAITING);
    assert_int_equal(study_remaining(study), 1);
    int64_t wait_ms = study_next_due_ms(study) - clock_now_ms();
    assert_true(wait_ms > 9 * MS_PER_MINUTE && wait_ms <= 10 * MS_PER_MINUTE);
    assert_int_equal(study_refresh(study, &err), 0);
    assert_int_equal(study_phase(study), STUDY_WAITING);
    set_clock("2026-01-05T09:11:00Z");
    assert_int_equal(study_refresh(study, &err), 0);
    assert_string_equal(shown(study), "Q1");
    rate(study, RATING_GOOD);
    assert_int_equal(study_phase(study), STUDY_DONE);
}

static void a_new_day_brings_new_cards(void **state)
{
    struct scratch *scratch = *state;
    struct error err;

    set(scratch, "new-per-day", "1");
    auto_study struct study *study = begin(scratch, NULL);
    rate(study, RATING_EASY);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_int_equal(study_refresh(study, &err), 0);
    assert_int_equal(study_phase(study), STUDY_DONE);
    set_clock("2026-01-06T03:00:00Z"); /* before four it is still the same day */
    assert_int_equal(study_refresh(study, &err), 0);
    assert_int_equal(study_phase(study), STUDY_DONE);
    set_clock("2026-01-06T04:00:00Z");
    assert_int_equal(study_refresh(study, &err), 0);
    assert_string_equal(shown(study), "Q2");
}

/* --- Answers */

static struct study *at_question(struct scratch *scratch, const char *id)
{
    const struct study_options options = {.question = scratch_find(scratch, id)};

    return begin(scratch, &options);
}

static const struct {
    const char *draft;
    int ticks[4]; /* points that are ticked by hand, from 1 */
    const char *found;
    enum rating suggested;
    const char *follow_up;
} answers[] = {
    {"", {0}, "", 0, "Which end is where?"},
    {"  \n ", {0}, "", 0, "Which end is where?"},
    {"a Switch\nand veth pairs, then NAT", {0}, "123", RATING_EASY, "What is behind it?"},
    {"a switch and veth", {0}, "12", RATING_GOOD, "Which table?"},
    {"a switch", {0}, "1", RATING_AGAIN, "Which end is where?"},
    {"a switch", {2}, "12", RATING_GOOD, "Which table?"},
    {"no idea", {0}, "", RATING_AGAIN, "Which end is where?"},
    {"", {1, 2, 3, 4}, "1234", RATING_EASY, "What is behind it?"},
    {"", {1, 2, 3}, "123", RATING_GOOD, "What is behind it?"},
    {"", {4}, "4", RATING_AGAIN, "Which end is where?"},
};

static void check_found(const struct study *study, size_t i)
{
    autostr struct str found = STR_INIT;

    for (int k = 0; k < 4; k++)
        if (study_points(study)[k].is_ticked)
            str_add_char(&found, (char)('1' + k));
    if (!str_eq(found.text, answers[i].found))
        fail_msg("answer %zu: found %s, not %s", i, found.text, answers[i].found);
}

static void grades_answers(void **state)
{
    struct scratch *scratch = *state;

    for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
        auto_study struct study *study = at_question(scratch, "Q3");
        study_set_draft(study, answers[i].draft);
        assert_int_equal(study_suggested(study), 0); /* not before the reveal */
        study_reveal(study);
        for (int k = 0; k < 4 && answers[i].ticks[k]; k++)
            study_tick(study, (size_t)answers[i].ticks[k] - 1, true);
        check_found(study, i);
        if (study_suggested(study) != answers[i].suggested)
            fail_msg("answer %zu: suggests %d, not %d", i, study_suggested(study),
                     answers[i].suggested);
        assert_string_equal(study_follow_up(study)->text, answers[i].follow_up);
    }
}

static void grade_tells_the_words(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = at_question(scratch, "Q3");

    study_set_draft(study, "It is a  SWITCH.");
    study_reveal(study);
    const struct grade_point *grade = &study_points(study)[0].grade;
    assert_true(grade->is_found && grade->start == 9 && grade->len == 6);
    assert_false(study_points(study)[3].grade.is_gradable);
    study_tick(study, 0, false);
    assert_false(study_points(study)[0].is_ticked);
    study_tick(study, 99, true);
}

static void chooses_options(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = at_question(scratch, "Q4");

    assert_false(study_choice_is_correct(study));
    study_choose(study, 0, true);
    study_choose(study, 7, true);
    assert_true(study_is_chosen(study, 0) && !study_is_chosen(study, 1) &&
                !study_is_chosen(study, 7));
    study_reveal(study);
    assert_int_equal(study_suggested(study), RATING_AGAIN);
    study_choose(study, 0, false);
    study_choose(study, 1, true);
    assert_true(study_choice_is_correct(study));
    assert_int_equal(study_suggested(study), RATING_GOOD);
    assert_null(study_follow_up(study));
}

/* --- Undo */

static void undoes_at_any_depth(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = begin(scratch, NULL);

    for (int rating = RATING_AGAIN; rating <= RATING_EASY; rating++)
        rate(study, (enum rating)rating);
    assert_string_equal(shown(study), "Q1"); /* again, early */
    for (int i = 4; i >= 1; i--) {
        char id[] = {'Q', (char)('0' + i), '\0'};
        assert_true(undo(study));
        assert_string_equal(shown(study), id);
        assert_int_equal(study_phase(study), STUDY_REVEALED);
        assert_int_equal(study_answered(study), i - 1);
        /* Again and Hard left cards in their steps. */
        assert_int_equal(study_remaining(study), i == 4 ? 3 : 4);
        assert_int_equal(scratch_number(scratch, STANDING), i - 1);
    }
    struct card card = card_of(scratch, "Q1");
    assert_true(card.state == CARD_NEW && card.stability == 0 && card.due_ms == 0);
    assert_true(card.reviews == 0 && card.last_review_ms == 0 && card.step == 0);
    assert_false(undo(study));
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM review"), 8); /* none is lost */
    for (int i = 0; i < 4; i++)
        rate(study, RATING_GOOD);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_true(undo(study));
    assert_string_equal(shown(study), "Q4");
    scratch_check(scratch);
}

static void undo_loses_no_words(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options networks = {.section = "Networks"};
    auto_study struct study *study = begin(scratch, &networks);

    study_set_draft(study, "a switch");
    study_reveal(study);
    study_tick(study, 3, true);
    rate(study, RATING_HARD);
    study_set_draft(study, "half a thought");
    study_choose(study, 2, true);
    assert_true(undo(study));
    assert_string_equal(shown(study), "Q3");
    assert_string_equal(study_draft(study), "a switch");
    assert_true(study_points(study)[0].is_ticked && study_points(study)[3].is_ticked);
    assert_false(study_points(study)[1].is_ticked);
    rate(study, RATING_GOOD);
    assert_string_equal(shown(study), "Q4");
    assert_int_equal(study_phase(study), STUDY_ASKED);
    assert_string_equal(study_draft(study), "half a thought");
    assert_true(study_is_chosen(study, 2));
}

static void undoes_the_last_of_a_session_before(void **state)
{
    struct scratch *scratch = *state;
    struct study *study = begin(scratch, NULL);

    rate(study, RATING_GOOD);
    rate(study, RATING_EASY);
    study_free(study);
    set_clock("2026-01-07T09:00:00Z");
    study = begin(scratch, NULL);
    assert_int_equal(study_answered(study), 0);
    assert_string_equal(shown(study), "Q1"); /* due after two days */
    assert_true(undo(study));
    assert_string_equal(shown(study), "Q2");
    assert_int_equal(study_phase(study), STUDY_REVEALED);
    assert_int_equal(card_of(scratch, "Q2").state, CARD_NEW);
    rate(study, RATING_GOOD);
    assert_string_equal(shown(study), "Q1");
    study_free(study);
}

static void bury_and_suspend(void **state)
{
    struct scratch *scratch = *state;
    struct study *study = begin(scratch, NULL);
    struct error err;

    assert_int_equal(study_bury(study, &err), 0);
    assert_int_equal(study_suspend(study, &err), 0);
    assert_string_equal(shown(study), "Q3");
    study_free(study);
    study = begin(scratch, NULL);
    assert_string_equal(shown(study), "Q3");
    study_free(study);
    set_clock("2026-01-06T09:00:00Z");
    study = begin(scratch, &(struct study_options){.section = "Images"});
    assert_string_equal(shown(study), "Q1");
    assert_int_equal(study_remaining(study), 1);
    assert_int_equal(study_suspend(study, &err), 0);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_true(undo(study));
    assert_string_equal(shown(study), "Q1");
    assert_int_equal(study_bury(study, &err), 0);
    assert_true(undo(study));
    assert_string_equal(shown(study), "Q1");
    assert_int_equal(study_phase(study), STUDY_ASKED);
    study_free(study);
    study = begin(scratch, &(struct study_options){.section = "Images"});
    assert_string_equal(shown(study), "Q1");
    study_free(study);
}

static void nothing_to_rate(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options none = {.section = "No such section"};
    auto_study struct study *study = begin(scratch, &none);
    struct error err;
    bool is_leech;

    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_int_equal(study_rate(study, RATING_GOOD, &is_leech, &err), -1);
    assert_string_equal(err.text, "there is no question to rate");
    assert_int_equal(study_bury(study, &err), -1);
    assert_int_equal(study_suspend(study, &err), -1);
    study_reveal(study);
    assert_int_equal(study_suggested(study), 0);
    assert_null(study_follow_up(study));
    assert_false(study_choice_is_correct(study));
    assert_string_equal(study_draft(study), "");
    assert_false(undo(study));
}

/* --- Leaving and coming back */

static void goes_on_where_it_was_left(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options docker = {.deck = "docker"}, networks = {.section = "Networks"};
    struct study *study = begin(scratch, &docker);

    rate(study, RATING_GOOD);
    rate(study, RATING_GOOD);
    study_set_draft(study, "a switch\nand v");
    study_free(study);
    scratch_reopen(scratch);

    study = begin(scratch, &docker);
    assert_true(study_was_resumed(study));
    assert_int_equal(study_answered(study), 2);
    assert_string_equal(shown(study), "Q3");
    assert_string_equal(study_draft(study), "a switch\nand v");
    assert_int_equal(study_phase(study), STUDY_ASKED);
    study_reveal(study);
    study_free(study);

    study = begin(scratch, NULL); /* without saying which */
    assert_true(study_was_resumed(study));
    assert_int_equal(study_phase(study), STUDY_REVEALED);
    assert_true(study_points(study)[0].is_ticked);
    assert_int_equal(study_suggested(study), RATING_AGAIN);
    study_free(study);

    study = begin(scratch, &networks); /* another one */
    assert_false(study_was_resumed(study));
    assert_int_equal(study_answered(study), 0);
    assert_string_equal(study_draft(study), "");
    rate(study, RATING_GOOD);
    rate(study, RATING_GOOD);
    study_free(study);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM session"), 1);

    study = begin(scratch, &docker); /* the first one again, of which nothing is left */
    assert_int_equal(study_phase(study), STUDY_DONE);
    study_free(study);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM session"), 0);
}

/* Killed after a rating: the words that were typed for that question do not come back with the
 * next. */
static void a_kept_draft_goes_with_its_question(void **state)
{
    struct scratch *scratch = *state;
    struct study *study = begin(scratch, NULL);
    struct error err;

    study_set_draft(study, "words for Q1");
    assert_int_equal(study_keep(study, &err), 0);
    rate(study, RATING_AGAIN);
    auto_study struct study *next = begin(scratch, NULL);
    assert_string_equal(shown(next), "Q2");
    assert_string_equal(study_draft(next), "");
    study_free(study);
}

static void a_single_question_leaves_the_session_alone(void **state)
{
    struct scratch *scratch = *state;
    struct study *study = begin(scratch, NULL);

    study_set_draft(study, "half a thought");
    study_free(study);
    study = at_question(scratch, "Q4");
    assert_false(study_was_resumed(study));
    rate(study, RATING_GOOD);
    study_free(study);
    study = begin(scratch, NULL);
    assert_string_equal(study_draft(study), "half a thought");
    study_free(study);
}

/* --- Others at the same bank */

static void another_drydock_rates_first(void **state)
{
    struct scratch *scratch = *state;
    struct error err;
    bool is_leech;
    struct bank *other = bank_open(scratch->path, &err);
    struct study *study = begin(scratch, NULL);
    struct study *theirs = study_new(other, NULL, &err);

    assert_string_equal(shown(study), "Q1");
    rate(theirs, RATING_GOOD);
    rate(theirs, RATING_GOOD); /* Q2, which waits here */
    study_reveal(study);
    assert_int_equal(study_rate(study, RATING_AGAIN, &is_leech, &err), -1);
    assert_string_equal(err.text, "the card was rated by another drydock meanwhile");
    assert_string_equal(shown(study), "Q3");
    assert_int_equal(study_answered(study), 0);
    rate(study, RATING_GOOD);
    rate(study, RATING_GOOD);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_int_equal(scratch_number(scratch, STANDING), 4);
    study_free(theirs);
    study_free(study);
    bank_close(other);
}

static void an_import_changes_the_question(void **state)
{
    struct scratch *scratch = *state;
    const struct study_options networks = {.section = "Networks"};
    auto_study struct study *study = begin(scratch, &networks);
    struct deck *deck = make_deck();
    struct error err;

    study_set_draft(study, "a switch with veth");
    study_reveal(study);
    deck->questions[2].answer = deck->questions[2].answer_text = "A switch, said better.";
    deck->questions[2].key_point_count = 2;
    scratch_import(scratch, deck);
    deck_free(deck);
    assert_int_equal(study_refresh(study, &err), 0);
    assert_string_equal(study_question(study)->question.answer, "A switch, said better.");
    assert_int_equal(study_phase(study), STUDY_REVEALED);
    assert_int_equal(study_question(study)->question.key_point_count, 2);
    assert_true(study_points(study)[0].is_ticked && study_points(study)[1].is_ticked);
    assert_string_equal(study_draft(study), "a switch with veth");
    rate(study, RATING_GOOD);
    assert_string_equal(shown(study), "Q4");
}

static void an_import_takes_the_question_away(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = begin(scratch, NULL);
    struct deck *deck = scratch_deck("docker", "/none/docker.md");
    struct error err;

    scratch_add(deck, "Images", "Where does a build begin?", "At its base.");
    scratch_import(scratch, deck);
    deck_free(deck);
    assert_int_equal(study_refresh(study, &err), 0);
    assert_string_equal(study_question(study)->question.title, "Where does a build begin?");
    assert_int_equal(study_remaining(study), 1);
}

/* --- Leeches and time */

static void tells_leeches(void **state)
{
    struct scratch *scratch = *state;
    struct error err;
    bool is_leech = true;

    set(scratch, "leech-threshold", "1");
    set(scratch, "leech-suspends", "on");
    scratch_rate(scratch, "Q1", clock_now_ms() - 3 * DAY_MS, RATING_GOOD, 2);
    struct study *study = begin(scratch, &(struct study_options){.section = "Images"});
    assert_string_equal(shown(study), "Q1");
    study_reveal(study);
    assert_int_equal(study_rate(study, RATING_AGAIN, &is_leech, &err), 0);
    assert_true(is_leech);
    struct bank_question *question = scratch_load(scratch, "Q1");
    assert_true(question->is_leech && question->is_suspended);
    bank_question_free(question);
    assert_string_equal(shown(study), "Q2");
    rate(study, RATING_GOOD);
    assert_int_equal(study_phase(study), STUDY_DONE);
    assert_true(undo(study) && undo(study));
    assert_string_equal(shown(study), "Q1");
    question = scratch_load(scratch, "Q1");
    assert_false(question->is_leech || question->is_suspended);
    bank_question_free(question);
    study_free(study);
}

static void a_clock_set_back_loses_nothing(void **state)
{
    struct scratch *scratch = *state;
    struct study *study = begin(scratch, NULL);

    rate(study, RATING_GOOD);
    struct card before = card_of(scratch, "Q1");
    set_clock("1971-06-01T12:00:00Z");
    rate(study, RATING_GOOD);
    study_free(study);
    study = at_question(scratch, "Q1");
    rate(study, RATING_GOOD);
    struct card card = card_of(scratch, "Q1");
    assert_true(card.stability == before.stability); /* no time has passed */
    assert_true(card.due_ms > clock_now_ms());
    study_free(study);
    set_clock("2026-01-07T09:30:00Z");
    study = begin(scratch, NULL);
    assert_int_equal(study_remaining(study), 4); /* all can be studied again */
    assert_int_equal(scratch_number(scratch, STANDING), 3);
    study_free(study);
}

static void counts_the_time(void **state)
{
    struct scratch *scratch = *state;
    auto_study struct study *study = begin(scratch, NULL);
    const struct timespec pause = {.tv_nsec = 30000000};

    nanosleep(&pause, NULL);
    assert_true(study_elapsed_ms(study) >= 30 && study_elapsed_ms(study) < 20000);
    rate(study, RATING_GOOD);
    assert_true(study_elapsed_ms(study) < 20000);
    assert_true(scratch_number(scratch, "SELECT duration_ms FROM review") >= 30);
}

/* --- Any order of anything */

struct walk {
    struct scratch *scratch;
    struct study *study;
    uint64_t random;
    int standing; /* ratings that were not taken back */
    int minutes;  /* since the start */
};

static unsigned next_random(struct walk *walk, unsigned below)
{
    walk->random = walk->random * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(walk->random >> 33) % below;
}

static void pass_time(struct walk *walk)
{
    autostr struct str time = STR_INIT;

    walk->minutes += (int)next_random(walk, 3) ? 7 : 900;
    clock_add_rfc3339(&time, START_MS + walk->minutes * MS_PER_MINUTE);
    set_clock(time.text);
}

static void take_step(struct walk *walk)
{
    struct study *study = walk->study;
    int before = walk->standing;
    struct error err;

    switch (next_random(walk, 9)) {
    case 0:
        undo(study); /* of a rating, or of leaving a question out */
        walk->standing = (int)scratch_number(walk->scratch, STANDING);
        assert_true(walk->standing == before || walk->standing == before - 1);
        return;
    case 1:
        if (study_question(study))
            assert_int_equal(study_bury(study, &err), 0);
        return;
    case 2:
        study_set_draft(study, "a switch");
        assert_int_equal(study_keep(study, &err), 0);
        return;
    case 3:
        pass_time(walk);
        assert_int_equal(study_refresh(study, &err), 0);
        return;
    case 4:
        study_free(study);
        walk->study = begin(walk->scratch, NULL);
        return;
    default:
        if (!study_question(study))
            return;
        rate(study, (enum rating)(1 + next_random(walk, 4)));
        walk->standing++;
    }
}

static void check_walk(const struct walk *walk)
{
    const struct study *study = walk->study;
    enum study_phase phase = study_phase(study);
    bool is_shown = phase == STUDY_ASKED || phase == STUDY_REVEALED;

    assert_true(is_shown == (study_question(study) != NULL));
    assert_true((phase == STUDY_DONE) == (study_remaining(study) == 0));
    assert_true(study_remaining(study) <= 4);
    assert_int_equal(scratch_number(walk->scratch, STANDING), walk->standing);
}

static void survives_any_order(void **state)
{
    struct walk walk = {.scratch = *state, .random = 42};

    walk.study = begin(walk.scratch, NULL);
    for (int i = 0; i < 400; i++) {
        take_step(&walk);
        check_walk(&walk);
    }
    while (undo(walk.study))
        continue;
    assert_int_equal(scratch_number(walk.scratch, STANDING), 0);
    assert_int_equal(scratch_number(walk.scratch, "SELECT count(*) FROM card WHERE state <> 0"), 0);
    assert_int_equal(study_answered(walk.study), 0);
    study_free(walk.study);
    scratch_check(walk.scratch);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, setup, scratch_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(asks_all_and_ends),
        CASE(what_is_previewed_happens),
        CASE(sections_and_limits),
        CASE(again_comes_back),
        CASE(a_new_day_brings_new_cards),
        CASE(grades_answers),
        CASE(grade_tells_the_words),
        CASE(chooses_options),
        CASE(undoes_at_any_depth),
        CASE(undo_loses_no_words),
        CASE(undoes_the_last_of_a_session_before),
        CASE(bury_and_suspend),
        CASE(nothing_to_rate),
        CASE(goes_on_where_it_was_left),
        CASE(a_kept_draft_goes_with_its_question),
        CASE(a_single_question_leaves_the_session_alone),
        CASE(another_drydock_rates_first),
        CASE(an_import_changes_the_question),
        CASE(an_import_takes_the_question_away),
        CASE(tells_leeches),
        CASE(a_clock_set_back_loses_nothing),
        CASE(counts_the_time),
        CASE(survives_any_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
