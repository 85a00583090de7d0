import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';
import type { BatchContent } from './backlog.ts';

/** Who has claimed a baseline: later epochs and nobody else's batches are taken. */
export interface ClaimHolder {
  /** Of the live ticks of the one who claims. */
  readonly epoch: number;
  /** Another for each process: two that begin in the same millisecond have the same epoch. No white space. */
  readonly owner: string;
}

/** What became of a claim: the baseline as it stands, or the epoch that someone else has claimed it with. */
export type ClaimOutcome =
  | { readonly status: 'begun'; readonly baseline: ReadonlyMap<string, string> }
  | { readonly status: 'refused'; readonly epoch: number };

/**
 * What became of a batch: `already` it was taken before, and only the answer was lost; `gap` what was taken before it is
 * gone, or the claim is, since Redis was emptied or restored; `deposed` someone else has claimed the baseline since.
 */
const APPEND_OUTCOMES = ['ok', 'already', 'gap', 'deposed'] as const;
export type AppendOutcome = (typeof APPEND_OUTCOMES)[number];

/** Field of the baseline with `epoch batch owner`: who writes it, and which batch was taken last. */
const NUMBERING_FIELD = 'batch';
/** More than that is no baseline: 20,000 subjects are some 15 MB. */
const MAX_BASELINE_FIELDS = 1_000_000;
const MAX_BASELINE_BYTES = 128 * 1024 * 1024;

/** Sets `epoch`, `batch` and `owner` as they stand, and whether that epoch is obeyed; nil where nothing stands there. */
const READ_CLAIM = `
local time = redis.call('TIME')
local function clear(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then redis.call('DEL', key) end
end
clear(KEYS[1], 'hash')
local stored = redis.call('HGET', KEYS[1], '${NUMBERING_FIELD}') or ''
local epoch, batch, owner = string.match(stored, '^(%d+) (%d+) (%S+)$')
local isObeyed = epoch and tonumber(epoch) < time[1] * 1000 + ${MAX_EPOCH_AHEAD_MS}
`;

/**
 * Claims a baseline and reads it, at once. Whoever had claimed it before with a lower epoch is deposed by that; the own
 * claim is made anew, unless this is an older one that comes late. A baseline that is too large to be one is removed.
 *
 * KEYS: the baseline
 * ARGV: epoch, number of the claim, after which its batches are numbered; owner
 * Returns ['begun', its fields and values by turns] or ['refused', the epoch that stands there].
 */
export const CLAIM_SCRIPT = `${READ_CLAIM}
local isOwn = epoch == ARGV[1] and owner == ARGV[3] and tonumber(batch) < tonumber(ARGV[2])
if isObeyed and not isOwn and tonumber(epoch) >= tonumber(ARGV[1]) then return { 'refused', epoch } end
local fields = {}
if redis.call('HLEN', KEYS[1]) <= ${MAX_BASELINE_FIELDS} then fields = redis.call('HGETALL', KEYS[1])
else redis.call('DEL', KEYS[1]) end
local bytes = 0
for _, text in ipairs(fields) do bytes = bytes + #text end
if bytes > ${MAX_BASELINE_BYTES} then
  redis.call('DEL', KEYS[1])
  fields = {}
end
redis.call('HSET', KEYS[1], '${NUMBERING_FIELD}', ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
return { 'begun', fields }
`;

/**
 * Takes a batch, all of it or nothing: entries of streams, and what they change in the baseline. A batch that was taken
 * before is recognised by its number. A key of another kind than what is written there is removed first.
 *
 * KEYS: the baseline, then the streams
 * ARGV: epoch, batch, owner; how many entries, of each its key's number and its text; how many fields of the baseline are
 * set, of each name and value; the fields that are removed
 * Returns an outcome.
 */
export const APPEND_SCRIPT = `${READ_CLAIM}
if owner ~= ARGV[3] or epoch ~= ARGV[1] then
  return isObeyed and tonumber(epoch) >= tonumber(ARGV[1]) and 'deposed' or 'gap'
end
if tonumber(batch) >= tonumber(ARGV[2]) then return 'already' end
if tonumber(batch) + 1 ~= tonumber(ARGV[2]) then return 'gap' end
for index = 2, #KEYS do clear(KEYS[index], 'stream') end
local appended = {}
local next = 5
for _ = 1, tonumber(ARGV[4]) do
  local key = KEYS[tonumber(ARGV[next])]
  local id = redis.pcall('XADD', key, '*', 'json', ARGV[next + 1])
  if type(id) == 'table' then
    for _, entry in ipairs(appended) do redis.call('XDEL', entry[1], entry[2]) end
    return id
  end
  table.insert(appended, { key, id })
  next = next + 2
end
redis.call('HSET', KEYS[1], '${NUMBERING_FIELD}', ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3])
local sets = tonumber(ARGV[next])
next = next + 1
for _ = 1, sets do
  redis.call('HSET', KEYS[1], ARGV[next], ARGV[next + 1])
  next = next + 2
end
for index = next, #ARGV do redis.call('HDEL', KEYS[1], ARGV[index]) end
return 'ok'
`;

/** Arguments of the claim script. */
export function claimArgs({ epoch, owner }: ClaimHolder, number: number): readonly string[] {
  return [String(epoch), String(number), owner];
}

/** Keys and arguments of the append script. */
export function appendInput(
  baselineKey: string,
  { epoch, owner }: ClaimHolder,
  batch: number,
  { appends, baseline }: BatchContent,
): { readonly keys: readonly string[]; readonly args: readonly string[] } {
  const keys = [baselineKey, ...new Set(appends.map(({ key }) => key))];
  const sets: string[] = [];
  const removed: string[] = [];
  for (const [field, value] of baseline) {
    if (value === null) removed.push(field);
    else sets.push(field, value);
  }
  const args = [String(epoch), String(batch), owner, String(appends.length)];
  for (const { key, json } of appends) args.push(String(keys.indexOf(key) + 1), json);
  return { keys, args: [...args, String(sets.length / 2), ...sets, ...removed] };
}

/** @throws {TypeError} when the reply isn't that of the claim script */
export function parseClaim(reply: unknown): ClaimOutcome {
  const [status, content] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
  if (status === 'refused' && typeof content === 'string') return { status, epoch: Number(content) };
  if (status !== 'begun' || !Array.isArray(content)) {
    throw new TypeError('Redis answered the claim script with something else');
  }
  const baseline = new Map<string, string>();
  for (let index = 0; index + 1 < content.length; index += 2) {
    baseline.set(String(content[index]), String(content[index + 1]));
  }
  baseline.delete(NUMBERING_FIELD);
  return { status, baseline };
}

/** @throws {TypeError} when the reply isn't that of the append script */
export function parseAppend(reply: unknown): AppendOutcome {
  const outcome = APPEND_OUTCOMES.find((each) => each === reply);
  if (outcome === undefined) throw new TypeError('Redis answered the append script with something else');
  return outcome;
}
