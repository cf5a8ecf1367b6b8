/* SPDX-License-Identifier: MIT
 * Cards of note programs: a line with only "?" between question and answer, or "question ::
 * answer". */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/letters.h"
#include "trainer/deck/plain.h"

struct cards {
    struct document *doc;
    struct finding finding;
    size_t asks, text_lines;
};

static bool line_is_mark(const struct document *doc, int line)
{
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);

    while (start < end && strchr(" \t", doc->text[start]))
        start++;
    while (end > start && strchr(" \t", doc->text[end - 1]))
        end--;
    return end - start >= 1 && end - start <= 2 && doc->text[start] == '?' &&
           doc->text[end - 1] == '?';
}

static bool is_heading_line(const struct document *doc, int line)
{
    size_t block = document_block_before(doc, line);

    return block < doc->block_count && doc->blocks[block].kind == BLOCK_HEADING &&
           doc->blocks[block].end_line >= line;
}

/* The lines above the mark up to a blank one; one blank line between is forgiven. */
static int first_question_line(const struct document *doc, int mark)
{
    int line = mark;

    if (line - 1 >= doc->first_line && document_line_is_blank(doc, line - 1))
        line--;
    while (line - 1 >= doc->first_line &&
           (doc->line_kinds[line - 2] == LINE_CODE ||
            (!document_line_is_blank(doc, line - 1) && !is_heading_line(doc, line - 1) &&
             !line_is_mark(doc, line - 1))))
        line--;
    return line;
}

/* The first line behind the answer: blank, a heading, or the next card's. */
static int end_of_answer(const struct document *doc, int mark)
{
    int line = mark + 1, count = (int)doc->line_count;

    if (line <= count && document_line_is_blank(doc, line))
        line++;
    for (; line <= count; line++) {
        if (doc->line_kinds[line - 1] == LINE_CODE)
            continue;
        if (document_line_is_blank(doc, line) || is_heading_line(doc, line))
            break;
        if (line_is_mark(doc, line))
            return line - 1; /* its line above is the next question */
    }
    return line;
}

static const char *plain_of(struct document *doc, struct range range)
{
    struct str text = STR_INIT;

    plain_add_markdown(&text, doc->text + range.start, range.end - range.start);
    plain_collapse(&text);
    while (text.len && strchr(" \t", text.text[text.len - 1]))
        str_truncate(&text, text.len - 1);
    const char *kept = document_keep(doc, text.text, text.len);
    str_clear(&text);
    return kept;
}

/* "- **Question**" loses its bullet. */
static size_t skip_bullet(const struct document *doc, size_t at, size_t end)
{
    while (at < end && strchr(" \t>", doc->text[at]))
        at++;
    if (at + 1 < end && strchr("-*+", doc->text[at]) && doc->text[at + 1] == ' ')
        at += 2;
    if (end - at > 4 && doc->text[at] == '[' && strchr(" xX", doc->text[at + 1]) &&
        doc->text[at + 2] == ']' && doc->text[at + 3] == ' ')
        at += 4;
    return at;
}

static void set_title(struct document *doc, struct entry *entry, struct range range)
{
    range.start = skip_bullet(doc, range.start, range.end);
    const char *text = plain_of(doc, range);
    struct head head = {.text = text, .text_len = strlen(text), .label = label_read(text)};
    bool is_number = head.label.kind == LABEL_NUMBER && head.label.has_separator;

    entry->title = flow_title(doc, &head, is_number);
    entry->number = is_number ? head.label.number : -1;
}

static void add_marked(struct cards *cards, int mark, int previous_end)
{
    struct document *doc = cards->doc;
    int first = first_question_line(doc, mark), end = end_of_answer(doc, mark), code = first;

    first = first < previous_end ? previous_end : first;
    if (first >= mark || end <= mark + 1 || document_line_is_blank(doc, first))
        return;
    while (code < mark && doc->line_kinds[code - 1] != LINE_CODE)
        code++;
    int code_end = mark;
    if (code == first) /* code, then the question */
        for (code_end = first; code_end < mark && doc->line_kinds[code_end - 1] == LINE_CODE;)
            code_end++;
    struct entry *entry =
        array_add(cards->finding.entries, cards->finding.count, cards->finding.cap);
    *entry = (struct entry){
        .line = first,
        .level = LEVEL_NONE,
        .whole = {document_line_start(doc, first), document_line_start(doc, end)},
        .prompt = {document_line_start(doc, code), document_line_start(doc, code_end)},
        .answer = {document_line_start(doc, mark + 1), document_line_start(doc, end)},
    };
    struct range title = {document_line_start(doc, code == first ? code_end : first),
                          document_line_start(doc, code == first ? mark : code)};
    set_title(doc, entry, title);
    body_trim(doc, &entry->prompt);
    body_trim(doc, &entry->answer);
}

static void find_marked(struct document *doc, struct findings *findings)
{
    struct cards cards = {.doc = doc, .finding = {.name = "flashcard", .strength = 4}};
    size_t least = findings->is_lenient || doc->has_flashcard_tag ? 1 : 2;
    int end = doc->first_line;

    for (int line = doc->first_line + 1; (size_t)line < doc->line_count; line++) {
        if (doc->line_kinds[line - 1] != LINE_TEXT || !line_is_mark(doc, line))
            continue;
        add_marked(&cards, line, end);
        end = line + 1;
    }
    if (cards.finding.count >= least)
        *findings_add(findings, "flashcard", 4) = cards.finding;
    else
        free(cards.finding.entries);
}

