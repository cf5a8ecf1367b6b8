/* SPDX-License-Identifier: MIT
 * The log, for developers and in English: a file in the state folder, as the terminal belongs to
 * the screens. DRYDOCK_LOG=debug|info|warning sets what is written. Define LOG_MODULE on top of a
 * file that logs. */
#pragma once

#include "base/error.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING };

void log_write(enum log_level level, const char *module, const char *format, ...) PRINTF_LIKE(3, 4);

#define log_debug(...) log_write(LOG_DEBUG, LOG_MODULE, __VA_ARGS__)
#define log_info(...)  log_write(LOG_INFO, LOG_MODULE, __VA_ARGS__)
#define log_warn(...)  log_write(LOG_WARNING, LOG_MODULE, __VA_ARGS__)
