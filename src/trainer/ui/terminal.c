/* SPDX-License-Identifier: MIT */
#include "trainer/ui/terminal.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/array.h"
#include "base/i18n.h"
#include "trainer/ui/key.h"

#define ESCAPE_DELAY_MS  25
#define PASTE_ON         "\033[?2004h"
#define PASTE_OFF        "\033[?2004l"
#define CRASH_STACK_SIZE 65536

static const int ending_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int crash_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

/* What signal handlers need; nothing else of the screens is global. */
static struct {
    volatile sig_atomic_t ending, was_resized, is_suspending, was_continued;
    bool is_ours; /* in curses mode */
    SCREEN *screen;
    struct termios before;
    sigset_t outside; /* the signal mask while waiting */
    char reset[256];  /* the bytes that put the terminal back */
    struct sigaction crash_before[ARRAY_LEN(crash_signals)];
    bool has_mouse;
} terminal;

static void note_signal(int number)
{
    if (number == SIGWINCH)
        terminal.was_resized = 1;
    else if (number == SIGTSTP)
        terminal.is_suspending = 1;
    else if (number == SIGCONT)
        terminal.was_continued = 1;
    else
        terminal.ending = number;
}

/* Only what a signal handler may call. */
static void restore_after_crash(void)
{
    if (!terminal.is_ours)
        return;
    terminal.is_ours = false;
    ssize_t written = write(STDOUT_FILENO, terminal.reset, strlen(terminal.reset));
    (void)written; /* nothing could be done about it here */
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal.before);
}

static void on_crash(int number)
{
    restore_after_crash();
    for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
        if (crash_signals[i] == number)
            sigaction(number, &terminal.crash_before[i], NULL);
    raise(number);
}

static void add_reset(const char *sequence)
{
    if (sequence && sequence != (char *)-1 &&
        strlen(terminal.reset) + strlen(sequence) < sizeof(terminal.reset))
        strcat(terminal.reset, sequence);
}

static void prepare_reset(void)
{
    terminal.reset[0] = '\0';
    add_reset(PASTE_OFF);
    if (terminal.has_mouse)
        add_reset("\033[?1006;1000l");
    add_reset(tigetstr("sgr0"));
    add_reset(tigetstr("rmkx"));
    add_reset(tigetstr("cnorm"));
    add_reset(tigetstr("rmcup"));
}

static void block_signals(void)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGWINCH);
    sigaddset(&ours, SIGTSTP);
    sigaddset(&ours, SIGCONT);
    for (size_t i = 0; i < ARRAY_LEN(ending_signals); i++)
        sigaddset(&ours, ending_signals[i]);
    sigprocmask(SIG_BLOCK, &ours, &terminal.outside);
}

/* The handlers run only inside of terminal_wait(): curses is never interrupted. Signals that the
 * parent ignores (nohup) stay ignored. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_signal}, before;

    sigaction(SIGWINCH, &action, NULL);
    sigaction(SIGTSTP, &action, NULL);
    sigaction(SIGCONT, &action, NULL);
    for (size_t i = 0; i < ARRAY_LEN(ending_signals); i++) {
        sigaction(ending_signals[i], &action, &before);
        if (before.sa_handler == SIG_IGN)
            sigaction(ending_signals[i], &before, NULL);
    }
    block_signals();
}

static void catch_crashes(void)
{
    static char stack[CRASH_STACK_SIZE]; /* a crash may be for lack of stack */
    stack_t other = {.ss_sp = stack, .ss_size = sizeof(stack)}, before;
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};

    if (sigaltstack(NULL, &before) == 0 && (before.ss_flags & SS_DISABLE))
        sigaltstack(&other, NULL);
    for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
        sigaction(crash_signals[i], &action, &terminal.crash_before[i]);
    memory_on_exhaustion(restore_after_crash);
}

void terminal_reset_signals(void)
{
    for (size_t i = 0; i < ARRAY_LEN(ending_signals); i++)
        signal(ending_signals[i], SIG_DFL);
    for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
        signal(crash_signals[i], SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    signal(SIGCONT, SIG_DFL);
    signal(SIGWINCH, SIG_DFL);
    sigprocmask(SIG_SETMASK, &terminal.outside, NULL);
}

void terminal_ignore_keys(bool is_ignoring)
{
    static const int numbers[] = {SIGINT, SIGQUIT};
    static struct sigaction before[ARRAY_LEN(numbers)];
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    /* They are blocked, so they wait even while ignored; ignoring them again discards them. */
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        sigaction(numbers[i], &ignore, is_ignoring ? &before[i] : NULL);
        if (!is_ignoring)
            sigaction(numbers[i], &before[i], NULL);
    }
}

static void write_terminal(const char *sequence)
{
    putp(sequence);
    fflush(stdout);
}

