/* SPDX-License-Identifier: MIT
 * Import: a question keeps its card through edits, moves and other documents. */
#include "scratch_bank.h"
#include "trainer/deck/identity.h"

#define LAYERS                                                                                     \
    "Each instruction that changes the file system adds a read-only layer; overlay2 stacks them "  \
    "and puts a thin writable layer of the container on top of the stack"
#define BRIDGE                                                                                     \
    "A bridge is a software switch in the kernel: veth pairs join containers to it, and iptables " \
    "masquerades what leaves the host towards other machines"
#define SECRETS                                                                                    \
    "Swarm keeps secrets encrypted in its raft log and mounts them into a tmpfs of the tasks "     \
    "that "                                                                                        \
    "were granted them, never into the image or the environment"

static struct import_report *import(struct scratch *scratch, const struct deck *deck, bool dry_run)
{
    struct error err;
    struct import_report *report = bank_import(scratch->bank, deck, dry_run, &err);

    if (!report)
        fail_msg("%s", err.text);
    return report;
}

/* "added updated unchanged moved retired" */
static void assert_counts(const struct import_report *report, int added, int updated, int unchanged,
                          int moved, int retired)
{
    char given[80], expected[80];

    snprintf(given, sizeof(given), "added %d updated %d unchanged %d moved %d retired %d",
             report->added, report->updated, report->unchanged, report->moved, report->retired);
    snprintf(expected, sizeof(expected), "added %d updated %d unchanged %d moved %d retired %d",
             added, updated, unchanged, moved, retired);
    assert_string_equal(given, expected);
}

static int64_t card_of(struct scratch *scratch, const char *id)
{
    struct bank_question *question = scratch_load(scratch, id);
    int64_t card = question->card_number;

    bank_question_free(question);
    return card;
}

static struct deck *three(const char *id, const char *path)
{
    struct deck *deck = scratch_deck(id, path);

    scratch_add(deck, "Images", "What is a layer?", LAYERS);
    scratch_add(deck, "Networks", "What is a bridge?", BRIDGE);
    scratch_add(deck, "Swarm", "How are secrets kept?", SECRETS);
    return deck;
}

static void test_all_new(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");
    struct import_report *report = import(scratch, deck, false);

    assert_counts(report, 3, 0, 0, 0, 0);
    assert_int_equal(report->question_count, 3);
    assert_string_equal(report->questions[1].id, "Q2");
    assert_string_equal(report->questions[1].title, "What is a bridge?");
    assert_int_equal(report->questions[1].line, 20);
    assert_int_equal(report->questions[1].match, IMPORT_MATCH_NONE);
    assert_null(report->questions[1].same_card_as);
    import_report_free(report);
    scratch_check(scratch);
    deck_free(deck);
}

static void test_again_changes_nothing(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");

    scratch_import(scratch, deck);
    uint64_t before = scratch_hash(scratch);
    struct import_report *report = import(scratch, deck, false);
    assert_counts(report, 0, 0, 3, 0, 0);
    assert_int_equal(report->questions[0].match, IMPORT_MATCH_FINGERPRINT);
    import_report_free(report);
    assert_true(before == scratch_hash(scratch));
    deck_free(deck);
}

static void test_a_dry_run_changes_nothing(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");
    uint64_t before = scratch_hash(scratch);
    struct import_report *report = import(scratch, deck, true);

    assert_counts(report, 3, 0, 0, 0, 0);
    assert_true(before == scratch_hash(scratch));
    assert_true(bank_is_fresh(scratch->bank));
    import_report_free(report);

    scratch_import(scratch, deck);
    before = scratch_hash(scratch);
    deck->questions[1].title = "What does a bridge do?";
    deck->question_count = 2;
    report = import(scratch, deck, true);
    assert_counts(report, 0, 1, 1, 0, 1);
    assert_int_equal(report->question_count, 3);
    assert_int_equal(report->questions[2].change, IMPORT_RETIRED);
    assert_string_equal(report->questions[2].id, "Q3");
    assert_true(before == scratch_hash(scratch));
    import_report_free(report);
    deck_free(deck);
}

/* Each case changes the three known questions; the card of each must stay. */
struct edit {
    const char *name;
    void (*apply)(struct deck *deck);
    const char *layers, *bridge, *secrets; /* their ids afterwards */
    int added, updated, unchanged, moved, retired;
};

