/* SPDX-License-Identifier: MIT
 * Headings that ask: "### Q3: …" with "**A:** …" below, "## 3. …?" with a body, "## What is …?". */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/details.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/letters.h"
#include "trainer/deck/told.h"

#define LEVELS           6
#define BARE_LEAST       3  /* so many headings must look alike to be taken for bare labels */
#define BETWEEN_LEAST    4  /* headings of a run, for those between to count */
#define BARE_LIMIT_BYTES 36 /* longer headings say something themselves */

enum heading_class {
    CLASS_LABELLED, /* "Q3:" */
    CLASS_NUMBERED, /* "3." */
    CLASS_ASKING,   /* "What is …?" */
};

static const struct {
    const char *name;
    int strength;
} classes[] = {
    [CLASS_LABELLED] = {"heading-answer", 4},
    [CLASS_NUMBERED] = {"heading-number", 3},
    [CLASS_ASKING] = {"heading-question", 2},
};

struct search {
    struct document *doc;
    struct findings *findings;
    int level;
    size_t taken_until; /* byte up to which a shallower heading asks */
};

static bool is_question_label(const struct label *label)
{
    return (label->kind == LABEL_WORD || label->kind == LABEL_WORD_NUMBER) &&
           label_is_question_word(label->word);
}

static bool is_of_class(const struct head *head, enum heading_class class)
{
    switch (class) {
    case CLASS_LABELLED:
        return is_question_label(&head->label) || head->label.kind == LABEL_WORD_NUMBER;
    case CLASS_NUMBERED:
        return head->label.kind == LABEL_NUMBER;
    case CLASS_ASKING:
        return head->asks;
    }
    return false;
}

static void read_head(const struct document *doc, const struct block *block, struct head *head)
{
    *head = (struct head){
        .start = document_line_start(doc, block->line),
        .body = document_line_start(doc, block->end_line + 1),
        .line = block->line,
        .level = block->level,
        .text = block->text,
        .text_len = strlen(block->text),
        .label = label_read(block->text),
        .asks = label_asks(block->text, strlen(block->text)),
    };
}

static bool label_is_question_only(const struct head *head)
{
    struct str closed = STR_INIT;

    str_add_bytes(&closed, head->text, head->text_len);
    str_add_char(&closed, ':');
    struct label label = label_read(closed.text);
    bool is_only =
        label.kind == LABEL_WORD && label.len == closed.len && label_is_question_word(label.word);
    str_clear(&closed);
    return is_only;
}

/* "第 1 题" and "Question 1" say no more than their number: letters without digits, or "" for other
 * texts. */
static void bare_key(const struct head *head, char key[LABEL_WORD_BYTES])
{
    size_t len = 0;
    bool has_digit = false;

    key[0] = '\0';
    if (head->text_len >= BARE_LIMIT_BYTES || head->asks)
        return;
    for (size_t at = 0; at < head->text_len;) {
        uint32_t code;
        size_t bytes = utf8_decode(head->text + at, head->text_len - at, &code);
        if (letters_digit(code) >= 0)
            has_digit = true;
        else if (letters_is_letter(code) && len + bytes < LABEL_WORD_BYTES - 1) {
            memcpy(key + len, head->text + at, bytes);
            len += bytes;
        }
        at += bytes;
    }
    has_digit |= label_is_question_only(head);
    /* a mark, so that a bare number has a key too */
    key[len++] = '#';
    key[has_digit ? len : 0] = '\0';
}

/* The question of a heading that is only a label is the first paragraph below it. */
static void take_title_below(const struct document *doc, struct head *head)
{
    size_t next = document_block_at(doc, head->line);

    next = next < doc->block_count ? doc->blocks[next].after : next;
    if (next >= doc->block_count || doc->blocks[next].depth > 0 ||
        (doc->blocks[next].kind != BLOCK_PARAGRAPH && doc->blocks[next].kind != BLOCK_HEADING) ||
        (doc->blocks[next].kind == BLOCK_HEADING && doc->blocks[next].level <= head->level))
        return;
    const struct block *block = &doc->blocks[next];
    int number = head->label.number;
    for (size_t at = 0; at < head->text_len && number < 0; at++)
        if (head->text[at] >= '0' && head->text[at] <= '9')
            number = atoi(head->text + at);
    head->text = block->text;
    head->text_len = strlen(block->text);
    head->label = (struct label){.kind = LABEL_WORD_NUMBER, .word = "#", .number = number};
    head->asks = label_asks(head->text, head->text_len);
    head->body = document_line_start(doc, block->end_line + 1);
}

