/* SPDX-License-Identifier: MIT
 * Speed and memory of reading a deck, against `cmark -t xml` on the same file in the same run:
 * ratio at most 3, peak memory at most 20 times the file. Usage: bench_deck [FILE]; without one, a
 * document of 1 MiB is made up. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/i18n.h"
#include "base/str.h"
#include "trainer/deck/deck.h"

#define ROUNDS       15
#define SAMPLE_BYTES (1u << 20)
#define RATIO_LIMIT  3.0
#define MEMORY_LIMIT 20.0

struct run {
    double seconds; /* the shortest of all rounds */
    long peak_kib;
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void write_sample(const char *path)
{
    autostr struct str text = STR_INIT;
    struct error err;

    for (int i = 1; text.len < SAMPLE_BYTES; i++) {
        if (i % 20 == 1)
            str_addf(&text, "## %d. Section\n\n", i / 20 + 1);
        str_addf(&text, "### Q%d: What does `tool %d` do, and *why*?\n\n**A:** It moves ", i, i);
        str_add(&text, "[packets](https://example.org) between **two** networks:\n\n");
        for (int k = 0; k < 6; k++)
            str_addf(&text, "- step %d of the way, with `code %d` and some words\n", k, i);
        str_add(&text, "\n```sh\nip link add veth0 type veth peer name veth1\n```\n\n");
        str_add(&text,
                "#### Inside\n\nA paragraph of several lines that says\nwhat happens, and in "
                "which order,\nbefore the next one begins.\n\n");
    }
    if (fs_write_atomic(path, text.text, text.len, 0600, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        exit(2);
    }
}

static void run_peer(const char *path)
{
    int null = open("/dev/null", O_WRONLY);

    dup2(null, STDOUT_FILENO);
    execlp("cmark", "cmark", "-t", "xml", path, (char *)NULL);
    _exit(127);
}

/* Runs once in a child, so that start-up and memory are those of a whole program. */
static struct run measure(const char *path, const char *program)
{
    struct run run = {.seconds = 1e9};

    for (int round = 0; round < ROUNDS; round++) {
        struct rusage usage;
        int status;
        double start = now();
        pid_t pid = fork();
        if (pid == 0 && !program)
            run_peer(path);
        if (pid == 0) {
            execl(program, program, "--parse", path, (char *)NULL);
            _exit(127);
        }
        wait4(pid, &status, 0, &usage);
        double taken = now() - start;
        if (status != 0) {
            fprintf(stderr, "%s failed\n", program ? program : "cmark");
            exit(2);
        }
        run.seconds = taken < run.seconds ? taken : run.seconds;
        run.peak_kib = usage.ru_maxrss > run.peak_kib ? usage.ru_maxrss : run.peak_kib;
    }
    return run;
}

static int parse_once(const char *path)
{
    struct error err;
    auto_deck struct deck *deck = deck_load(path, &err);

    if (!deck)
        fprintf(stderr, "%s\n", err.text);
    return deck ? 0 : 1;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "bench_deck_sample.md";
    autofree char *text = NULL;
    size_t len;
    struct error err;

    i18n_init();
    if (argc == 3 && strcmp(argv[1], "--parse") == 0)
        return parse_once(argv[2]);
    if (argc == 1)
        write_sample(path);
    if (fs_read(path, DECK_LIMIT_BYTES, &text, &len, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        return 2;
    }
    struct run ours = measure(path, "/proc/self/exe"), peer = measure(path, NULL);
    double ratio = ours.seconds / peer.seconds;
    double memory = (double)ours.peak_kib * 1024 / (double)len;
    printf("%zu bytes: %.1f ms, cmark -t xml %.1f ms: %.2f times (limit %.0f)\n", len,
           ours.seconds * 1e3, peer.seconds * 1e3, ratio, RATIO_LIMIT);
    printf("peak memory %ld KiB: %.1f times the file (limit %.0f); cmark %ld KiB\n", ours.peak_kib,
           memory, MEMORY_LIMIT, peer.peak_kib);
    if (argc == 1)
        unlink(path);
    return ratio <= RATIO_LIMIT && memory <= MEMORY_LIMIT ? 0 : 1;
}
