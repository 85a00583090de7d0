#!/usr/bin/env bash
# usage: production-tree.sh <folder> <workspace package>…    (as in production-tree.sh out api host-agent)
# Makes a folder that runs the packages named: their builds, the builds they need, and the production dependencies that
# the lockfile names. Nothing in it depends on where it was made, so it may be moved and compared. Needs `make build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=$1
shift
if [[ -e $out ]]; then
  echo "production-tree.sh: $out is there already" >&2
  exit 1
fi

filters=()
for name in "$@"; do filters+=(--filter-prod "@mediamtx-monitor/$name..."); done
mapfile -t folders < <(scripts/pnpm.sh "${filters[@]}" list --depth -1 --parseable)

mkdir -p "$out"
cp package.json pnpm-lock.yaml pnpm-workspace.yaml "$out"
for folder in "${folders[@]}"; do
  target=$out/${folder#"$PWD"/}
  mkdir -p "$target"
  cp -R "$folder/package.json" "$folder/dist" "$target"
done
scripts/pnpm.sh --dir "$out" install --prod --frozen-lockfile --prefer-offline --ignore-scripts --reporter=silent

# Notes of pnpm and shims that name this machine's folders.
rm -f "$out"/node_modules/.modules.yaml "$out"/node_modules/.pnpm-workspace-state*.json
find "$out" -name .bin -type d -prune -exec rm -rf {} +
# What nothing runs, ours or others': declarations, maps, what packages were tested with, what they were before. Licences
# and what may hold one stay.
find "$out" -type f \( -name '*.d.ts' -o -name '*.d.[cm]ts' -o -name '*.map' -o -name '*.tsbuildinfo' \) -delete
find "$out" -type f \( -iname 'changelog.md' -o -iname 'history.md' \) -path '*/node_modules/*' -delete
find "$out" -regextype posix-extended -type d -prune \
  -regex '.*/node_modules/(@[^/]+/)?[^/]+/(tests?|examples?|\.github)' -exec rm -rf {} +
# Of Swagger UI the API serves one script and its style.
find "$out" -path '*/swagger-ui-dist/*.js' -name 'swagger-*' -not -name swagger-ui-bundle.js -delete
