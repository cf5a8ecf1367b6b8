/* SPDX-License-Identifier: MIT
 * Runs a script of keys against drydock in an emulated terminal and compares what the screen shows.
 *
 *     runner DRYDOCK SCRIPT
 *
 * Lines of a script (a # begins a comment; $HERE is its folder, $HOME the private home):
 *     size COLS ROWS           of the terminal; 80 24 without
 *     env NAME=VALUE           for the program
 *     copy FILE                from the script's folder into the home
 *     run ARGUMENTS            drydock without a terminal; it must end with 0
 *     start ARGUMENTS          drydock in the terminal
 *     keys NAME ...            C-d M-b Enter Esc Tab Up F1 a ...
 *     type TEXT, paste TEXT    letters; \n is the Enter key
 *     click ROW COL, wheel up|down ROW COL
 *     resize COLS ROWS
 *     wait TEXT                until the screen shows it
 *     shows TEXT, lacks TEXT   now
 *     screen NAME, looks NAME  compares with NAME.screen, NAME.looks beside the script
 *     plain                    no cell has a colour; ascii: none holds anything but ASCII
 *     cursor ROW COL           from 0
 *     signal NAME, stopped, exit STATUS, killed NAME
 *     restored                 the terminal is as before the start
 *
 * DRYDOCK_UPDATE=1 writes the files instead of comparing. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/fs.h"
#include "emulator.h"

#define ARGUMENTS_MAX 32
#define WAIT_MS       20000

struct runner {
    char *drydock, *script, *here, *home;
    int line, rows, cols;
    struct emulator emulator;
    bool is_open;
    int failures;
};

PRINTF_LIKE(2, 3)
static void complain(struct runner *runner, const char *format, ...)
{
    va_list arguments;
    autostr struct str screen = STR_INIT;

    fprintf(stderr, "%s:%d: ", runner->script, runner->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    runner->failures++;
    if (!runner->is_open)
        return;
    emulator_text(&runner->emulator, &screen);
    fprintf(stderr, "--- the screen (cursor %d %d)\n%s---\n", runner->emulator.cursor.row,
            runner->emulator.cursor.col, screen.text);
}

/* --- Text of the script --- */

static char *replaced(const char *text, const char *name, const char *value)
{
    autostr struct str out = STR_INIT;
    const char *found;

    while ((found = strstr(text, name))) {
        str_add_bytes(&out, text, (size_t)(found - text));
        str_add(&out, value);
        text = found + strlen(name);
    }
    str_add(&out, text);
    return str_steal(&out);
}

/* Splits at blanks, in place; a word in quotes may hold some. */
static int split(char *text, char **words, int most)
{
    int count = 0;

    while (count < most - 1) {
        text += strspn(text, " ");
        if (!*text)
            break;
        bool is_quoted = *text == '"';
        text += is_quoted;
        words[count++] = text;
        text += strcspn(text, is_quoted ? "\"" : " ");
        if (*text)
            *text++ = '\0';
    }
    words[count] = NULL;
    return count;
}

static const struct {
    const char *name, *bytes;
} key_table[] = {
    {"Enter", "\r"},         {"Esc", "\033"},          {"Tab", "\t"},
    {"Space", " "},          {"Backspace", "\177"},    {"Up", "\033OA"},
    {"Down", "\033OB"},      {"Right", "\033OC"},      {"Left", "\033OD"},
    {"Home", "\033OH"},      {"End", "\033OF"},        {"PageUp", "\033[5~"},
    {"PageDown", "\033[6~"}, {"Delete", "\033[3~"},    {"S-Tab", "\033[Z"},
    {"F1", "\033OP"},        {"C-Home", "\033[1;5H"},  {"C-End", "\033[1;5F"},
    {"C-Left", "\033[1;5D"}, {"C-Right", "\033[1;5C"},
};

static void add_key(struct str *out, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(key_table); i++) {
        if (str_eq(key_table[i].name, name)) {
            str_add(out, key_table[i].bytes);
            return;
        }
    }
    if (str_starts(name, "C-") && name[2] && !name[3]) {
        str_add_char(out, (char)(toupper((unsigned char)name[2]) ^ 0x40));
    } else if (str_starts(name, "M-") && name[2]) {
        str_add_char(out, '\033');
        str_add(out, name + 2);
    } else {
        str_add(out, name);
    }
}

/* --- Commands --- */

