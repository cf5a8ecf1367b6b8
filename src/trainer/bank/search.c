/* SPDX-License-Identifier: MIT
 * Full-text search by words. The tokenizer of the index also cuts the words that are looked for, so
 * that both agree on what a word is. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"
#include "trainer/bank/bank_internal.h"

#define SHORT_WORD_CHARACTERS 2 /* such a beginning is only looked for in titles */

/* --- Scripts without blanks between words */

/* Thai, Lao, Myanmar, Khmer, kana and Han; Hangul is written with blanks. */
static bool is_unspaced(uint32_t code)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x0E01, 0x0E3A},   {0x0E40, 0x0E4E},   {0x0E81, 0x0EDF}, {0x1000, 0x109F},
        {0x1780, 0x17D3},   {0x3005, 0x3007},   {0x3041, 0x30FF}, {0x31F0, 0x31FF},
        {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF}, {0xFF66, 0xFF9F},
        {0x20000, 0x2FA1F}, {0x30000, 0x323AF},
    };

    for (size_t i = 0; i < ARRAY_LEN(ranges) && code >= ranges[i].first; i++) {
        if (code <= ranges[i].last)
            return true;
    }
    return false;
}

static bool is_ascii(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80)
            return false;
    }
    return true;
}

/* Bytes of the run at `text` that is all of one kind. */
static size_t run_length(const char *text, size_t len, bool unspaced)
{
    size_t at = 0;
    uint32_t code;

    while (at < len) {
        size_t size = utf8_decode(text + at, len - at, &code);
        if (is_unspaced(code) != unspaced)
            break;
        at += size;
    }
    return at;
}

/* Pairs of neighbours, and the last character alone: so each character begins a word of the index.
 */
static void add_pairs(struct str *parts, const char *run, size_t len)
{
    uint32_t code;

    for (size_t at = 0; at < len;) {
        size_t size = utf8_decode(run + at, len - at, &code);
        size_t next = at + size < len ? utf8_decode(run + at + size, len - at - size, &code) : 0;
        str_add_char(parts, ' ');
        str_add_bytes(parts, run + at, size + next);
        at += size;
    }
}

void search_add_parts(struct str *parts, const char *text)
{
    size_t len = strlen(text);
    bool has_unspaced = false;

    if (is_ascii(text))
        return;
    for (size_t at = 0; at < len;) {
        size_t other = run_length(text + at, len - at, false);
        size_t run = run_length(text + at + other, len - at - other, true);
        /* What stands right beside such a script would else be one word with it. */
        if (run > 0 || has_unspaced) {
            str_add_char(parts, ' ');
            str_add_bytes(parts, text + at, other);
        }
        add_pairs(parts, text + at + other, run);
        has_unspaced |= run > 0;
        at += other + run;
    }
}

/* --- The words of a search */

static fts5_api *find_fts(struct bank *bank, struct error *err)
{
    auto_statement struct statement *statement = bank_prepare(bank, "SELECT fts5(?1)", err);
    fts5_api *api = NULL;

    if (!statement)
        return NULL;
    sqlite3_bind_pointer(statement->handle, 1, &api, "fts5_api_ptr", NULL);
    if (statement_run(statement, err))
        return NULL;
    return api;
}

struct query {
    struct str all;    /* the words but the last one: "docker" AND "volume" */
    struct str latest; /* the word that may go on */
    bool is_pair;      /* of characters, which do not go on */
};

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* The word that was the last one so far is whole; a single character begins a pair. */
static void finish_word(struct query *query)
{
    bool is_beginning = query->is_pair && count_characters(query->latest.text) == 1;

    if (query->latest.len > 0)
        str_addf(&query->all, "%s\"%s\"%s", query->all.len > 0 ? " AND " : "", query->latest.text,
                 is_beginning ? " *" : "");
}

static void push_word(struct query *query, const char *word, size_t len, bool is_pair)
{
    finish_word(query);
    str_truncate(&query->latest, 0);
    str_add_bytes(&query->latest, word, len);
    query->is_pair = is_pair;
}

/* A run of a script without blanks is found by its pairs. */
static void push_run(struct query *query, const char *run, size_t len)
{
    uint32_t code;
    size_t size = utf8_decode(run, len, &code);

    if (size == len)
        push_word(query, run, len, true);
    for (size_t at = 0; at + size < len;) {
        size_t next = utf8_decode(run + at + size, len - at - size, &code);
        push_word(query, run + at, size + next, true);
        at += size;
        size = next;
    }
}

