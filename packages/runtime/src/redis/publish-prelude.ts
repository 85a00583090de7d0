import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';

/** The numbering stands at the beginning of a head, before anything that someone else could have named so. */
const NUMBERING_BYTES = 300;

/** Sets `epoch` and `seq` to the digits that stand in the head under a key; both are nil where it has none. */
const readNumbering = (head: string): string => `
local stored = redis.pcall('GET', ${head})
local epoch, seq
if type(stored) == 'string' then
  epoch, seq = string.match(string.sub(stored, 1, ${NUMBERING_BYTES}), '"epoch":(%d+),"seq":(%d+)')
end
`;

/**
 * Reads the numbering of a head as publish scripts do: whoever takes over has to be ahead of what they read, whatever
 * else is wrong with it.
 *
 * KEYS: the key whose value begins with a head
 * Returns [epoch, seq] as digits; zeros where it has none.
 */
export const NUMBERING_SCRIPT = `${readNumbering('KEYS[1]')}return { epoch or '0', seq or '0' }`;

/**
 * What a publish script begins with. It refuses a tick that reaches Redis after its deadline (a paused Redis would
 * otherwise publish old ticks when it goes on), and one of an older epoch than the stored one, unless that is absurd.
 * What is left can use `nowMs`, Redis's Unix time in ms, and `write(command, key, …)`, which removes a key first where
 * something of another kind has taken its place: nothing that is stored can stop the one who publishes.
 *
 * ARGV: epoch, deadline (Redis's own Unix time in ms)
 * Returns [verdict, Redis's Unix time in ms, stored epoch, stored seq].
 * @param head the key whose value begins with a head, as in `KEYS[1]`
 */
export function publishPrelude(head: string): string {
  return `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
if nowMs > tonumber(ARGV[2]) then return { 'late', nowMs, 0, 0 } end
${readNumbering(head)}
epoch = tonumber(epoch or 0)
if epoch > tonumber(ARGV[1]) and epoch < nowMs + ${MAX_EPOCH_AHEAD_MS} then
  return { 'superseded', nowMs, epoch, math.min(tonumber(seq), ${Number.MAX_SAFE_INTEGER}) }
end
local function write(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return end
  if string.find(reply.err, 'WRONGTYPE', 1, true) then redis.call('DEL', key) end
  redis.call(command, key, ...)
end
`;
}
