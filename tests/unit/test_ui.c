/* SPDX-License-Identifier: MIT
 * What of the screens needs no terminal: the key table, line breaking, the editor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/i18n.h"
#include "base/width.h"
#include "trainer/ui/editor.h"
#include "trainer/ui/keys.h"
#include "trainer/ui/wrap.h"

/* --- Keys --- */

static size_t first_word(const char *keys, char *word, size_t room)
{
    size_t len = strcspn(keys, " ");

    snprintf(word, room, "%.*s", (int)len, keys);
    return len + strspn(keys + len, " ");
}

/* A key means one thing at a time: each name leads to the row that lists it. */
static void test_keys_are_unique(void **state)
{
    for (size_t i = 0; i < keys_count; i++) {
        char word[32];
        for (const char *keys = keys_table[i].keys; *keys;) {
            keys += first_word(keys, word, sizeof(word));
            const char *name = strcmp(word, "Space") == 0 ? " " : word;
            if (strlen(word) == 3 && word[1] == '-' && strchr("a1", *word))
                word[1] = '\0'; /* a range: its first key */
            for (int mode = 0; mode < MODE_COUNT; mode++) {
                if (!(keys_table[i].modes & 1u << mode))
                    continue;
                const struct key_row *found = keys_find((enum mode)mode, name);
                if (found != &keys_table[i])
                    fail_msg("%s in mode %d: listed in row %zu, found in row %td", word, mode, i,
                             found ? found - keys_table : -1);
            }
        }
    }
}

/* Where letters are typed, no row may take one; except '?' while nothing is typed. */
static void test_typing_takes_all_letters(void **state)
{
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        if (!keys_is_typing((enum mode)mode))
            continue;
        for (char letter = '!'; letter <= '~'; letter++) {
            const char name[2] = {letter, '\0'};
            bool is_help = mode == MODE_ASKED && letter == '?';
            if (!is_help && keys_find((enum mode)mode, name))
                fail_msg("'%c' is a command in mode %d", letter, mode);
        }
    }
}

/* Help and a way out are there in every mode, and what stays in a footer fits into 40 columns. */
static void test_every_mode_has_help(void **state)
{
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        int cols = 0;
        bool has_exit = false;
        for (size_t i = 0; i < keys_count; i++) {
            const struct key_row *row = &keys_table[i];
            if (!(row->modes & 1u << mode))
                continue;
            has_exit = has_exit || row->action == ACTION_LEAVE || row->action == ACTION_QUIT ||
                       row->action == ACTION_NO;
            if (row->label && row->rank == KEYS_NEVER_DROPPED)
                cols += (int)strcspn(row->keys, " ") + 1 + width_of_text(row->label) + 2;
        }
        if (mode != MODE_HELP && mode != MODE_CONFIRM && !keys_find((enum mode)mode, "F1"))
            fail_msg("no help in mode %d", mode);
        if (!has_exit)
            fail_msg("no way out of mode %d", mode);
        if (cols > 38 || cols == 0)
            fail_msg("the footer of mode %d keeps %d columns", mode, cols);
        assert_non_null(keys_mode_title((enum mode)mode));
    }
}

static void test_esc_never_quits(void **state)
{
    for (int mode = 0; mode < MODE_COUNT; mode++) {
        const struct key_row *row = keys_find((enum mode)mode, "Esc");
        if (row && row->action == ACTION_QUIT)
            fail_msg("Esc quits in mode %d", mode);
    }
    assert_null(keys_find(MODE_HOME, "Esc"));
}

/* --- Line breaking --- */