static void edit_title(struct deck *deck)
{
    deck->questions[1].title = "Which part does the bridge play on a host?";
}

static void edit_answer(struct deck *deck)
{
    deck->questions[1].answer = deck->questions[1].answer_text = "Something quite different.";
}

static void edit_all_with_mark(struct deck *deck)
{
    deck->questions[1].title = "Unrelated words here";
    deck->questions[1].answer = deck->questions[1].answer_text = "And nothing of the old text.";
}

static void rename_section(struct deck *deck)
{
    deck->sections[1].title = "Networking";
}

static void move_to_other_section(struct deck *deck)
{
    deck->questions[1].section = 0;
}

static void renumber(struct deck *deck)
{
    struct question last = deck->questions[2];

    last.ordinal = 1;
    last.id = "Q1";
    deck->questions[2] = deck->questions[1];
    deck->questions[1] = deck->questions[0];
    deck->questions[0] = last;
    for (int i = 1; i < 3; i++) {
        deck->questions[i].ordinal = i + 1;
        deck->questions[i].id = i == 1 ? "Q2" : "Q3";
    }
}

static void insert_before(struct deck *deck)
{
    scratch_add(deck, "Images", "Who starts a container?", "runc, from an OCI bundle, and leaves.");
    renumber(deck); /* the last of the first three to the front … */
    struct question fourth = deck->questions[3];
    deck->questions[3] = deck->questions[0];
    deck->questions[0] = fourth;
    deck->questions[0].id = "Q1";
    deck->questions[0].ordinal = 1;
    deck->questions[3].id = "Q4";
    deck->questions[3].ordinal = 4;
}

static void insert_before_and_edit(struct deck *deck)
{
    insert_before(deck);
    deck->questions[2].title = "What on earth is a bridge in the kernel of the host?";
}

static void only_lines(struct deck *deck)
{
    for (size_t i = 0; i < deck->question_count; i++)
        deck->questions[i].line += 2;
}

static const struct edit edits[] = {
    {"title", edit_title, "Q1", "Q2", "Q3", 0, 1, 2, 0, 0},
    {"answer", edit_answer, "Q1", "Q2", "Q3", 0, 1, 2, 0, 0},
    {"all but the mark", edit_all_with_mark, "Q1", "Q2", "Q3", 0, 1, 2, 0, 0},
    {"section renamed", rename_section, "Q1", "Q2", "Q3", 0, 0, 3, 0, 0},
    {"other section", move_to_other_section, "Q1", "Q2", "Q3", 0, 1, 2, 1, 0},
    {"other order", renumber, "Q2", "Q3", "Q1", 0, 3, 0, 3, 0},
    {"one inserted before", insert_before, "Q2", "Q3", "Q4", 1, 3, 0, 3, 0},
    {"one inserted before, one edited", insert_before_and_edit, "Q2", "Q3", "Q4", 1, 3, 0, 3, 0},
    {"lines", only_lines, "Q1", "Q2", "Q3", 0, 0, 3, 0, 0},
};

static void test_edits_keep_the_card(void **state)
{
    struct scratch *scratch = *state;

    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        const struct edit *edit = &edits[i];
        char id[32];
        snprintf(id, sizeof(id), "deck%zu", i);
        struct deck *deck = scratch_deck(id, id);
        char tail[64];
        snprintf(tail, sizeof(tail), " number%zu", i); /* apart from the other cases' decks */
        const char *titles[] = {"What is a layer?", "What is a bridge?", "How are secrets kept?"};
        const char *texts[] = {LAYERS, BRIDGE, SECRETS},
                   *sections[] = {"Images", "Networks", "Swarm"};
        for (int at = 0; at < 3; at++) {
            char *title = str_printf("%s%s", titles[at], tail);
            scratch_add(deck, sections[at], title, texts[at]);
            free(title);
        }
        deck->questions[1].mark = "bridge";
        scratch_teardown(state);
        scratch_setup(state);
        scratch = *state;
        scratch_import(scratch, deck);
        int64_t layers = card_of(scratch, "Q1"), bridge = card_of(scratch, "Q2");
        int64_t secrets = card_of(scratch, "Q3");
        scratch_rate(scratch, "Q2", SCRATCH_NOW, RATING_GOOD, 2);
        print_message("%s\n", edit->name);
        edit->apply(deck);
        struct import_report *report = import(scratch, deck, false);
        assert_counts(report, edit->added, edit->updated, edit->unchanged, edit->moved,
                      edit->retired);
        import_report_free(report);
        assert_int_equal(card_of(scratch, edit->layers), layers);
        assert_int_equal(card_of(scratch, edit->bridge), bridge);
        assert_int_equal(card_of(scratch, edit->secrets), secrets);
        scratch_check(scratch);
        report = import(scratch, deck, false);
        assert_counts(report, 0, 0, (int)deck->question_count, 0, 0);
        import_report_free(report);
        deck_free(deck);
    }
}

