#!/usr/bin/env bash
# Prints the version of what lies here, as releases and images are named: that of package.json where the tag of it points
# here and nothing is changed, as in 0.2.0; else also how many commits there are since the last tag, which one this is,
# and whether anything is changed, as in 0.2.0-12-gabcdef0123-dirty. Where there is no git, the archive it came in says
# which commit it is, or the files themselves have to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' package.json)

# A git of a folder around this one knows nothing about it.
top=$(git rev-parse --show-toplevel 2>/dev/null || true)
if [[ -n $top && $top -ef . ]] && git rev-parse --quiet --verify HEAD >/dev/null; then
  changed=$(git status --porcelain)
  if [[ -z $changed ]] && git tag --points-at HEAD | grep -qxF "v$version"; then
    echo "$version"
    exit 0
  fi
  last=$(git describe --tags --match 'v[0-9]*' --abbrev=0 2>/dev/null || true)
  count=$(git rev-list --count ${last:+"$last.."}HEAD)
  echo "$version-$count-g$(git rev-parse --short=10 HEAD)${changed:+-dirty}"
  exit 0
fi

# "git archive", which GitHub's archives of sources are made by, writes commit and tags into this file.
read -r commit refs <scripts/revision
if [[ $commit =~ ^[0-9a-f]{40}$ ]]; then
  if [[ ", $refs," == *", tag: v$version,"* ]]; then echo "$version"; else echo "$version-g${commit:0:10}"; fi
  exit 0
fi

hash=$(find ./*.* docs packages scripts services systemd \( -name node_modules -o -name dist \) -prune -o \
  -type f -not -name '*.tsbuildinfo' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-10)
echo "$version-src-$hash"
