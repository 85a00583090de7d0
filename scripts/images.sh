#!/usr/bin/env bash
# Builds the image of every service in services/deployable.txt, and prints their sizes. IMAGE_TAG is "latest" unless set;
# DOCKER_BUILD_FLAGS go to `docker build` as they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v docker >/dev/null || ! docker info >/dev/null 2>&1; then
  echo 'No Docker engine answers: install Docker, or start it.' >&2
  exit 1
fi

version=$(scripts/version.sh)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
images=()
mapfile -t services <services/deployable.txt
for service in "${services[@]}"; do
  image=mediamtx-monitor/$service:${IMAGE_TAG:-latest}
  # Flags are several words.
  # shellcheck disable=SC2086
  docker build ${DOCKER_BUILD_FLAGS:-} --file docker/Dockerfile --target "$service" \
    --build-arg VERSION="$version" --build-arg REVISION="$revision" --tag "$image" .
  images+=("$image")
done

printf '\n'
for image in "${images[@]}"; do
  docker image inspect --format '{{.Size}}' "$image" | awk -v image="$image" '{ printf "%-40s %4.0f MB\n", image, $1 / 1e6 }'
done
