#!/bin/bash
# usage: make-users.sh [<root>]    (where users, durable and for are; / unless given)
# Makes a user for each service, with a password of its own that nobody has to know: who may do what goes to
# /users/users.acl for Redis, and the address with user and password to /for/<service>/redis-url for that service
# alone; for the durable Redis to /durable/users/users.acl and /for/<service>/redis-durable-url. One that may only read
# is for people, in users/reader-url of either: see get.sh. Passwords stay from start to start; rights are written anew.
set -euo pipefail

root=${1:-}
prefix=${REDIS_KEY_PREFIX:-mediamtx}
# What ioredis says of itself when it connects.
connect='+@connection -@dangerous +info'
# Whether anybody hears what they would publish, collector and alerter ask first.
heard='+pubsub|numsub +pubsub|numpat'
# The collector also forgets servers and hosts that are gone for good.
forget='+del +exists +hdel +hget +hkeys +hlen +hstrlen +zrem +zrevrange +zscore'
# Collectors know of each other.
share='+zadd +zremrangebyscore +zrevrangebyscore'

password_in() { # <file>
  if [[ -s $1 ]]; then
    sed -E 's|^redis://[^:]*:([^@]*)@.*$|\1|' "$1"
  else
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
  fi
}

add_user() { # <name> <file for its address> <host> <rights>…
  local name=$1 file=$root/$2 host=$3 password
  shift 3
  password=$(password_in "$file")
  echo "redis://$name:$password@$host:6379" >"$file.new"
  # The services run as a user of the images' own; only theirs mounts this folder.
  chmod 444 "$file.new"
  mv "$file.new" "$file"
  echo "user $name on #$(printf %s "$password" | sha256sum | cut -d ' ' -f 1) resetkeys resetchannels -@all $*"
}

add_service() { # <service> <rights>…
  local service=$1
  shift
  add_user "$service" "for/$service/redis-url" redis "$@"
}

add_durable_service() { # <service> <rights>…
  local service=$1
  shift
  add_user "$service" "for/$service/redis-durable-url" redis-durable "$@"
}

{
  # Whoever brings no password may ask whether Redis is there, and nothing else.
  echo 'user default on nopass resetkeys resetchannels -@all +ping'
  add_service collector "~$prefix:* &$prefix:* $connect +get +mget +strlen +set +append +pexpire +hset +publish +time +eval +evalsha $heard $forget $share"
  add_service host-agent "~$prefix:host:* ~$prefix:hosts* &$prefix:hosts $connect +get +set +append +pexpire +del +zadd +zremrangebyscore +publish +time +eval +evalsha"
  # The alerter reads all of it, and writes one key.
  add_service alerter "%R~$prefix:* ~$prefix:alerts:latest &$prefix:alerts $connect +@read +set +publish +time +eval +evalsha $heard -@dangerous +info"
  add_service api "%R~$prefix:* &$prefix:* $connect +@read +time +subscribe +unsubscribe -@dangerous +info"
  add_user reader users/reader-url 127.0.0.1 "%R~$prefix:* +@read -@dangerous"
} >"$root/users/users.acl.new"
chmod 444 "$root/users/users.acl.new"
mv "$root/users/users.acl.new" "$root/users/users.acl"

{
  # Nobody is this user. But as this one Redis reads its file of writes at its start, and leaves out what a script wrote
  # where it may not write that.
  echo 'user default off resetpass ~* resetchannels -@all +@write'
  # History is slots in strings, and a list of whose. Events and sessions are appended, and removed when they are old; the baseline is what is compared with.
  add_durable_service collector "~$prefix:events ~$prefix:sessions ~$prefix:*events:baseline ~$prefix:*history:* $connect +type +hget +hgetall +hlen +hset +hdel +del +xadd +xdel +xtrim +xrevrange +time +eval +evalsha +strlen +getrange +setrange +pexpire +unlink +zadd +zrem +zrevrange +zremrangebyscore"
  add_durable_service host-agent "~$prefix:host:*:history:* $connect +strlen +getrange +setrange +pexpire +del"
  # What people want of the alerter, the API writes.
  add_durable_service alerter "~$prefix:alerts ~$prefix:events ~$prefix:notifications %R~$prefix:commands $connect +type +del +hget +hgetall +hlen +hset +hdel +xadd +xread +xrange +xrevrange +time +eval +evalsha"
  add_durable_service api "%R~$prefix:* ~$prefix:commands $connect +@read +xadd +time -@dangerous +info"
  add_user reader durable/users/reader-url 127.0.0.1 "%R~$prefix:* +@read +ping -@dangerous"
} >"$root/durable/users/users.acl.new"
chmod 444 "$root/durable/users/users.acl.new"
mv "$root/durable/users/users.acl.new" "$root/durable/users/users.acl"
