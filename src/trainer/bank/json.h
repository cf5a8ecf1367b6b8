/* SPDX-License-Identifier: MIT
 * JSON written piece by piece; the escaping is SQLite's json_quote(). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "trainer/bank/bank.h"

struct json; /* knows where a comma is due */

/* Writes to `out`, which the caller keeps. `key` is NULL inside arrays and at the top. */
struct json *json_new(struct bank *bank, struct str *out);
void json_free(struct json *json);
void json_open(struct json *json, const char *key, char bracket); /* '{' or '[' */
void json_close(struct json *json);
void json_string(struct json *json, const char *key, const char *text); /* NULL becomes null */
void json_integer(struct json *json, const char *key, int64_t value);
void json_number(struct json *json, const char *key, double value, int decimals);
void json_bool(struct json *json, const char *key, bool value);
void json_time(struct json *json, const char *key, int64_t time_ms); /* RFC 3339; 0 becomes null */

DEFINE_CLEANUP(json, struct json, json_free)
#define auto_json __attribute__((cleanup(cleanup_json)))
