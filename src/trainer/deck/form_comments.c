/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "trainer/deck/form.h"

#define KEY_LIMIT_BYTES 20

struct comment_reader {
    struct document *doc;
    form_take take;
    void *data;
};

static size_t key_len(const char *s, size_t len)
{
    size_t at = 0;

    while (at < len && at < KEY_LIMIT_BYTES && (isalpha((unsigned char)s[at]) || s[at] == '-'))
        at++;
    return at && at < len && s[at] == ':' ? at : 0;
}

static void read_comment_line(struct comment_reader *reader, size_t start, size_t end, int line)
{
    struct document *doc = reader->doc;
    char key[KEY_LIMIT_BYTES + 1];

    while (start < end && isspace((unsigned char)doc->text[start]))
        start++;
    while (end > start && isspace((unsigned char)doc->text[end - 1]))
        end--;
    if (start == end)
        return;
    size_t len = key_len(doc->text + start, end - start);
    memcpy(key, doc->text + start, len);
    key[len] = '\0';
    for (start += len + (len > 0); start < end && isspace((unsigned char)doc->text[start]);)
        start++;
    if (len == 0)
        document_warn(doc, line, _("this comment is not understood: it has no 'key: value'"));
    else if (!reader->take(doc, key, document_keep(doc, doc->text + start, end - start), line,
                           reader->data))
        document_warn(doc, line, _("the comment's '%s:' is not understood here"), key);
}

static void read_comment(struct comment_reader *reader, size_t start, size_t end)
{
    const struct document *doc = reader->doc;

    for (int line = document_line_at(doc, start); start < end; line++) {
        size_t line_end = document_line_end(doc, line);
        read_comment_line(reader, start, line_end < end ? line_end : end, line);
        start = document_line_start(doc, line + 1);
    }
}

void form_read_comments(struct document *doc, int first_line, int end_line, form_take take,
                        void *data)
{
    struct comment_reader reader = {.doc = doc, .take = take, .data = data};
    size_t end = document_line_end(doc, end_line);
    int line = first_line;

    while (line <= end_line) {
        size_t at = document_line_start(doc, line), line_end = document_line_end(doc, line);
        const char *open = memmem(doc->text + at, line_end - at, "<!--", 4);
        if (!open || doc->line_kinds[line - 1] == LINE_CODE) {
            line++;
            continue;
        }
        size_t start = (size_t)(open + 4 - doc->text);
        const char *close = memmem(doc->text + start, end - start, "-->", 3);
        size_t stop = close ? (size_t)(close - doc->text) : end;
        if (!close)
            document_warn(doc, line, _("this comment does not end"));
        read_comment(&reader, start, stop);
        line = document_line_at(doc, stop) + 1;
    }
}
