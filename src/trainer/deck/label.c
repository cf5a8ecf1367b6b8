/* SPDX-License-Identifier: MIT */
#include "trainer/deck/label.h"

#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/letters.h"

#define NUMBER_LIMIT      999999
#define LABEL_LIMIT_BYTES 300 /* a label that is longer is none */
#define PHRASE_WORDS      2   /* that may follow the first word of a label */
#define WORD_LIMIT_CODES  14  /* a longer word is no label */

struct cursor {
    const char *text;
    size_t at, len;
};

static uint32_t peek(const struct cursor *cursor, size_t *bytes)
{
    uint32_t code = 0;

    if (cursor->at < cursor->len && (unsigned char)cursor->text[cursor->at] < 0x80) {
        *bytes = 1;
        return (unsigned char)cursor->text[cursor->at];
    }

    *bytes = 0;
    if (cursor->at < cursor->len)
        *bytes = utf8_decode(cursor->text + cursor->at, cursor->len - cursor->at, &code);
    return code;
}

static void skip_blanks(struct cursor *cursor)
{
    size_t bytes;

    while (letters_is_blank(peek(cursor, &bytes)))
        cursor->at += bytes;
}

/* Symbols that decorate: "❓ 3. …", "# 3", "(3)", "【3】". */
static void skip_decoration(struct cursor *cursor)
{
    for (;;) {
        size_t bytes;
        uint32_t code = peek(cursor, &bytes);
        bool is_symbol = code == '#' || code == '(' || code == '[' || code == 0x3010 ||
                         code == 0xFF08 || code == 0xFE0F || code == 0x200D ||
                         (code >= 0x2190 && code <= 0x2BFF) || code >= 0x1F000;
        if (!bytes || (!is_symbol && !letters_is_blank(code)))
            return;
        cursor->at += bytes;
    }
}

static int read_number(struct cursor *cursor)
{
    int number = -1;
    size_t bytes;

    for (;;) {
        int digit = letters_digit(peek(cursor, &bytes));
        if (digit < 0 || !bytes)
            return number;
        number = (number < 0 ? 0 : number) * 10 + digit;
        if (number > NUMBER_LIMIT)
            return -1;
        cursor->at += bytes;
    }
}

/* "1.2.3": the last one counts. */
static int read_numbers(struct cursor *cursor)
{
    int number = read_number(cursor);

    while (number >= 0 && cursor->at < cursor->len && cursor->text[cursor->at] == '.') {
        struct cursor next = *cursor;
        next.at++;
        int part = read_number(&next);
        if (part < 0)
            break;
        number = part;
        *cursor = next;
    }
    return number;
}

/* 一 to 九十九, where 、 or the like follows. */
static int read_han_number(struct cursor *cursor)
{
    static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    struct cursor next = *cursor;
    int number = 0, digit = 1;

    while (digit) {
        size_t bytes;
        uint32_t code = peek(&next, &bytes);
        digit = 0;
        for (size_t i = 0; i < ARRAY_LEN(digits); i++)
            digit = code == digits[i] ? (int)i + 1 : digit;
        if (digit == 10)
            number = number ? number * 10 : 10;
        else
            number += digit;
        next.at += digit ? bytes : 0;
        if (!digit &&
            (number == 0 || number > 99 || (code != 0x3001 && code != 0xFF0E && code != '.')))
            return -1;
    }
    *cursor = next;
    return number;
}

static bool is_separator(uint32_t code)
{
    return code == '.' || code == ':' || code == ')' || code == ']' || code == 0x3001 ||
           code == 0xFF0E || code == 0xFF1A || code == 0xFF09 || code == 0x3011 || code == 0x3002 ||
           code == 0xFE0F || code == 0x20E3 || code == '/';
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2014 || code == '|' || code == 0x2192;
}