static void test_retired_ones_come_back(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");
    struct error err;
    int64_t number;

    scratch_import(scratch, deck);
    int64_t card = card_of(scratch, "Q3");
    scratch_rate(scratch, "Q3", SCRATCH_NOW, RATING_GOOD, 3);
    deck->question_count = 2;
    struct import_report *report = import(scratch, deck, false);
    assert_counts(report, 0, 0, 2, 0, 1);
    import_report_free(report);
    assert_int_equal(bank_find(scratch->bank, "Q3", &number, &err), 0);
    assert_int_equal(number, 0);
    scratch_check(scratch);

    report = import(scratch, deck, false);
    assert_counts(report, 0, 0, 2, 0, 0);
    import_report_free(report);

    deck->question_count = 3;
    report = import(scratch, deck, false);
    assert_counts(report, 0, 1, 2, 0, 0);
    import_report_free(report);
    assert_int_equal(card_of(scratch, "Q3"), card);
    struct bank_question *question = scratch_load(scratch, "Q3");
    assert_int_equal(question->card.reviews, 1);
    bank_question_free(question);
    scratch_check(scratch);
    deck_free(deck);
}

/* --- Other documents */

static void test_other_decks_share_cards(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = three("docker", "/none/docker.md");
    struct deck *second = scratch_deck("own", "/none/own.md");
    char fingerprint[20];

    scratch_add(second, "A", "What is a layer?", "The same title, another answer.");
    scratch_add(second, "A", "Tell me of bridges", "Other words altogether.");
    scratch_add(second, "A", "How are the secrets kept?", SECRETS);
    scratch_add(second, "A", "What is a healthcheck?", "A command that tells whether it works.");
    snprintf(fingerprint, sizeof(fingerprint), "%016llx",
             (unsigned long long)identity_fingerprint("What is a bridge?", ""));
    const char *same_as[] = {fingerprint};
    second->questions[1].same_as = same_as;
    second->questions[1].same_as_count = 1;
    scratch_import(scratch, first);

    struct import_report *report = import(scratch, second, false);
    assert_counts(report, 4, 0, 0, 0, 0);
    assert_int_equal(report->questions[0].match, IMPORT_MATCH_FINGERPRINT);
    assert_string_equal(report->questions[0].same_card_as, "docker:Q1");
    assert_int_equal(report->questions[1].match, IMPORT_MATCH_SAME_AS);
    assert_string_equal(report->questions[1].same_card_as, "docker:Q2");
    assert_int_equal(report->questions[2].match, IMPORT_MATCH_TEXT);
    assert_string_equal(report->questions[2].same_card_as, "docker:Q3");
    assert_true(report->questions[2].similarity >= IDENTITY_SURE);
    assert_int_equal(report->questions[3].match, IMPORT_MATCH_NONE);
    assert_null(report->questions[3].same_card_as);
    import_report_free(report);
    for (int i = 1; i <= 3; i++) {
        char ours[16], theirs[16];
        snprintf(ours, sizeof(ours), "own:Q%d", i);
        snprintf(theirs, sizeof(theirs), "docker:Q%d", i);
        assert_int_equal(card_of(scratch, ours), card_of(scratch, theirs));
    }
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM card"), 4);
    scratch_check(scratch);

    /* Both again: nothing changes, and what is shared is told. */
    uint64_t before = scratch_hash(scratch);
    report = import(scratch, second, false);
    assert_counts(report, 0, 0, 4, 0, 0);
    assert_string_equal(report->questions[1].same_card_as, "docker:Q2");
    import_report_free(report);
    report = import(scratch, first, false);
    assert_counts(report, 0, 0, 3, 0, 0);
    assert_string_equal(report->questions[1].same_card_as, "own:Q2");
    import_report_free(report);
    assert_true(before == scratch_hash(scratch));
    deck_free(first);
    deck_free(second);
}

