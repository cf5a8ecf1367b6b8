/* SPDX-License-Identifier: MIT
 * Tests of the ground floor: files, folders and where they are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/str.h"

#define LOG_MODULE "test"

static char *scratch; /* a folder of its own for each test */

static int make_scratch(void **state)
{
    const char *base = getenv("TMPDIR");

    scratch = str_printf("%s/drydock-test.XXXXXX", base && *base ? base : "/tmp");
    return mkdtemp(scratch) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
    return remove(path);
}

static int remove_scratch(void **state)
{
    int result = nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS);

    free(scratch);
    return result;
}

static size_t count_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    size_t count = 0;

    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

/* ---- Reading ---- */

static void reads_whole_files(void **state)
{
    static const size_t sizes[] = {0, 1, 65535, 65536, 65537, 300000};
    autofree char *path = fs_join(scratch, "file");
    struct error err;

    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        autofree char *bytes = xcalloc(1, sizes[i] + 1), *text = NULL;
        size_t len = 7;
        memset(bytes, 'a' + (int)i, sizes[i]);
        if (sizes[i] > 1)
            bytes[1] = '\0'; /* any bytes are kept */
        assert_int_equal(fs_write_atomic(path, bytes, sizes[i], 0600, &err), 0);
        assert_int_equal(fs_read(path, sizes[i], &text, &len, &err), 0);
        assert_int_equal(len, sizes[i]);
        assert_memory_equal(text, bytes, sizes[i] + 1);
    }
}

static void expect_no_read(const char *path, size_t limit_bytes, int errnum, const char *reason)
{
    char *text = NULL;
    size_t len = 7;
    struct error err;

    assert_int_equal(fs_read(path, limit_bytes, &text, &len, &err), -1);
    assert_null(text);
    assert_int_equal(len, 7);
    assert_int_equal(err.errnum, errnum);
    if (!strstr(err.text, path) || !strstr(err.text, reason))
        fail_msg("\"%s\" instead of \"… %s … %s\"", err.text, path, reason);
}

static void refuses_what_is_no_file(void **state)
{
    autofree char *missing = fs_join(scratch, "missing"), *pipe = fs_join(scratch, "pipe");
    autofree char *link = fs_join(scratch, "link"), *below = fs_join(missing, "x");

    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_int_equal(symlink("link", link), 0);
    expect_no_read(missing, 100, ENOENT, "No such file");
    expect_no_read(below, 100, ENOENT, "No such file");
    expect_no_read(scratch, 100, 0, "it is a folder");
    expect_no_read("/dev/null", 100, 0, "it is not a regular file");
    expect_no_read("/dev/zero", 100, 0, "it is not a regular file");
    expect_no_read(pipe, 100, 0, "it is not a regular file");
    expect_no_read(link, 100, ELOOP, "symbolic links");
}

static void refuses_files_above_the_limit(void **state)
{
    autofree char *path = fs_join(scratch, "large"), *text = NULL;
    size_t len;
    struct error err;
    autoclose int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_int_equal(ftruncate(fd, 2 << 20), 0);
    expect_no_read(path, (2 << 20) - 1, 0, "larger than the limit of 1 MiB");
    assert_int_equal(fs_read(path, 2 << 20, &text, &len, &err), 0);
    assert_int_equal(len, 2 << 20);
    /* tells no size, but has bytes */
    expect_no_read("/proc/self/status", 10, 0, "larger than the limit");
}

/* ---- Writing ---- */

static void replaces_files_atomically(void **state)
{
    autofree char *path = fs_join(scratch, "file"), *text = NULL;
    struct stat info;
    struct error err;
    size_t len;

    assert_int_equal(fs_write_atomic(path, "one", 3, 0640, &err), 0);
    autoclose int old = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(fs_write_atomic(path, "other", 5, 0600, &err), 0);
    char kept[4] = "";
    assert_int_equal(read(old, kept, 3), 3); /* who has it open keeps the old one */
    assert_string_equal(kept, "one");
    assert_int_equal(fs_read(path, 100, &text, &len, &err), 0);
    assert_string_equal(text, "other");
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    assert_int_equal(count_entries(scratch), 1);
}

static void leaves_nothing_where_writing_fails(void **state)
{
    autofree char *folder = fs_join(scratch, "folder");
    autofree char *missing = fs_join(folder, "missing/file");
    struct error err;

    assert_int_equal(fs_make_folder(folder, &err), 0);
    assert_int_equal(fs_write_atomic(folder, "x", 1, 0600, &err), -1); /* a folder is in the way */
    assert_int_equal(err.errnum, EISDIR);
    assert_int_equal(count_entries(scratch), 1);
    assert_int_equal(fs_write_atomic(missing, "x", 1, 0600, &err), -1);
    assert_int_equal(err.errnum, ENOENT);
    assert_non_null(strstr(err.text, "cannot write"));
    assert_int_equal(count_entries(folder), 0);
}

