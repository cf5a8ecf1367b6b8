/* SPDX-License-Identifier: MIT
 * Tables with a column of questions and one of answers. cmark knows no tables: they are paragraphs
 * to it. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/flow.h"
#include "trainer/deck/plain.h"

#define COLUMNS 12 /* further ones are not looked at */

struct row {
    int line;
    size_t count;
    struct range cells[COLUMNS];
};

struct table {
    struct row head;
    struct row *rows;
    size_t count, cap;
};

static void trim_cell(const struct document *doc, struct range *cell)
{
    while (cell->start < cell->end && strchr(" \t", doc->text[cell->start]))
        cell->start++;
    while (cell->end > cell->start && strchr(" \t", doc->text[cell->end - 1]))
        cell->end--;
}

static void read_row(const struct document *doc, int line, struct row *row)
{
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);

    *row = (struct row){.line = line};
    while (at < end && strchr(" \t", doc->text[at]))
        at++;
    at += at < end && doc->text[at] == '|';
    while (at < end && row->count < COLUMNS) {
        struct range *cell = &row->cells[row->count++];
        cell->start = at;
        while (at < end && doc->text[at] != '|')
            at += doc->text[at] == '\\' && at + 1 < end ? 2 : 1;
        cell->end = at < end ? at : end;
        at = at < end ? at + 1 : end;
        trim_cell(doc, cell);
    }
}

static bool is_delimiter_row(const struct document *doc, int line)
{
    size_t at = document_line_start(doc, line), end = document_line_end(doc, line);
    bool has_dash = false, has_bar = false;

    for (; at < end; at++) {
        if (!strchr("|-: \t", doc->text[at]))
            return false;
        has_dash |= doc->text[at] == '-';
        has_bar |= doc->text[at] == '|';
    }
    return has_dash && has_bar;
}

/* Reads the table of a paragraph; false where it is none. */
static bool read_table(const struct document *doc, const struct block *block, struct table *table)
{
    int line = block->line + 1;

    while (line <= block->end_line && !is_delimiter_row(doc, line))
        line++;
    if (line > block->end_line)
        return false;
    read_row(doc, line - 1, &table->head);
    for (line++; line <= block->end_line; line++)
        read_row(doc, line, array_add(table->rows, table->count, table->cap));
    return table->count > 0;
}

static char *cell_text(const struct document *doc, struct range cell)
{
    struct str text = STR_INIT;

    struct str source = STR_INIT;
    for (size_t at = cell.start; at < cell.end; at++)
        if (doc->text[at] != '\\' || at + 1 == cell.end || doc->text[at + 1] != '|')
            str_add_char(&source, doc->text[at]);
    plain_add_markdown(&text, source.text, source.len);
    plain_collapse(&text);
    str_clear(&source);
    return str_steal(&text);
}

static bool head_is(const struct document *doc, const struct row *head, size_t column,
                    bool (*is_word)(const char *word))
{
    if (column >= head->count)
        return false;
    struct str text = STR_INIT;
    autofree char *name = cell_text(doc, head->cells[column]);
    struct label label;
    str_add(&text, name);
    str_add(&text, ":");
    label = label_read(text.text);
    str_clear(&text);
    return label.kind == LABEL_WORD && is_word(label.word);
}

struct column {
    size_t filled, asks, letters, bytes, inner_links;
};

static void survey_columns(const struct document *doc, const struct table *table,
                           struct column *columns)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];
        for (size_t c = 0; c < row->count; c++) {
            size_t len = row->cells[c].end - row->cells[c].start;
            autofree char *text = cell_text(doc, row->cells[c]);
            columns[c].filled += len > 0;
            columns[c].bytes += len;
            columns[c].asks += label_asks(text, strlen(text));
            columns[c].letters +=
                label_has_letters(text) && strspn(text, "0123456789. ") < strlen(text);
            columns[c].inner_links +=
                memmem(doc->text + row->cells[c].start, len, "](#", 3) != NULL;
        }
    }
}

/* The first column of text where it asks, as an option's description may too, or the one whose head
 * says so; COLUMNS where there is none. */
