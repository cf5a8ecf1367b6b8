/* SPDX-License-Identifier: MIT
 * What any curses program over this bank must do at least: initialise ncurses, open the bank, draw,
 * wait for a key. */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>

int main(int argc, char **argv)
{
    sqlite3 *bank;
    sqlite3_stmt *count;

    setlocale(LC_ALL, "");
    if (argc != 2 || sqlite3_open_v2(argv[1], &bank, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(bank, "SELECT count(*) FROM sqlite_schema", -1, &count, NULL) !=
            SQLITE_OK ||
        sqlite3_step(count) != SQLITE_ROW)
        return 1;
    initscr();
    start_color();
    use_default_colors();
    cbreak();
    noecho();
    mvprintw(0, 0, "a bank of %d tables and indices", sqlite3_column_int(count, 0));
    sqlite3_finalize(count);
    refresh();
    getch();
    endwin();
    sqlite3_close(bank);
    return 0;
}
