/* SPDX-License-Identifier: MIT
 * A line to type, and a question to answer by yes or no, both over the screen that asks. */
#pragma once

#include "trainer/ui/screen.h"

struct prompt_how {
    const char *label, *text;
    void (*accept)(struct screen *asker, const char *text);
};

struct confirm_how {
    const char *question;
    void (*yes)(struct screen *asker);
};