static void do_run(struct runner *runner, char *text)
{
    char *argv[ARGUMENTS_MAX] = {runner->drydock};
    int status;

    split(text, argv + 1, ARGUMENTS_MAX - 1);
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_RDWR), STDIN_FILENO);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execv(argv[0], argv);
        _exit(127);
    }
    if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        complain(runner, "failed with wait status %d", status);
}

static void do_copy(struct runner *runner, char *name)
{
    autofree char *from = fs_join(runner->here, name);
    autofree char *to = fs_join(runner->home, name);
    autofree char *text = NULL;
    size_t len;
    struct error err;

    if (fs_read(from, 1 << 20, &text, &len, &err) < 0 ||
        fs_write_atomic(to, text, len, 0600, &err) < 0)
        complain(runner, "%s", err.text);
}

static void do_start(struct runner *runner, char *text)
{
    char *argv[ARGUMENTS_MAX] = {runner->drydock};

    split(text, argv + 1, ARGUMENTS_MAX - 1);
    if (!runner->is_open)
        emulator_open(&runner->emulator, runner->rows, runner->cols);
    runner->is_open = true;
    emulator_end_child(&runner->emulator);
    emulator_start(&runner->emulator, argv);
    /* The first thing a program does is to load: wait for the screen, not for silence. */
    int64_t end = clock_monotonic_ms() + WAIT_MS;
    while (!runner->emulator.is_alternate && !runner->emulator.has_ended &&
           clock_monotonic_ms() < end)
        emulator_settle(&runner->emulator);
    emulator_settle(&runner->emulator);
}

static void send(struct runner *runner, const struct str *bytes)
{
    emulator_type(&runner->emulator, bytes->text, bytes->len);
    emulator_settle(&runner->emulator);
}

static void do_keys(struct runner *runner, char *text)
{
    char *names[ARGUMENTS_MAX * 4];
    int count = split(text, names, ARGUMENTS_MAX * 4);

    for (int i = 0; i < count; i++) {
        autostr struct str bytes = STR_INIT;
        add_key(&bytes, names[i]);
        send(runner, &bytes);
    }
}

static void do_type(struct runner *runner, char *text)
{
    autofree char *keys = replaced(text, "\\n", "\r");
    struct str bytes = {.text = keys, .len = strlen(keys)};

    send(runner, &bytes);
}

static void do_paste(struct runner *runner, char *text)
{
    autofree char *keys = replaced(text, "\\n", "\r");
    autostr struct str bytes = STR_INIT;

    str_addf(&bytes, "\033[200~%s\033[201~", keys);
    send(runner, &bytes);
}

/* Mouse reports as terminals send them (SGR). */
static void do_mouse(struct runner *runner, int button, const char *text)
{
    autostr struct str bytes = STR_INIT;
    int row, col;

    if (sscanf(text, "%d %d", &row, &col) != 2) {
        complain(runner, "no place");
        return;
    }
    str_addf(&bytes, "\033[<%d;%d;%dM", button, col + 1, row + 1);
    if (button == 0)
        str_addf(&bytes, "\033[<%d;%d;%dm", button, col + 1, row + 1);
    send(runner, &bytes);
}

static void do_click(struct runner *runner, char *text)
{
    do_mouse(runner, 0, text);
}

static void do_wheel(struct runner *runner, char *text)
{
    bool is_up = str_starts(text, "up ");

    do_mouse(runner, is_up ? 64 : 65, text + (is_up ? 3 : 5));
}

static void do_size(struct runner *runner, char *text)
{
    if (sscanf(text, "%d %d", &runner->cols, &runner->rows) != 2)
        complain(runner, "no size");
}

static void do_resize(struct runner *runner, char *text)
{
    do_size(runner, text);
    emulator_resize(&runner->emulator, runner->rows, runner->cols);
    emulator_settle(&runner->emulator);
}

static bool shows(struct runner *runner, const char *text)
{
    autostr struct str screen = STR_INIT;

    emulator_text(&runner->emulator, &screen);
    return strstr(screen.text, text) != NULL;
}

static void do_wait(struct runner *runner, char *text)
{
    int64_t end = clock_monotonic_ms() + WAIT_MS;

    while (!shows(runner, text) && clock_monotonic_ms() < end)
        emulator_settle(&runner->emulator);
    if (!shows(runner, text))
        complain(runner, "'%s' never came", text);
}

