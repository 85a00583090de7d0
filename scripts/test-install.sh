#!/usr/bin/env bash
# Tests `make install`, `upgrade` and `uninstall` with a real release: below a scratch root, and for real in a container
# that boots systemd (SYSTEMD_IMAGE, with Node, make, curl and redis-server in it; without one it is made from
# scripts/test-install/Dockerfile). Needs `make release`. MEDIAMTX_BIN names a MediaMTX to watch there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/test-install/checks.sh
. scripts/test-install/scratch.sh
. scripts/test-install/machine.sh
. scripts/test-install/life.sh
. scripts/test-install/mistakes.sh

IMAGE=${SYSTEMD_IMAGE:-mediamtx-monitor/test-install}
work=$(mktemp -d)
machine=
peer=
clean_up() {
  rm -rf "$work"
  local container
  for container in $machine $peer; do docker rm -f -v "$container" >/dev/null; done
}
trap clean_up EXIT

# Releases that differ from the one that was made: a newer one, and one whose API doesn't start.
make_releases() {
  cp -R "$1" "$work/next"
  echo '<!-- the next release -->' >>"$work/next/lib/static/index.html"
  sed -i 's/$/-next/' "$work/next/lib/RELEASE"
  cp -R "$1" "$work/broken"
  sed -i '1i throw new Error("broken on purpose");' "$work/broken/lib/services/api/dist/main.js"
  sed -i 's/$/-broken/' "$work/broken/lib/RELEASE"
}

test_booted() {
  local clean
  part "machine: $IMAGE"
  boot
  on sh -c '. /etc/os-release; echo "$PRETTY_NAME, systemd $(systemctl --version | sed -n "1s/[^0-9]*\([0-9]*\).*/\1/p"), Node $(node --version)"' | facts
  start_redis
  on systemctl stop redis-server
  clean=$(print_machine)
  make_releases "$1"
  copy_release "$1" release
  copy_release "$work/next" next
  copy_release "$work/broken" broken
  test_start
  test_hardening
  test_memory
  test_redis_lost
  test_crashes
  test_mistakes
  test_reboot
  test_releases
  test_reinstall
  remove_source
  test_uninstall "$clean"
  test_elsewhere "$clean"
}

release=$(readlink -f dist/release)
printf 'release %s, %s\n' "$(<"$release/lib/RELEASE")" "$(date -u '+%Y-%m-%d %H:%M UTC')"
test_scratch_root "$release"

if ! docker info >/dev/null 2>&1; then
  skip 'BOOTED MACHINE' 'NO DOCKER ENGINE ANSWERS' 'Start one, and be allowed to use it'
elif ! docker image inspect "$IMAGE" >/dev/null 2>&1 && ! docker build -t "$IMAGE" scripts/test-install; then
  skip 'BOOTED MACHINE' "THERE IS NO IMAGE $IMAGE" 'SYSTEMD_IMAGE names one that boots systemd and has Node, make, curl, redis-server'
else
  test_booted "$release"
fi

printf '\n%s passed, %s failed\n' "$passed" "$failed"
((failed == 0))