static size_t question_column(const struct document *doc, const struct table *table,
                              const struct column *columns)
{
    bool has_text_before = false;

    for (size_t c = 0; c < table->head.count; c++) {
        bool asks = columns[c].asks * 2 >= table->count && !has_text_before;
        if (columns[c].filled && columns[c].inner_links * 2 < table->count &&
            (asks || (head_is(doc, &table->head, c, label_is_question_word) && columns[c].letters)))
            return c;
        has_text_before |= columns[c].letters * 2 >= table->count;
    }
    return COLUMNS;
}

/* The column behind the question's with most text. */
static size_t answer_column(const struct table *table, const struct column *columns,
                            size_t question)
{
    size_t best = COLUMNS;

    for (size_t c = question + 1; c < COLUMNS; c++)
        if (columns[c].letters * 2 >= table->count && columns[c].asks * 2 < table->count &&
            (best == COLUMNS || columns[c].bytes > columns[best].bytes))
            best = c;
    return best;
}

/* Columns that are neither question nor answer follow the answer: "**Level:** easy". */
static const char *other_columns(struct document *doc, const struct table *table,
                                 const struct row *row, size_t question, size_t answer)
{
    struct str text = STR_INIT;

    for (size_t c = question + 1; c < row->count && c < table->head.count; c++) {
        if (c == answer || row->cells[c].start == row->cells[c].end)
            continue;
        autofree char *name = cell_text(doc, table->head.cells[c]);
        str_addf(&text, "**%s:** ", name);
        str_add_bytes(&text, doc->text + row->cells[c].start,
                      row->cells[c].end - row->cells[c].start);
        str_add(&text, "\n\n");
    }
    const char *kept = text.len ? document_keep(doc, text.text, text.len) : NULL;
    str_clear(&text);
    return kept;
}

static void add_row(struct document *doc, const struct table *table, const struct row *row,
                    size_t question, size_t answer, struct finding *finding)
{
    if (question >= row->count || row->cells[question].start == row->cells[question].end)
        return;
    autofree char *title = cell_text(doc, row->cells[question]);
    const char *text = document_keep(doc, title, strlen(title));
    struct head head = {.text = text, .text_len = strlen(text), .label = label_read(text)};
    bool is_number = head.label.kind == LABEL_NUMBER && head.label.has_separator;
    struct entry *entry = array_add(finding->entries, finding->count, finding->cap);
    *entry = (struct entry){
        .title = flow_title(doc, &head, is_number),
        .line = row->line,
        .number = is_number ? head.label.number : -1,
        .level = LEVEL_NONE,
        .is_cell = true,
        .whole = {document_line_start(doc, row->line), document_line_start(doc, row->line + 1)},
        .more_note = other_columns(doc, table, row, question, answer),
    };
    if (answer < row->count)
        entry->answer = row->cells[answer];
}

static void collect_table(struct document *doc, const struct table *table, bool is_lenient,
                          struct finding *finding)
{
    struct column columns[COLUMNS] = {0};

    survey_columns(doc, table, columns);
    size_t question = question_column(doc, table, columns);
    if (question == COLUMNS || table->count < (is_lenient ? 1 : 2))
        return;
    size_t answer = answer_column(table, columns, question);
    if (answer == COLUMNS)
        return;
    for (size_t i = 0; i < table->count; i++)
        add_row(doc, table, &table->rows[i], question, answer, finding);
}

void recognise_table(struct document *doc, struct findings *findings)
{
    struct finding found = {.name = "table", .strength = 3};

    for (size_t i = 0; i < doc->block_count; i++) {
        struct table table = {0};
        if (doc->blocks[i].kind == BLOCK_PARAGRAPH && doc->blocks[i].depth == 0 &&
            read_table(doc, &doc->blocks[i], &table))
            collect_table(doc, &table, findings->is_lenient, &found);
        free(table.rows);
    }
    if (found.count >= (findings->is_lenient ? 1 : 2))
        *findings_add(findings, found.name, found.strength) = found;
    else
        free(found.entries);
}