static void replace_bare_labels(const struct document *doc, struct heads *heads)
{
    char common[LABEL_WORD_BYTES] = "", key[LABEL_WORD_BYTES];
    size_t same = 0;

    /* the first bare label and those like it: documents have one way to number */
    for (size_t i = 0; i < heads->count; i++) {
        bare_key(&heads->items[i], key);
        if (key[0] && !common[0])
            memcpy(common, key, sizeof(common));
        same += key[0] && strcmp(key, common) == 0;
    }
    if (same < BARE_LEAST)
        return;
    for (size_t i = 0; i < heads->count; i++) {
        bare_key(&heads->items[i], key);
        if (key[0] && strcmp(key, common) == 0)
            take_title_below(doc, &heads->items[i]);
    }
}

static void collect_level(struct document *doc, int level, struct heads *heads)
{
    for (size_t i = 0; i < doc->block_count; i = doc->blocks[i].after) {
        const struct block *block = &doc->blocks[i];
        if (block->kind != BLOCK_HEADING || block->level != level || !block->text[0] ||
            block->is_link_only || label_is_answer_only(block->text, strlen(block->text)))
            continue;
        const struct details *details = details_around(doc, document_line_start(doc, block->line));
        if (details && details->is_reveal)
            continue;
        read_head(doc, block, array_add(heads->items, heads->count, heads->cap));
    }
    replace_bare_labels(doc, heads);
}

/* Whether these heads, all of one level and class, are questions. */
static bool is_evident(const struct flow *flow, enum heading_class class, bool is_lenient)
{
    size_t count = flow->count, told = flow->answers + flow->reveals + flow->options;
    size_t least = is_lenient ? 1 : class == CLASS_LABELLED ? 2 : 3;

    if (count < least)
        return false;
    if (told * 2 >= count)
        return true;
    switch (class) {
    case CLASS_LABELLED:
        return flow->asks * 10 >= count * 3 || (flow->has_question_words && count >= 5);
    case CLASS_NUMBERED:
        return flow->asks * 3 >= count || (count >= 20 && flow->asks * 5 >= count);
    case CLASS_ASKING:
        return flow->bodies * 2 >= count;
    }
    return false;
}

static void add_finding(struct search *search, const struct heads *heads, const struct flow *flow,
                        enum heading_class class)
{
    struct finding *finding =
        findings_add(search->findings, classes[class].name,
                     flow->answers + flow->options > flow->count / 2 ? 4 : classes[class].strength);

    flow_add_entries(search->doc, heads, flow, finding);
}

/* Unlabelled headings that ask, beside labelled ones, are questions too. */
static bool try_class(struct search *search, const struct heads *all, enum heading_class class)
{
    struct heads chosen = {0};
    struct flow flow;

    for (size_t i = 0; i < all->count; i++)
        if (is_of_class(&all->items[i], class))
            *array_add(chosen.items, chosen.count, chosen.cap) = all->items[i];
    flow_find_ends(search->doc, &chosen);
    flow_survey(search->doc, &chosen, &flow);
    bool is_found = is_evident(&flow, class, search->findings->is_lenient);
    if (is_found) {
        size_t count = 0;
        array_grow(chosen.items, chosen.count, chosen.cap, all->count);
        for (size_t i = 0; i < all->count; i++)
            if (is_of_class(&all->items[i], class) || all->items[i].asks)
                chosen.items[count++] = all->items[i];
        chosen.count = count;
        flow_find_ends(search->doc, &chosen);
        flow_survey(search->doc, &chosen, &flow);
        add_finding(search, &chosen, &flow, class);
    }
    free(chosen.items);
    return is_found;
}

/* Headings that only ask: most of their level, or most of their section, must. */
struct run {
    size_t first, end, asks;
};

static struct run next_run(const struct search *search, const struct heads *all, size_t first)
{
    struct run run = {.first = first, .end = first};
    const struct document *doc = search->doc;

    while (run.end < all->count) {
        const struct head *head = &all->items[run.end];
        run.asks += head->asks;
        run.end++;
        size_t i = document_block_at(doc, head->line);
        for (i++; i < doc->block_count; i = doc->blocks[i].after) {
            const struct block *block = &doc->blocks[i];
            if (block->kind == BLOCK_HEADING && block->depth == 0 &&
                block->level <= search->level) {
                if (block->level < search->level)
                    return run;
                break;
            }
        }
    }
    return run;
}

