# A machine whose PID 1 is systemd, as a container.
# shellcheck shell=bash disable=SC2034,SC2154

boot() {
  machine=$(docker run -d --cap-add SYS_ADMIN --cap-add NET_ADMIN --cgroupns=host --security-opt seccomp=unconfined \
    --tmpfs /run --tmpfs /run/lock --tmpfs /tmp:exec,size=32m -v /sys/fs/cgroup:/sys/fs/cgroup:rw "$IMAGE")
  within 30 is_up
}
on() { docker exec "$machine" "$@"; }
in_sh() { docker exec "$machine" sh -c "$1"; }
is_up() { on systemctl is-system-running 2>/dev/null | grep -qE 'running|degraded'; }

# put_unit NAME COMMAND: a service that isn't ours.
put_unit() {
  in_sh "printf '[Service]\nExecStart=%s\n[Install]\nWantedBy=multi-user.target\n' '$2' >/etc/systemd/system/$1.service
    systemctl daemon-reload && systemctl -q enable --now $1"
}

# drop_in UNIT LINE: restarts a unit with a line more, until take_drop_in.
drop_in() {
  in_sh "mkdir -p /run/systemd/system/$1.service.d
    printf '[Service]\n%s\n' '$2' >/run/systemd/system/$1.service.d/test.conf
    systemctl daemon-reload; systemctl restart $1 || true"
}
take_drop_in() { in_sh "rm -r /run/systemd/system/$1.service.d; systemctl daemon-reload; systemctl restart $1"; }

# Debian's unit of Redis has PrivateUsers, which containers refuse.
start_redis() {
  in_sh 'mkdir -p /etc/systemd/system/redis-server.service.d
    printf "[Service]\nPrivateUsers=no\n" >/etc/systemd/system/redis-server.service.d/container.conf
    systemctl daemon-reload && systemctl restart redis-server'
}

# What the collector watches: the real MediaMTX where one is named, else the simulator.
start_source() {
  if [[ -n ${MEDIAMTX_BIN:-} ]]; then
    docker cp "$MEDIAMTX_BIN" "$machine:/usr/local/bin/mediamtx" >/dev/null
    in_sh 'printf "api: yes\npaths:\n  studio:\n" >/etc/mediamtx.yml'
    put_unit mediamtx '/usr/local/bin/mediamtx /etc/mediamtx.yml'
    stream=studio
    source_name="MediaMTX $("$MEDIAMTX_BIN" --version)"
  else
    scripts/production-tree.sh "$work/simulator" simulator
    docker cp "$work/simulator" "$machine:/usr/local/lib/simulator" >/dev/null
    put_unit mediamtx '/usr/local/bin/node /usr/local/lib/simulator/packages/simulator/dist/main.js'
    stream=sourceType
    source_name='the simulator (MEDIAMTX_BIN names no MediaMTX)'
  fi
}

# Takes away all of it that could be taken for something of ours.
remove_source() {
  in_sh 'systemctl -q disable --now mediamtx
    rm -rf /etc/systemd/system/mediamtx.service /etc/mediamtx.yml /auto.crt /auto.key \
      /usr/local/bin/mediamtx /usr/local/lib/simulator'
}

# copy_release FOLDER NAME
copy_release() { docker cp "$1" "$machine:/root/$2" >/dev/null; }
run_make() { in_sh "cd /root/$1 && make --no-print-directory $2"; }

streams() { on curl -s -m 2 http://127.0.0.1:8000/api/streams/latest; }
answers() { streams | grep -q "$stream"; }
property() { on systemctl show -P "$2" "$1"; }
has_property() { same "$3" "$(property "$1" "$2")"; }
status() { on systemctl status --no-pager --full "$1"; }
set_line() { in_sh "echo '$1' >>/etc/mediamtx-monitoring.env"; }
unset_line() { in_sh "sed -i '/^$1=/d' /etc/mediamtx-monitoring.env"; }

# Everything that an installation could leave or change, but for what the system itself keeps writing.
print_machine() {
  in_sh 'find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /root -o -path /var/log \
      -o -path /var/lib/systemd -o -path /var/lib/redis -o -path /var/cache \) -prune -o -printf "%p\n" | sort
    find /tmp | sort; cat /etc/passwd /etc/group; ls /run/systemd/system' |
    grep -v '/tmp/\(systemd-private\|namespace-dev\)'
}