static int push_token(void *data, int flags, const char *token, int len, int start, int end)
{
    struct query *query = data;

    for (size_t at = 0; at < (size_t)len;) {
        size_t other = run_length(token + at, (size_t)len - at, false);
        size_t run = run_length(token + at + other, (size_t)len - at - other, true);
        if (other > 0)
            push_word(query, token + at, other, false);
        if (run > 0)
            push_run(query, token + at + other, run);
        at += other + run;
    }
    return SQLITE_OK;
}

static int tokenize(struct bank *bank, const char *words, struct query *query, struct error *err)
{
    static const char *arguments[] = {"remove_diacritics", "2"};
    fts5_api *api = find_fts(bank, err);
    fts5_tokenizer functions;
    Fts5Tokenizer *tokenizer;
    void *context;

    if (!api)
        return -1;
    if (api->xFindTokenizer(api, "unicode61", &context, &functions) != SQLITE_OK ||
        functions.xCreate(context, arguments, ARRAY_LEN(arguments), &tokenizer) != SQLITE_OK)
        return bank_fail(bank, err);
    int result = functions.xTokenize(tokenizer, query, FTS5_TOKENIZE_QUERY, words,
                                     (int)strlen(words), push_token);
    functions.xDelete(tokenizer);
    return result == SQLITE_OK ? 0 : bank_fail(bank, err);
}

/* The last word is a beginning, except that short ones would begin nearly everything: they are
 * beginnings where all words are in the title, else whole words. */
static void write_query(const struct query *query, bool ends, bool only_titles, struct str *match)
{
    const char *last = query->latest.text;
    bool is_short = !query->is_pair && count_characters(last) <= SHORT_WORD_CHARACTERS;
    bool is_whole = ends || (query->is_pair && count_characters(last) > 1);

    if (only_titles)
        str_add(match, "{title} : (");
    str_add(match, query->all.text);
    if (query->all.len > 0)
        str_add(match, " AND ");
    str_addf(match, "\"%s\"%s", last, is_whole || (is_short && !only_titles) ? "" : " *");
    if (only_titles)
        str_add_char(match, ')');
}

/* --- The hits */

struct hits {
    int64_t *items;
    size_t len, cap;
};

static int run_query(struct bank *bank, const char *match, struct hits *hits, struct error *err)
{
    auto_statement struct statement *rows =
        bank_prepare(bank, "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid", err);
    int found;

    if (!rows)
        return -1;
    bind_text(rows, 1, match);
    while ((found = statement_step(rows, err)) == 1)
        *array_add(hits->items, hits->len, hits->cap) = column_integer(rows, 0);
    return found;
}

/* Both are in the order of numbers; those of `all` that are not in `first` go behind. */
static void append_others(struct hits *first, const struct hits *all)
{
    size_t title_count = first->len, at = 0;

    array_grow(first->items, first->len, first->cap, all->len + 1);
    for (size_t i = 0; i < all->len; i++) {
        while (at < title_count && first->items[at] < all->items[i])
            at++;
        if (at == title_count || first->items[at] != all->items[i])
            first->items[first->len++] = all->items[i];
    }
}

static int find_hits(struct bank *bank, const struct query *query, bool ends, struct hits *titles,
                     struct hits *all, struct error *err)
{
    autostr struct str in_titles = STR_INIT, anywhere = STR_INIT;

    write_query(query, ends, true, &in_titles);
    write_query(query, ends, false, &anywhere);
    if (run_query(bank, in_titles.text, titles, err))
        return -1;
    return run_query(bank, anywhere.text, all, err);
}

int search_words(struct bank *bank, const char *words, int64_t **numbers, size_t *count,
                 size_t *title_count, struct error *err)
{
    struct query query = {.all = STR_INIT, .latest = STR_INIT};
    struct hits titles = {0}, all = {0};
    bool ends = *words && strchr(" \t\n", words[strlen(words) - 1]);
    int result = tokenize(bank, words, &query, err);

    if (result == 0 && query.latest.len > 0)
        result = find_hits(bank, &query, ends, &titles, &all, err);
    str_clear(&query.all);
    str_clear(&query.latest);
    if (result == 0) {
        *title_count = titles.len;
        append_others(&titles, &all);
        *numbers = steal_ptr(&titles.items);
        *count = titles.len;
    }
    free(titles.items);
    free(all.items);
    return result;
}
