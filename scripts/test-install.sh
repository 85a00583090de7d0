#!/usr/bin/env bash
# Tests `make install`, `upgrade` and `uninstall` with a real release: below a scratch root, and for real in containers
# that boot systemd (SYSTEMD_IMAGE, with Node, make, curl and redis-server in it; without one it is made from
# tests/install/release/Dockerfile). Needs `make release`. MEDIAMTX_BIN names a MediaMTX to watch there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export SYSTEMD_IMAGE=${SYSTEMD_IMAGE:-mediamtx-monitor/test-install}
export MACHINE_LABEL=mediamtx-monitor.test-install=$$
tests=()

# What the tests remove themselves, unless someone interrupts them.
remove_machines() {
  local machines
  mapfile -t machines < <(docker ps --all --quiet --filter "label=$MACHINE_LABEL")
  if [[ ${#machines[@]} -gt 0 ]]; then docker rm --force --volumes "${machines[@]}" >/dev/null; fi
}

has_image() {
  docker image inspect "$SYSTEMD_IMAGE" >/dev/null 2>&1 ||
    docker build --tag "$SYSTEMD_IMAGE" - <tests/install/release/Dockerfile
}

skip_machines() {
  scripts/say-skipped.sh 'TESTS ON A BOOTED MACHINE' "$@"
  tests=(tests/install/release/scratch-root)
}

printf '%s\nrelease %s, Node %s\n' "$(date -u +%FT%TZ)" "$(<dist/release/lib/RELEASE)" "$(node --version)"
if ! docker info >/dev/null 2>&1; then
  skip_machines 'NO DOCKER ENGINE ANSWERS' 'Start one, and be allowed to use it'
elif ! has_image; then
  skip_machines "THERE IS NO IMAGE $SYSTEMD_IMAGE" \
    'SYSTEMD_IMAGE names one that boots systemd and has Node, make, curl, redis-server'
else
  trap remove_machines EXIT
  printf 'Docker %s, image %s\n' "$(docker version --format '{{.Server.Version}}')" "$SYSTEMD_IMAGE"
  if [[ -z ${MEDIAMTX_BIN:-} ]]; then
    rm -rf dist/simulator
    scripts/production-tree.sh dist/simulator simulator
  fi
fi
scripts/pnpm.sh run --silent test --config jest.install.config.js --runInBand "${tests[@]}"