/* Takes ": ", ". ", " - ", ":-"; false where something else follows. */
static bool read_separator(struct cursor *cursor, bool is_sure, bool *has_colon)
{
    struct cursor start = *cursor;
    bool is_found = false;
    size_t bytes;
    uint32_t code;

    *has_colon = false;
    skip_blanks(cursor);
    while (is_separator(code = peek(cursor, &bytes)) || is_dash(code)) {
        *has_colon |= code == ':' || code == 0xFF1A;
        is_found = true;
        cursor->at += bytes;
        if (is_dash(code) && cursor->at < cursor->len && !letters_is_blank(peek(cursor, &bytes)))
            break;
    }
    code = peek(cursor, &bytes);
    /* "3.5 inch", "1/2" and "q.v" are no labels; scripts without blanks need none behind one, nor
     * do labels that are sure ("Q93.In") */
    bool is_glued = !*has_colon && code < 0x80 && bytes && !letters_is_blank(code) &&
                    !strchr("\"'`", (int)code) && cursor->at == start.at + 1;
    if (!is_found || (is_glued && !is_sure)) {
        *cursor = start;
        return false;
    }
    skip_blanks(cursor);
    return true;
}

static size_t add_code(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to = (char)code;
        return 1;
    }
    struct str encoded = STR_INIT;
    utf8_add(&encoded, code);
    size_t len = encoded.len;
    memcpy(to, encoded.text, len);
    str_clear(&encoded);
    return len;
}

static size_t read_word(struct cursor *cursor, char *word)
{
    size_t codes = 0, len = 0, bytes;
    uint32_t code;

    while (letters_is_letter(code = peek(cursor, &bytes)) && letters_digit(code) < 0) {
        if (++codes > WORD_LIMIT_CODES || len + 8 > LABEL_WORD_BYTES)
            return 0;
        len += add_code(word + len, letters_lower(code));
        cursor->at += bytes;
    }
    word[len] = '\0';
    return codes;
}

/* "Answer (short):" */
static void skip_remark(struct cursor *cursor)
{
    struct cursor start = *cursor;
    size_t bytes;

    skip_blanks(cursor);
    if (peek(cursor, &bytes) != '(') {
        *cursor = start;
        return;
    }
    while (cursor->at < cursor->len && cursor->text[cursor->at] != ')' &&
           cursor->text[cursor->at] != '\n')
        cursor->at++;
    if (cursor->at < cursor->len && cursor->text[cursor->at] == ')')
        cursor->at++;
    else
        *cursor = start;
}

/* "Correct answer:" is a label by its last word. */
static void skip_to_answer_word(struct cursor *cursor, char *word)
{
    struct cursor next = *cursor;
    char later[LABEL_WORD_BYTES];
    size_t bytes;

    for (int i = 0; i < PHRASE_WORDS; i++) {
        skip_blanks(&next);
        if (read_word(&next, later) < 2)
            return;
        if (label_is_answer_word(later) && (peek(&next, &bytes) == ':' || bytes == 0)) {
            memcpy(word, later, sizeof(later));
            *cursor = next;
            return;
        }
    }
}

/* "Câu hỏi 3:" and "Interview question 3:" are labels by their number; the last word counts. */
static void skip_to_number(struct cursor *cursor, char *word)
{
    struct cursor next = *cursor;
    char later[LABEL_WORD_BYTES];
    size_t bytes;

    for (int i = 0; i < PHRASE_WORDS; i++) {
        bool has_colon;
        skip_blanks(&next);
        if (read_word(&next, later) < 2)
            return;
        struct cursor number = next;
        skip_blanks(&number);
        if (peek(&number, &bytes) == '#')
            number.at += bytes;
        if (read_number(&number) < 0 || !read_separator(&number, true, &has_colon))
            continue;
        memcpy(word, later, sizeof(later));
        *cursor = next;
        return;
    }
}

static bool read_word_label(struct cursor *cursor, struct label *label)
{
    size_t bytes;
    bool has_colon;
    size_t codes = read_word(cursor, label->word);

    if (codes == 0)
        return false;
    struct cursor end_of_word = *cursor;
    skip_to_number(cursor, label->word);
    skip_blanks(cursor);
    while (peek(cursor, &bytes) == '.' || peek(cursor, &bytes) == '-' ||
           peek(cursor, &bytes) == '#' || letters_is_blank(peek(cursor, &bytes)))
        cursor->at += bytes;
    label->number = read_number(cursor);
    if (label->number >= 0) {
        struct cursor end_of_number = *cursor;
        label->kind = LABEL_WORD_NUMBER;
        label->has_separator =
            read_separator(cursor, label_is_question_word(label->word), &has_colon);
        if (!label->has_separator) {
            *cursor = end_of_number;
            skip_blanks(cursor);
        }
        return label->has_separator ||
               (cursor->at > end_of_number.at && label_is_question_word(label->word));
    }
    *cursor = end_of_word;
    skip_to_answer_word(cursor, label->word);
    if (label_is_answer_word(label->word))
        skip_remark(cursor);
    label->kind = LABEL_WORD;
    label->has_separator = read_separator(cursor, false, &has_colon);
    return label->has_separator &&
           (has_colon || codes == 1 || label_is_question_word(label->word) ||
            label_is_answer_word(label->word));
}

