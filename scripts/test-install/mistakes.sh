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
