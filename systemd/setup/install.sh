#!/usr/bin/env bash
# Installs this release: user, folders, files, settings (only where there are none) and services. A second run changes
# nothing; where another release is installed, it is an upgrade. ONLY=host-agent installs the host agent and nothing else,
# and REDIS_URL goes into the settings where there are none.
set -euo pipefail
setup=$(dirname -- "${BASH_SOURCE[0]}")
. "$setup/common.sh"
. "$setup/files.sh"
. "$setup/services.sh"

require_machine
choose_units
before=$(installed_release)
if [[ -n $before && $before != "$RELEASE" ]]; then exec "$setup/upgrade.sh"; fi
require_node

ensure_account
ensure_files
ensure_settings
switch_to "$RELEASE"
if ! on_this_machine; then
  if [[ $changes == 0 ]]; then say 'Nothing to change.'; fi
  say "Release $RELEASE is in $ROOT."
  exit 0
fi

if [[ -z $before || -z $(used_units) ]]; then enable_units; fi
if [[ $release_changed == yes || $units_changed == yes ]]; then
  run_units restart
elif ! all_active; then
  run_units start
  done_ 'services started'
fi

if ! wait_healthy; then
  fail "Release $RELEASE is installed, but does not work yet. $trouble"
fi
if [[ $changes == 0 ]]; then
  say "Nothing to change: release $RELEASE is installed and works."
else
  say "Release $RELEASE is installed and works. Settings: $SETTINGS"
fi
show_services
