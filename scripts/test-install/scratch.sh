# The files of a real release below a scratch root: no root, no systemd.
# shellcheck shell=bash disable=SC2154

test_scratch_root() {
  local root=$work/root release=$1 before
  part 'scratch root'
  in_root() { make -C "$release" --no-print-directory "$1" DESTDIR="$root"; }
  print_tree() { (cd "$root" && find . -printf '%p %m %T@ %s %l\n' | LC_ALL=C sort); }

  check 'make install' in_root install
  check 'the API of the release takes the key for tickets that was made' takes_key "$root"
  check 'the API of the release starts and is what it says' answers_help "$root"
  before=$(print_tree)
  check 'a second time it says that nothing changes' says 'Nothing to change.' in_root install
  check 'and nothing has: names, modes, times, sizes' same "$before" "$(print_tree)"
  check 'make uninstall' in_root uninstall
  check 'no file is left' same '' "$(cd "$root" && find . -not -type d)"
}

# A wrong setting shows that all of the program was loaded.
answers_help() { says 'api: API_PORT is "none"' start_api "$1"; }
start_api() {
  local root=$1
  shift
  env API_PORT=none "$@" node "$root/opt/mediamtx-monitoring-backend/lib/current/services/api/dist/main.js"
}

# It is looked at before anything runs; a wrong one would be told beside the wrong port.
takes_key() {
  says 'API_TICKET_KEY_FILE is' start_api "$1" API_TICKET_KEY_FILE=/dev/null &&
    ! says 'API_TICKET_KEY_FILE is' start_api "$1" API_TICKET_KEY_FILE="$1/etc/mediamtx-monitoring.ticket-key"
}
