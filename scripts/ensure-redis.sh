#!/usr/bin/env bash
# Makes sure that there is a redis-server program. It is installed where that can be done (root, apt-get), and
# only as a program: no system service is left running or enabled that wasn't there before.
set -euo pipefail

if command -v redis-server >/dev/null; then exit 0; fi

if ! command -v apt-get >/dev/null; then
  echo 'redis-server is missing: install Redis 6 or newer with the package manager of this system.' >&2
  exit 1
fi
if [[ $(id -u) != 0 ]]; then
  echo 'redis-server is missing: install it with "sudo apt-get install redis-server".' >&2
  exit 1
fi

# A policy that forbids starting services is how Debian keeps packages from doing so while they are installed.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

install_redis() {
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends redis-server </dev/null >&2
}

echo 'redis-server is missing: installing it with apt-get' >&2
if ! install_redis; then
  echo 'Trying again with fresh package lists' >&2
  if ! { apt-get update --quiet >&2 && install_redis; }; then
    echo 'redis-server could not be installed: see above, or install it with "apt-get install redis-server".' >&2
    exit 1
  fi
fi

# The package enables its service for the next boot; nobody asked for that.
if command -v systemctl >/dev/null; then systemctl --quiet disable redis-server.service >&2 || true; fi
if command -v update-rc.d >/dev/null; then update-rc.d redis-server disable >&2 || true; fi
