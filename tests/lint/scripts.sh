#!/bin/sh
# Runs shellcheck over all shell scripts, and codespell over sources and content.
set -eu
cd "$1"
command -v shellcheck >/dev/null || { echo "shellcheck is missing"; exit 77; }
find . -path './build*' -prune -o -name '*.sh' -print0 | xargs -0 shellcheck -x .ci/run
command -v codespell >/dev/null || exit 0
codespell --ignore-regex "match: .*" --ignore-words tests/lint/words.txt README.md src content man tests/README.md tests/unit/*.c
