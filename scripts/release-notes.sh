#!/usr/bin/env bash
# usage: release-notes.sh <version>    Prints what CHANGELOG.md says of a version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

notes=$(awk -v head="## $1 " '/^## / { is_in = index($0, head) == 1; next } is_in' CHANGELOG.md)
if [[ -z $notes ]]; then
  echo "CHANGELOG.md says nothing of $1" >&2
  exit 1
fi
printf '%s\n' "$notes"
