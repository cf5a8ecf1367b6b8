/* SPDX-License-Identifier: MIT
 * The links of a page: one is opened, or shown to copy. */
#pragma once

#include "trainer/ui/screen.h"
#include "trainer/ui/sheet.h"

struct links_how {
    const struct sheet *sheet; /* outlives the list: it is of the screen below */
};
