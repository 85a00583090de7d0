#!/usr/bin/env bash
# All checks; a failed one doesn't hide the others. Two go on at a time, since each leaves a processor idle now and then.
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
beside_name='' beside_pid=''

# Ends the check that runs beside, all its processes, when this is interrupted.
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

# Starts a check beside those that follow.
beside() {
  beside_name=$1
  shift
  # With job control it has a process group of its own.
  set -m
  "$@" >test-results/beside.log 2>&1 &
  beside_pid=$!
  set +m
}

# Waits for it, and shows what it said.
joined() {
  local code=0
  wait "$beside_pid" || code=$?
  beside_pid=''
  printf '\n--- %s\n' "$beside_name"
  cat test-results/beside.log
  judge "$beside_name" "$code"
}

# Types first: lint and some tests need what it builds.
check 'types (tsc)' scripts/pnpm.sh run --silent typecheck
beside 'style (eslint, prettier)' scripts/pnpm.sh run --silent lint
check 'import cycles (dpdm)' scripts/pnpm.sh run --silent cycles
check 'dead code (knip)' scripts/pnpm.sh run --silent unused
check 'dashboard (vite)' scripts/pnpm.sh run --silent build
joined
beside 'browser tests (chromium)' scripts/test-browser.sh --ci --json --outputFile test-results/browser.json
check 'tests (jest)' scripts/pnpm.sh run --silent test --ci --json --outputFile test-results/jest.json
joined

printf '\n'
printf '%s\n' "${results[@]}"
exit "$status"
