/* SPDX-License-Identifier: MIT
 * Tests of the colours of code: "[K:if]" is a keyword. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/deck/highlight.h"
#include "trainer/deck/layout.h"

static const struct {
    const char *language, *code, *notation;
} cases[] = {
    {"", "if x; then", "if x; then"},
    {"ruby", "if x; then", "if x; then"},
    {"sh", "if x; then y; fi", "[K:if] x; [K:then] y; [K:fi]"},
    {"bash", "echo \"a $b\" 'c' $d ${e} # f", "echo [S:\"a $b\"] [S:'c'] [N:$d] [N:${e}] [C:# f]"},
    {"SH", "docker run --rm -p 80:80 x", "docker run [N:--rm] [N:-p] [#:80]:[#:80] x"},
    {"sh", "A=1 it's a#b \\\"x\\\"", "[N:A]=[#:1] it's a#b \\\"x\\\""},
    {"sh", "x && export A=b; y-if.done", "x && [K:export] [N:A]=b; y-if.done"},
    {"sh", "echo 'a\nb' c", "echo [S:'a\nb'] c"},
    {"sh", "echo \"a", "echo \"a"},
    {"console", "$ ls -l # x\nif out\n# docker ps -a\n",
     "[P:$ ]ls [N:-l] [C:# x]\nif out\n[P:# ]docker ps [N:-a]\n"},
    {"console", "root@host:/# ls -l \\\n  -a\n-b", "[P:root@host:/# ]ls [N:-l] \\\n  [N:-a]\n-b"},
    {"console", "/ # if x\n$ \n$", "[P:/ # ][K:if] x\n$ \n$"},
    {"dockerfile", "# c\nFROM a:1 AS b\nRUN --mount=x \\\n  from $Y \"z\"\nEXPOSE 80",
     "[C:# c]\n[K:FROM] a:[#:1] [K:AS] b\n[K:RUN] [N:--mount]=x \\\n  from [N:$Y] [S:\"z\"]\n"
     "[K:EXPOSE] [#:80]"},
    {"yaml", "a: 1 # c\n- b: \"x\"\n  c.d: true\n  e: true or 2\n'f': &x y\n---\n",
     "[N:a]: [#:1] [C:# c]\n- [N:b]: [S:\"x\"]\n  [N:c.d]: [K:true]\n  [N:e]: true or 2\n"
     "[N:'f']: [N:&x] y\n[K:---]\n"},
    {"yml", "image: nginx:1.20\nit's: a", "[N:image]: nginx:1.20\nit's: a"},
    {"json", "{\"a\\\"b\": [\"c\", -1.5e3, true, null]} // d",
     "{[N:\"a\\\"b\"]: [[S:\"c\"], [#:-1.5e3], [K:true], [K:null]]} [C:// d]"},
    {"python", "@a.b\nasync def f(x):\n  return f\"{x}\" + '''y\nz''' # c\nx1 = 0x1F + 1.5",
     "[N:@a.b]\n[K:async] [K:def] [N:f](x):\n  [K:return] [S:f\"{x}\"] + [S:'''y\nz'''] [C:# c]\n"
     "x1 = [#:0x1F] + [#:1.5]"},
    {"py", "class A: pass", "[K:class] [N:A]: [K:pass]"},
    {"sql", "SELECT \"a\", 'b''c' from t where x = 1 -- d\n/* e */ and y = :z",
     "[K:SELECT] [N:\"a\"], [S:'b''c'] [K:from] t [K:where] x = [#:1] [C:-- d]\n[C:/* e */] "
     "[K:and] "
     "y = [N::z]"},
    {"sh", "echo ü \"ä\" $ö", "echo ü [S:\"ä\"] $ö"},
};

static char letter_of(uint16_t style)
{
    return style == SPAN_KEYWORD   ? 'K'
           : style == SPAN_STRING  ? 'S'
           : style == SPAN_COMMENT ? 'C'
           : style == SPAN_NUMBER  ? '#'
           : style == SPAN_NAME    ? 'N'
                                   : 'P';
}

static void add_notation(struct str *notation, const char *code,
                         const struct highlight_tokens *tokens)
{
    size_t at = 0;

    for (size_t i = 0; i < tokens->len; i++) {
        const struct highlight_token *token = &tokens->items[i];
        assert_true(token->start >= at && token->len > 0);
        str_add_bytes(notation, code + at, token->start - at);
        str_addf(notation, "[%c:%.*s]", letter_of(token->style), (int)token->len,
                 code + token->start);
        at = token->start + token->len;
    }
    str_add(notation, code + at);
}

static void highlights(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct highlighters highlighters = {0};
        struct highlight_tokens tokens = {0};
        autostr struct str notation = STR_INIT;
        highlight(&highlighters, cases[i].language, cases[i].code, strlen(cases[i].code), &tokens);
        add_notation(&notation, cases[i].code, &tokens);
        free(tokens.items);
        highlighters_clear(&highlighters);
        if (!str_eq(notation.text, cases[i].notation))
            fail_msg("case %zu, %s:\n%s\ninstead of\n%s", i, cases[i].language, notation.text,
                     cases[i].notation);
    }
}

static double seconds_for(const char *language, const char *repeated, size_t len)
{
    struct highlighters highlighters = {0};
    struct highlight_tokens tokens = {0};
    autostr struct str code = STR_INIT;

    while (code.len < len)
        str_add(&code, repeated);
    clock_t before = clock();
    highlight(&highlighters, language, code.text, code.len, &tokens);
    free(tokens.items);
    highlighters_clear(&highlighters);
    return (double)(clock() - before) / CLOCKS_PER_SEC;
}

/* Every language on what strings and comments of any language begin with. Four times the code takes
 * about four times as long, where quadratic time would be sixteen times. */
static void takes_linear_time(void **state)
{
    static const char *const languages[] = {"sh",   "console", "dockerfile", "yaml",
                                            "json", "python",  "sql"};
    static const char *const repeated[] = {"\"",  "'",     "\\\"", "/*", "${", "\"\"\"'''", "a",
                                           "a-",  "--a ",  "\n",   " ",  "#",  "$ \\\n",    "a@",
                                           "{\"", "\"a\"", "`",    "@",  "0",  "- ~  ",     "\\"};

    for (size_t i = 0; i < ARRAY_LEN(languages) * ARRAY_LEN(repeated); i++) {
        const char *language = languages[i % ARRAY_LEN(languages)];
        const char *part = repeated[i / ARRAY_LEN(languages)];
        double one = seconds_for(language, part, 10000), four = seconds_for(language, part, 40000);
        if (four > 8 * one + 0.1)
            fail_msg("%s: \"%s\" repeated took %.2f s, and %.2f s for four times as much", language,
                     part, one, four);
    }
}

static void leaves_very_long_code_plain(void **state)
{
    struct highlighters highlighters = {0};
    struct highlight_tokens tokens = {0};
    autostr struct str code = STR_INIT;

    while (code.len <= 262144)
        str_add(&code, "if ");
    highlight(&highlighters, "sh", code.text, code.len, &tokens);
    assert_int_equal(tokens.len, 0);
    highlight(&highlighters, "sh", code.text, 30, &tokens);
    assert_int_equal(tokens.len, 10);
    free(tokens.items);
    highlighters_clear(&highlighters);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(highlights),
        cmocka_unit_test(takes_linear_time),
        cmocka_unit_test(leaves_very_long_code_plain),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
