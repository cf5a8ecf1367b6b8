/* SPDX-License-Identifier: MIT
 * Tests of the layout of Markdown: text, styles, links, code, matches; at any width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/width.h"
#include "trainer/deck/layout.h"
#include "trainer/deck/pattern.h"

/* ---- Text ---- */

static const struct {
    const char *markdown;
    int cols;
    bool is_ascii;
    const char *text;
} text_cases[] = {
    {"", 80, false, ""},
    {"\n\n  \n", 80, false, ""},
    {"one two three", 7, false, "one two\nthree\n"},
    {"one two three", 3, false, "one\ntwo\nthr\nee\n"},
    {"one two", 1, false, "o\nn\ne\nt\nw\no\n"},
    {"one\ntwo   three\tfour", 80, false, "one two three four\n"},
    {"one  \ntwo\\\nthree", 80, false, "one\ntwo\nthree\n"},
    {"copy-on-write", 9, false, "copy-on-\nwrite\n"},
    {"use --mount-type", 12, false, "use --mount-\ntype\n"},
    {"`copy-on-write`", 9, false, "copy-on-w\nrite\n"},
    {"a `b  c` d", 80, false, "a b  c d\n"},
    {"# Title\ntext\n\n\n\nmore\n", 80, false, "Title\n\ntext\n\nmore\n"},
    {"a\n***\nb", 5, false, "a\n\n─────\n\nb\n"},
    {"a\n***\nb", 5, true, "a\n\n-----\n\nb\n"},
    /* lists */
    {"- one\n- two\n  - three\n- four", 80, false, "• one\n• two\n  ◦ three\n• four\n"},
    {"- one\n- two\n  - three\n- four", 80, true, "- one\n- two\n  * three\n- four\n"},
    {"- one\n\n- two", 80, false, "• one\n\n• two\n"},
    {"- one two three", 13, false, "• one two\n  three\n"},
    {"9. nine\n10. ten eleven", 20, false, " 9. nine\n10. ten eleven\n"},
    {"9. nine\n10. ten eleven twelve", 20, false, " 9. nine\n10. ten eleven\n    twelve\n"},
    {"1) a\n2) b", 20, false, "1) a\n2) b\n"},
    {"0. a", 20, false, "0. a\n"},
    {"-\n- a", 20, false, "•\n• a\n"},
    {"- - a\n  - b", 20, false, "• ◦ a\n  ◦ b\n"},
    {"- a\n\n  b\n- c", 20, false, "• a\n\n  b\n\n• c\n"},
    {"- ```\n  code\n  ```\n- b", 20, false, "•   code\n• b\n"},
    {"- [ ] open\n- [x] done\n- [X] too\n- [y] no", 20, false, "☐ open\n☑ done\n☑ too\n• [y] no\n"},
    {"- [ ] open\n- [x] done", 20, true, "[ ] open\n[x] done\n"},
    {"1. [x] done", 20, false, "1. ☑ done\n"},
    {"- [x]", 20, false, "☑\n"},
    {"- <!-- nothing -->\n- a", 20, false, "•\n• a\n"},
    /* quotes */
    {"> one\n> two\n>\n> three", 80, false, "│ one two\n│\n│ three\n"},
    {"> one two", 6, true, "one\ntwo\n"},
    {"> one two three", 14, true, "| one two\n| three\n"},
    {"> a\n> > b\n\nc", 80, false, "│ a\n│\n│ │ b\n\nc\n"},
    {"> - a\n>\n>   b", 80, false, "│ • a\n│\n│   b\n"},
    {"- > a\n  > b", 80, false, "• │ a b\n"},
    /* code */
    {"```sh\nls -l\n\n  x\n```", 4, false, "  ls -l\n\n    x\n"},
    {"    a\n    \tb", 80, false, "  a\n          b\n"},
    {"```\n\n\na\n\n```\nb", 80, false, "  a\n\nb\n"},
    {"```\n\n```\nb", 80, false, "b\n"},
    {"> ```\n> a\n>\n> b\n> ```", 80, false, "│   a\n│\n│   b\n"},
    {"```\na\tb\tc\n12345678\td\n```", 80, false, "  a       b       c\n  12345678        d\n"},
    /* links and images */
    {"[a](http://b) and [c](d)", 80, false, "a[1] and c[2]\n"},
    {"<http://b.c> <a@b.c>", 80, false, "http://b.c a@b.c\n"},
    {"[here](#there)", 80, false, "here\n"},
    {"![alt *text*](a.png) ![](b.png)", 80, false, "alt text[1] image[2]\n"},
    {"[![badge](a.svg)](http://b)", 80, false, "badge[1]\n"},
    {"[x]\n\n[x]: http://b", 80, false, "x[1]\n"},
    {"a ~~b~~", 80, false, "a ~~b~~\n"},
    /* HTML */
    {"<!-- a -->\n\nb <!-- c --> d", 80, false, "b d\n"},
    {"a<br>b<br/>c", 80, false, "a\nb\nc\n"},
    {"<details>\n<summary>More <i>here</i></summary>\n\n- a\n\n</details>\n\nb", 80, false,
     "More here\n\n• a\n\nb\n"},
    {"<p>one<br>two</p>\n<p>three &lt;&amp;&#65;&copy;&nope;</p>", 80, false,
     "one\ntwo\n\nthree <&A©&nope;\n"},
    {"<ul><li>one two three</li><li>two</li></ul>", 12, false, "• one two\n  three\n• two\n"},
    {"<ul>\n<li>one</li>\n<li>two\n</ul>", 80, false, "• one\n• two\n"},
    {"<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>", 80, false,
     "a │ b\nc │ d\n"},
    {"<pre>\n  a &lt;\n<b>b</b>\n</pre>", 80, false, "    a <\n  b\n"},
    {"<script>\nalert(1)\n</script>\n\na", 80, false, "a\n"},
    {"<img src=\"a.png\" alt=\"a b\"><a href='c'>d</a>", 80, false, "a b[1]d[2]\n"},
    {"a &lt;b&gt; &amp;amp;", 80, false, "a <b> &amp;\n"},
    {"<h2>Head</h2>\n<hr>\nx < y", 80, false,
     "Head\n\n"
     "────────────────────────────────────────────────────────────────────────────────\nx < y\n"},
    {"<div", 80, false, "<div\n"},
    {"<div>a < b<", 80, false, "a < b<\n"},
    /* tables */
    {"| a | bb |\n|---|----|\n| ccc | d |", 80, false, "a   │ bb\n────┼───\nccc │ d\n"},
    {"| a | bb |\n|---|----|\n| ccc | d |", 80, true, "a   | bb\n----+---\nccc | d\n"},
    {"a|b|c\n:-|:-:|-:\nx|xxx|x\nxxx|x|xxx", 80, false,
     "a   │  b  │   c\n────┼─────┼────\nx   │ xxx │   x\nxxx │  x  │ xxx\n"},
    {"| a |\n|---|\n| `x\\|y` |\n| 1. b |\n|\n| - |", 80, false, "a\n────\nx|y\n1. b\n-\n"},
    {"text\nmore\n| a | b |\n|---|---|\n| c |\n| d | e | f |", 80, false,
     "text more\n\na │ b\n──┼──────\nc │\nd │ e | f\n"},
    {"| | |\n|-|-|\n| a | b |\n| | |\n| c | d |", 80, false, "a │ b\nc │ d\n"},
    {"> | a |\n> |---|\n> | b |", 80, false, "│ a\n│ ─\n│ b\n"},
    {"- | a | b |\n  |---|---|\n  | c | d |", 80, false, "• a │ b\n  ──┼──\n  c │ d\n"},
    {"| a | b |\n|---|\n| c | d |", 80, false, "| a | b | |---| | c | d |\n"},
    {"| name | what it is |\n|--|--|\n| one | some words |\n| two | more |", 14, false,
     "name │ what it\n     │ is\n─────┼────────\none  │ some\n     │ words\n─────┼────────\n"
     "two  │ more\n"},
    {"|a|b|\n|-|-|\n|abcdefghijklmnopqrstuvwxyz|x|", 16, false,
     "a            │ b\n─────────────┼──\nabcdefghijkl │ x\nmnopqrstuvwx │\nyz           │\n"},
    {"|中文|b|\n|-:|-|\n|文|c|", 80, false, "中文 │ b\n─────┼──\n  文 │ c\n"},
    /* wide, combining and other characters */
    {"数据卷的生命周期", 8, false, "数据卷的\n生命周期\n"},
    {"数据卷。数据", 6, false, "数据\n卷。数\n据\n"},
    {"看（卷）的", 7, false, "看\n（卷）\n的\n"},
    {"看（卷）的", 4, false, "看\n（卷\n）的\n"},
    {"数据\n卷 a\nb", 80, false, "数据卷 a b\n"},
    {"한국어 문장", 6, false, "한국어\n문장\n"},
    {"e\u0301e\u0301e\u0301", 2, false, "e\u0301e\u0301\ne\u0301\n"},
    {"a👨\u200D👩b", 4, false, "a\n👨\u200D👩\nb\n"},
    {"سلام دنیا خوب", 9, false, "سلام دنیا\nخوب\n"},
    {"a\x1b[31mb\u202Ec\x7f", 80, false, "a␛[31mb<U+202E>c␡\n"},
    {"```\na\x1b[31m\xFF\n```", 80, false, "  a␛[31m\xEF\xBF\xBD\n"},
    {"a\r\nb\r\n\r\n```\r\nc\r\nd\r\n```\r\ne\rf", 80, false, "a b\n\n  c\n  d\n\ne f\n"},
};

