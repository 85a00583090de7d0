#!/bin/bash
# usage: make-users.sh [<root>]    (where users and for are; / unless given)
# Makes a user for each service, with a password of its own that nobody has to know: who may do what goes to
# /users/users.acl for Redis, and the address with user and password to /for/<service>/redis-url for that service
# alone. Passwords stay from start to start; rights are written anew.
set -euo pipefail

root=${1:-}
prefix=${REDIS_KEY_PREFIX:-mediamtx}
# What ioredis says of itself when it connects.
connect='+@connection -@dangerous +info'
# The collector also forgets servers and hosts that are gone for good.
forget='+del +exists +hdel +hget +hkeys +hlen +hstrlen +zrem +zrevrange +zscore'

password_of() { # <service>
  local file=$root/for/$1/redis-url
  if [[ -s $file ]]; then
    sed -E 's|^redis://[^:]*:([^@]*)@.*$|\1|' "$file"
  else
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
  fi
}

add_user() { # <service> <rights>…
  local service=$1 password
  shift
  password=$(password_of "$service")
  echo "redis://$service:$password@redis:6379" >"$root/for/$service/redis-url.new"
  # The services run as a user of the images' own; only theirs mounts this folder.
  chmod 444 "$root/for/$service/redis-url.new"
  mv "$root/for/$service/redis-url.new" "$root/for/$service/redis-url"
  echo "user $service on #$(printf %s "$password" | sha256sum | cut -d ' ' -f 1) resetkeys resetchannels -@all $*"
}

{
  # Whoever brings no password may ask whether Redis is there, and nothing else.
  echo 'user default on nopass resetkeys resetchannels -@all +ping'
  add_user collector "~$prefix:* &$prefix:* $connect +get +mget +strlen +set +hset +publish +time +eval +evalsha $forget"
  add_user host-agent "~$prefix:host:* ~$prefix:hosts* &$prefix:hosts $connect +get +strlen +set +del +zadd +zremrangebyscore +publish +time +eval +evalsha"
  add_user api "%R~$prefix:* &$prefix:* $connect +@read +time +subscribe +unsubscribe -@dangerous +info"
} >"$root/users/users.acl.new"
chmod 444 "$root/users/users.acl.new"
mv "$root/users/users.acl.new" "$root/users/users.acl"
