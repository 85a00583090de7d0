#!/usr/bin/env bash
# usage: ensure-tools.sh <tool>…    (redis-server, redis-cli, curl, jq, python3-websockets, prometheus, promtool,
#        prometheus-alertmanager, victoria-metrics, chromium, firefox-esr)
# Makes sure that these programs are there. They are installed where that can be done (root, apt-get), and only as
# programs: no system service is left running or enabled that wasn't there before.
set -euo pipefail

is_there() {
  case $1 in
    python3-websockets)
      # A Python of the user's own may come first in the path; packages are installed for the system's.
      python3 -c 'import websockets' 2>/dev/null || /usr/bin/python3 -c 'import websockets' 2>/dev/null
      ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

package_of() {
  case $1 in
    redis-cli) echo redis-tools ;;
    promtool) echo prometheus ;;
    *) echo "$1" ;;
  esac
}

missing=()
packages=()
for tool in "$@"; do
  if ! is_there "$tool"; then
    missing+=("$tool")
    packages+=("$(package_of "$tool")")
  fi
done
if [[ ${#missing[@]} == 0 ]]; then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo "Missing: ${missing[*]}. Install them with the package manager of this system (Redis 6 or newer)." >&2
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  echo "Missing: ${missing[*]}. Install them with \"sudo apt-get install ${packages[*]}\"." >&2
  exit 1
fi

# A policy that forbids starting services is how Debian keeps packages from doing so while they are installed.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

install_packages() {
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "${packages[@]}" </dev/null >&2
}

echo "Missing: ${missing[*]}. Installing with apt-get." >&2
if ! install_packages; then
  echo 'Trying again with fresh package lists' >&2
  if ! { apt-get update --quiet >&2 && install_packages; }; then
    echo "Could not be installed: see above, or install with \"apt-get install ${packages[*]}\"." >&2
    exit 1
  fi
fi

# These packages enable their services for the next boot; nobody asked for that.
for service in redis-server prometheus prometheus-alertmanager victoria-metrics; do
  if [[ " ${packages[*]} " != *" $service "* ]]; then continue; fi
  if command -v systemctl >/dev/null; then systemctl --quiet disable "$service.service" >&2 || true; fi
  if command -v update-rc.d >/dev/null; then update-rc.d "$service" disable >&2 || true; fi
done
