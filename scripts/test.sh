#!/usr/bin/env bash
# All checks, one after the other; a failed one doesn't hide those after it.
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

check() {
  local name=$1
  shift
  printf '\n--- %s\n' "$name"
  if "$@"; then
    results+=("passed  $name")
  else
    results+=("FAILED  $name")
    status=1
  fi
}

# Types first: lint and some tests need what it builds.
check 'types (tsc)' scripts/pnpm.sh run --silent typecheck
check 'style (eslint, prettier)' scripts/pnpm.sh run --silent lint
check 'import cycles (dpdm)' scripts/pnpm.sh run --silent cycles
check 'dead code (knip)' scripts/pnpm.sh run --silent unused
check 'dashboard (vite)' scripts/pnpm.sh run --silent build
check 'tests (jest)' scripts/pnpm.sh run --silent test --ci --json --outputFile test-results/jest.json
check 'browser tests (chromium)' scripts/test-browser.sh --ci --json --outputFile test-results/browser.json

printf '\n'
printf '%s\n' "${results[@]}"
exit "$status"
