import { publishPrelude } from '@mediamtx-monitor/runtime';

/**
 * One tick in one round trip, atomically: keys first, publish last, so that nothing is told that isn't stored.
 *
 * KEYS: array of streams, array of connections, head of streams, servers hash
 * ARGV: epoch, deadline (Redis's own Unix time in ms), server id, whether a path list was ever read ('1' or '0'),
 *   then channel, head JSON and array JSON of streams, and the same of connections
 * Returns [verdict, Redis's Unix time in ms, stored epoch, stored seq].
 */
export const PUBLISH_SCRIPT = `${publishPrelude('KEYS[3]')}
if ARGV[4] == '1' then redis.call('SET', KEYS[1], ARGV[7]) end
redis.call('SET', KEYS[2], ARGV[10])
redis.call('SET', KEYS[3], ARGV[6])
write('HSET', KEYS[4], ARGV[3], ARGV[6])
redis.call('PUBLISH', ARGV[5], string.sub(ARGV[6], 1, -2) .. ',"streams":' .. ARGV[7] .. '}')
redis.call('PUBLISH', ARGV[8], string.sub(ARGV[9], 1, -2) .. ',"connections":' .. ARGV[10] .. '}')
return { 'published', nowMs, 0, 0 }
`;
