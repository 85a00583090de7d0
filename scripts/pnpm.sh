#!/usr/bin/env bash
# Runs pnpm in the version that package.json names: the one from PATH where it is that very version, else a
# copy of our own under .tools, else npx.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

needed=$(sed -n 's/^ *"node": ">=\(.*\)"$/\1/p' package.json)
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Node.js $needed or newer and npm are needed: see https://nodejs.org" >&2
  exit 2
fi
node -e '
  const [needed] = process.argv.slice(1);
  const [[needsMajor, needsMinor], [major, minor]] = [needed, process.versions.node].map((text) => text.split(".").map(Number));
  if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) process.exit(0);
  console.error(`this is Node ${process.versions.node}, and ${needed} or newer is needed: see https://nodejs.org`);
  process.exit(2);
' "$needed"
version=$(node -p 'require("./package.json").packageManager.replace(/^pnpm@|\+.*$/g, "")')

# Asked outside the project, where pnpm answers with its own version instead of the one package.json names.
if [[ "$(cd / && COREPACK_ENABLE_DOWNLOAD_PROMPT=0 pnpm --version 2>/dev/null </dev/null)" == "$version" ]]; then
  exec pnpm "$@"
fi

tools=.tools/pnpm-$version
if [[ ! -x $tools/node_modules/.bin/pnpm ]]; then
  echo "Fetching pnpm $version into $tools" >&2
  if ! npm install --prefix "$tools" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "pnpm@$version" >&2; then
    exec npx --yes "pnpm@$version" "$@"
  fi
fi
PATH=$PWD/$tools/node_modules/.bin:$PATH
exec pnpm "$@"