static void check_text(size_t index)
{
    auto_layout struct layout *layout =
        layout_new(text_cases[index].markdown, text_cases[index].cols, text_cases[index].is_ascii);

    if (!str_eq(layout->text, text_cases[index].text))
        fail_msg("case %zu at %d columns:\n%s\nis\n%sinstead of\n%s", index, text_cases[index].cols,
                 text_cases[index].markdown, layout->text, text_cases[index].text);
}

static void lays_out_text(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(text_cases); i++)
        check_text(i);
}

/* ---- Styles: "[bc1:text]" is bold code of link 1 ---- */

static void add_notation(struct str *notation, const struct layout *layout)
{
    static const char letters[] = "biclhqdKSCNVm";

    for (size_t i = 0; i < layout->span_count; i++) {
        const struct span *span = &layout->spans[i];
        if (i > 0 && layout->text[span->start - 1] == '\n')
            str_add_char(notation, '\n');
        if (span->style)
            str_add_char(notation, '[');
        for (size_t bit = 0; bit < sizeof(letters) - 1; bit++)
            if (span->style & 1 << bit)
                str_add_char(notation, letters[bit]);
        if (span->link)
            str_addf(notation, "%d", span->link);
        if (span->style)
            str_add_char(notation, ':');
        str_add_bytes(notation, layout->text + span->start, span->len);
        if (span->style)
            str_add_char(notation, ']');
    }
}

