#!/bin/sh
# clang-format changes nothing.
set -eu
cd "$1"
command -v clang-format >/dev/null || { echo "clang-format is missing"; exit 77; }
find src tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
