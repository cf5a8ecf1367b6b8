/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "trainer/cli/cli.h"

#define TEXT_COLUMNS_MAX 100

static void print_visible(FILE *stream, const char *text)
{
    autostr struct str visible = STR_INIT;

    utf8_add_visible(&visible, text, strlen(text), true);
    fwrite(visible.text, 1, visible.len, stream);
}

enum exit_status cli_fail(enum exit_status status, const struct error *err)
{
    fflush(stdout);
    fputs("drydock: ", stderr);
    print_visible(stderr, err->text);
    fputc('\n', stderr);
    return status;
}

enum exit_status cli_misuse(const struct invocation *invocation, const char *format, ...)
{
    const char *name = invocation->command->name;
    struct error err;
    va_list args;

    va_start(args, format);
    vsnprintf(err.text, sizeof(err.text), format, args);
    va_end(args);
    if (*err.text)
        cli_fail(STATUS_WRONG, &err);
    fprintf(stderr, _("Try 'drydock %s%s--help'.\n"), name, *name ? " " : "");
    return STATUS_WRONG;
}

void cli_print_line(const char *text)
{
    print_visible(stdout, text);
    putchar('\n');
}

enum exit_status cli_print_all(const struct str *out, enum exit_status status)
{
    struct error err;

    fwrite(out->text, 1, out->len, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    error_set(&err, errno, _("cannot write the output"));
    return cli_fail(STATUS_IMPOSSIBLE, &err);
}

int cli_columns(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return 80;
    return size.ws_col < TEXT_COLUMNS_MAX ? size.ws_col : TEXT_COLUMNS_MAX;
}
