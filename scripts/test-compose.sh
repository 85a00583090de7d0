#!/usr/bin/env bash
# The tests of compose.yaml: the images that `make images` built, run with Docker. Without it they are skipped, loudly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
  scripts/say-skipped.sh 'COMPOSE TESTS' "$@"
  exit 0
}

if ! command -v docker >/dev/null || ! docker info >/dev/null 2>&1; then
  skip 'NO DOCKER ENGINE ANSWERS' 'Install Docker, or start it'
fi
if ! docker compose version >/dev/null 2>&1; then
  skip 'NO COMPOSE V2' 'Install the plugin "docker compose"'
fi
mapfile -t services <services/deployable.txt
for service in "${services[@]}"; do
  if ! docker image inspect "mediamtx-monitor/$service:${IMAGE_TAG:-latest}" >/dev/null 2>&1; then
    echo "The image of $service is missing: run \"make images\" first." >&2
    exit 1
  fi
done

printf '%s\nDocker %s, Compose %s, Node %s\n' "$(date -u +%FT%TZ)" "$(docker version --format '{{.Server.Version}}')" \
  "$(docker compose version --short)" "$(node --version)"
exec scripts/pnpm.sh run --silent test --config jest.compose.config.js --runInBand
