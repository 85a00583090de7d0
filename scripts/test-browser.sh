#!/usr/bin/env bash
# usage: test-browser.sh [jest's options]…
# The tests that need a Chromium; those in Firefox go on with it. Without a browser its tests are skipped, loudly.
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
if [[ -z ${FIREFOX_BIN:-} ]]; then
  scripts/ensure-tools.sh firefox-esr || true
  FIREFOX_BIN=$(command -v firefox-esr || true)
fi
if [[ -n $FIREFOX_BIN ]]; then
  export FIREFOX_BIN
else
  unset FIREFOX_BIN
  scripts/say-skipped.sh 'TESTS IN FIREFOX' 'IT IS MISSING' 'Install it, or set FIREFOX_BIN to its path'
fi
scripts/ensure-tools.sh redis-server
exec scripts/pnpm.sh run --silent test --config jest.browser.config.js "$@"