/* Said anew it is only mentioned, with how alike it is. */
static void test_doubts_are_mentioned(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = three("docker", "/none/docker.md");
    struct deck *second = scratch_deck("own", "/none/own.md");

    scratch_add(
        second, "A", "Where does Swarm keep its secrets?",
        "In the raft log, encrypted; the tasks that were granted them see files in a tmpfs. "
        "Neither the image nor the environment holds secrets.");
    scratch_import(scratch, first);
    struct import_report *report = import(scratch, second, false);
    assert_int_equal(report->questions[0].match, IMPORT_MATCH_NONE);
    assert_null(report->questions[0].same_card_as);
    assert_string_equal(report->questions[0].similar_to, "docker:Q3");
    assert_true(report->questions[0].similarity >= IDENTITY_DOUBT);
    import_report_free(report);
    assert_int_not_equal(card_of(scratch, "own:Q1"), card_of(scratch, "docker:Q3"));
    deck_free(first);
    deck_free(second);
}

/* The mark may be in the document that is imported first. */
static void test_same_as_the_other_way_round(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = scratch_deck("own", "/none/own.md");
    struct deck *second = three("docker", "/none/docker.md");
    char fingerprint[20];

    scratch_add(first, "A", "Tell me of bridges", "Other words altogether.");
    snprintf(fingerprint, sizeof(fingerprint), "%016llx",
             (unsigned long long)identity_fingerprint("What is a bridge?", ""));
    const char *same_as[] = {fingerprint};
    first->questions[0].same_as = same_as;
    first->questions[0].same_as_count = 1;
    scratch_import(scratch, first);
    struct import_report *report = import(scratch, second, false);
    assert_counts(report, 3, 0, 0, 0, 0);
    assert_int_equal(report->questions[1].match, IMPORT_MATCH_SAME_AS);
    assert_string_equal(report->questions[1].same_card_as, "own:Q1");
    import_report_free(report);
    deck_free(first);
    deck_free(second);
}

/* A mark that comes later joins two cards; the one with more reviews stays. */
static void test_a_later_mark_joins_cards(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = three("docker", "/none/docker.md");
    struct deck *second = scratch_deck("own", "/none/own.md");
    char fingerprint[20];

    scratch_add(second, "A", "Tell me of bridges", "Other words altogether.");
    scratch_import(scratch, first);
    scratch_import(scratch, second);
    assert_int_not_equal(card_of(scratch, "own:Q1"), card_of(scratch, "docker:Q2"));
    scratch_rate(scratch, "own:Q1", SCRATCH_NOW, RATING_GOOD, 3);
    int64_t card = card_of(scratch, "own:Q1");

    snprintf(fingerprint, sizeof(fingerprint), "%016llx",
             (unsigned long long)identity_fingerprint("What is a bridge?", ""));
    const char *same_as[] = {fingerprint};
    second->questions[0].same_as = same_as;
    second->questions[0].same_as_count = 1;
    struct import_report *report = import(scratch, second, false);
    assert_counts(report, 0, 1, 0, 0, 0);
    assert_string_equal(report->questions[0].same_card_as, "docker:Q2");
    import_report_free(report);
    assert_int_equal(card_of(scratch, "own:Q1"), card);
    assert_int_equal(card_of(scratch, "docker:Q2"), card);
    scratch_check(scratch);
    report = import(scratch, second, false);
    assert_counts(report, 0, 0, 1, 0, 0);
    import_report_free(report);
    deck_free(first);
    deck_free(second);
}

static void test_a_question_moves_to_another_file(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = three("docker", "/none/docker.md");
    struct deck *second = scratch_deck("swarm", "/none/swarm.md");

    scratch_import(scratch, first);
    int64_t card = card_of(scratch, "docker:Q3");
    scratch_rate(scratch, "docker:Q3", SCRATCH_NOW, RATING_GOOD, 3);
    first->question_count = 2;
    scratch_import(scratch, first);
    scratch_add(second, "Swarm", "How are secrets kept?", SECRETS);
    struct import_report *report = import(scratch, second, false);
    assert_counts(report, 0, 1, 0, 1, 0);
    import_report_free(report);
    assert_int_equal(card_of(scratch, "swarm:Q1"), card);
    struct bank_question *question = scratch_load(scratch, "swarm:Q1");
    assert_int_equal(question->card.reviews, 1);
    bank_question_free(question);
    scratch_check(scratch);
    deck_free(first);
    deck_free(second);
}

