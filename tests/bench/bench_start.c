/* SPDX-License-Identifier: MIT
 * From exec to the drawn home screen, against bench_start_peer on the same bank; then from a key to
 * its drawn effect, and the peak memory. Both run in a pseudo-terminal of 80x24. bench_start
 * DRYDOCK PEER DATA-FOLDER [KEYS]   DATA-FOLDER is an XDG_DATA_HOME with a bank */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/str.h"

#define RUNS     31
#define QUIET_MS 120 /* no output for so long: the screen is drawn */

struct program {
    pid_t pid;
    int terminal;
};

static double now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* When the last output came, before it was quiet, and in *first_ms the first; 0 where there was
 * none. */
static double drain(const struct program *program, double *first_ms)
{
    struct pollfd waiting = {.fd = program->terminal, .events = POLLIN};
    char output[65536];
    double last_ms = 0;

    *first_ms = 0;
    while (poll(&waiting, 1, QUIET_MS) > 0 && read(program->terminal, output, sizeof(output)) > 0) {
        last_ms = now_ms();
        if (*first_ms == 0)
            *first_ms = last_ms;
    }
    return last_ms;
}

static void start(struct program *program, char *const *command)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};

    program->pid = forkpty(&program->terminal, NULL, NULL, &size);
    if (program->pid == 0) {
        execv(command[0], command);
        _exit(127);
    }
}

/* Ends it; returns its peak memory in KiB. */
static long stop(struct program *program)
{
    struct rusage usage;
    double ignored_ms;

    kill(program->pid, SIGTERM);
    drain(program, &ignored_ms);
    wait4(program->pid, NULL, 0, &usage);
    close(program->terminal);
    return usage.ru_maxrss;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof(*values), compare);
    return values[count / 2];
}

static double start_ms(char *const *command, long *memory_kib)
{
    struct program program;
    double begin_ms = now_ms(), first_ms;

    start(&program, command);
    double drawn_ms = drain(&program, &first_ms);
    *memory_kib = stop(&program);
    return drawn_ms - begin_ms;
}

static void measure_start(char *const *drydock, char *const *peer)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    double own[RUNS], other[RUNS];
    long own_kib = 0, other_kib = 0;

    for (int i = 0; i < RUNS; i++) {
        own[i] = start_ms(drydock, &own_kib);
        other[i] = start_ms(peer, &other_kib);
    }
    printf("start to drawn home screen: %.1f ms, peer %.1f ms, ratio %.2f\n", median(own, RUNS),
           median(other, RUNS), median(own, RUNS) / median(other, RUNS));
    printf("peak memory: %.1f MB, peer %.1f MB\n", own_kib / 1024.0, other_kib / 1024.0);
}

/* Types the keys one by one; measures each until its effect is drawn, and until all that it leads
 * to (a search, which waits for the keyboard to rest) is. */
static void measure_keys(char *const *drydock, const char *keys)
{
    struct program program;
    double slowest_ms = 0, first_ms;

    start(&program, drydock);
    drain(&program, &first_ms);
    for (const char *key = keys; *key; key++) {
        double begin_ms = now_ms();
        if (write(program.terminal, key, 1) != 1)
            break;
        double last_ms = drain(&program, &first_ms);
        double took_ms = first_ms > 0 ? first_ms - begin_ms : 0;
        printf("key %c: drawn after %5.2f ms, settled after %5.2f ms%s\n", *key, took_ms,
               first_ms > 0 ? last_ms - begin_ms : 0, first_ms > 0 ? "" : " (nothing drawn)");
        if (took_ms > slowest_ms)
            slowest_ms = took_ms;
    }
    printf("slowest key: %.2f ms; peak memory %.1f MB\n", slowest_ms, stop(&program) / 1024.0);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: bench_start DRYDOCK PEER DATA-FOLDER [KEYS]\n");
        return 2;
    }
    autofree char *bank = str_printf("%s/drydock/bank.db", argv[3]);
    char *const drydock[] = {argv[1], NULL};
    char *const peer[] = {argv[2], bank, NULL};

    setenv("XDG_DATA_HOME", argv[3], 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    measure_start(drydock, peer);
    measure_keys(drydock, argc > 4 ? argv[4] : "jkjbjjjkfdocker");
    return 0;
}
