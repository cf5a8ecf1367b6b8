#!/bin/sh
# Stands for an editor: notes how it was called; changes the document where the test wants that.
printf '%s ' "$@" >"$DRYDOCK_TEST_HOME/called"
shift $(($# - 1))
if [ -n "${DRYDOCK_TEST_CHANGE:-}" ]; then
    sed -i 's/moor a boat/moor a ship/' "$1"
fi
