#!/usr/bin/env bash
# All checks; a failed one doesn't hide the others.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rm -rf test-results
mkdir test-results
scripts/ensure-tools.sh redis-server
# Tests that need one of these are skipped without it, loudly: examples in the documents; boards, alerts and history;
# a target.
scripts/ensure-tools.sh redis-cli curl jq python3-websockets || true
scripts/ensure-tools.sh prometheus promtool || true
scripts/ensure-tools.sh victoria-metrics || true
scripts/ensure-tools.sh prometheus-alertmanager || true

summary=test-results/summary.txt
beside=''

# Ends what runs beside, all its processes, when this is interrupted.
trap 'if [[ -n $beside ]]; then kill -- "-$beside" || true; fi' EXIT

check() {
  local name=$1 result=passed
  shift
  printf '\n--- %s\n' "$name"
  "$@" || result=FAILED
  printf '%s  %s\n' "$result" "$name" >>"$summary"
}

# Goes on beside jest, which leaves processors idle; shown when jest is done.
sources() {
  check 'types of tests and page (tsc)' scripts/pnpm.sh run --silent typecheck
  check 'style (eslint, prettier)' scripts/pnpm.sh run --silent lint
  check 'import cycles (dpdm)' scripts/pnpm.sh run --silent cycles
  check 'dead code (knip)' scripts/pnpm.sh run --silent unused
}

# First what tests run: the services as they are built, and the page.
check 'build, with types (tsc, vite)' scripts/pnpm.sh run --silent build
# With job control it has a process group of its own.
set -m
sources >test-results/sources.log 2>&1 &
beside=$!
set +m
check 'tests (jest)' scripts/pnpm.sh run --silent test --ci --json --outputFile test-results/jest.json
wait "$beside" || printf 'FAILED  what runs beside jest was ended\n' >>"$summary"
beside=''
cat test-results/sources.log
# Alone: beside all else a slow machine has a page wait for minutes, and no test of it can be patient enough.
check 'browser tests (chromium)' scripts/test-browser.sh --ci --json --outputFile test-results/browser.json

printf '\n'
cat "$summary"
if grep -q '^FAILED' "$summary"; then exit 1; fi
