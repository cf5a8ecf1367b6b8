/* SPDX-License-Identifier: MIT */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>

#include "base/memory.h"
#include "base/paths.h"
#include "base/str.h"

void i18n_init(void)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* numbers in files and JSON have a point */
    if (!str_eq(nl_langinfo(CODESET), "UTF-8"))
        setlocale(LC_CTYPE, "C.UTF-8");
#if ENABLE_NLS
    autofree char *folder = paths_locale();
    bindtextdomain("drydock", folder);
    bind_textdomain_codeset("drydock", "UTF-8");
    textdomain("drydock");
#endif
}
