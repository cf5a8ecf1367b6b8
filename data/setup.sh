#!/bin/sh
# Installs what is missing on Debian 12, builds drydock and starts it on the bundled deck.
#   data/setup.sh            build in ./build and start
#   data/setup.sh --install  build and install below /usr/local, then start
set -eu
cd "$(dirname "$0")/.."
. data/packages.sh

# shellcheck disable=SC2086 # a list of words
install_missing $build_packages
[ -d build ] || meson setup build --buildtype=release
meson compile -C build
if [ "${1:-}" = --install ]; then
    as_root meson install -C build --no-rebuild
    exec drydock
fi
exec build/src/trainer/drydock
