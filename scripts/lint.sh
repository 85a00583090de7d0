#!/usr/bin/env bash
# ESLint over everything, a part at a time: it keeps the types of all files that it has seen, of all at once more than 4 GB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

status=0
parts=(services/*/ packages tests)
for part in "${parts[@]}"; do
  node_modules/.bin/eslint "$part" --max-warnings 0 || status=1
done
# What remains, whatever it is.
node_modules/.bin/eslint . --max-warnings 0 "${parts[@]/#/--ignore-pattern=}" || status=1
exit "$status"
