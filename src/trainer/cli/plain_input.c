/* SPDX-License-Identifier: MIT */
#include "trainer/cli/plain_input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool plain_read(const char *prompt, struct str *line)
{
    autofree char *read = NULL;
    size_t cap = 0;

    fputs(prompt, stdout);
    fflush(stdout);
    ssize_t len = getline(&read, &cap, stdin);
    if (len < 0) {
        putchar('\n');
        return false;
    }
    str_clear(line);
    str_add_bytes(line, read, strcspn(read, "\r\n"));
    return true;
}
