/* SPDX-License-Identifier: MIT */
#include "trainer/ui/document.h"

#include "base/i18n.h"
#include "trainer/ui/external.h"

bool document_edit(struct screen *screen, const char *path, int line)
{
    const struct ui_options *options = ui_options(screen);
    autostr struct str summary = STR_INIT;
    autofree char *kept_path = xstrdup(path); /* the question may be loaded anew */
    struct error err;
    bool changed;

    if (external_edit(kept_path, line, &changed, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    if (!changed) {
        ui_say(screen, "%s", _("the document was not changed"));
        return false;
    }
    if (options->reimport(options->data, ui_bank(screen), kept_path, &summary, &err) < 0) {
        ui_complain(screen, &err);
        return false;
    }
    ui_say(screen, "%s", summary.text);
    return true;
}
