# shellcheck shell=sh disable=SC2034
# Sourced by setup.sh and tests/run.sh: installs Debian packages that are missing.

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_missing() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    echo "Installing:$missing"
    as_root apt-get update -qq
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

build_packages="gcc libc6-dev meson ninja-build pkg-config gettext
    libcmark-dev libpcre2-dev libsqlite3-dev libncurses-dev"
