/* SPDX-License-Identifier: MIT
 * What an import found and changed, as text and as JSON (INTERFACE of `import --json`). */
#pragma once

#include "trainer/bank/bank.h"
#include "trainer/bank/json.h"

void import_report_add_text(struct str *out, const struct deck *deck,
                            const struct import_report *report, bool is_dry);
void import_report_add_json(struct json *json, const struct deck *deck,
                            const struct import_report *report);
