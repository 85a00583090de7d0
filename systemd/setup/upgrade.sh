#!/usr/bin/env bash
# Replaces the installed release by this one, and goes back to it when the new one doesn't become healthy.
set -euo pipefail
setup=$(dirname -- "${BASH_SOURCE[0]}")
. "$setup/common.sh"
. "$setup/files.sh"
. "$setup/services.sh"

require_machine
choose_units
before=$(installed_release)
[[ -n $before ]] || fail 'Nothing is installed here: use "sudo make install"'
if [[ $before == "$RELEASE" ]]; then
  say "Release $RELEASE is installed already."
  exit 0
fi
require_node
node_before=$(readlink "$ROOT$HOME_DIR/lib/node")

roll_back() {
  trap - EXIT INT TERM
  say "Going back to release $before."
  ensure_link "$HOME_DIR/lib/node" "$node_before"
  switch_to "$before"
  run_units restart
  if wait_healthy; then
    rm -rf "${HOME_DIR:?}/lib/$RELEASE"
    fail "Release $RELEASE was not installed; release $before works as before."
  fi
  fail "Release $before does not work either. $trouble"
}

ensure_files
if ! on_this_machine; then
  switch_to "$RELEASE"
  keep_releases "$RELEASE" "$before"
  say "Release $RELEASE is in $ROOT."
  exit 0
fi

# Whatever ends this script from here on.
trap roll_back EXIT
trap 'exit 130' INT TERM
switch_to "$RELEASE"
enable_new_units
run_units restart
if ! wait_healthy; then
  fail "Release $RELEASE does not work. $trouble"
fi
trap - EXIT INT TERM
keep_releases "$RELEASE" "$before"
say "Release $RELEASE is installed and works; release $before is kept beside it."
show_services
