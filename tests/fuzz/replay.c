/* SPDX-License-Identifier: MIT
 * Runs every file of a corpus once through a fuzz target: the smoke test of builds without
 * libFuzzer. The argument is any file of the corpus folder; DRYDOCK_FUZZ_FILE replays a single file
 * instead. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fs.h"
#include "base/i18n.h"
#include "base/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void replay(const char *path)
{
    autofree char *text = NULL;
    size_t len;
    struct error err;

    if (fs_read(path, 64u << 20, &text, &len, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    printf("# %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput((const uint8_t *)text, len);
}

static int replay_folder(const char *path)
{
    autofree char *folder = fs_parent(path);
    DIR *entries = opendir(folder);
    int count = 0;

    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        autofree char *file = fs_join(folder, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        replay(file);
        count++;
    }
    if (entries)
        closedir(entries);
    return count;
}

int main(int argc, char **argv)
{
    const char *single = getenv("DRYDOCK_FUZZ_FILE");

    i18n_init();
    if (single) {
        replay(single);
        return 0;
    }
    int count = argc > 1 ? replay_folder(argv[1]) : 0;
    printf("%d files\n", count);
    return count > 0 ? 0 : 1;
}
