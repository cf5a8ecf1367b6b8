/* SPDX-License-Identifier: MIT
 * Layout of any Markdown at any width: the first two bytes choose the width, the characters and
 * what is searched for. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/deck/layout.h"
#include "trainer/deck/pattern.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Widths of characters are the locale's. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    i18n_init();
    return 0;
}

static void require(bool is_true)
{
    if (!is_true)
        abort();
}

static void check_characters(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(text + at, len - at, &code);
        require(!utf8_is_control(code));
    }
}

/* Spans cover their line without gaps, and each is whole characters. */
static void check_line(const struct layout *layout, const struct layout_line *line)
{
    uint32_t at = line->start;

    require(line->body <= line->len);
    require(line->cols <= layout->cols);
    require(line->cols == width_of(layout->text + line->start, line->len));
    require(layout->text[line->start + line->len] == '\n');
    for (uint32_t i = 0; i < line->span_count; i++) {
        const struct span *span = &layout->spans[line->first_span + i];
        require(line->first_span + i < layout->span_count);
        require(span->start == at && span->len > 0);
        require(utf8_is_valid(layout->text + at, span->len));
        require(span->link <= layout->link_count);
        check_characters(layout->text + at, span->len);
        at += span->len;
    }
    require(at == line->start + line->len);
}

static void check(const struct layout *layout)
{
    uint32_t at = 0;

    for (size_t i = 0; i < layout->line_count; i++) {
        require(layout->lines[i].start == at);
        check_line(layout, &layout->lines[i]);
        at += layout->lines[i].len + 1;
    }
    require(layout->text[at] == '\0');
    if (layout->line_count > 0) {
        require(layout->lines[0].len > 0);
        require(layout->lines[layout->line_count - 1].len > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sources[] = {"a", "\\w+ \\w+", "(a|b)*\\s", ""};
    struct error err;

    if (size < 2)
        return 0;
    autofree char *markdown = xstrndup((const char *)data + 2, size - 2);
    auto_layout struct layout *layout = layout_new(markdown, data[0] & 127, data[0] >> 7);
    check(layout);
    auto_pattern struct pattern *pattern = pattern_new(sources[data[1] % ARRAY_LEN(sources)], &err);
    layout_mark(layout, pattern);
    check(layout);
    layout_mark(layout, NULL);
    check(layout);
    return 0;
}