static void do_shows(struct runner *runner, char *text)
{
    if (!shows(runner, text))
        complain(runner, "'%s' is not there", text);
}

static void do_lacks(struct runner *runner, char *text)
{
    if (shows(runner, text))
        complain(runner, "'%s' is there", text);
}

/* The clock of the first row runs: its digits do not count. */
static void mask_clock(char *text)
{
    char *end = text + strcspn(text, "\n");

    for (char *at = text + 2; at + 2 < end; at++)
        if (*at == ':' && isdigit((unsigned char)at[-1]) && isdigit((unsigned char)at[1]))
            at[-2] = at[-1] = at[1] = at[2] = '0';
}

static void compare(struct runner *runner, const char *name, const char *kind, struct str *actual)
{
    autofree char *path = str_printf("%s/%s.%s", runner->here, name, kind);
    autofree char *expected = NULL;
    const char *update = getenv("DRYDOCK_UPDATE");
    size_t len;
    struct error err;

    if (update && *update) {
        if (fs_write_atomic(path, actual->text, actual->len, 0644, &err) < 0)
            complain(runner, "%s", err.text);
        return;
    }
    if (fs_read(path, 1 << 20, &expected, &len, &err) < 0) {
        complain(runner, "%s", err.text);
        return;
    }
    if (!str_eq(expected, actual->text)) {
        complain(runner, "not as %s.%s", name, kind);
        fprintf(stderr, "--- expected\n%s--- actual\n%s---\n", expected, actual->text);
    }
}

static void do_screen(struct runner *runner, char *name)
{
    autostr struct str actual = STR_INIT;

    emulator_text(&runner->emulator, &actual);
    mask_clock(actual.text);
    str_addf(&actual, "cursor %d %d\n", runner->emulator.cursor.row, runner->emulator.cursor.col);
    compare(runner, name, "screen", &actual);
}

static void do_looks(struct runner *runner, char *name)
{
    autostr struct str actual = STR_INIT;

    emulator_looks(&runner->emulator, &actual);
    compare(runner, name, "looks", &actual);
}

static void do_plain(struct runner *runner, char *text)
{
    autostr struct str looks = STR_INIT;

    emulator_looks(&runner->emulator, &looks);
    if (strchr(looks.text, 'c'))
        complain(runner, "a cell has a colour:\n%s", looks.text);
}

static void do_ascii(struct runner *runner, char *text)
{
    autostr struct str screen = STR_INIT;

    emulator_text(&runner->emulator, &screen);
    for (size_t i = 0; i < screen.len; i++) {
        if ((unsigned char)screen.text[i] < 0x80)
            continue;
        complain(runner, "not ASCII: %.4s", screen.text + i);
        return;
    }
}

static void do_cursor(struct runner *runner, char *text)
{
    int row, col;

    if (sscanf(text, "%d %d", &row, &col) != 2 || runner->emulator.cursor.row != row ||
        runner->emulator.cursor.col != col)
        complain(runner, "the cursor is elsewhere");
}

static int signal_number(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } table[] = {{"TERM", SIGTERM}, {"HUP", SIGHUP},   {"INT", SIGINT},   {"QUIT", SIGQUIT},
                 {"SEGV", SIGSEGV}, {"ABRT", SIGABRT}, {"KILL", SIGKILL}, {"TSTP", SIGTSTP},
                 {"STOP", SIGSTOP}, {"CONT", SIGCONT}, {"BUS", SIGBUS},   {"FPE", SIGFPE}};

    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (str_eq(table[i].name, name))
            return table[i].number;
    return 0;
}

static void do_signal(struct runner *runner, char *name)
{
    emulator_signal(&runner->emulator, signal_number(name));
    emulator_settle(&runner->emulator);
}

static void do_stopped(struct runner *runner, char *text)
{
    if (!emulator_wait(&runner->emulator) || !runner->emulator.is_stopped)
        complain(runner, "the program has not stopped");
}

static void do_exit(struct runner *runner, char *text)
{
    struct emulator *emulator = &runner->emulator;

    if (!emulator_wait(emulator) || !emulator->has_ended)
        complain(runner, "the program runs on");
    else if (!WIFEXITED(emulator->status) || WEXITSTATUS(emulator->status) != atoi(text))
        complain(runner, "ended with wait status %#x", (unsigned)emulator->status);
}

