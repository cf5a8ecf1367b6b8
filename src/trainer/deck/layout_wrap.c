/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/deck/layout_build.h"

#define ZERO_WIDTH_SPACE  0x200B
#define ZERO_WIDTH_JOINER 0x200D

struct break_point {
    uint32_t end, next; /* the line ends here, the next one begins there */
    int end_cols, next_cols;
    enum layout_join join;
    bool is_set;
};

struct wrapper {
    const struct run *run;
    size_t piece;
    struct wrapped *wrapped;
    int limit, next_limit;
    uint32_t line_start;
    enum layout_join join; /* of the line at hand */
    int cols;              /* from line_start on */
    struct break_point best;
    uint32_t cluster; /* where the character that others are joined to begins */
    int cluster_cols;
    uint32_t before, previous; /* the two characters before this one */
};

static bool is_hangul(uint32_t code)
{
    return (code >= 0x1100 && code <= 0x11FF) || (code >= 0xAC00 && code <= 0xD7A3);
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code >= 0xC0;
}

static bool is_one_of(uint32_t code, const uint32_t *codes)
{
    for (; *codes; codes++)
        if (*codes == code)
            return true;
    return false;
}

/* Closing punctuation and small kana, which no line begins with. */
static bool is_never_first(uint32_t code)
{
    static const uint32_t codes[] = {
        '!',    '%',    ')',    ',',    '.',    ':',    ';',    '?',    ']',    '}',    0x2019,
        0x201D, 0x2026, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
        0x3017, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x309D,
        0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30FC, 0xFF01,
        0xFF05, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0,
    };

    return is_one_of(code, codes);
}

/* Opening punctuation, which no line ends in. */
static bool is_never_last(uint32_t code)
{
    static const uint32_t codes[] = {
        '(',    '[',    '{',    0x2018, 0x201C, 0x3008, 0x300A, 0x300C,
        0x300E, 0x3010, 0x3014, 0x3016, 0xFF08, 0xFF3B, 0xFF5B, 0,
    };

    return is_one_of(code, codes);
}

static bool is_wide(uint32_t code)
{
    return code >= 0x1100 && !is_hangul(code) && width_of_code(code) == 2;
}

static bool is_code(struct wrapper *wrapper, uint32_t at)
{
    const struct run *run = wrapper->run;

    while (wrapper->piece + 1 < run->piece_count && run->pieces[wrapper->piece + 1].start <= at)
        wrapper->piece++;
    return run->piece_count > 0 && run->pieces[wrapper->piece].style & SPAN_CODE;
}

/* Whether a line may end between the previous character and this one, with no blank there. */
static bool may_break_before(struct wrapper *wrapper, uint32_t code, uint32_t at)
{
    uint32_t previous = wrapper->previous;

    if (previous == ZERO_WIDTH_SPACE)
        return true;
    if (previous == ZERO_WIDTH_JOINER || previous == 0 || width_of_code(code) == 0)
        return false;
    if (previous == '-')
        return is_letter(code) && is_letter(wrapper->before) && !is_code(wrapper, at);
    if (previous < 0x1100 && code < 0x1100)
        return false;
    return (is_wide(previous) || is_wide(code)) && !is_never_first(code) &&
           !is_never_last(previous);
}

static void add_line(struct wrapper *wrapper, uint32_t end, int cols)
{
    struct wrapped *wrapped = wrapper->wrapped;
    struct wrapped_line *line = array_add(wrapped->lines, wrapped->line_count, wrapped->line_cap);

    *line = (struct wrapped_line){wrapper->line_start, end, cols, wrapper->join};
    wrapper->limit = wrapper->next_limit;
}

static void begin_line(struct wrapper *wrapper, uint32_t start, int cols, enum layout_join join)
{
    wrapper->line_start = start;
    wrapper->cols = cols;
    wrapper->cluster_cols = 0;
    wrapper->join = join;
    wrapper->best.is_set = false;
}

static void break_at_best(struct wrapper *wrapper)
{
    struct break_point best = wrapper->best;
    int cluster_cols = wrapper->cluster_cols - best.next_cols;

    add_line(wrapper, best.end, best.end_cols);
    begin_line(wrapper, best.next, wrapper->cols - best.next_cols, best.join);
    wrapper->cluster_cols = cluster_cols;
}