static void test_a_moved_file_is_the_same_deck(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");

    scratch_import(scratch, deck);
    int64_t card = card_of(scratch, "docker:Q2");
    deck->path = "/none/elsewhere/docker.md";
    deck->questions[2].title = "Where do secrets stay?";
    struct import_report *report = import(scratch, deck, false);
    assert_counts(report, 0, 1, 2, 0, 0);
    import_report_free(report);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM deck"), 1);
    struct bank_question *question = scratch_load(scratch, "docker:Q2");
    assert_string_equal(question->path, "/none/elsewhere/docker.md");
    assert_int_equal(question->card_number, card);
    bank_question_free(question);
    deck_free(deck);
}

static void test_other_documents_of_the_same_name(void **state)
{
    struct scratch *scratch = *state;
    struct deck *first = three("readme", "/none/a/README.md");
    struct deck *second = scratch_deck("readme", "/none/b/README.md");

    scratch_add(second, "Linux", "What does fsync promise?", "That the bytes outlive the power.");
    scratch_add(second, "Linux", "What is a page fault?", "An access to a page that is not there.");
    scratch_import(scratch, first);
    scratch_import(scratch, second);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM deck"), 2);
    struct bank_question *question = scratch_load(scratch, "readme-2:Q1");
    assert_string_equal(question->question.title, "What does fsync promise?");
    bank_question_free(question);
    struct import_report *report = import(scratch, second, false);
    assert_counts(report, 0, 0, 2, 0, 0);
    import_report_free(report);
    report = import(scratch, first, false);
    assert_counts(report, 0, 0, 3, 0, 0);
    import_report_free(report);
    deck_free(first);
    deck_free(second);
}

/* An id that the author gave says which deck it is, even if all was rewritten while it moved. */
static void test_a_moved_file_with_its_own_id(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");
    struct deck *other = scratch_deck("docker", "/none/elsewhere/docker.md");

    deck->has_own_id = other->has_own_id = true;
    scratch_add(other, "Linux", "What does fsync promise?", "That the bytes outlive the power.");
    scratch_import(scratch, deck);
    struct import_report *report = import(scratch, other, false);
    assert_counts(report, 1, 0, 0, 0, 3);
    import_report_free(report);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM deck"), 1);
    deck_free(deck);
    deck_free(other);
}

static void test_a_deck_gets_another_id(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = three("docker", "/none/docker.md");

    scratch_import(scratch, deck);
    deck->id = "containers";
    struct import_report *report = import(scratch, deck, false);
    assert_counts(report, 0, 0, 3, 0, 0);
    import_report_free(report);
    assert_true(scratch_find(scratch, "containers:Q1") > 0);
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM deck"), 1);
    deck_free(deck);
}

static void test_the_same_title_twice(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("quiz", "/none/quiz.md");

    scratch_add(deck, "A", "Which is true?", "Volumes outlive containers.");
    scratch_add(deck, "A", "Which is true?", "Bridges are made of software.");
    scratch_add(deck, "A", "Which is true?", "Layers are read-only.");
    scratch_import(scratch, deck);
    int64_t cards[] = {card_of(scratch, "Q1"), card_of(scratch, "Q2"), card_of(scratch, "Q3")};
    assert_true(cards[0] != cards[1] && cards[1] != cards[2] && cards[0] != cards[2]);

    struct question first = deck->questions[0];
    deck->questions[0] = deck->questions[2];
    deck->questions[2] = first;
    deck->questions[0].id = "Q1";
    deck->questions[0].ordinal = 1;
    deck->questions[2].id = "Q3";
    deck->questions[2].ordinal = 3;
    scratch_import(scratch, deck);
    assert_int_equal(card_of(scratch, "Q1"), cards[2]);
    assert_int_equal(card_of(scratch, "Q2"), cards[1]);
    assert_int_equal(card_of(scratch, "Q3"), cards[0]);
    deck_free(deck);
}

static void test_a_document_without_questions(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("notes", "/none/notes.md");
    struct import_report *report = import(scratch, deck, false);

    assert_counts(report, 0, 0, 0, 0, 0);
    assert_true(bank_is_fresh(scratch->bank));
    import_report_free(report);
    deck_free(deck);
}

