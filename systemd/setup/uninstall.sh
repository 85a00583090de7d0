#!/usr/bin/env bash
# Takes away everything that an installation brought. With KEEP_SETTINGS=1 settings and the key for
# tickets stay.
set -euo pipefail
setup=$(dirname -- "${BASH_SOURCE[0]}")
. "$setup/common.sh"

require_machine

# What the services have written outside their folder; only files that are theirs.
remove_json_file() {
  local path
  path=$(sed -n 's/^JSON_FILE=//p' "$SETTINGS" 2>/dev/null | tail -n 1 | tr -d "\"'")
  path=${path:-/tmp/mediamtx_streams.json}
  find "$(dirname "$path")" -maxdepth 1 -user "$ACCOUNT" \
    \( -name "${path##*/}" -o -name ".${path##*/}.*.tmp" \) -delete 2>/dev/null || true
}

if on_this_machine; then
  for unit in "${ALL_UNITS[@]}"; do
    if [[ -e $UNITS_DIR/$unit ]]; then
      systemctl --quiet disable --now "$unit" 2>/dev/null || true
      systemctl reset-failed "$unit" 2>/dev/null || true
    fi
  done
  if id "$ACCOUNT" >/dev/null 2>&1; then
    remove_json_file
    userdel "$ACCOUNT"
    done_ "user $ACCOUNT"
  fi
  if getent group "$ACCOUNT" >/dev/null; then groupdel "$ACCOUNT"; fi
fi

things=("$HOME_DIR")
for unit in "${ALL_UNITS[@]}"; do things+=("$UNITS_DIR/$unit" "$UNITS_DIR/$unit.d"); done
if [[ ${KEEP_SETTINGS:-} != 1 ]]; then things+=("$SETTINGS" "$TICKET_KEY"); fi
for thing in "${things[@]}"; do
  if [[ -e $ROOT$thing ]]; then
    rm -rf "$ROOT$thing"
    done_ "$thing"
  fi
done
if on_this_machine; then systemctl daemon-reload; fi

if [[ $changes == 0 ]]; then
  say 'Nothing is installed here.'
else
  say 'Removed, as listed above. What is in Redis stays there.'
fi