/* In the middle of a word, but not of a character that is joined from several. */
static void break_word(struct wrapper *wrapper, uint32_t at)
{
    bool is_joined =
        wrapper->previous == ZERO_WIDTH_JOINER && wrapper->cluster > wrapper->line_start;
    uint32_t end = is_joined ? wrapper->cluster : at;
    int cols = is_joined ? wrapper->cluster_cols : wrapper->cols;

    add_line(wrapper, end, cols);
    begin_line(wrapper, end, wrapper->cols - cols, LAYOUT_JOIN_WORD);
}

static void add_blank(struct wrapper *wrapper, uint32_t at)
{
    struct break_point *best = &wrapper->best;
    bool is_after_blank = best->is_set && best->next == at && best->join == LAYOUT_JOIN_BLANK;

    if (at == wrapper->line_start) { /* no line begins with a blank */
        wrapper->line_start = at + 1;
        if (wrapper->join == LAYOUT_JOIN_WORD)
            wrapper->join = LAYOUT_JOIN_BLANK;
        return;
    }
    if (!is_after_blank)
        *best = (struct break_point){.end = at, .end_cols = wrapper->cols, .is_set = true};
    wrapper->cols++;
    best->next = at + 1;
    best->next_cols = wrapper->cols;
    best->join = LAYOUT_JOIN_BLANK;
}

static void add_character(struct wrapper *wrapper, uint32_t code, uint32_t at)
{
    int cols = width_of_code(code);

    if (at > wrapper->line_start && may_break_before(wrapper, code, at))
        wrapper->best = (struct break_point){
            at, at, wrapper->cols, wrapper->cols, LAYOUT_JOIN_WORD, true,
        };
    while (cols > 0 && wrapper->cols + cols > wrapper->limit && at > wrapper->line_start) {
        if (wrapper->best.is_set)
            break_at_best(wrapper);
        else
            break_word(wrapper, at);
    }
    if (cols > 0 && wrapper->previous != ZERO_WIDTH_JOINER) {
        wrapper->cluster = at;
        wrapper->cluster_cols = wrapper->cols;
    }
    wrapper->cols += cols;
}

static void add_code(struct wrapper *wrapper, uint32_t code, uint32_t at)
{
    if (code == '\n') {
        add_line(wrapper, at, wrapper->cols);
        begin_line(wrapper, at + 1, 0, LAYOUT_JOIN_NONE);
    } else if (code == ' ') {
        add_blank(wrapper, at);
    } else {
        add_character(wrapper, code, at);
    }
    if (width_of_code(code) > 0 || code == ZERO_WIDTH_SPACE || code == ZERO_WIDTH_JOINER) {
        wrapper->before = wrapper->previous;
        wrapper->previous = code == ' ' || code == '\n' ? 0 : code;
    }
}

void wrap_range(const struct run *run, struct run_range range, int first_cols, int next_cols,
                struct wrapped *wrapped)
{
    struct wrapper wrapper = {
        .run = run,
        .piece = range.piece,
        .wrapped = wrapped,
        .limit = first_cols > 1 ? first_cols : 1,
        .next_limit = next_cols > 1 ? next_cols : 1,
        .line_start = range.start,
    };

    for (uint32_t at = range.start; at < range.end;) {
        uint32_t code;
        size_t bytes = utf8_decode(run->text.text + at, range.end - at, &code);
        add_code(&wrapper, code, at);
        at += (uint32_t)bytes;
    }
    if (range.end > wrapper.line_start)
        add_line(&wrapper, range.end, wrapper.cols);
}

void wrap_measure(const struct run *run, struct run_range range, int *line_cols, int *word_cols)
{
    int line = 0, word = 0;
    uint32_t previous = 0;

    *line_cols = *word_cols = 0;
    for (uint32_t at = range.start; at < range.end;) {
        uint32_t code;
        at += (uint32_t)utf8_decode(run->text.text + at, range.end - at, &code);
        bool is_apart = code == ' ' || code == '\n' || is_wide(code) || is_wide(previous);
        line = code == '\n' ? 0 : line + width_of_code(code);
        word = is_apart ? 0 : word;
        word += code == ' ' || code == '\n' ? 0 : width_of_code(code);
        *line_cols = line > *line_cols ? line : *line_cols;
        *word_cols = word > *word_cols ? word : *word_cols;
        previous = code;
    }
}
