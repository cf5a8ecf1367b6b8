/* SPDX-License-Identifier: MIT
 * What tests of decks share: sample documents found and read. Include after cmocka.h. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/deck/deck.h"

static inline struct deck *parse(const char *text)
{
    struct error err;
    struct deck *deck = deck_parse(text, strlen(text), "sample.md", &err);

    if (!deck)
        fail_msg("%s", err.text);
    return deck;
}

/* A sample of tests/unit/decks. */
static inline struct deck *load_sample(const char *name)
{
    const char *source = getenv("DRYDOCK_SOURCE");
    struct error err;
    autofree char *path = str_printf("%s/tests/unit/decks/%s.md", source ? source : ".", name);
    struct deck *deck = deck_load(path, &err);

    if (!deck)
        fail_msg("%s", err.text);
    return deck;
}

static inline void check_string(const char *what, const char *actual, const char *expected)
{
    if (strcmp(actual ? actual : "(none)", expected ? expected : "(none)") != 0)
        fail_msg("%s:\n--- is\n%s\n--- should be\n%s", what, actual ? actual : "(none)",
                 expected ? expected : "(none)");
}

static inline void check_number(const char *what, size_t actual, size_t expected)
{
    if (actual != expected)
        fail_msg("%s: is %zu, should be %zu", what, actual, expected);
}