static void start_colors(bool wanted)
{
    if (!wanted || !has_colors() || start_color() == ERR)
        return;
    use_default_colors();
    for (short color = 1; color < 7; color++)
        init_pair(color, color, -1);
}

/* Keys as they come, but with signals; without the flow control that would swallow C-s and C-q. */
static void set_modes(void)
{
    struct termios modes;

    cbreak();
    noecho();
    nonl();
    if (tcgetattr(STDIN_FILENO, &modes) == 0) {
        modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
        modes.c_lflag &= ~(tcflag_t)IEXTEN;
        tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    }
    def_prog_mode();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    meta(stdscr, TRUE);
    typeahead(-1);
}

int terminal_start(const struct terminal_options *options, struct error *err)
{
    if (tcgetattr(STDIN_FILENO, &terminal.before) < 0)
        return error_set(err, errno, _("the screens need a terminal"));
    terminal.has_mouse = options->has_mouse;
    catch_signals();
    terminal.screen = newterm(NULL, stdout, stdin);
    if (!terminal.screen) {
        terminal_reset_signals();
        return error_set(err, 0, _("the terminal's kind is not known: set TERM"));
    }
    if (!cursor_address) {
        endwin();
        delscreen(terminal.screen);
        terminal.screen = NULL;
        terminal_reset_signals();
        return error_set(err, 0, _("this terminal cannot move its cursor: use --plain"));
    }
    set_escdelay(ESCAPE_DELAY_MS);
    prepare_reset();
    catch_crashes();
    set_modes();
    start_colors(options->has_color);
    key_define();
    if (options->has_mouse) {
        mouseinterval(0);
        mousemask(ALL_MOUSE_EVENTS, NULL);
    }
    write_terminal(PASTE_ON);
    terminal.is_ours = true;
    return 0;
}

void terminal_release(void)
{
    if (!terminal.is_ours)
        return;
    if (terminal.has_mouse)
        mousemask(0, NULL);
    write_terminal(PASTE_OFF);
    endwin();
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.before);
    terminal.is_ours = false;
}

static void learn_size(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
        (size.ws_row != LINES || size.ws_col != COLS))
        resize_term(size.ws_row, size.ws_col);
}

void terminal_retake(void)
{
    if (terminal.is_ours)
        return;
    reset_prog_mode();
    terminal.is_ours = true;
    learn_size();
    clearok(stdscr, TRUE);
    if (terminal.has_mouse)
        mousemask(ALL_MOUSE_EVENTS, NULL);
    write_terminal(PASTE_ON);
    flushinp();
}

void terminal_stop(void)
{
    terminal_release();
    memory_on_exhaustion(NULL);
    for (size_t i = 0; i < ARRAY_LEN(crash_signals); i++)
        sigaction(crash_signals[i], &terminal.crash_before[i], NULL);
    terminal_reset_signals();
    if (terminal.screen)
        delscreen(terminal.screen);
    terminal.screen = NULL;
}

void terminal_suspend(void)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
    sigset_t only_stop;

    terminal_release();
    sigaction(SIGTSTP, &stop, &ours);
    sigemptyset(&only_stop);
    sigaddset(&only_stop, SIGTSTP);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &only_stop, NULL); /* stops here */
    sigprocmask(SIG_BLOCK, &only_stop, NULL);
    sigaction(SIGTSTP, &ours, NULL);
    terminal_retake();
}

/* What a signal asked for; they are looked at in the order of urgency. */
static enum terminal_event take_signal(void)
{
    if (terminal.ending)
        return TERMINAL_END;
    if (terminal.is_suspending) {
        terminal.is_suspending = 0;
        return TERMINAL_SUSPEND;
    }
    if (terminal.was_continued) { /* after a stop that was not ours: the shell had the terminal */
        terminal.was_continued = 0;
        terminal.was_resized = 1;
        reset_prog_mode();
        write_terminal(PASTE_ON);
        clearok(stdscr, TRUE);
    }
    if (terminal.was_resized) {
        terminal.was_resized = 0;
        learn_size();
        return TERMINAL_RESIZED;
    }
    return TERMINAL_TIMEOUT;
}

enum terminal_event terminal_wait(int timeout_ms)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    int ready = ppoll(&input, 1, timeout_ms < 0 ? NULL : &timeout, &terminal.outside);
    enum terminal_event event = take_signal();

    if (event != TERMINAL_TIMEOUT)
        return event;
    if (ready > 0 && (input.revents & (POLLHUP | POLLERR | POLLNVAL))) {
        terminal.ending = SIGHUP;
        return TERMINAL_END;
    }
    return ready > 0 ? TERMINAL_INPUT : TERMINAL_TIMEOUT;
}

int terminal_ending_signal(void)
{
    return terminal.ending;
}
