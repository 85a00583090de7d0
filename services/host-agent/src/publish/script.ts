import { publishPrelude } from '@mediamtx-monitor/runtime';

/**
 * Stores and tells one message in one round trip, the key first, so that nothing is told that isn't stored. One of an
 * older epoch than the stored one means that two agents think they are the same host. Hosts that have been silent for
 * as long as their key lives leave the set of hosts.
 *
 * KEYS: the host's newest message, sorted set of hosts by the time of theirs
 * ARGV: epoch, deadline (Redis's own Unix time in ms), time in ms after which the key expires, host id, channel, message
 * Returns [verdict, Redis's Unix time in ms, stored epoch, stored seq].
 */
export const PUBLISH_SCRIPT = `${publishPrelude('KEYS[1]')}
redis.call('SET', KEYS[1], ARGV[6], 'PX', ARGV[3])
write('ZADD', KEYS[2], nowMs, ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', nowMs - ARGV[3])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'published', nowMs, 0, 0 }
`;
