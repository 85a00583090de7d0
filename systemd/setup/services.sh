# Starts the services and tells how they are.
# shellcheck shell=bash disable=SC2034,SC2153,SC2154

# The services that this machine uses: all of them, but for those that someone has disabled.
used_units() {
  local unit
  for unit in "${UNITS[@]}"; do
    if systemctl --quiet is-enabled "$unit" 2>/dev/null; then echo "$unit"; fi
  done
}

enable_units() {
  systemctl --quiet enable "${UNITS[@]}"
  done_ "services start with the machine"
}

# A service that only this release has runs where the API does: whoever has switched all that off wants no more of it.
enable_new_units() {
  if [[ ${#new_units[@]} == 0 ]] || ! systemctl --quiet is-enabled mediamtx-api.service 2>/dev/null; then return; fi
  systemctl --quiet enable "${new_units[@]}"
  done_ "${new_units[*]} starts with the machine"
}

# run_units start|restart: what goes wrong is told by wait_healthy.
run_units() {
  local units
  if [[ $units_changed == yes ]]; then systemctl daemon-reload; fi
  mapfile -t units < <(used_units)
  systemctl reset-failed "${units[@]}" 2>/dev/null || true
  systemctl "$1" "${units[@]}" 2>/dev/null || true
}

all_active() {
  local unit
  for unit in $(used_units); do systemctl --quiet is-active "$unit" || return 1; done
}

# What is wrong with a service, in words; nothing when it is well.
trouble_of() {
  local unit=$1 state restarts pid status
  state=$(systemctl show -P ActiveState "$unit")
  restarts=$(systemctl show -P NRestarts "$unit")
  if [[ $state != active ]]; then
    say "$unit does not run (it is $state, started again $restarts times). The end of its log:"
    journalctl --quiet --output=cat --lines=12 "_SYSTEMD_UNIT=$unit" | sed 's/^/    /'
  elif [[ $unit == mediamtx-api.service ]]; then
    pid=$(systemctl show -P MainPID "$unit")
    "$HOME_DIR/lib/node" "$HOME_DIR/lib/current/scripts/dist/ready/main.js" "/proc/$pid/environ" "$SETTINGS" || true
  elif is_agent_only; then
    # Elsewhere the API tells of a Redis that is away.
    status=$(systemctl show -P StatusText "$unit")
    case $status in
      'not stored: '* | *'Redis not reached since '* | *'Redis lost since '*)
        say "The host agent can't store what it sees ($status). Set REDIS_URL in $SETTINGS, then: sudo systemctl restart $unit"
        ;;
    esac
  fi
}

trouble_of_all() {
  local unit
  for unit in $(used_units); do trouble_of "$unit"; done
}

# Waits until all services have been well for some seconds, which is longer than systemd waits before it starts one
# again; so one that ends over and over isn't taken for well. What is wrong after half a minute is told in $trouble. On a
# busy machine a look itself may take seconds, and nothing but trouble ends the waiting.
wait_healthy() {
  local deadline=$((SECONDS + 30)) well_since=
  while :; do
    trouble=$(trouble_of_all)
    if [[ -n $trouble ]]; then
      if ((SECONDS >= deadline)); then return 1; fi
      well_since=
    else
      well_since=${well_since:-$SECONDS}
      if ((SECONDS - well_since >= 7)); then return 0; fi
    fi
    sleep 1
  done
}

show_services() {
  local unit
  for unit in $(used_units); do
    say "  $(printf '%-26s %s' "$unit" "$(systemctl show -P StatusText "$unit")")"
  done
}
