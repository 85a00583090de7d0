# The files of a real release below a scratch root: no root, no systemd.
# shellcheck shell=bash disable=SC2154

test_scratch_root() {
  local root=$work/root release=$1 before
  part 'scratch root'
  in_root() { make -C "$release" --no-print-directory "$1" DESTDIR="$root"; }
  print_tree() { (cd "$root" && find . -printf '%p %m %T@ %s %l\n' | LC_ALL=C sort); }

  check 'make install' in_root install
  check 'the API of the release starts and is what it says' answers_help "$root"
  before=$(print_tree)
  check 'a second time it says that nothing changes' says 'Nothing to change.' in_root install
  check 'and nothing has: names, modes, times, sizes' same "$before" "$(print_tree)"
  check 'make uninstall' in_root uninstall
  check 'no file is left' same '' "$(cd "$root" && find . -not -type d)"
}

# A wrong setting shows that all of the program was loaded.
answers_help() {
  local api=$1/opt/mediamtx-monitoring-backend/lib/current/services/api/dist/main.js
  says 'api: API_PORT is "none"' env API_PORT=none node "$api"
}
