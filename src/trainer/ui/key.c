/* SPDX-License-Identifier: MIT */
#include "trainer/ui/key.h"

#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"

enum own_code { /* above those of curses */
                CODE_PASTE_BEGIN = KEY_MAX + 1,
                CODE_PASTE_END,
                CODE_CONTROL_LEFT,
                CODE_CONTROL_RIGHT,
                CODE_CONTROL_HOME,
                CODE_CONTROL_END,
};

static const struct {
    const char *bytes;
    int code;
} sequences[] = {
    {"\033[200~", CODE_PASTE_BEGIN},
    {"\033[201~", CODE_PASTE_END},
    {"\033[1;5D", CODE_CONTROL_LEFT},
    {"\033[1;5C", CODE_CONTROL_RIGHT},
    {"\033[1;3D", CODE_CONTROL_LEFT},
    {"\033[1;3C", CODE_CONTROL_RIGHT},
    {"\033Od", CODE_CONTROL_LEFT},
    {"\033Oc", CODE_CONTROL_RIGHT},
    {"\033[1;5H", CODE_CONTROL_HOME},
    {"\033[1;5F", CODE_CONTROL_END},
    /* Terminals that ignore the keypad mode send these, whatever terminfo says. */
    {"\033[A", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033[H", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033[1~", KEY_HOME},
    {"\033[4~", KEY_END},
    {"\033OP", KEY_F(1)},
    {"\033[11~", KEY_F(1)},
};

static const struct {
    int code;
    const char *name;
} names[] = {
    {KEY_UP, "Up"},
    {KEY_DOWN, "Down"},
    {KEY_LEFT, "Left"},
    {KEY_RIGHT, "Right"},
    {KEY_PPAGE, "PageUp"},
    {KEY_NPAGE, "PageDown"},
    {KEY_HOME, "Home"},
    {KEY_END, "End"},
    {KEY_DC, "Delete"},
    {KEY_BACKSPACE, "Backspace"},
    {KEY_ENTER, "Enter"},
    {KEY_BTAB, "S-Tab"},
    {CODE_CONTROL_LEFT, "C-Left"},
    {CODE_CONTROL_RIGHT, "C-Right"},
    {CODE_CONTROL_HOME, "C-Home"},
    {CODE_CONTROL_END, "C-End"},
};

void key_define(void)
{
    for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
        define_key(sequences[i].bytes, sequences[i].code);
}

static void set_name(struct key *key, enum key_kind kind, const char *name)
{
    key->kind = kind;
    snprintf(key->name, sizeof(key->name), "%s", name);
}

static void set_function(struct key *key, wint_t code)
{
    if (code >= KEY_F(1) && code <= KEY_F(12)) {
        key->kind = KEY_KIND_NAMED;
        snprintf(key->name, sizeof(key->name), "F%u", (unsigned)(code - KEY_F(0)));
    }
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if ((wint_t)names[i].code == code)
            set_name(key, KEY_KIND_NAMED, names[i].name);
}

static void set_character(struct key *key, wint_t code)
{
    autostr struct str text = STR_INIT;

    if (code == '\r' || code == '\n') {
        set_name(key, KEY_KIND_NAMED, "Enter");
    } else if (code == '\t') {
        set_name(key, KEY_KIND_NAMED, "Tab");
    } else if (code == 0x7F || code == '\b') {
        set_name(key, KEY_KIND_NAMED, "Backspace");
    } else if (code == 0) {
        set_name(key, KEY_KIND_NAMED, "C-Space");
    } else if (code < 0x20) {
        key->kind = KEY_KIND_NAMED;
        snprintf(key->name, sizeof(key->name), "C-%c",
                 (char)(code <= 26 ? code + 'a' - 1 : code + '@'));
    } else if (!utf8_is_control(code)) {
        utf8_add(&text, code);
        set_name(key, KEY_KIND_TEXT, text.text);
    }
}

/* The rest of a sequence that nobody here knows: it must not become text. */
static void skip_sequence(wint_t introducer)
{
    wint_t code;

    while (get_wch(&code) == OK)
        if (introducer == 'O' || (code >= 0x40 && code <= 0x7E))
            return;
}

/* A key that follows Esc at once was typed with Alt. */
static void set_escape(struct key *key)
{
    wint_t code;
    struct key next = {.kind = KEY_KIND_NONE};
    int found = get_wch(&code);

    if (found == OK && (code == '[' || code == 'O')) {
        skip_sequence(code);
        return;
    }
    set_name(key, KEY_KIND_NAMED, "Esc");
    if (found != OK || code == 033)
        return;
    set_character(&next, code);
    if (next.kind == KEY_KIND_NONE)
        return;
    snprintf(key->name, sizeof(key->name), "M-%.12s", next.name);
}

static void set_mouse(struct key *key)
{
    MEVENT event;

    if (getmouse(&event) != OK)
        return;
    key->row = event.y;
    key->col = event.x;
    key->kind = KEY_KIND_MOUSE;
    if (event.bstate & BUTTON4_PRESSED)
        key->button = MOUSE_WHEEL_UP;
    else if (event.bstate & BUTTON5_PRESSED)
        key->button = MOUSE_WHEEL_DOWN;
    else if (event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED))
        key->button = MOUSE_CLICK;
    else
        key->kind = KEY_KIND_NONE;
}

bool key_read(struct key *key)
{
    wint_t code;
    int found = get_wch(&code);

    *key = (struct key){.kind = KEY_KIND_NONE};
    if (found == ERR)
        return false;
    if (found == OK && code == 033)
        set_escape(key);
    else if (found == OK)
        set_character(key, code);
    else if (code == CODE_PASTE_BEGIN)
        key->kind = KEY_KIND_PASTE_BEGIN;
    else if (code == CODE_PASTE_END)
        key->kind = KEY_KIND_PASTE_END;
    else if (code == KEY_MOUSE)
        set_mouse(key);
    else
        set_function(key, code);
    return true;
}
