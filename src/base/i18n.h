/* SPDX-License-Identifier: MIT
 * Translation: _() for what a person sees, N_() in tables, ngettext() for counts. */
#pragma once

#include "config.h"

#if ENABLE_NLS
#include <libintl.h>
#define _(text) gettext(text)
#else
#define _(text)                    (text)
#define ngettext(one, many, count) ((count) == 1 ? (one) : (many))
#endif
#define N_(text) (text)

/* Sets the locale (with UTF-8 whatever the environment says, as all texts are) and the message
 * catalogue. */
void i18n_init(void);
