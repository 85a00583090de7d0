#!/bin/bash
# Prints the newest streams as they stand in Redis, a JSON array, as a user who may only read: `make redis-get`.
set -euo pipefail

id=${MEDIAMTX_SERVER_ID:-main}
key=${REDIS_KEY_PREFIX:-mediamtx}$([[ $id == main ]] || echo ":$id"):streams:latest
value=$(redis-cli -u "$(</users/reader-url)" --no-auth-warning get "$key")
if [[ -z $value ]]; then
  echo "There is no $key in Redis: does the collector run (docker compose logs collector)?" >&2
  exit 1
fi
printf '%s\n' "$value"
