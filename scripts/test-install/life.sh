# The life of an installation on a booted machine, from first start to nothing left.
# shellcheck shell=bash disable=SC2154

UNITS=(mediamtx-collector mediamtx-api host-metrics-agent)
HOME_DIR=/opt/mediamtx-monitoring-backend
TICKET_KEY=/etc/mediamtx-monitoring.ticket-key

test_start() {
  local before unit
  part 'install and start'
  check 'without Redis, install says in one sentence what to install' says \
    'No Redis answers at 127.0.0.1:6379: install one ("sudo apt-get install redis-server")' run_make release install
  start_redis
  start_source
  fact "source: $source_name"
  check 'the API answers data from Redis' within 30 answers
  streams | cut -c1-150 | facts
  before=$(print_installed)
  check 'install says a second time that nothing changes' says 'Nothing to change: release' run_make release install
  check 'and nothing has: files, modes, times, processes' same "$before" "$(print_installed)"
  run_make release install | facts
  for unit in "${UNITS[@]}"; do
    check "$unit is active, ready, watched, and runs as mediamtxmon" is_well "$unit"
  done
  check 'another user reads the JSON file in /tmp' in_sh 'runuser -u nobody -- grep -q name /tmp/mediamtx_streams.json'
  check 'the API has a key for tickets, which only root and mediamtxmon can read' in_sh \
    "grep -qz API_TICKET_KEY_FILE=$TICKET_KEY /proc/\$(systemctl show -P MainPID mediamtx-api)/environ &&
      runuser -u mediamtxmon -- grep -q '^[0-9a-f]\{64\}\$' $TICKET_KEY && ! runuser -u nobody -- cat $TICKET_KEY"
  check 'mediamtx-snapshot writes what the server says' says '"type": "mediamtx-snapshot"' on "$HOME_DIR/bin/mediamtx-snapshot"
  check 'the dashboard is served' says '<!doctype html' in_sh 'curl -s http://127.0.0.1:8000/ | tr A-Z a-z'
}

is_well() {
  has_property "$1" ActiveState active && has_property "$1" WatchdogUSec 1min && has_property "$1" User mediamtxmon
}

print_installed() {
  in_sh "find $HOME_DIR /etc/systemd /etc/mediamtx-monitoring.env $TICKET_KEY -not -path '*/logs/*' -printf '%p %m %u %g %T@ %s %l\n' | sort"
  property "mediamtx-api" MainPID
}

test_hardening() {
  local unit level
  part 'hardening'
  for unit in "${UNITS[@]}"; do
    level=$(on systemd-analyze security "$unit" | grep -oE 'level for .*: [0-9.]+' | grep -oE '[0-9.]+$')
    check "$unit is exposed to $level, at most 2.5" awk "BEGIN { exit !($level <= 2.5) }"
  done
}

test_memory() {
  part 'memory'
  check 'the collector may take 512 MiB' has_property mediamtx-collector MemoryMax 536870912
  check 'the API may take 1 GiB' has_property mediamtx-api MemoryMax 1073741824
  check 'the host agent may take 256 MiB' has_property host-metrics-agent MemoryMax 268435456
  in_sh 'for unit in mediamtx-collector mediamtx-api host-metrics-agent; do
    pid=$(systemctl show -P MainPID $unit); echo "$unit: $(awk "/^Vm(RSS|HWM)/ { print \$1, int(\$2 / 1024), \"MiB\" }" /proc/$pid/status | tr "\n" " ")"; done' | facts
  drop_in host-metrics-agent MemoryMax=30M
  check 'one that takes more than it may is ended' within 60 says 'code=killed, status=9/KILL' \
    on journalctl -u host-metrics-agent
  take_drop_in host-metrics-agent
  check 'and well again once it may take what it needs' within 30 has_property host-metrics-agent ActiveState active
}

test_redis_lost() {
  local unit
  part 'Redis lost and back'
  on systemctl stop redis-server
  for unit in "${UNITS[@]}"; do
    check "the status of $unit says since when Redis is lost" within 20 says '; Redis lost since 20' status "$unit"
    status "$unit" | grep Status: | facts
  done
  on systemctl start redis-server
  for unit in "${UNITS[@]}"; do
    check "the status of $unit says since when Redis is back" within 20 says '; Redis back since 20' status "$unit"
    status "$unit" | grep Status: | facts
  done
  check 'and data are answered' within 10 answers
}

test_crashes() {
  part 'crash and hang'
  on systemctl kill -s KILL mediamtx-api
  check 'a killed API comes back' within 20 in_sh 'test "$(systemctl show -P NRestarts mediamtx-api)" = 1'
  check 'and answers' within 20 answers
  check 'and a later install finds nothing to change' says 'Nothing to change: release' run_make release install
  drop_in host-metrics-agent WatchdogSec=4
  on systemctl kill -s STOP host-metrics-agent
  check 'a host agent that hangs is ended by the watchdog' within 20 says 'Watchdog timeout' \
    on journalctl -u host-metrics-agent
  check 'and started anew' within 20 has_property host-metrics-agent ActiveState active
  take_drop_in host-metrics-agent
}