static const struct {
    const char *markdown;
    int cols;
    const char *mark; /* a pattern, or NULL */
    const char *notation;
} style_cases[] = {
    {"a **b** *c* ***d*** `e`", 80, NULL, "a [b:b] [i:c] [bi:d] [c:e]"},
    {"# A *b*", 80, NULL, "[bh:A ][bih:b]"},
    {"**one two**", 3, NULL, "[b:one]\n[b:two]"},
    {"> a **b**", 80, NULL, "[qd:│ ][q:a ][bq:b]"},
    {"- a", 80, NULL, "[d:• ]a"},
    {"> - a", 80, NULL, "[qd:│ ][d:• ][q:a]"},
    {"***", 3, NULL, "[d:───]"},
    {"[a `b`](c) d", 80, NULL, "[l1:a ][cl1:b][ld1:[1]] d"},
    {"<http://a>", 80, NULL, "[l1:http://a]"},
    {"`a`\n\n    b", 80, NULL, "[c:a]\n  [c:b]"},
    {"a <b>b <i>c</b> d</i> <kbd>e</kbd>", 80, NULL, "a [b:b ][bi:c][i: d] [c:e]"},
    {"a </b>b", 80, NULL, "a b"},
    {"<summary>a <code>b</code></summary>", 80, NULL, "[b:a ][bc:b]"},
    {"|a|b|\n|-|-|\n|*c*|d|", 80, NULL, "[b:a][d: │ ][b:b]\n[d:──┼──]\n[i:c][d: │ ]d"},
    {"```sh\nif x; then # y\n```", 80, NULL, "  [cK:if][c: x; ][cK:then][c: ][cC:# y]"},
    /* matches */
    {"one two one", 80, "one", "[m:one] two [m:one]"},
    {"a **one** b", 80, "one b", "a [bm:one][m: b]"},
    {"one two", 3, "e t", "on[m:e]\n[m:t]wo"},
    {"> one two three", 14, "two three", "[qd:│ ][q:one ][qm:two]\n[qd:│ ][qm:three]"},
    {"- one\n- two", 80, "one.two|^t", "[d:• ]one\n[d:• ][m:t]wo"},
    {"数据卷", 4, "据卷", "数[m:据]\n[m:卷]"},
    {"ab", 80, "x*", "ab"},
    {"    ab", 80, "^ab$", "  [cm:ab]"},
    {"aAa", 80, "a", "[m:a][m:A][m:a]"},
};