/* "::", ":::", ";;": two or three of a kind. */
static size_t separator_bytes(const char *s, size_t len)
{
    size_t count = 0;

    if (s[0] != ':' && s[0] != ';')
        return 0;
    while (count < len && s[count] == s[0])
        count++;
    return count == 2 || count == 3 ? count : 0;
}

/* Whether a separator stands as one: text in front that asks, or a blank on each side. Where cards
 * are announced, ";;" needs its blank only behind, and ":::" none. */
static bool separates(const struct document *doc, size_t start, size_t at, size_t behind,
                      size_t end)
{
    bool is_behind = behind >= end || doc->text[behind] == ' ' || doc->text[behind] == '<';

    if (label_ends_asking(doc->text + start, at - start))
        return true;
    if (behind >= end && !doc->has_flashcard_tag)
        return false;
    if (doc->has_flashcard_tag && (behind - at == 3 || (doc->text[at] == ';' && is_behind)))
        return true;
    return is_behind && doc->text[at - 1] == ' ';
}

/* Where a separator with text in front stands in a line, outside of code; SIZE_MAX where none does.
 */
static size_t find_separator(const struct document *doc, size_t start, size_t end, size_t *len)
{
    bool is_code = false;

    for (size_t at = start; at + 1 < end; at++) {
        is_code ^= doc->text[at] == '`';
        if (is_code || at == start || !(*len = separator_bytes(doc->text + at, end - at)))
            continue;
        return separates(doc, start, at, at + *len, end) ? at : SIZE_MAX;
    }
    return SIZE_MAX;
}

static void add_one_liner(struct cards *cards, int line, size_t at, size_t len)
{
    struct document *doc = cards->doc;
    size_t start = document_line_start(doc, line), end = document_line_end(doc, line);
    struct entry *entry =
        array_add(cards->finding.entries, cards->finding.count, cards->finding.cap);

    *entry = (struct entry){
        .line = line,
        .level = LEVEL_NONE,
        .whole = {start, document_line_start(doc, line + 1)},
        .answer = {at + len, end},
    };
    while (entry->answer.start < end && strchr(" \t", doc->text[entry->answer.start]))
        entry->answer.start++;
    if (entry->answer.start >= end) {
        int behind = end_of_answer(doc, line);
        entry->answer =
            (struct range){document_line_start(doc, line + 1), document_line_start(doc, behind)};
        entry->whole.end = entry->answer.end;
        body_trim(doc, &entry->answer);
    }
    set_title(doc, entry, (struct range){start, at});
    cards->asks += label_asks(entry->title, strlen(entry->title));
}

static int compare_titles(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->title, ((const struct entry *)b)->title);
}

/* Properties of notes ("status:: done") repeat, the questions of cards do not. */
static bool are_titles_different(const struct finding *finding)
{
    struct entry *sorted = xcalloc(finding->count + 1, sizeof(*sorted));
    size_t same = 0;

    memcpy(sorted, finding->entries, finding->count * sizeof(*sorted));
    qsort(sorted, finding->count, sizeof(*sorted), compare_titles);
    for (size_t i = 1; i < finding->count; i++)
        same += strcmp(sorted[i].title, sorted[i - 1].title) == 0;
    free(sorted);
    return same * 5 <= finding->count;
}

static void find_one_liners(struct document *doc, struct findings *findings)
{
    struct cards cards = {.doc = doc, .finding = {.name = "flashcard", .strength = 3}};

    for (int line = doc->first_line; (size_t)line <= doc->line_count; line++) {
        size_t start = document_line_start(doc, line), end = document_line_end(doc, line), len;
        if (doc->line_kinds[line - 1] != LINE_TEXT || document_line_is_blank(doc, line) ||
            is_heading_line(doc, line))
            continue;
        cards.text_lines++;
        while (end > start && strchr(" \t", doc->text[end - 1]))
            end--;
        size_t at = find_separator(doc, skip_bullet(doc, start, end), end, &len);
        if (at != SIZE_MAX)
            add_one_liner(&cards, line, at, len);
    }
    size_t count = cards.finding.count;
    bool is_evident = cards.asks * 2 >= count || doc->has_flashcard_tag ||
                      (count >= 5 && count * 10 >= cards.text_lines * 8);
    if (count >= (findings->is_lenient ? 1 : 3) && is_evident &&
        are_titles_different(&cards.finding))
        *findings_add(findings, "flashcard", 3) = cards.finding;
    else
        free(cards.finding.entries);
}

/* Note programs announce cards by a tag in the text, too: "# Networking #flashcards". */
static bool has_tag(const struct document *doc)
{
    for (size_t i = 0; i < doc->block_count; i++) {
        const char *text = doc->blocks[i].text, *tag = strstr(text, "#flashcard");
        if (tag && (tag == text || tag[-1] == ' ' || tag[-1] == '\n'))
            return true;
    }
    return false;
}

void recognise_flashcard(struct document *doc, struct findings *findings)
{
    doc->has_flashcard_tag |= has_tag(doc);
    find_marked(doc, findings);
    find_one_liners(doc, findings);
}