static void do_killed(struct runner *runner, char *name)
{
    struct emulator *emulator = &runner->emulator;

    if (!emulator_wait(emulator) || !emulator->has_ended)
        complain(runner, "the program runs on");
    else if (!WIFSIGNALED(emulator->status) || WTERMSIG(emulator->status) != signal_number(name))
        complain(runner, "ended with wait status %#x", (unsigned)emulator->status);
}

static void do_restored(struct runner *runner, char *text)
{
    const char *dirty = emulator_is_dirty(&runner->emulator);

    if (dirty)
        complain(runner, "not restored: %s", dirty);
}

static void do_env(struct runner *runner, char *text)
{
    char *value = strchr(text, '=');

    if (!value) {
        complain(runner, "no value");
        return;
    }
    *value++ = '\0';
    setenv(text, value, 1);
}

static const struct {
    const char *name;
    void (*run)(struct runner *runner, char *text);
} commands[] = {
    {"copy", do_copy},       {"size", do_size},   {"env", do_env},       {"run", do_run},
    {"start", do_start},     {"keys", do_keys},   {"type", do_type},     {"paste", do_paste},
    {"click", do_click},     {"wheel", do_wheel}, {"resize", do_resize}, {"wait", do_wait},
    {"shows", do_shows},     {"lacks", do_lacks}, {"screen", do_screen}, {"looks", do_looks},
    {"plain", do_plain},     {"ascii", do_ascii}, {"cursor", do_cursor}, {"signal", do_signal},
    {"stopped", do_stopped}, {"exit", do_exit},   {"killed", do_killed}, {"restored", do_restored},
};

static void do_line(struct runner *runner, const char *line)
{
    autofree char *with_here = replaced(line, "$HERE", runner->here);
    autofree char *text = replaced(with_here, "$HOME", runner->home);
    size_t len = strcspn(text, " ");

    if (*text == '\0' || *text == '#')
        return;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (strlen(commands[i].name) == len && memcmp(commands[i].name, text, len) == 0) {
            commands[i].run(runner, text + len + (text[len] == ' '));
            return;
        }
    }
    complain(runner, "no such command");
}

/* --- The surroundings --- */

static void set_folder(struct runner *runner, const char *variable, const char *name)
{
    autofree char *path = fs_join(runner->home, name);

    mkdir(path, 0700);
    setenv(variable, path, 1);
}

static void pin_environment(struct runner *runner)
{
    static const char *const unset[] = {"NO_COLOR", "VISUAL",          "EDITOR",   "BROWSER",
                                        "DISPLAY",  "WAYLAND_DISPLAY", "LANGUAGE", "DRYDOCK_LOG",
                                        "LANG",     "COLUMNS",         "LINES"};

    for (size_t i = 0; i < ARRAY_LEN(unset); i++)
        unsetenv(unset[i]);
    setenv("HOME", runner->home, 1);
    set_folder(runner, "XDG_DATA_HOME", "data");
    set_folder(runner, "XDG_CONFIG_HOME", "config");
    set_folder(runner, "XDG_STATE_HOME", "state");
    set_folder(runner, "XDG_RUNTIME_DIR", "run");
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    setenv("DRYDOCK_NOW", "2026-11-24T09:00:00Z", 1);
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    return remove(path);
}

static int run_script(struct runner *runner)
{
    autofree char *text = NULL;
    size_t len;
    struct error err;

    if (fs_read(runner->script, 1 << 20, &text, &len, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        return 99;
    }
    for (char *line = text; line && *line && runner->failures == 0;) {
        char *end = strchr(line, '\n');
        if (end)
            *end++ = '\0';
        runner->line++;
        do_line(runner, line);
        line = end;
    }
    return runner->failures > 0;
}

int main(int argc, char **argv)
{
    char home[] = "/tmp/drydock-tui-XXXXXX";
    struct runner runner = {.rows = 24, .cols = 80};
    struct error err;

    if (argc != 3 || !mkdtemp(home)) {
        fprintf(stderr, "usage: runner DRYDOCK SCRIPT\n");
        return 99;
    }
    runner.drydock = fs_absolute(argv[1], &err);
    runner.script = argv[2];
    runner.here = fs_parent(argv[2]);
    runner.home = home;
    pin_environment(&runner);
    int status = run_script(&runner);
    if (runner.is_open)
        emulator_close(&runner.emulator);
    nftw(home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(runner.drydock);
    free(runner.here);
    return status;
}