static void styles_spans(void **state)
{
    struct error err;

    for (size_t i = 0; i < ARRAY_LEN(style_cases); i++) {
        autostr struct str notation = STR_INIT;
        auto_layout struct layout *layout =
            layout_new(style_cases[i].markdown, style_cases[i].cols, false);
        auto_pattern struct pattern *pattern =
            style_cases[i].mark ? pattern_new(style_cases[i].mark, &err) : NULL;
        layout_mark(layout, pattern);
        add_notation(&notation, layout);
        if (!str_eq(notation.text, style_cases[i].notation))
            fail_msg("case %zu:\n%s\nis\n%s\ninstead of\n%s", i, style_cases[i].markdown,
                     notation.text, style_cases[i].notation);
    }
}

static void keeps_where_matches_are(void **state)
{
    struct error err;
    auto_layout struct layout *layout = layout_new("one two\n\nthree one", 5, false);
    auto_pattern struct pattern *pattern = pattern_new("one( two)?", &err);
    size_t span_count = layout->span_count;

    layout_mark(layout, pattern);
    assert_int_equal(layout->match_count, 2);
    assert_int_equal(layout->matches[0].line, 0);
    assert_int_equal(layout->matches[0].start, 0);
    assert_int_equal(layout->matches[0].end, 7);
    assert_int_equal(layout->matches[1].line, 4);
    layout_mark(layout, pattern);
    assert_int_equal(layout->match_count, 2);
    layout_mark(layout, NULL);
    assert_int_equal(layout->match_count, 0);
    assert_int_equal(layout->span_count, span_count);
}

static void keeps_links_and_code(void **state)
{
    auto_layout struct layout *layout =
        layout_new("[a](b)\n\n```sh -x\nls\n```\n\n    plain\n\n![c](d)\n\n```{.yaml}\na: 1\n```\n",
                   80, false);

    assert_int_equal(layout->link_count, 2);
    assert_string_equal(layout->links[0], "b");
    assert_string_equal(layout->links[1], "d");
    assert_int_equal(layout->code_count, 3);
    assert_string_equal(layout->codes[0].language, "sh");
    assert_string_equal(layout->codes[0].text, "ls");
    assert_string_equal(layout->codes[1].language, "");
    assert_string_equal(layout->codes[1].text, "plain");
    assert_int_equal(layout->lines[0].code_block, 0);
    assert_int_equal(layout->lines[2].code_block, 1);
    assert_int_equal(layout->lines[4].code_block, 2);
}

/* ---- Properties that hold at any width ---- */

