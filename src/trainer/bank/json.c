/* SPDX-License-Identifier: MIT */
#include "trainer/bank/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "trainer/bank/bank_internal.h"

struct json {
    struct bank *bank;
    struct str *out;
    struct str open; /* the brackets that are open */
    bool needs_comma;
};

struct json *json_new(struct bank *bank, struct str *out)
{
    struct json *json = xmalloc(sizeof(*json));

    *json = (struct json){.bank = bank, .out = out, .open = STR_INIT};
    return json;
}

void json_free(struct json *json)
{
    str_clear(&json->open);
    free(json);
}

/* json_quote() escapes what JSON demands; what else would steer a terminal is escaped here. */
static void add_escaped(struct str *out, const char *quoted)
{
    size_t len = strlen(quoted);

    for (size_t at = 0; at < len;) {
        uint32_t code;
        at += utf8_decode(quoted + at, len - at, &code);
        if (utf8_is_control(code))
            str_addf(out, "\\u%04x", code);
        else
            utf8_add(out, code);
    }
}

static void add_quoted(struct json *json, const char *text)
{
    struct error err;
    auto_statement struct statement *quote =
        bank_prepare(json->bank, "SELECT json_quote(?1)", &err);

    if (quote)
        bind_text(quote, 1, text);
    if (quote && statement_step(quote, &err) == 1)
        add_escaped(json->out, column_text(quote, 0));
    else
        str_add(json->out, "null");
}

static void begin_value(struct json *json, const char *key)
{
    if (json->needs_comma)
        str_add_char(json->out, ',');
    json->needs_comma = true;
    if (key) {
        add_quoted(json, key);
        str_add_char(json->out, ':');
    }
}

void json_open(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    str_add_char(json->out, bracket);
    str_add_char(&json->open, bracket);
    json->needs_comma = false;
}

void json_close(struct json *json)
{
    size_t last = json->open.len - 1;

    str_add_char(json->out, json->open.text[last] == '{' ? '}' : ']');
    str_truncate(&json->open, last);
    json->needs_comma = true;
}

void json_string(struct json *json, const char *key, const char *text)
{
    begin_value(json, key);
    if (text)
        add_quoted(json, text);
    else
        str_add(json->out, "null");
}

void json_integer(struct json *json, const char *key, int64_t value)
{
    begin_value(json, key);
    str_addf(json->out, "%lld", (long long)value);
}

void json_number(struct json *json, const char *key, double value, int decimals)
{
    char text[400]; /* the longest double has 309 digits before its point */

    begin_value(json, key);
    if (!isfinite(value)) {
        str_add(json->out, "null");
        return;
    }
    /* SQLite's printf knows no locale, in which the point may be a comma. */
    sqlite3_snprintf(sizeof(text), text, "%.*f", decimals, value);
    str_add(json->out, text);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin_value(json, key);
    str_add(json->out, value ? "true" : "false");
}

void json_time(struct json *json, const char *key, int64_t time_ms)
{
    begin_value(json, key);
    if (time_ms == 0) {
        str_add(json->out, "null");
        return;
    }
    str_add_char(json->out, '"');
    clock_add_rfc3339(json->out, time_ms);
    str_add_char(json->out, '"');
}
