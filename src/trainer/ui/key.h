/* SPDX-License-Identifier: MIT
 * Keys as curses reads them, given names: "a", "Enter", "C-w", "M-b", "C-Left", "PageDown", "F1".
 */
#pragma once

#include <stdbool.h>

#define KEY_NAME_BYTES 16

enum key_kind {
    KEY_KIND_NONE, /* nothing there, or nothing that is known */
    KEY_KIND_NAMED,
    KEY_KIND_TEXT, /* a character: `name` is it, in UTF-8 */
    KEY_KIND_PASTE_BEGIN,
    KEY_KIND_PASTE_END,
    KEY_KIND_MOUSE,
};

enum mouse_button { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
    enum key_kind kind;
    char name[KEY_NAME_BYTES];
    enum mouse_button button; /* of the mouse */
    int row, col;
};

/* Teaches curses the keys that terminfo does not know; once, after the start. */
void key_define(void);

/* Reads the next key that is there; false where there is none. */
bool key_read(struct key *key);
