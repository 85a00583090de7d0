#!/usr/bin/env bash
# usage: as-owner.sh <command>…    Runs it as the owner of this clone: what is built under sudo stays theirs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

owner=$(stat -c %U .)
if [[ $(id -u) == 0 && $owner != root ]]; then exec runuser -u "$owner" -- "$@"; fi
exec "$@"
