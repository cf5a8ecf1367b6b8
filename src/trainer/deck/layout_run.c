/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/deck/layout_build.h"

void run_init(struct run *run)
{
    *run = (struct run){.text = STR_INIT};
}

void run_reset(struct run *run)
{
    str_truncate(&run->text, 0);
    run->piece_count = 0;
    run->is_soft_break_pending = false;
}

void run_free(struct run *run)
{
    str_clear(&run->text);
    free(run->pieces);
}

void run_set_style(struct run *run, uint16_t style, uint16_t link)
{
    struct run_piece *last = run->piece_count ? &run->pieces[run->piece_count - 1] : NULL;

    if (last && last->style == style && last->link == link)
        return;
    if (!last || last->start != run->text.len)
        last = array_add(run->pieces, run->piece_count, run->piece_cap);
    *last = (struct run_piece){(uint32_t)run->text.len, style, link};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_in_blank(const struct run *run)
{
    return run->text.len == 0 || is_blank(run->text.text[run->text.len - 1]);
}

/* Chinese and Japanese: written without blanks between words. */
static bool is_written_without_blanks(uint32_t code)
{
    return code >= 0x2E80 && width_of_code(code) == 2 && !(code >= 0xAC00 && code <= 0xD7A3) &&
           code < 0x1F000;
}

/* A line break in the source is a blank, but between two characters of a script without blanks. */
static void resolve_soft_break(struct run *run, const char *text, size_t len)
{
    uint32_t before = 0, after;
    size_t last = utf8_previous(run->text.text, run->text.len, run->text.len);

    run->is_soft_break_pending = false;
    if (ends_in_blank(run))
        return;
    utf8_decode(run->text.text + run->text.len - last, last, &before);
    utf8_decode(text, len, &after);
    if (!is_written_without_blanks(before) || !is_written_without_blanks(after))
        str_add_char(&run->text, ' ');
}

void run_add(struct run *run, const char *text, size_t len)
{
    if (len > 0 && run->is_soft_break_pending)
        resolve_soft_break(run, text, len);
    for (size_t at = 0; at < len;) {
        size_t start = at;
        while (at < len && !is_blank(text[at]))
            at++;
        utf8_add_visible(&run->text, text + start, at - start, false);
        if (at < len && !ends_in_blank(run))
            str_add_char(&run->text, ' ');
        while (at < len && is_blank(text[at]))
            at++;
    }
}

void run_add_verbatim(struct run *run, const char *text, size_t len)
{
    if (len > 0 && run->is_soft_break_pending)
        resolve_soft_break(run, text, len);
    for (size_t at = 0; at < len;) {
        size_t start = at;
        while (at < len && (!is_blank(text[at]) || text[at] == ' '))
            at++;
        utf8_add_visible(&run->text, text + start, at - start, false);
        if (at < len)
            str_add_char(&run->text, ' ');
        at += at < len;
    }
}

void run_add_break(struct run *run)
{
    while (run->text.len > 0 && run->text.text[run->text.len - 1] == ' ')
        str_truncate(&run->text, run->text.len - 1);
    while (run->piece_count > 0 && run->pieces[run->piece_count - 1].start > run->text.len)
        run->pieces[run->piece_count - 1].start = (uint32_t)run->text.len;
    str_add_char(&run->text, '\n');
    run->is_soft_break_pending = false;
}

void run_add_soft_break(struct run *run)
{
    run->is_soft_break_pending = true;
}

struct run_range run_range_from(const struct run *run, size_t start, size_t piece)
{
    size_t end = run->text.len;

    while (start < end && is_blank(run->text.text[start]))
        start++;
    while (end > start && is_blank(run->text.text[end - 1]))
        end--;
    return (struct run_range){(uint32_t)start, (uint32_t)end, piece};
}

struct run_range run_range_all(const struct run *run)
{
    return run_range_from(run, 0, 0);
}