test_reboot() {
  part 'reboot'
  docker restart "$machine" >/dev/null
  check 'the services start with the machine' within 60 answers
}

test_releases() {
  local first second key
  first=$(on readlink "$HOME_DIR/lib/current")
  key=$(on cat "$TICKET_KEY")
  part 'upgrade and roll back'
  set_line '# a line of the operator'
  check 'make upgrade installs the next release' run_make next upgrade
  second=$(on readlink "$HOME_DIR/lib/current")
  fact "from $first to $second"
  check 'the API answers data' within 10 answers
  check 'the settings are as they were' in_sh 'grep -q "a line of the operator" /etc/mediamtx-monitoring.env'
  check 'and so is the key for tickets' same "$key" "$(on cat "$TICKET_KEY")"
  check 'a release that does not work is rolled back, and says why' says 'broken on purpose' run_make broken upgrade
  check 'the one before runs' same "$second" "$(on readlink "$HOME_DIR/lib/current")"
  check 'and answers data' within 10 answers
  check 'nothing of the broken one is left' same "$(printf '%s\n' "$first" "$second" | sort)" \
    "$(in_sh "ls $HOME_DIR/lib | grep '^[0-9]' | sort")"
  check 'by hand it goes back to the release before' on "$HOME_DIR/lib/$first/setup/upgrade.sh"
  check 'which answers data' within 10 answers
}

test_reinstall() {
  local key
  key=$(on cat "$TICKET_KEY")
  part 'uninstall with KEEP_SETTINGS=1, and install again'
  check 'make uninstall KEEP_SETTINGS=1' run_make release 'uninstall KEEP_SETTINGS=1'
  check 'the settings are kept, and used by the next installation' run_make release install
  check 'whose user may read them' on runuser -u mediamtxmon -- \
    grep -q 'a line of the operator' /etc/mediamtx-monitoring.env
  check 'the key for tickets is the same, and readable to it' same "$key" \
    "$(on runuser -u mediamtxmon -- cat "$TICKET_KEY")"
  check 'and data are answered' within 20 answers
}

# test_elsewhere CLEAN: a machine that gets the host agent only, and the Redis of another one.
test_elsewhere() {
  local user ip
  part 'host agent only, with the Redis of another machine'
  on systemctl stop redis-server
  user=$(sed -n 's/^user \(host-agent .*\)/\1/p' docs/operations.md)
  # A Redis that comes back some time after it was ended. The words of that line are several arguments.
  # shellcheck disable=SC2086
  peer=$(docker run -d --entrypoint sh "$IMAGE" -c 'while :; do redis-server "$@"; sleep 20; done' sh \
    --requirepass choose-a-password --user $user)
  ip=$(docker inspect --format '{{.NetworkSettings.IPAddress}}' "$peer")
  check 'without an address of Redis install says what to set' says \
    "The host agent can't store what it sees" run_make release 'install ONLY=host-agent'
  on /root/release/lib/setup/uninstall.sh >/dev/null
  check 'with one it works' says ' is stored in Redis' \
    run_make release "install ONLY=host-agent REDIS_URL=redis://host-agent:choose-another@$ip:6379"
  check 'the other Redis has this host' says ':latest' \
    docker exec "$peer" redis-cli -a choose-a-password --no-auth-warning keys 'mediamtx:host:*:latest'
  check 'there is nothing else of it: units and programs' same 'host-metrics-agent.service host-metrics-agent' \
    "$(in_sh "cd /etc/systemd/system && echo \$(ls | grep -E 'mediamtx|host') \$(ls $HOME_DIR/bin)")"
  docker exec "$peer" redis-cli -a choose-a-password --no-auth-warning shutdown nosave
  check 'its status says since when that Redis is lost' within 20 says 'Redis lost since 20' status host-metrics-agent
  check 'and since when it is back' within 40 says 'Redis back since 20' status host-metrics-agent
  check 'an upgrade leaves it at that' run_make next upgrade
  check 'and so does uninstall' on "$HOME_DIR/lib/current/setup/uninstall.sh"
  check 'which leaves nothing' diff <(printf '%s\n' "$1") <(print_machine)
}

test_uninstall() {
  part 'uninstall'
  check 'make uninstall' run_make release uninstall
  check 'nothing is left: files, user, units' diff <(printf '%s\n' "$1") <(print_machine)
  check 'and nothing runs' in_sh '! pgrep -u mediamtxmon . 2>/dev/null && ! curl -s -m 2 http://127.0.0.1:8000/'
}