/* The more headings a run has, the fewer of them must ask, in per cent. */
static size_t least_share(size_t count)
{
    static const struct {
        size_t count, share;
    } steps[] = {{20, 40}, {10, 50}, {5, 60}};

    for (size_t i = 0; i < ARRAY_LEN(steps); i++)
        if (count >= steps[i].count)
            return steps[i].share;
    return 75;
}

static void choose_of_run(const struct run *run, const struct heads *all, bool is_level_evident,
                          bool *is_chosen)
{
    size_t count = run->end - run->first, last = run->first;
    bool is_run_evident = run->asks >= 3 && run->asks * 100 >= count * least_share(count);
    bool is_asking_seen = false;

    if (!is_level_evident && !is_run_evident)
        return;
    for (size_t i = run->first; i < run->end; i++)
        if (all->items[i].asks)
            last = i;
    for (size_t i = run->first; i < run->end; i++) {
        bool is_between = is_run_evident && is_asking_seen && i < last && count >= BETWEEN_LEAST;
        is_asking_seen |= all->items[i].asks;
        is_chosen[i] |= all->items[i].asks || is_between;
    }
}

/* "What's new in 2.7.17?" and "… in 2.7.16?" are headings of a log. */
static bool are_all_alike(const struct heads *heads)
{
    size_t alike = 0;

    for (size_t i = 1; i < heads->count; i++) {
        const char *first = heads->items[0].text, *text = heads->items[i].text;
        size_t letters = strcspn(first, "0123456789");
        if (!first[letters] || strncmp(first, text, letters) != 0)
            continue;
        size_t digits = strspn(text + letters, "0123456789");
        alike += digits > 0 && text[letters + digits] == '.';
    }
    return (alike + 1) * 2 > heads->count && alike > 0;
}

/* Those that ask, and those between and beside them that are built like them. */
static void choose_asking(struct search *search, struct heads *all, struct heads *chosen)
{
    bool *is_chosen = xcalloc(all->count + 1, sizeof(*is_chosen));
    size_t asks = 0;

    for (size_t i = 0; i < all->count; i++)
        asks += all->items[i].asks;
    bool is_level_evident =
        asks >= (search->findings->is_lenient ? 1 : 3) && asks * 5 >= all->count * 3;
    for (size_t first = 0; first < all->count;) {
        struct run run = next_run(search, all, first);
        choose_of_run(&run, all, is_level_evident, is_chosen);
        first = run.end;
    }
    flow_find_ends(search->doc, all);
    told_mark(search->doc, all, is_chosen);
    for (size_t i = 0; i < all->count; i++)
        if (is_chosen[i])
            *array_add(chosen->items, chosen->count, chosen->cap) = all->items[i];
    free(is_chosen);
}

static void try_asking(struct search *search, struct heads *all)
{
    struct heads chosen = {0};
    struct flow flow;

    choose_asking(search, all, &chosen);
    flow_find_ends(search->doc, &chosen);
    flow_survey(search->doc, &chosen, &flow);
    if (chosen.count && !are_all_alike(&chosen) &&
        is_evident(&flow, CLASS_ASKING, search->findings->is_lenient))
        add_finding(search, &chosen, &flow, CLASS_ASKING);
    free(chosen.items);
}

/* Takes out the heads that stand inside the entries found at a shallower level. */
static void drop_taken(const struct search *search, struct heads *heads)
{
    size_t kept = 0;

    for (size_t i = 0; i < heads->count; i++) {
        bool is_taken = false;
        for (size_t f = 0; f < search->findings->count && !is_taken; f++) {
            const struct finding *finding = &search->findings->items[f];
            size_t low = 0, high = finding->count;
            while (low < high) {
                size_t middle = (low + high) / 2;
                if (finding->entries[middle].whole.end <= heads->items[i].start)
                    low = middle + 1;
                else
                    high = middle;
            }
            is_taken =
                low < finding->count && finding->entries[low].whole.start < heads->items[i].start;
        }
        if (!is_taken || is_question_label(&heads->items[i].label))
            heads->items[kept++] = heads->items[i];
    }
    heads->count = kept;
}

void recognise_heading(struct document *doc, struct findings *findings)
{
    struct search search = {.doc = doc, .findings = findings};

    for (search.level = 1; search.level <= LEVELS; search.level++) {
        struct heads all = {0};
        collect_level(doc, search.level, &all);
        drop_taken(&search, &all);
        if (!try_class(&search, &all, CLASS_LABELLED) && !try_class(&search, &all, CLASS_NUMBERED))
            try_asking(&search, &all);
        free(all.items);
    }
}