static void test_wrap(void **state)
{
    static const struct {
        const char *text;
        int cols;
        const char *lines; /* with | between */
    } cases[] = {
        {"", 10, ""},
        {"one two three", 20, "one two three"},
        {"one two three", 7, "one two|three"},
        {"one two three", 8, "one two|three"},
        {"one  two", 4, "one|two"},
        {"unbreakable", 4, "unbr|eaka|ble"},
        {"a unbreakable", 4, "a|unbr|eaka|ble"},
        {"容器之间如何通信", 6, "容器之|间如何|通信"},
        {"容器之间如何通信", 7, "容器之|间如何|通信"},
        {"容器", 1, "容|器"},
        {"ab容器cd", 4, "ab容|器cd"},
        {"e\xcc\x81"
         "e\xcc\x81"
         "e\xcc\x81",
         2,
         "e\xcc\x81"
         "e\xcc\x81|e\xcc\x81"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        autostr struct str lines = STR_INIT;
        const char *rest = cases[i].text;
        while (*rest) {
            size_t next, len = wrap_line(rest, strlen(rest), cases[i].cols, &next);
            if (lines.len > 0)
                str_add_char(&lines, '|');
            str_add_bytes(&lines, rest, len);
            assert_true(next > 0);
            rest += next;
        }
        if (strcmp(lines.text, cases[i].lines) != 0)
            fail_msg("'%s' at %d: '%s', not '%s'", cases[i].text, cases[i].cols, lines.text,
                     cases[i].lines);
    }
}

/* --- The editor: a text with the cursor as |, actions, and what they make of it --- */

static void set_up(struct editor *editor, const char *text)
{
    const char *mark = strchr(text, '|');
    autostr struct str plain = STR_INIT;

    str_add_bytes(&plain, text, (size_t)(mark - text));
    str_add(&plain, mark + 1);
    editor_init(editor);
    editor_set(editor, plain.text);
    editor->cursor = (size_t)(mark - text);
    editor_layout(editor, 10);
}

static void test_editor(void **state)
{
    enum { END = -1, X = -2 }; /* X types an x */
    static const struct {
        const char *before;
        int actions[6];
        const char *after;
    } cases[] = {
        {"ab|", {EDITOR_LEFT, END}, "a|b"},
        {"|ab", {EDITOR_LEFT, END}, "|ab"},
        {"ab|", {EDITOR_RIGHT, END}, "ab|"},
        {"表|x", {EDITOR_LEFT, END}, "|表x"},
        {"e\xcc\x81|x", {EDITOR_LEFT, END}, "|e\xcc\x81x"},
        {"e\xcc\x81|x", {EDITOR_DELETE_BACK, END}, "|x"},
        {"|e\xcc\x81x", {EDITOR_DELETE, END}, "|x"},
        {"one two|", {EDITOR_WORD_LEFT, END}, "one |two"},
        {"one, two|", {EDITOR_WORD_LEFT, EDITOR_WORD_LEFT, END}, "|one, two"},
        {"|one, two", {EDITOR_WORD_RIGHT, END}, "one|, two"},
        {"one --two|", {EDITOR_KILL_WORD_BACK, END}, "one |"},
        {"one two|", {EDITOR_KILL_WORD_BACK, EDITOR_KILL_WORD_BACK, EDITOR_YANK, END}, "one two|"},
        {"one| two", {EDITOR_KILL_WORD, END}, "one|"},
        {"a\nb|c\nd", {EDITOR_LINE_START, END}, "a\n|bc\nd"},
        {"a\nb|c\nd", {EDITOR_LINE_END, END}, "a\nbc|\nd"},
        {"a\nb|c\nd", {EDITOR_TEXT_START, END}, "|a\nbc\nd"},
        {"a\nb|c\nd", {EDITOR_TEXT_END, END}, "a\nbc\nd|"},
        {"a\nb|c\nd", {EDITOR_KILL_START, END}, "a\n|c\nd"},
        {"a\nb|c\nd", {EDITOR_KILL_END, END}, "a\nb|\nd"},
        {"a\nb|c\nd", {EDITOR_KILL_END, EDITOR_KILL_END, EDITOR_YANK, END}, "a\nbc\n|d"},
        {"a|b", {EDITOR_NEWLINE, END}, "a\n|b"},
        {"a|b", {X, EDITOR_UNDO, END}, "a|b"},
        {"a|b", {X, X, EDITOR_LEFT, X, EDITOR_UNDO, END}, "ax|xb"},
        {"a|b", {EDITOR_DELETE, EDITOR_UNDO, EDITOR_UNDO, END}, "a|b"},
        {"abcd\nef|", {EDITOR_UP, END}, "ab|cd\nef"},
        {"abcd|\ne\nfghi", {EDITOR_DOWN, EDITOR_DOWN, END}, "abcd\ne\nfghi|"},
        {"|abc", {EDITOR_UP, END}, "|abc"},
        {"aaaa bbbb cccc|", {EDITOR_UP, END}, "aaaa| bbbb cccc"},
        {"表表表\nabc|", {EDITOR_UP, END}, "表|表表\nabc"},
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct editor editor;
        autostr struct str actual = STR_INIT;
        set_up(&editor, cases[i].before);
        for (size_t k = 0; k < ARRAY_LEN(cases[i].actions) && cases[i].actions[k] != END; k++) {
            if (cases[i].actions[k] == X)
                editor_insert(&editor, "x", 1);
            else
                editor_act(&editor, (enum editor_action)cases[i].actions[k]);
        }
        str_add(&actual, editor.text.text);
        str_insert(&actual, editor.cursor, "|", 1);
        editor_clear(&editor);
        if (strcmp(actual.text, cases[i].after) != 0)
            fail_msg("case %zu, '%s': '%s', not '%s'", i, cases[i].before, actual.text,
                     cases[i].after);
    }
}

/* Control characters never get in, and the text has an end. */
static void test_editor_insert(void **state)
{
    struct editor editor;
    char much[4096];

    editor_init(&editor);
    assert_true(editor_insert(&editor, "a\033[31m\tb\xE2\x80\xAE\xFF\n", 14));
    assert_string_equal(editor.text.text, "a[31m    b\xEF\xBF\xBD\n");
    memset(much, 'x', sizeof(much));
    size_t before = 0;
    while (editor_insert(&editor, much, sizeof(much)))
        assert_true(editor.text.len > before && editor.text.len <= EDITOR_LIMIT_BYTES);
    editor_clear(&editor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_unique),
        cmocka_unit_test(test_typing_takes_all_letters),
        cmocka_unit_test(test_every_mode_has_help),
        cmocka_unit_test(test_esc_never_quits),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_editor),
        cmocka_unit_test(test_editor_insert),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
