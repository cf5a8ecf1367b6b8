/* SPDX-License-Identifier: MIT */
#include "fault_vfs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/fs.h"
#include "base/str.h"

#define SECTOR_BYTES 512
#define FILES_MAX    32

struct change { /* not yet synced */
    int64_t offset;
    size_t len;
    char *bytes; /* NULL: the file was cut off at `offset` */
};

struct image { /* of a file, by its path */
    char *path;
    char *synced; /* what is surely on the disk */
    size_t synced_len;
    struct change *changes;
    size_t change_count, change_cap;
};

struct fault_file { /* what SQLite holds; the real file lies behind it */
    sqlite3_file base;
    struct image *image; /* NULL for files that no power cut matters to */
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static struct image images[FILES_MAX];
static size_t image_count;
static size_t operations, cut_after;
static char *watched_folder, *cut_folder;
static bool cut_keeps_some, was_cut;
static uint64_t random_state;
static size_t room_bytes = SIZE_MAX;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

/* --- Images */

static struct image *find_image(const char *path)
{
    for (size_t i = 0; i < image_count; i++) {
        if (str_eq(images[i].path, path))
            return &images[i];
    }
    if (image_count == FILES_MAX)
        abort();
    images[image_count] = (struct image){.path = xstrdup(path)};
    return &images[image_count++];
}

static void forget_changes(struct image *image)
{
    for (size_t i = 0; i < image->change_count; i++)
        free(image->changes[i].bytes);
    image->change_count = 0;
}

static void put(char **bytes, size_t *len, int64_t offset, const char *from, size_t count)
{
    size_t end = (size_t)offset + count;

    if (end > *len) {
        *bytes = xrealloc(*bytes, end);
        memset(*bytes + *len, 0, end - *len);
        *len = end;
    }
    memcpy(*bytes + offset, from, count);
}

static void apply(char **bytes, size_t *len, const struct change *change)
{
    if (change->bytes)
        put(bytes, len, change->offset, change->bytes, change->len);
    else if ((size_t)change->offset < *len)
        *len = (size_t)change->offset;
}

/* Sectors reach the disk or not, each by itself. */
static void apply_some(char **bytes, size_t *len, const struct change *change)
{
    if (!change->bytes) {
        if (next_random() % 2)
            apply(bytes, len, change);
        return;
    }
    for (size_t at = 0; at < change->len; at += SECTOR_BYTES) {
        size_t count = change->len - at < SECTOR_BYTES ? change->len - at : SECTOR_BYTES;
        if (next_random() % 2)
            put(bytes, len, change->offset + (int64_t)at, change->bytes + at, count);
    }
}

static void write_image(const struct image *image)
{
    autofree char *path = fs_join(cut_folder, fs_name(image->path));
    autofree char *bytes = xmalloc(image->synced_len + 1);
    size_t len = image->synced_len;
    struct error err;

    if (len)
        memcpy(bytes, image->synced, len);
    for (size_t i = 0; i < image->change_count && cut_keeps_some; i++)
        apply_some(&bytes, &len, &image->changes[i]);
    if (fs_write_atomic(path, bytes, len, 0600, &err)) {
        fprintf(stderr, "%s\n", err.text);
        abort();
    }
}

static void count_operation(void)
{
    operations++;
    if (was_cut || !cut_folder || operations < cut_after)
        return;
    was_cut = true;
    for (size_t i = 0; i < image_count; i++)
        write_image(&images[i]);
}

static bool is_watched(const char *path)
{
    autofree char *folder = fs_parent(path);

    return watched_folder && str_eq(folder, watched_folder);
}

void fault_vfs_watch(const char *folder)
{
    for (size_t i = 0; i < image_count; i++) {
        forget_changes(&images[i]);
        free(images[i].changes);
        free(images[i].synced);
        free(images[i].path);
    }
    image_count = 0;
    free(steal_ptr(&cut_folder));
    free(watched_folder);
    watched_folder = xstrdup(folder);
}

/* --- The methods of a file */

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct fault_file *)file)->real;
}

