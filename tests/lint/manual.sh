#!/bin/sh
# The manual pages are well-formed and name every command, option and setting; the completions know them too.
#   manual.sh SOURCE DRYDOCK
set -eu
source=$1 drydock=$2
command -v mandoc >/dev/null || { echo "mandoc is missing"; exit 77; }
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME="$home" XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" LC_ALL=C.UTF-8
status=0
problem() {
    echo "$*"
    status=1
}

for page in "$source"/man/*.[1-9]; do
    mandoc -Tlint -Wwarning "$page" || problem "$page is not well-formed"
done

manual="$source/man/drydock.1"
"$drydock" completions bash >"$home/bash"
"$drydock" completions zsh >"$home/zsh"
"$drydock" completions fish >"$home/fish"
bash -n "$home/bash" || problem "the bash completion is no bash"
if command -v zsh >/dev/null; then zsh -n "$home/zsh" || problem "the zsh completion is no zsh"; fi
if command -v fish >/dev/null; then fish -n "$home/fish" || problem "the fish completion is no fish"; fi

commands=$("$drydock" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | grep -v '^drydock$')
[ -n "$commands" ] || problem "--help lists no commands"
for command in $commands; do
    grep -q "^\.It Ic $command\( \|\$\)" "$manual" || problem "drydock.1 misses the command $command"
    for shell in bash zsh fish; do
        grep -q "\b$command\b" "$home/$shell" || problem "the $shell completion misses $command"
    done
    options=$("$drydock" "$command" --help | sed -n 's/^  --\([a-z-]*\).*/\1/p')
    [ -n "$options" ] || problem "drydock $command --help lists no options"
    for option in $options; do
        grep -q "^\.It Fl Fl $option\( \|\$\)" "$manual" || problem "drydock.1 misses --$option of $command"
    done
done
described=$(sed -n '/^\.Sh COMMANDS/,/^\.Sh/s/^\.It Ic \([a-z]*\).*/\1/p' "$manual")
for command in $described; do
    echo "$commands" | grep -qx "$command" || problem "drydock.1 describes $command, which is gone"
done
for setting in $("$drydock" settings | cut -d' ' -f1); do
    grep -q "^\.It Cm $setting\( \|\$\)" "$manual" || problem "drydock.1 misses the setting $setting"
done
[ $status = 0 ] && echo "the manual is complete"
exit $status