static void check_line(const struct layout *layout, const struct layout_line *line)
{
    uint32_t at = line->start;

    assert_int_equal(line->cols, width_of(layout->text + line->start, line->len));
    assert_true(line->body <= line->len);
    for (uint32_t i = 0; i < line->span_count; i++) {
        const struct span *span = &layout->spans[line->first_span + i];
        assert_int_equal(span->start, at);
        assert_true(utf8_is_valid(layout->text + at, span->len));
        at += span->len;
    }
    assert_int_equal(at, line->start + line->len);
}

/* The text without indentation, with wrapped lines joined again. */
static void add_joined(struct str *joined, const struct layout *layout)
{
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool is_empty = line->len == line->body && line->code_block == 0;
        if (is_empty)
            continue; /* quoted lines in between look different where there is no room */
        if (line->join != LAYOUT_JOIN_WORD)
            str_add_char(joined, line->join == LAYOUT_JOIN_BLANK ? ' ' : '\n');
        str_add_bytes(joined, layout->text + line->start + line->body, line->len - line->body);
    }
}

static const char *const documents[] = {
    "# Heading that is long enough\n\nA paragraph with **bold text** and `code in it`, "
    "a [link](http://example.org/a/long/path) and a_word_that_is_very_long_indeed_yes.\n\n"
    "- an item that is wrapped somewhere\n  - nested `--option` and more of it\n\n"
    "> quoted text that goes on and on\n>\n> 1. and a list in it\n> 2. with two items\n",
    "数据卷的生命周期独立于容器，即使容器被删除（例如 `docker rm`），数据仍然保留在主机上。\n\n"
    "- 绑定挂载：主机目录\n\n> 引用的文字很长很长很长很长很长很长\n",
    "مرحبا بالعالم هذا نص عربي طويل يجب أن يلتف عند نهاية السطر\n\n* עברית עם `code` באמצע\n",
    "e\u0301\u0302\u0303 combining e\u0301 marks on a\u0308ll of these\n\n👨\u200D👩\u200D👧 🇩🇪 "
    "👍🏽 "
    "emoji\n",
    "<p>HTML text with <b>tags</b> in it</p>\n\n- [ ] a task that is long\n- [x] another one\n",
};

static void check_document(const char *markdown, int cols, const char *expected)
{
    autostr struct str joined = STR_INIT;
    auto_layout struct layout *layout = layout_new(markdown, cols, false);

    for (size_t i = 0; i < layout->line_count; i++) {
        check_line(layout, &layout->lines[i]);
        if (layout->lines[i].cols > cols && !(cols == 1 && layout->lines[i].cols == 2))
            fail_msg("line %zu has %d columns instead of %d:\n%s", i, layout->lines[i].cols, cols,
                     layout->text);
    }
    add_joined(&joined, layout);
    if (!str_eq(joined.text, expected))
        fail_msg("at %d columns:\n%s\ninstead of\n%s", cols, joined.text, expected);
}

static void wraps_at_any_width(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(documents); i++) {
        autostr struct str expected = STR_INIT;
        auto_layout struct layout *wide = layout_new(documents[i], 10000, false);
        add_joined(&expected, wide);
        for (int cols = 1; cols <= 200; cols += cols < 60 ? 1 : 20)
            check_document(documents[i], cols, expected.text);
    }
}

static void indents_no_deeper_than_there_is_room(void **state)
{
    autostr struct str markdown = STR_INIT;

    for (int i = 0; i < 10000; i++)
        str_add(&markdown, i % 2 ? "> " : "- ");
    str_add(&markdown, "one two three four");
    for (int cols = 1; cols <= 100; cols++) {
        auto_layout struct layout *layout = layout_new(markdown.text, cols, false);
        for (size_t i = 0; i < layout->line_count; i++)
            if (layout->lines[i].cols > cols)
                fail_msg("at %d columns:\n%s", cols, layout->text);
        if (cols >= 10)
            assert_true(layout->line_count <= 3);
    }
}

/* ---- Hostile documents ---- */

