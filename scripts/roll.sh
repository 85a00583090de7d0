#!/usr/bin/env bash
# Replaces the API's replicas of compose.yaml one by one, by such as the images and settings of now make: a new one is
# started, and once it is ready an old one is told to leave. At no time are there fewer than before.
# COMPOSE_FILE, COMPOSE_PROJECT_NAME and .env count as for `docker compose` itself; ROLL_READY_SECONDS is how long a new
# one may take.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

READY_SECONDS=${ROLL_READY_SECONDS:-60}

replicas() { docker compose ps --quiet api; }
health_of() { docker inspect --format '{{.State.Health.Status}}' "$1"; }

mapfile -t old < <(replicas)
count=${#old[@]}
if [[ $count == 0 ]]; then
  echo 'No replica of the API runs: start with "docker compose up -d".' >&2
  exit 1
fi

# Makes the key for tickets where there is none yet; one that is there stays.
if ! output=$(docker compose run --rm --no-deps -T ticket-key 2>&1); then
  printf '%s\nThe key for tickets could not be made; the old replicas stay.\n' "$output" >&2
  exit 1
fi

start_one() {
  local output
  if ! output=$(docker compose up --detach --no-deps --no-recreate --scale api=$((count + 1)) api 2>&1); then
    printf '%s\nNo new replica could be started; the old ones stay.\n' "$output" >&2
    return 1
  fi
}

for i in "${!old[@]}"; do
  before=$(replicas)
  start_one
  new=$(comm -13 <(sort <<<"$before") <(replicas | sort))
  for ((waited = 0; waited < READY_SECONDS; waited++)); do
    if [[ $(health_of "$new") == healthy ]]; then break; fi
    sleep 1
  done
  if [[ $(health_of "$new") != healthy ]]; then
    echo "The new replica is not ready after $READY_SECONDS s; it is taken away again, the old ones stay. Its log:" >&2
    docker logs --tail 20 "$new" >&2
    docker rm --force "$new" >/dev/null
    exit 1
  fi
  docker stop "${old[$i]}" >/dev/null
  docker rm "${old[$i]}" >/dev/null
  echo "replica $((i + 1)) of $count replaced"
done
