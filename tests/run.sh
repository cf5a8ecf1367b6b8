#!/bin/sh
# Installs what the tests need on Debian 12 and runs them all: every suite, the short ones again under
# sanitizers and valgrind, and a build with all options off. Ends with one line of counts.
set -eu
cd "$(dirname "$0")/.."
. data/packages.sh

# shellcheck disable=SC2086 # a list of words
install_missing $build_packages libcmocka-dev libjansson-dev libvterm-dev cmark mandoc valgrind \
    clang-format shellcheck codespell bash zsh fish python3 sqlite3 procps locales

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0

# run_suites NAME SETUP-OPTIONS -- TEST-OPTIONS
run_suites() {
    name=$1
    shift
    folder=build-test-$name
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    echo "== $name"
    # shellcheck disable=SC2086 # a list of words
    [ -d "$folder" ] || meson setup "$folder" $options >"$results/setup-$name.log" ||
        { cat "$results/setup-$name.log"; return 1; }
    meson compile -C "$folder" >"$results/build-$name.log" || { cat "$results/build-$name.log"; return 1; }
    meson test -C "$folder" --no-rebuild --print-errorlogs "$@" || status=1
    for log in "$folder"/meson-logs/testlog*.junit.xml; do
        cp "$log" "$results/$name-$(basename "$log")"
        rm "$log"
    done
}

run_suites plain -Dwerror=true -Dtests=enabled --
run_suites sanitized -Db_sanitize=address,undefined -Db_lundef=false -- \
    --suite unit --suite fuzz --suite integration --suite tui --timeout-multiplier 4
run_suites valgrind -- --setup valgrind --suite unit
run_suites minimal -Dauto_features=disabled -Dtests=enabled -- --suite unit

python3 tests/count.py "$results"/*.junit.xml || status=1
exit $status
