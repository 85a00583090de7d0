#!/usr/bin/env bash
# Checks quickly what changed since a commit (BASE, else the last one): types, tests' and the page's too, of which only
# what changed is checked anew; the style of these files, and the tests that stand where they mirror them. What else a
# change breaks, `make test` finds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s nullglob

mapfile -t changed < <({
  git diff --name-only --diff-filter=d "${BASE:-HEAD}"
  git ls-files --others --exclude-standard
} | sort -u)
if [[ ${#changed[@]} -eq 0 ]]; then
  echo "Nothing has changed since ${BASE:-HEAD}."
  exit 0
fi

code=()
tests=()
for file in "${changed[@]}"; do
  case $file in
    *.ts | *.tsx | *.js) code+=("$file") ;;
  esac
  case $file in
    *.test.ts | *.test.tsx) tests+=("$file") ;;
    */src/*.ts | */src/*.tsx)
      mirrored=${file/\/src\//\/test\/}
      tests+=("${mirrored%.*}".test.* "${mirrored%.*}".*.test.*)
      ;;
  esac
done

printf -- '--- types (tsc)\n'
scripts/pnpm.sh run --silent typecheck
printf -- '--- style (eslint, prettier)\n'
scripts/pnpm.sh exec prettier --check --log-level warn --ignore-unknown "${changed[@]}"
if [[ ${#code[@]} -gt 0 ]]; then scripts/pnpm.sh exec eslint --max-warnings 0 --no-warn-ignored "${code[@]}"; fi
if [[ ${#tests[@]} -eq 0 ]]; then
  echo "No test stands where it mirrors what changed."
  exit 0
fi
printf -- '--- tests (jest)\n'
mapfile -t tests < <(printf '%s\n' "${tests[@]}" | sort -u)
exec scripts/pnpm.sh run --silent test --runTestsByPath "${tests[@]}"
