import { MAX_EPOCH_AHEAD_MS, type TickNumber } from '@mediamtx-monitor/types';

/** Field with `epoch seq owner state heldMs note`: who writes the hash, and whether he has let go of it. */
export const LEASE_FIELD = 'lease';

/** Field that whoever waits for the lease changes again and again while his note is another than its holder's. */
export const OTHER_NOTE_FIELD = 'other-note';

/** The lease as it stands. */
export interface Lease extends TickNumber {
  /** Another for each process: two that take it in the same millisecond would have the same epoch. No white space. */
  readonly owner: string;
  /** Its holder stopped, so that anyone may take it at once. */
  readonly isReleased: boolean;
  /** Time that its holders have held it, ever, in ms: by their monotonic clocks. */
  readonly heldMs: number;
  /** What the holder says of himself, without white space; empty = nothing. */
  readonly note: string;
}

/** An entry of a Redis stream. */
export interface StreamEntry {
  readonly key: string;
  readonly json: string;
  /** About how many entries the stream has at most; `null` = it isn't trimmed here. */
  readonly maxLength: number | null;
}

/** What is changed in the hash, and what is appended with that. */
export interface HashChanges {
  readonly sets: ReadonlyMap<string, string>;
  readonly removes: readonly string[];
  readonly appends: readonly StreamEntry[];
}

/**
 * Writes the hash, if the lease stands there as expected; all of it or nothing.
 *
 * KEYS: the hash, then streams
 * ARGV: the lease as expected, as it is from now on; number of fields that are set, each name and value; number of those
 * that are removed, each name; of each entry that is appended its key's number, its text, the length of its stream or ''
 * Returns ['ok', what whoever waits with another note left there or ''], ['lost', the lease that stands there].
 */
export const SAVE_SCRIPT = `
local kind = redis.call('TYPE', KEYS[1]).ok
if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', KEYS[1]) end
local stored = redis.call('HGET', KEYS[1], '${LEASE_FIELD}') or ''
if stored ~= ARGV[1] then return { 'lost', stored } end
for index = 2, #KEYS do
  local found = redis.call('TYPE', KEYS[index]).ok
  if found ~= 'stream' and found ~= 'none' then redis.call('DEL', KEYS[index]) end
end
local next = 3
local function take()
  next = next + 1
  return ARGV[next - 1]
end
local sets = {}
for _ = 1, tonumber(take()) do table.insert(sets, { take(), take() }) end
local removes = {}
for _ = 1, tonumber(take()) do table.insert(removes, take()) end
while next <= #ARGV do
  local key, json, maxLength = KEYS[tonumber(take())], take(), take()
  if maxLength == '' then redis.call('XADD', key, '*', 'json', json)
  else redis.call('XADD', key, 'MAXLEN', '~', maxLength, '*', 'json', json) end
end
for _, field in ipairs(removes) do redis.call('HDEL', KEYS[1], field) end
for _, set in ipairs(sets) do redis.call('HSET', KEYS[1], set[1], set[2]) end
redis.call('HSET', KEYS[1], '${LEASE_FIELD}', ARGV[2])
return { 'ok', redis.call('HGET', KEYS[1], '${OTHER_NOTE_FIELD}') or '' }
`;

/** The lease's text; the same for the same lease. */
export function leaseText({ epoch, seq, owner, isReleased, heldMs, note }: Lease): string {
  return `${epoch} ${seq} ${owner} ${isReleased ? 'released' : 'held'} ${Math.round(heldMs)} ${note}`;
}

/** `null` where none stands there, or something else. */
export function parseLease(text: string | null, redisNowMs: number): Lease | null {
  const [, epoch, seq, owner = '', state, heldMs, note = ''] =
    /^(\d{1,15}) (\d{1,13}) (\S+) (held|released) (\d{1,15}) (\S*)$/.exec(text ?? '') ?? [];
  if (epoch === undefined || Number(epoch) >= redisNowMs + MAX_EPOCH_AHEAD_MS) return null;
  return {
    ...{ epoch: Number(epoch), seq: Number(seq), owner, isReleased: state === 'released' },
    ...{ heldMs: Number(heldMs), note },
  };
}
