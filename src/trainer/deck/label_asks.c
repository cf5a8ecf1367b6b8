/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "trainer/deck/label.h"
#include "trainer/deck/letters.h"

#define WEIGHT_LEAST 2 /* "x?" and "*?" are expressions */

static bool is_question_mark(uint32_t code)
{
    return code == '?' || code == 0xFF1F || code == 0x61F || code == 0x37E || code == 0x55E ||
           code == 0x1367 || code == 0x2048 || code == 0x2047 || code == 0x2049 || code == 0x203D ||
           code == 0xA60F || code == 0x2CFA;
}

static bool is_greek(uint32_t code)
{
    return (code >= 0x370 && code <= 0x3FF && code != 0x37E) || (code >= 0x1F00 && code <= 0x1FFF);
}

static bool ends_word(uint32_t code)
{
    return code == 0 || letters_is_blank(code) || (code >= 0x80 && !letters_is_letter(code)) ||
           strchr("?!\"')]*_.,;:", (int)code);
}

/* "v?.x" */
static bool is_inside_word(const char *text, size_t at, size_t len)
{
    uint32_t code = 0;

    if (at + 1 < len && text[at] == '.')
        utf8_decode(text + at + 1, len - at - 1, &code);
    return letters_is_letter(code);
}

/* What may follow the mark at the end of a question. */
static bool is_closing(uint32_t code)
{
    return letters_is_blank(code) ||
           (code < 0x80 && !letters_is_letter(code) && letters_digit(code) < 0) ||
           (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3008 && code <= 0x3011) ||
           code >= 0x1F000 || code == 0xFE0F || code == 0xFF09 || code == 0xBB;
}

struct asking {
    bool asks, ends;
};

/* Most texts are ASCII and ask nothing: seen without looking at each character. */
static bool may_ask(const char *text, size_t len)
{
    if (memchr(text, '?', len))
        return true;
    for (size_t at = 0; at < len; at++)
        if ((unsigned char)text[at] >= 0x80)
            return true;
    return false;
}

static struct asking look_for_marks(const char *text, size_t len)
{
    struct asking result = {0};
    if (!may_ask(text, len))
        return result;
    bool has_greek = false;
    int brackets = 0, weight = 0;

    for (size_t at = 0; at < len;) {
        uint32_t code, next = 0;
        at += utf8_decode(text + at, len - at, &code);
        if (at < len)
            utf8_decode(text + at, len - at, &next);
        has_greek |= is_greek(code);
        bool is_mark = is_question_mark(code) || (code == ';' && has_greek);
        if (weight < WEIGHT_LEAST && letters_is_letter(code))
            weight += code >= 'a' && code <= 'z' ? 1 : WEIGHT_LEAST;
        bool is_end = code >= 0x80 ||
                      (weight >= WEIGHT_LEAST && ends_word(next) && !is_inside_word(text, at, len));
        if (is_mark && is_end) {
            result = (struct asking){.asks = true, .ends = true};
            brackets = 0;
        } else if (code == 0xBF) { /* ¿ */
            result.asks = true;
        } else if (code == '(' || code == '[' || code == 0xFF08) {
            brackets++; /* "…? (senior)" still ends in a question */
        } else if (code == ')' || code == ']' || code == 0xFF09) {
            brackets -= brackets > 0;
        } else if (!is_mark && !brackets && !is_closing(code)) {
            result.ends = false;
        }
    }
    return result;
}

/* What joins a question and its answer: a dash, an arrow, a colon. */
static bool is_joint(uint32_t code)
{
    return code == '-' || code == ':' || code == 0x2013 || code == 0x2014 || code == 0x2192 ||
           code == 0xFF1A;
}

static size_t skip_blanks(const char *text, size_t at, size_t len)
{
    while (at < len && (text[at] == ' ' || text[at] == '\t'))
        at++;
    return at;
}

size_t label_inline_question(const char *text, size_t len, size_t *behind)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        size_t joint = skip_blanks(text, at, len);
        if (!is_question_mark(code) || joint >= len)
            continue;
        size_t after = joint + utf8_decode(text + joint, len - joint, &code);
        size_t answer = skip_blanks(text, after, len);
        if (!is_joint(code) || answer == after)
            continue;
        *behind = answer;
        return answer < len ? at : 0;
    }
    return 0;
}

/* Sentences of languages that ask by a last syllable, not by a mark. */
static bool ends_in_particle(const char *text, size_t len)
{
    static const char *const particles[] = {"か",   "か。", "吗",   "吗。", "呢",
                                            "呢。", "嗎",   "嗎。", "까",   "까."};

    while (len && (text[len - 1] == ' ' || text[len - 1] == '\n'))
        len--;
    if (len < 3 || ((unsigned char)text[len - 1] < 0x80 && (unsigned char)text[len - 2] < 0x80))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(particles); i++) {
        size_t bytes = strlen(particles[i]);
        if (len > bytes && memcmp(text + len - bytes, particles[i], bytes) == 0)
            return true;
    }
    return false;
}

bool label_asks(const char *text, size_t len)
{
    return look_for_marks(text, len).asks || ends_in_particle(text, len);
}

bool label_ends_asking(const char *text, size_t len)
{
    return look_for_marks(text, len).ends || ends_in_particle(text, len);
}
