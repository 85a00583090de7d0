#!/bin/bash
# Asks the service of this container how it is; HEALTHY_URL says where, as in ":8000/readyz". In plain bash, since
# starting a second Node every few seconds would cost more than the services do.
set -euo pipefail

port=${HEALTHY_URL%%/*}
exec 3<>"/dev/tcp/127.0.0.1/${port#:}"
printf 'GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "${HEALTHY_URL#*/}" >&3
read -r _ status _ <&3
[[ $status == 200 ]]
