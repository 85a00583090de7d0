# What goes wrong on a machine, and what its operator reads first.
# shellcheck shell=bash

test_mistakes() {
  part 'mistakes'
  set_line 'API_PORT=none'
  on systemctl restart mediamtx-api >/dev/null 2>&1 || true
  check 'a wrong setting is one sentence in systemctl status' says 'api: API_PORT is "none"; allowed: a port' \
    status mediamtx-api
  check 'and is not tried again' sleep_and_see mediamtx-api
  unset_line API_PORT

  put_unit squatter '/usr/local/bin/node -e "require(\"net\").createServer().listen(8000, \"127.0.0.1\")"'
  on systemctl restart mediamtx-api >/dev/null 2>&1 || true
  check 'a port in use is one sentence' within 10 says \
    'api: 127.0.0.1:8000 is in use by another program; choose another with API_HOST and API_PORT' status mediamtx-api
  in_sh 'systemctl -q disable --now squatter && rm /etc/systemd/system/squatter.service'
  check 'and the API starts by itself once it is free' within 20 answers

  in_sh 'mv /etc/mediamtx-monitoring.env /root/kept.env'
  on systemctl restart mediamtx-collector >/dev/null 2>&1 || true
  check 'missing settings are one sentence' says \
    'mediamtx-collector: /etc/mediamtx-monitoring.env is missing; make it with "sudo make install"' \
    status mediamtx-collector
  check 'and are not tried again' sleep_and_see mediamtx-collector
  in_sh 'mv /root/kept.env /etc/mediamtx-monitoring.env && systemctl restart mediamtx-api mediamtx-collector'

  in_sh 'printf "%s\n" "Object.defineProperty(process, \"versions\", { value: { ...process.versions, node: \"18.20.8\" } });" \
    >/usr/local/lib/old.cjs'
  drop_in mediamtx-api 'Environment=NODE_OPTIONS=--require=/usr/local/lib/old.cjs'
  check 'a Node that is too old is one sentence' within 10 says \
    'api: this is Node 18.20.8, and 20.12 or newer is needed: see https://nodejs.org' status mediamtx-api
  check 'and is not tried again' sleep_and_see mediamtx-api
  take_drop_in mediamtx-api
  on rm /usr/local/lib/old.cjs
  in_sh 'printf "%s\n" "#!/bin/sh" "[ \$1 = --version ] && echo v18.20.8 || echo \$0" >/usr/local/bin/node18
    chmod 755 /usr/local/bin/node18'
  check 'install refuses it in one sentence' says \
    '/usr/local/bin/node18 is Node 18.20.8, and 20.12 or newer is needed: see https://nodejs.org' \
    run_make release 'install NODE=/usr/local/bin/node18'
  on rm /usr/local/bin/node18

  set_line 'STATIC_DIR='
  set_line 'API_TICKET_KEY_FILE='
  set_line 'LOG_FILE='
  on systemctl restart mediamtx-api
  check 'empty lines of the settings take nothing away: the dashboard is served' within 10 says '<!doctype html' \
    in_sh 'curl -s http://127.0.0.1:8000/ | tr A-Z a-z'
  check 'and there is a key for tickets' in_sh \
    "grep -qz API_TICKET_KEY_FILE=$TICKET_KEY /proc/\$(systemctl show -P MainPID mediamtx-api)/environ"
  check 'that there is no log file is said' says 'LOG_FILE is empty: there is no log file, only the journal' \
    on journalctl -u mediamtx-api
  unset_line STATIC_DIR
  unset_line API_TICKET_KEY_FILE
  unset_line LOG_FILE
  on systemctl restart mediamtx-api

  in_sh 'dd if=/dev/zero of=/tmp/full bs=1M 2>/dev/null; dd if=/dev/zero of=/tmp/full2 bs=1 count=8192 2>/dev/null; true'
  check 'a full disk is one sentence, and data go on' within 20 says \
    "JSON file /tmp/mediamtx_streams.json can't be written" on journalctl -u mediamtx-collector
  on journalctl -u mediamtx-collector -o cat --grep "JSON file .* can't be written" -n 1 -q | facts
  check 'the API answers all the same' answers
  on rm /tmp/full /tmp/full2
}

# Longer than systemd waits before it tries again.
sleep_and_see() {
  sleep 7
  has_property "$1" ActiveState failed && has_property "$1" NRestarts 0
}