static int fault_close(sqlite3_file *file)
{
    sqlite3_file *real = real_of(file);

    return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int fault_read(sqlite3_file *file, void *into, int count, sqlite3_int64 offset)
{
    return real_of(file)->pMethods->xRead(real_of(file), into, count, offset);
}

static int fault_write(sqlite3_file *file, const void *from, int count, sqlite3_int64 offset)
{
    struct image *image = ((struct fault_file *)file)->image;

    if (room_bytes != SIZE_MAX) {
        if ((size_t)count > room_bytes)
            return SQLITE_FULL;
        room_bytes -= (size_t)count;
    }
    if (image) {
        count_operation();
        struct change *change = array_add(image->changes, image->change_count, image->change_cap);
        *change = (struct change){
            .offset = offset, .len = (size_t)count, .bytes = xmalloc((size_t)count)};
        memcpy(change->bytes, from, (size_t)count);
    }
    return real_of(file)->pMethods->xWrite(real_of(file), from, count, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    struct image *image = ((struct fault_file *)file)->image;

    if (image) {
        count_operation();
        *array_add(image->changes, image->change_count, image->change_cap) =
            (struct change){.offset = size};
    }
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/* The disk need not sync for real: the image is what counts here. */
static int fault_sync(sqlite3_file *file, int flags)
{
    struct image *image = ((struct fault_file *)file)->image;

    if (!image)
        return SQLITE_OK;
    count_operation();
    for (size_t i = 0; i < image->change_count; i++)
        apply(&image->synced, &image->synced_len, &image->changes[i]);
    forget_changes(image);
    return SQLITE_OK;
}

static int fault_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int fault_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int fault_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int fault_check_lock(sqlite3_file *file, int *result)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

static int fault_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int fault_sector_size(sqlite3_file *file)
{
    return SECTOR_BYTES;
}

static int fault_traits(sqlite3_file *file)
{
    return 0; /* nothing is promised: no safe append, no powersafe overwrite, nothing atomic */
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **into)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extends, into);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int fault_shm_unmap(sqlite3_file *file, int deletes)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), deletes);
}

static const sqlite3_io_methods fault_methods = {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_lock,
    .xFileControl = fault_control,
    .xSectorSize = fault_sector_size,
    .xDeviceCharacteristics = fault_traits,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
};

/* --- Opening */

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                      int *out_flags)
{
    struct fault_file *fault = (struct fault_file *)file;
    bool matters = flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);

    fault->real = (sqlite3_file *)(fault + 1);
    fault->image = matters && path && is_watched(path) ? find_image(path) : NULL;
    int result = real_vfs->xOpen(real_vfs, path, fault->real, flags, out_flags);
    file->pMethods = result == SQLITE_OK ? &fault_methods : NULL;
    return result;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int syncs)
{
    if (is_watched(path)) {
        struct image *image = find_image(path);
        forget_changes(image);
        image->synced_len = 0;
    }
    return real_vfs->xDelete(real_vfs, path, syncs);
}

void fault_vfs_install(void)
{
    static sqlite3_vfs vfs;

    real_vfs = sqlite3_vfs_find(NULL);
    vfs = *real_vfs;
    vfs.zName = "fault";
    vfs.szOsFile = (int)sizeof(struct fault_file) + real_vfs->szOsFile;
    vfs.xOpen = fault_open;
    vfs.xDelete = fault_delete;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        abort();
}

size_t fault_vfs_operations(void)
{
    return operations;
}

void fault_vfs_cut_power(size_t after, const char *folder, bool keeps_some, uint64_t seed)
{
    free(cut_folder);
    cut_folder = xstrdup(folder);
    cut_after = operations + after;
    cut_keeps_some = keeps_some;
    was_cut = false;
    random_state = seed * 2 + 1;
}

bool fault_vfs_was_cut(void)
{
    return was_cut;
}

void fault_vfs_fill_disk(size_t after_bytes)
{
    room_bytes = after_bytes;
}
