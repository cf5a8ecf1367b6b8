/* SPDX-License-Identifier: MIT */
#include "trainer/deck/recognise.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/label.h"

static const struct recogniser recognisers[] = {
    {"heading-answer", recognise_heading},
    {"details", recognise_details},
    {"question-answer", recognise_pair},
    {"flashcard", recognise_flashcard},
    {"callout", recognise_callout},
    {"table", recognise_table},
    {"list", recognise_list},
    {"paragraph", recognise_paragraph},
};

struct finding *findings_add(struct findings *findings, const char *name, int strength)
{
    struct finding *finding = array_add(findings->items, findings->count, findings->cap);

    finding->name = name;
    finding->strength = strength;
    return finding;
}

static size_t weight(const struct finding *finding)
{
    return finding->count * (size_t)finding->strength;
}

static int compare_findings(const void *a, const void *b)
{
    size_t first = weight(a), second = weight(b);

    return first < second ? 1 : first > second ? -1 : 0;
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *first = a, *second = b;

    if (first->whole.start != second->whole.start)
        return first->whole.start < second->whole.start ? -1 : 1;
    return 0;
}

struct accepted {
    struct entry *items; /* in order */
    size_t count;
};

/* The first accepted entry that ends behind `at`. */
static size_t first_behind(const struct accepted *accepted, size_t at)
{
    size_t low = 0, high = accepted->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (accepted->items[middle].whole.end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool overlaps(const struct accepted *accepted, const struct entry *entry)
{
    size_t i = first_behind(accepted, entry->whole.start);

    return i < accepted->count && accepted->items[i].whole.start < entry->whole.end;
}

/* Adds the entries of a finding that overlap none of the stronger ones; returns how many. */
static size_t accept(struct accepted *accepted, const struct finding *finding)
{
    size_t before = accepted->count, count = before;

    accepted->items =
        xrealloc(accepted->items, (before + finding->count + 1) * sizeof(*accepted->items));
    for (size_t i = 0; i < finding->count; i++) {
        const struct entry *entry = &finding->entries[i];
        if (entry->whole.end > entry->whole.start && !overlaps(accepted, entry))
            accepted->items[count++] = *entry;
    }
    accepted->count = count;
    if (count)
        qsort(accepted->items, count, sizeof(*accepted->items), compare_entries);
    return count - before;
}

static void clear_findings(struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].entries);
    free(findings->items);
    *findings = (struct findings){0};
}

static void collect_all(struct document *doc, struct findings *findings)
{
    for (size_t i = 0; i < ARRAY_LEN(recognisers); i++)
        recognisers[i].collect(doc, findings);
    if (findings->count)
        qsort(findings->items, findings->count, sizeof(*findings->items), compare_findings);
}

/* Whether something that stands in none of the entries asks, or is HTML that may hold a question.
 */
static bool is_something_left(const struct document *doc, const struct accepted *accepted)
{
    for (size_t i = 0; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        size_t start = document_line_start(doc, block->line);
        size_t entry = first_behind(accepted, start);
        if (entry < accepted->count && accepted->items[entry].whole.start <= start)
            continue;
        if (block->kind == BLOCK_HTML || label_asks(block->text, strlen(block->text)))
            return true;
    }
    return false;
}

struct entry *recognise(struct document *doc, size_t *count, const char **format)
{
    struct findings findings = {0};
    struct accepted accepted = {0};
    size_t most = 0;

    *format = "none";
    for (int pass = 0; pass < 2; pass++) {
        findings.is_lenient = pass > 0;
        collect_all(doc, &findings);
        for (size_t i = 0; i < findings.count; i++) {
            size_t added = accept(&accepted, &findings.items[i]);
            if (added > most) {
                most = added;
                *format = findings.items[i].name;
            }
        }
        clear_findings(&findings);
        if (accepted.count == 0 || !is_something_left(doc, &accepted))
            break;
    }
    *count = accepted.count;
    return accepted.items;
}