static const struct {
    const char *start, *repeated, *end;
} hostile_cases[] = {
    {"", "![[]()", ""},
    {"- - - - - - - - - - - - - - - - a\n", "\n", "b"},
    {"", "- ", "a"},
    {"", "> ", "a"},
    {"", "*a **a ", ""},
    {"", "[a](<b", ""},
    {"|a|b|\n|-|-|\n", "c\n", ""},
    {"|a|b|\n|-|-|\n|", "word ", "|x|"},
    {"", "|a|\n|-|\n\n", ""},
    {"<div>", "<a", ""},
    {"<div>", "&", ""},
    {"<pre>", "</", ""},
    {"    ", "\t", "x"},
    {"", "a\\\n", ""},
    {"", "\u0301", ""},
    {"", "👨\u200D", ""},
    {"```sh\n", "\\\"", "\n```"},
    {"```sh\n", "'", "\n```"},
    {"```json\n", "/*", "\n```"},
    {"```yaml\n", "a-", "\n```"},
    {"```console\n", "$ \\\n", "\n```"},
    {"```python\n", "'''\"\"\"", "\n```"},
};

static double seconds_for(size_t index, size_t len)
{
    autostr struct str markdown = STR_INIT;

    str_add(&markdown, hostile_cases[index].start);
    while (markdown.len < len)
        str_add(&markdown, hostile_cases[index].repeated);
    str_add(&markdown, hostile_cases[index].end);
    clock_t before = clock();
    auto_layout struct layout *layout = layout_new(markdown.text, 78, false);
    assert_non_null(layout);
    return (double)(clock() - before) / CLOCKS_PER_SEC;
}

/* Four times the text takes about four times as long, where quadratic time would be sixteen times.
 */
static void takes_linear_time(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(hostile_cases); i++) {
        double one = seconds_for(i, 40000), four = seconds_for(i, 160000);
        if (four > 8 * one + 0.2)
            fail_msg("\"%s\" repeated took %.2f s, and %.2f s for four times as much",
                     hostile_cases[i].repeated, one, four);
    }
}

/* ---- Real documents ---- */

static bool is_table_line(const struct layout *layout, const struct layout_line *line)
{
    autofree char *text = xstrndup(layout->text + line->start, line->len);

    return strstr(text, "│") || strstr(text, "─┼─");
}

static void lays_out_real_documents(void **state)
{
    static const char *const names[] = {
        "seed/docker-sre-questions.md",   "corpus/01-devops-exercises-argo.md",
        "corpus/02-bash-quiz.md",         "corpus/03-devinterview-docker.md",
        "corpus/04-kafka-flashcards.md",  "corpus/05-docker-numbered-list.md",
        "corpus/06-obsidian-licences.md",
    };
    static const int widths[] = {20, 38, 78, 120};
    const char *shared = getenv("DRYDOCK_SHARED");
    struct error err;

    if (!shared || !fs_is_folder(shared)) {
        print_message("the sample documents are not there (DRYDOCK_SHARED)\n");
        skip();
    }
    for (size_t i = 0; i < ARRAY_LEN(names) * ARRAY_LEN(widths); i++) {
        int cols = widths[i % ARRAY_LEN(widths)];
        autofree char *path = fs_join(shared, names[i / ARRAY_LEN(widths)]), *markdown = NULL;
        size_t len;
        if (fs_read(path, 1 << 20, &markdown, &len, &err) < 0)
            fail_msg("%s", err.text);
        auto_layout struct layout *layout = layout_new(markdown, cols, false);
        for (size_t k = 0; k < layout->line_count; k++) {
            const struct layout_line *line = &layout->lines[k];
            check_line(layout, line);
            if (line->cols > cols && !line->code_block && !is_table_line(layout, line))
                fail_msg("%s at %d columns: %.*s", path, cols, (int)line->len,
                         layout->text + line->start);
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(lays_out_text),
        cmocka_unit_test(styles_spans),
        cmocka_unit_test(keeps_where_matches_are),
        cmocka_unit_test(keeps_links_and_code),
        cmocka_unit_test(wraps_at_any_width),
        cmocka_unit_test(indents_no_deeper_than_there_is_room),
        cmocka_unit_test(takes_linear_time),
        cmocka_unit_test(lays_out_real_documents),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
