# What install, upgrade and uninstall share: names, words, and the checks before anything is touched.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
umask 022

# With DESTDIR, files are placed below that folder, and neither users nor services are touched.
ROOT=${DESTDIR:-}
HOME_DIR=/opt/mediamtx-monitoring-backend
SETTINGS=/etc/mediamtx-monitoring.env
TICKET_KEY=/etc/mediamtx-monitoring.ticket-key
UNITS_DIR=/etc/systemd/system
ACCOUNT=mediamtxmon
ALL_UNITS=(mediamtx-collector.service mediamtx-api.service host-metrics-agent.service mediamtx-alerter.service)
# What is installed here; choose_units may leave some out.
UNITS=("${ALL_UNITS[@]}")
# Names what is installed where that isn't everything.
ONLY_FILE=$HOME_DIR/lib/only

changes=0

say() { printf '%s\n' "$*"; }

# Tells of something that was done; a run that tells nothing has changed nothing.
done_() {
  changes=$((changes + 1))
  say "  $*"
}

fail() { end_with 1 "$*"; }

# Ends with a code and a sentence.
end_with() {
  printf '%s\n' "$2" >&2
  exit "$1"
}

on_this_machine() { [[ -z $ROOT ]]; }

# The release that is installed, or nothing.
installed_release() {
  if [[ -L $ROOT$HOME_DIR/lib/current ]]; then readlink "$ROOT$HOME_DIR/lib/current"; fi
}

# With ONLY=host-agent this machine gets the host agent, and nothing else of it; upgrades remember that.
choose_units() {
  local before=
  if [[ -e $ROOT$ONLY_FILE ]]; then before=$(<"$ROOT$ONLY_FILE"); fi
  only=${ONLY:-$before}
  case $only in
    '') ;;
    host-agent) UNITS=(host-metrics-agent.service) ;;
    *) end_with 2 "ONLY is \"$only\"; allowed: host-agent, or nothing for everything" ;;
  esac
  [[ -z $(installed_release) || $only == "$before" ]] ||
    end_with 2 'Everything is installed here. To have the host agent only: sudo systemctl disable --now mediamtx-collector mediamtx-api mediamtx-alerter'
}

# Whether this is a machine that publishes into the Redis of another one.
is_agent_only() { [[ $only == host-agent ]]; }

require_machine() {
  on_this_machine || return 0
  [[ $(id -u) == 0 ]] || fail "This needs root: use sudo (DESTDIR=/some/folder places the files without it)"
  [[ -d /run/systemd/system ]] ||
    fail 'systemd does not run this machine; DESTDIR=/some/folder places the files without it'
}

# Finds the real program behind `node`, and makes sure that the services may run it.
require_node() {
  local found needed version
  needed=$(sed -n 's/^ *"node": ">=\(.*\)"$/\1/p' "$SOURCE/package.json")
  found=$(command -v "${NODE:-node}") ||
    end_with 2 "Node is not found: install Node.js $needed or newer for all users (https://nodejs.org), or say where it is: NODE=/path/to/node"
  NODE=$("$found" -p 'process.execPath')
  # The units hide these folders from the services.
  case $NODE in
    /root/* | /home/* | /run/user/*) fail_unreachable ;;
  esac
  version=$("$NODE" --version)
  printf '%s\n' "$needed" "${version#v}" | sort -V -C ||
    end_with 2 "$NODE is Node ${version#v}, and $needed or newer is needed: see https://nodejs.org"
  on_this_machine || return 0
  runuser -u nobody -- "$NODE" --version >/dev/null 2>&1 || fail_unreachable
}

fail_unreachable() {
  end_with 2 "$NODE belongs to one user, and the services can't run it: install Node for all users, in /usr or /usr/local, or name another with NODE=/path/to/node"
}
