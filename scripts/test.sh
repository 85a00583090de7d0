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
  if scripts/pnpm.sh "$@"; then
    results+=("passed  $name")
  else
    results+=("FAILED  $name")
    status=1
  fi
}

# Types first: lint and some tests need what it builds.
check 'types (tsc)' run --silent typecheck
check 'style (eslint, prettier)' run --silent lint
check 'import cycles (dpdm)' run --silent cycles
check 'dead code (knip)' run --silent unused
check 'tests (jest)' run --silent test --ci --json --outputFile test-results/jest.json

printf '\n'
printf '%s\n' "${results[@]}"
exit "$status"
