#!/usr/bin/env bash
# All checks; a failed one doesn't hide the others. The longest go on side by side, since each leaves processors idle.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rm -rf test-results
mkdir test-results
scripts/ensure-tools.sh redis-server
# Tests that need one of these are skipped without it, loudly: examples in the documents; boards and alerts.
scripts/ensure-tools.sh redis-cli curl jq python3-websockets || true
scripts/ensure-tools.sh prometheus promtool || true

results=()
status=0
beside_pid=''

# Ends what runs beside, all its processes, when this is interrupted.
trap '[[ -z $beside_pid ]] || kill -- "-$beside_pid" || true' EXIT

judge() {
  local name=$1 code=$2
  if [[ $code -eq 0 ]]; then
    results+=("passed  $name")
  else
    results+=("FAILED  $name")
    status=1
  fi
}

check() {
  local name=$1 code=0
  shift
  printf '\n--- %s\n' "$name"
  "$@" || code=$?
  judge "$name" "$code"
}

# What needs one processor while jest needs the other, shown when both are done.
beside() {
  local codes=0
  printf '\n--- browser tests (chromium)\n'
  scripts/test-browser.sh --ci --json --outputFile test-results/browser.json || codes=1
  printf '\n--- style (eslint, prettier)\n'
  scripts/pnpm.sh run --silent lint || codes=$((codes + 2))
  return "$codes"
}

# Types first: lint and some tests need what it builds.
check 'types (tsc)' scripts/pnpm.sh run --silent typecheck
check 'import cycles (dpdm)' scripts/pnpm.sh run --silent cycles
check 'dead code (knip)' scripts/pnpm.sh run --silent unused
check 'dashboard (vite)' scripts/pnpm.sh run --silent build
# With job control it has a process group of its own.
set -m
beside >test-results/beside.log 2>&1 &
beside_pid=$!
set +m
check 'tests (jest)' scripts/pnpm.sh run --silent test --ci --json --outputFile test-results/jest.json
codes=0
wait "$beside_pid" || codes=$?
beside_pid=''
cat test-results/beside.log
judge 'browser tests (chromium)' $((codes & 1))
judge 'style (eslint, prettier)' $((codes & 2))

printf '\n'
printf '%s\n' "${results[@]}"
exit "$status"
