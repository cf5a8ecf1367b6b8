/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "trainer/deck/layout_build.h"

/* cmark 0.30.2 takes quadratic time for two kinds of input, which are defused here: blank lines
 * below deeply nested lists (it asks every list about every blank line), and links between images
 * that are not closed (CVE-2023-22486). */
#define BLANK_LINES_MOST 64
#define IMAGES_MOST      200 /* in lines without a blank one between; more are shown as links */

struct source {
    struct str text;
    size_t blank_lines; /* in a row, up to here */
    size_t images;
};

static void add_line(struct source *source, const char *line, size_t len)
{
    size_t start = 0;

    for (size_t at = 0; at + 1 < len; at++) {
        if (line[at] != '!' || line[at + 1] != '[' || source->images++ < IMAGES_MOST)
            continue;
        str_add_bytes(&source->text, line + start, at - start);
        str_add_char(&source->text, '\\');
        start = at;
    }
    str_add_bytes(&source->text, line + start, len - start);
}

char *source_prepare(const char *markdown)
{
    struct source source = {.text = STR_INIT};

    while (*markdown) {
        size_t len = strcspn(markdown, "\r\n");
        if (strspn(markdown, " \t") >= len) {
            source.blank_lines++;
            source.images = 0;
        } else {
            source.blank_lines = 0;
        }
        if (source.blank_lines <= BLANK_LINES_MOST)
            add_line(&source, markdown, len);
        markdown += len;
        if (*markdown && source.blank_lines <= BLANK_LINES_MOST)
            str_add_char(&source.text, '\n');
        markdown += str_starts(markdown, "\r\n") ? 2 : *markdown != '\0';
    }
    return str_steal(&source.text);
}
