#!/bin/bash
# Runs a cmocka program, under $DRYDOCK_VALGRIND where that is set, and makes clean TAP of what it says: other lines become
# comments, and a skipped test names the line before it as the reason (cmocka 1.1.5 calls it "not ok").
set -o pipefail
export CMOCKA_MESSAGE_OUTPUT=TAP
# shellcheck disable=SC2086 # a command with its options
$DRYDOCK_VALGRIND "$@" 2>&1 | awk '
    /^1\.\.[0-9]+/ || /^ok / { print; fflush(); next }
    /^not ok [0-9]+ # SKIP/ { print "ok " $3 " - " $6 " # SKIP " reason; next }
    /^not ok / { print; next }
    { reason = $0; print "# " $0 }'
