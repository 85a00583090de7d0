#!/usr/bin/env bash
# usage: test-browser.sh [jest's options]…
# The tests that need a Chromium. Without one they are skipped, loudly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ -z ${CHROMIUM_BIN:-} ]]; then
  scripts/ensure-tools.sh chromium || true
  if ! CHROMIUM_BIN=$(command -v chromium); then
    scripts/say-skipped.sh 'BROWSER TESTS' 'CHROMIUM IS MISSING' 'Install it, or run CHROMIUM_BIN=/path/to/chromium make test-browser'
    exit 0
  fi
fi
export CHROMIUM_BIN
scripts/ensure-tools.sh redis-server
exec scripts/pnpm.sh run --silent test --config jest.browser.config.js "$@"