struct label label_read(const char *text)
{
    struct label label = {.number = -1};
    struct cursor cursor = {.text = text, .len = strnlen(text, LABEL_LIMIT_BYTES)};
    bool has_colon;

    skip_decoration(&cursor);
    size_t start = cursor.at;
    label.number = read_numbers(&cursor);
    if (label.number < 0)
        label.number = read_han_number(&cursor);
    if (label.number >= 0) {
        size_t end = cursor.at;
        label.kind = LABEL_NUMBER;
        label.has_separator = read_separator(&cursor, false, &has_colon);
        if (!label.has_separator) {
            cursor.at = end;
            skip_blanks(&cursor);
        }
        label.len = cursor.at;
        if (!label.has_separator && cursor.at == end)
            label = (struct label){.number = -1};
        return label;
    }
    cursor.at = start;
    if (read_word_label(&cursor, &label))
        label.len = cursor.at;
    else
        label = (struct label){.number = -1};
    return label;
}

bool label_has_letters(const char *text)
{
    size_t len = strlen(text);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        if (letters_is_letter(code) || letters_digit(code) >= 0)
            return true;
    }
    return false;
}

static bool is_markup(char c)
{
    return c == '*' || c == '_' || c == ' ' || c == '\t' || c == '>' || c == '#';
}

size_t label_source_bytes(const char *line, size_t len, const struct label *label,
                          bool *is_bold_open)
{
    struct cursor cursor = {.text = line, .len = len};
    int opened = 0;
    bool has_colon;
    char word[LABEL_WORD_BYTES];

    *is_bold_open = false;
    for (size_t before = SIZE_MAX; before != cursor.at;) {
        before = cursor.at;
        while (cursor.at < len && is_markup(line[cursor.at]))
            opened += line[cursor.at++] == '*';
        skip_decoration(&cursor);
    }
    for (int i = 0; i <= PHRASE_WORDS; i++) {
        if (read_word(&cursor, word) == 0)
            return 0;
        if (strcmp(word, label->word) == 0)
            break;
        skip_blanks(&cursor);
    }
    if (strcmp(word, label->word) != 0)
        return 0;
    while (cursor.at < len && (is_markup(line[cursor.at]) || strchr(".-#", line[cursor.at])) &&
           label->number >= 0)
        opened -= line[cursor.at++] == '*';
    if (label->number >= 0 && read_number(&cursor) < 0)
        return 0;
    while (cursor.at < len && (line[cursor.at] == '*' || line[cursor.at] == '_'))
        opened -= line[cursor.at++] == '*';
    if (label_is_answer_word(word))
        skip_remark(&cursor);
    read_separator(&cursor, true, &has_colon);
    while (cursor.at < len && (line[cursor.at] == '*' || line[cursor.at] == '_') && opened > 0)
        opened -= line[cursor.at++] == '*';
    skip_blanks(&cursor);
    *is_bold_open = opened > 0;
    return cursor.at;
}

bool label_is_answer_only(const char *text, size_t len)
{
    if (len == 0 || len > LABEL_WORD_BYTES)
        return false;
    struct str closed = STR_INIT;
    str_add_bytes(&closed, text, len);
    if (closed.text[len - 1] != ':')
        str_add_char(&closed, ':');
    struct label label = label_read(closed.text);
    bool is_word = label.kind == LABEL_WORD || label.kind == LABEL_WORD_NUMBER;
    bool is_only =
        is_word && label.len == closed.len && label.word[1] && label_is_answer_word(label.word);
    str_clear(&closed);
    return is_only;
}
