#!/usr/bin/env bash
# Runs pnpm in the version that package.json names: the one from PATH where it is that very version, else a
# copy of our own under .tools, else npx.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo 'Node.js 20.12 or newer and npm are needed: see https://nodejs.org' >&2
  exit 1
fi
node -e '
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) process.exit(0);
  console.error(`Node.js 20.12 or newer is needed, this is ${process.version}: see https://nodejs.org`);
  process.exit(1);
'
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
