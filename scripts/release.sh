#!/usr/bin/env bash
# Makes dist/mediamtx-monitor-<version>/ and its tarball: everything that an installation needs but Node, make and
# systemd. dist/release leads to that folder. Needs `make build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(scripts/version.sh)
name=mediamtx-monitor-$version
folder=dist/$name
rm -rf dist/mediamtx-monitor-*/ "$folder.tar.gz"
mkdir -p "$folder"
mapfile -t services <services/deployable.txt
scripts/production-tree.sh "$folder/lib" "${services[@]}" scripts

mkdir "$folder/lib/units" "$folder/lib/static"
cp systemd/*.service "$folder/lib/units"
cp -R systemd/bin systemd/setup "$folder/lib"
for program in mediamtx-collector mediamtx-api mediamtx-snapshot host-metrics-agent mediamtx-alerter; do
  ln -s program "$folder/lib/bin/$program"
done
cp .env.example "$folder/lib/settings.env"
cp -R services/dashboard/dist/. "$folder/lib/static"
cp systemd/Makefile "$folder/Makefile"
cp -R README.md README.de.md LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md .env.example docs "$folder"

# The id of what was made: a release that differs in anything is another one.
hash=$(cd "$folder/lib" && find . \( -type f -printf '%p %m\n' -o -type l -printf '%p %l\n' \) | LC_ALL=C sort |
  cat - <(find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-8)
echo "$version-$hash" >"$folder/lib/RELEASE"

ln -sfn "$name" dist/release
tar -C dist --owner=0 --group=0 --sort=name -czf "$folder.tar.gz" "$name"
printf '%s  %s  release %s\n' "$(du -h "$folder.tar.gz" | cut -f1)" "$folder.tar.gz" "$version-$hash"