static void makes_folders(void **state)
{
    autofree char *deep = fs_join(scratch, "a/b//c/"), *file = fs_join(scratch, "file");
    autofree char *below = fs_join(file, "x");
    struct stat info;
    struct error err;

    assert_int_equal(fs_make_folder(deep, &err), 0);
    assert_true(fs_is_folder(deep));
    assert_int_equal(stat(deep, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(fs_make_folder(deep, &err), 0);
    assert_int_equal(fs_make_folder("/", &err), 0);
    assert_int_equal(fs_write_atomic(file, "", 0, 0600, &err), 0);
    assert_int_equal(fs_make_folder(file, &err), -1);
    assert_int_equal(fs_make_folder(below, &err), -1);
    assert_int_equal(err.errnum, ENOTDIR);
    assert_int_equal(fs_make_folder("", &err), -1);
}

static void tells_why_it_makes_no_folder(void **state)
{
    if (geteuid() == 0) {
        print_message("root may write everywhere\n");
        skip(); /* does not return: nothing may be held yet */
    }
    autofree char *locked = fs_join(scratch, "locked"), *below = fs_join(locked, "x");
    struct error err;

    assert_int_equal(mkdir(locked, 0500), 0);
    assert_int_equal(fs_make_folder(below, &err), -1);
    assert_int_equal(err.errnum, EACCES);
}

/* ---- Paths ---- */

static const struct {
    const char *folder, *name, *path;
} join_cases[] = {
    {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "b"}, {"a", "b/c", "a/b/c"},
};

static const struct {
    const char *path, *parent, *name;
} part_cases[] = {
    {"a", ".", "a"},           {"a/b", "a", "b"}, {"/a", "/", "a"},
    {"/a/b.md", "/a", "b.md"}, {"/", "/", ""},    {"", ".", ""},
};

static void takes_paths_apart(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(join_cases); i++) {
        autofree char *path = fs_join(join_cases[i].folder, join_cases[i].name);
        assert_string_equal(path, join_cases[i].path);
    }
    for (size_t i = 0; i < ARRAY_LEN(part_cases); i++) {
        autofree char *parent = fs_parent(part_cases[i].path);
        assert_string_equal(parent, part_cases[i].parent);
        assert_string_equal(fs_name(part_cases[i].path), part_cases[i].name);
    }
}

static void finds_absolute_paths(void **state)
{
    autofree char *file = fs_join(scratch, "file"), *link = fs_join(scratch, "link");
    autofree char *missing = fs_join(scratch, "missing"), *real = realpath(scratch, NULL);
    autofree char *expected = fs_join(real, "file");
    struct error err;

    assert_false(fs_exists(file));
    assert_int_equal(fs_write_atomic(file, "", 0, 0600, &err), 0);
    assert_true(fs_exists(file));
    assert_false(fs_is_folder(file));
    assert_int_equal(symlink("file", link), 0);
    autofree char *absolute = fs_absolute(link, &err);
    assert_string_equal(absolute, expected);
    assert_null(fs_absolute(missing, &err));
    assert_int_equal(err.errnum, ENOENT);
}

static const struct {
    const char *variable, *value, *home;
    char *(*path)(void);
    const char *expected;
} xdg_cases[] = {
    {"XDG_DATA_HOME", "/x", "/h", paths_data, "/x/drydock"},
    {"XDG_DATA_HOME", NULL, "/h", paths_data, "/h/.local/share/drydock"},
    {"XDG_DATA_HOME", "", "/h", paths_data, "/h/.local/share/drydock"},
    {"XDG_DATA_HOME", "relative", "/h", paths_data, "/h/.local/share/drydock"},
    {"XDG_CONFIG_HOME", "/x/", "/h", paths_config, "/x/drydock"},
    {"XDG_CONFIG_HOME", NULL, "/h/", paths_config, "/h/.config/drydock"},
    {"XDG_STATE_HOME", "/x", "/h", paths_state, "/x/drydock"},
    {"XDG_STATE_HOME", NULL, "/h", paths_state, "/h/.local/state/drydock"},
};

static void finds_the_xdg_folders(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(xdg_cases); i++) {
        setenv("HOME", xdg_cases[i].home, 1);
        if (xdg_cases[i].value)
            setenv(xdg_cases[i].variable, xdg_cases[i].value, 1);
        else
            unsetenv(xdg_cases[i].variable);
        autofree char *path = xdg_cases[i].path();
        if (!str_eq(path, xdg_cases[i].expected))
            fail_msg("%s=%s: %s instead of %s", xdg_cases[i].variable,
                     xdg_cases[i].value ? xdg_cases[i].value : "(none)", path,
                     xdg_cases[i].expected);
        unsetenv(xdg_cases[i].variable);
    }
}

static void finds_what_was_built(void **state)
{
    autofree char *content = paths_content();

    assert_string_equal(content, SOURCE_FOLDER "/content"); /* as this runs in the build folder */
}

/* Runs last: the log stays open. */
static void logs_what_is_asked_for(void **state)
{
    autofree char *path = fs_join(scratch, "drydock/drydock.log"), *text = NULL;
    struct error err;
    size_t len;

    setenv("XDG_STATE_HOME", scratch, 1);
    unsetenv("DRYDOCK_LOG");
    log_debug("not %d", 1);
    log_info("not %d", 2);
    assert_false(fs_exists(path));
    log_warn("but %d", 3);
    setenv("DRYDOCK_LOG", "debug", 1);
    log_debug("and %s", "four");
    assert_int_equal(fs_read(path, 1000, &text, &len, &err), 0);
    assert_non_null(strstr(text, " warning test: but 3\n"));
    assert_non_null(strstr(text, " debug test: and four\n"));
    assert_null(strstr(text, "not"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_scratch, remove_scratch)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(reads_whole_files),
        TEST(refuses_what_is_no_file),
        TEST(refuses_files_above_the_limit),
        TEST(replaces_files_atomically),
        TEST(leaves_nothing_where_writing_fails),
        TEST(makes_folders),
        TEST(tells_why_it_makes_no_folder),
        TEST(takes_paths_apart),
        TEST(finds_absolute_paths),
        TEST(finds_the_xdg_folders),
        TEST(finds_what_was_built),
        TEST(logs_what_is_asked_for),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
