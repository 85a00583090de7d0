#!/bin/bash
# usage: make-ticket-key.sh [<root>]    (where the folder for is; / unless given)
# Makes the key that the API's tickets are signed with, in /for/api/key, which only the API mounts. One that is there
# stays from start to start; delete it to have another one.
set -euo pipefail

file=${1:-}/for/api/key
if [[ ! -s $file ]]; then
  od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$file.new"
  mv "$file.new" "$file"
fi
# The API runs as a user of its image's own; only it mounts this folder.
chmod 444 "$file"
