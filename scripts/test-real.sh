#!/usr/bin/env bash
# The tests that need a real MediaMTX and ffmpeg, those of the preview a Chromium too. Without them they are skipped,
# loudly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
  scripts/say-skipped.sh 'REAL TESTS' "$@"
  exit 0
}

if [[ -z ${MEDIAMTX_BIN:-} ]]; then
  skip 'MEDIAMTX_BIN IS NOT SET' 'Run MEDIAMTX_BIN=/path/to/mediamtx make test-real'
fi
if ! [[ -f $MEDIAMTX_BIN && -x $MEDIAMTX_BIN ]]; then
  skip "MEDIAMTX_BIN ($MEDIAMTX_BIN) IS NO PROGRAM" 'Set it to the path of a mediamtx binary'
fi
if ! command -v ffmpeg >/dev/null; then
  skip 'FFMPEG IS MISSING' 'Install it, for example with "sudo apt-get install ffmpeg"'
fi

MEDIAMTX_BIN=$(realpath "$MEDIAMTX_BIN")
export MEDIAMTX_BIN
scripts/ensure-tools.sh redis-server
if [[ -z ${CHROMIUM_BIN:-} ]] && ! CHROMIUM_BIN=$(command -v chromium); then
  unset CHROMIUM_BIN
  scripts/say-skipped.sh 'REAL TESTS OF THE PREVIEW' 'CHROMIUM IS MISSING' 'Install it, or set CHROMIUM_BIN to its path'
else
  export CHROMIUM_BIN
fi
exec scripts/pnpm.sh run --silent test --config jest.real.config.js
