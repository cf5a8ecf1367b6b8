/* SPDX-License-Identifier: MIT
 * A file layer between SQLite and the disk for tests: it knows what has reached the disk (by fsync)
 * and what is still on its way, can cut the power at any moment, and can fill the disk. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Makes it SQLite's default; call once, before anything is opened. */
void fault_vfs_install(void);

/* Minds only the files right in this folder, from empty ones on; forgets what was before. */
void fault_vfs_watch(const char *folder);

/* Writes, truncations and syncs so far. */
size_t fault_vfs_operations(void);

/* Before that operation (1: the next one) what the disk then holds is written into `folder`: all
 * that was synced, and of the rest either nothing or a random part, in sectors. */
void fault_vfs_cut_power(size_t after, const char *folder, bool keeps_some, uint64_t seed);

/* True where the cut has happened. */
bool fault_vfs_was_cut(void);

/* After so many more written bytes the disk is full; SIZE_MAX: never. */
void fault_vfs_fill_disk(size_t after_bytes);