/* All that a question has comes back as it went in. */
static void test_every_part_is_kept(void **state)
{
    struct scratch *scratch = *state;
    struct deck *deck = scratch_deck("own", "/none/own.md");
    struct question *question = scratch_add(deck, "A", "Title", "Answer");
    const char *patterns[] = {"volume.{0,60}(outliv|surviv)", "a, b \"c\"", "日本"};
    struct key_point points[] = {
        {.id = "one", .text = "First", .patterns = patterns, .pattern_count = 3, .is_must = true},
        {.id = "2", .text = "Second", .patterns = patterns, .pattern_count = 0},
    };
    struct follow_up follow_ups[] = {
        {.text = "Why?", .answer = "Because.\n\nYes.", .after = "one"},
        {.text = "How?", .answer = "", .depth = 3},
    };
    struct deck_option options[] = {{"yes", true}, {"no", false}};
    struct deck_link labs[] = {{"Lab", "labs/a.md"}}, sources[] = {{"S", "https://s/"}, {"T", "t"}};
    const char *same_as[] = {"ffffffffffffffff", "0000000000000001"};

    question->mark = "mark";
    question->prompt = "```\ncode\n```";
    question->level = "senior";
    question->tags = "storage, volumes";
    question->key_points = points;
    question->key_point_count = 2;
    question->follow_ups = follow_ups;
    question->follow_up_count = 2;
    question->options = options;
    question->option_count = 2;
    question->labs = labs;
    question->lab_count = 1;
    question->sources = sources;
    question->source_count = 2;
    question->same_as = same_as;
    question->same_as_count = 2;
    for (int round = 0; round < 2; round++) {
        scratch_import(scratch, deck);
        struct bank_question *loaded = scratch_load(scratch, "own:Q1");
        const struct question *q = &loaded->question;
        assert_string_equal(q->mark, "mark");
        assert_string_equal(q->prompt, question->prompt);
        assert_string_equal(q->answer, question->answer);
        assert_string_equal(q->level, "senior");
        assert_string_equal(q->tags, "storage, volumes");
        assert_int_equal(q->key_point_count, 2);
        assert_string_equal(q->key_points[0].id, "one");
        assert_true(q->key_points[0].is_must);
        assert_int_equal(q->key_points[0].pattern_count, 3);
        for (int i = 0; i < 3; i++)
            assert_string_equal(q->key_points[0].patterns[i], patterns[i]);
        assert_int_equal(q->key_points[1].pattern_count, 0);
        assert_false(q->key_points[1].is_must);
        assert_int_equal(q->follow_up_count, 2);
        assert_string_equal(q->follow_ups[0].answer, "Because.\n\nYes.");
        assert_string_equal(q->follow_ups[0].after, "one");
        assert_null(q->follow_ups[1].after);
        assert_int_equal(q->follow_ups[1].depth, 3);
        assert_int_equal(q->option_count, 2);
        assert_true(q->options[0].is_correct && !q->options[1].is_correct);
        assert_int_equal(q->lab_count, 1);
        assert_string_equal(q->labs[0].target, "labs/a.md");
        assert_int_equal(q->source_count, 2);
        assert_string_equal(q->sources[1].title, "T");
        assert_int_equal(q->same_as_count, 2);
        bank_question_free(loaded);
        question->answer = "Another answer"; /* the second round rewrites it all */
    }
    assert_int_equal(scratch_number(scratch, "SELECT count(*) FROM key_point"), 2);
    scratch_check(scratch);
    deck_free(deck);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_all_new),
        TEST(test_again_changes_nothing),
        TEST(test_a_dry_run_changes_nothing),
        TEST(test_edits_keep_the_card),
        TEST(test_retired_ones_come_back),
        TEST(test_other_decks_share_cards),
        TEST(test_doubts_are_mentioned),
        TEST(test_same_as_the_other_way_round),
        TEST(test_a_later_mark_joins_cards),
        TEST(test_a_question_moves_to_another_file),
        TEST(test_a_moved_file_is_the_same_deck),
        TEST(test_other_documents_of_the_same_name),
        TEST(test_a_moved_file_with_its_own_id),
        TEST(test_a_deck_gets_another_id),
        TEST(test_the_same_title_twice),
        TEST(test_a_document_without_questions),
        TEST(test_every_part_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
