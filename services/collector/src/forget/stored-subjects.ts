import {
  isHostId,
  isServerId,
  MAX_HEAD_BYTES,
  MAX_SUBJECTS,
  type RedisNames,
  type ServerTopic,
} from '@mediamtx-monitor/types';
import { createScriptRunner, type RedisClient } from '@mediamtx-monitor/runtime';
import { streamsHeadSchema } from '@mediamtx-monitor/types/schemas';
import { parsedJson } from '../fields.ts';

/** A server or host as it stands in Redis. */
export interface StoredSubject {
  readonly id: string;
  /** Another with each tick; '' where it isn't listed. */
  readonly mark: string;
  /** Unix time in ms of its newest tick; `null` where that can't be told. */
  readonly publishedAtMs: number | null;
  /** Time between two of its ticks in ms. */
  readonly intervalMs: number;
  /** Since when the same collector publishes it; `null` where that can't be told. */
  readonly epoch: number | null;
}

/** All servers, or all hosts, that stand in Redis. */
export interface StoredSubjects {
  /** Ids of those that are listed. */
  readonly list: () => Promise<string[]>;
  /** `undefined` where there is nothing of it. */
  readonly find: (id: string) => Promise<StoredSubject | undefined>;
  /**
   * Removes all there is of it, unless it has published since it was found.
   * @returns what was removed; `null` when it has published
   */
  readonly remove: (found: StoredSubject) => Promise<readonly string[] | null>;
}

/** Where nothing says how often it publishes. */
const UNKNOWN_INTERVAL_MS = 5_000;

/**
 * KEYS: those of its own, then the one that lists all
 * ARGV: its id, the mark it had when it was found
 */
const removeScript = (readMark: 'HGET' | 'ZSCORE', unlist: 'HDEL' | 'ZREM'): string => `
local list = KEYS[#KEYS]
if (redis.call('${readMark}', list, ARGV[1]) or '') ~= ARGV[2] then return false end
local removed = {}
for index = 1, #KEYS - 1 do
  if redis.call('DEL', KEYS[index]) == 1 then table.insert(removed, KEYS[index]) end
end
if redis.call('${unlist}', list, ARGV[1]) == 1 then table.insert(removed, ARGV[1] .. ' in ' .. list) end
return removed
`;

/** Sets whether the numbering of one head isn't greater than that of another. */
const IS_OLDER = `
local function numbering(head)
  local epoch, seq = string.match(string.sub(head or '', 1, 300), '"epoch":(%d+),"seq":(%d+)')
  return tonumber(epoch or 0), tonumber(seq or 0)
end
local function isNewer(head, mark)
  local epoch, seq = numbering(head)
  local ofMark, seqOfMark = numbering(mark)
  return epoch > ofMark or (epoch == ofMark and seq > seqOfMark)
end
`;

/**
 * In a cluster, where another node has the list: first what is the server's own.
 *
 * KEYS: its keys, the head last; ARGV: the mark it had when it was found
 */
const REMOVE_KEYS = `${IS_OLDER}
local stored = redis.pcall('GET', KEYS[#KEYS])
if type(stored) == 'string' and isNewer(stored, ARGV[1]) then return false end
local removed = {}
for _, key in ipairs(KEYS) do
  if redis.call('DEL', key) == 1 then table.insert(removed, key) end
end
return removed
`;

/** KEYS: the list; ARGV: the server's id, the mark it had when it was found */
const UNLIST = `${IS_OLDER}
local stored = redis.call('HGET', KEYS[1], ARGV[1])
if not stored then return {} end
if isNewer(stored, ARGV[2]) then return false end
redis.call('HDEL', KEYS[1], ARGV[1])
return { ARGV[1] .. ' in ' .. KEYS[1] }
`;
const REMOVE_SERVER = removeScript('HGET', 'HDEL');
const REMOVE_HOST = removeScript('ZSCORE', 'ZREM');

const TOPICS: readonly ServerTopic[] = ['streams', 'connections'];

/** @param durable where the baselines of events and lists of history are; it may be the same */
export function createStoredServers(redis: RedisClient, names: RedisNames, durable = redis): StoredSubjects {
  const keysOf = (id: string): string[] => [
    ...TOPICS.map((topic) => names.latest(topic, id)),
    names.connectionsGone(id),
    names.streamsMeta(id),
  ];
  return {
    list: async () => {
      if ((await redis.hlen(names.servers)) > MAX_SUBJECTS) return [];
      return (await redis.hkeys(names.servers)).filter(isServerId);
    },
    find: async (id) => {
      const mark = await readMark(redis, names, id);
      if (mark === '' && (await redis.exists(...keysOf(id))) === 0) return undefined;
      return { id, mark, ...timesOf(mark) };
    },
    remove: async ({ id, mark }) => {
      const removed = names.isCluster
        ? await removeApart(redis, { own: keysOf(id), list: names.servers, id, mark })
        : await remove(redis, REMOVE_SERVER, [...keysOf(id), names.servers], [id, mark]);
      if (removed === null) return null;
      // Its history expires by itself.
      const lists = [names.eventBaseline(id), names.historyStreams(id)];
      const counts = await Promise.all(lists.map((key) => durable.del(key)));
      return [...removed, ...lists.filter((_, place) => (counts[place] ?? 0) > 0)];
    },
  };
}

export function createStoredHosts(redis: RedisClient, names: RedisNames): StoredSubjects {
  return {
    list: async () => (await redis.zrevrange(names.hostsSeen, 0, MAX_SUBJECTS - 1)).filter(isHostId),
    find: async (id) => {
      const score = await redis.zscore(names.hostsSeen, id);
      if (score === null && (await redis.exists(names.host(id))) === 0) return undefined;
      const publishedAtMs = score === null ? null : Number(score);
      return { id, mark: score ?? '', publishedAtMs, intervalMs: UNKNOWN_INTERVAL_MS, epoch: null };
    },
    remove: ({ id, mark }) => remove(redis, REMOVE_HOST, [names.host(id), names.hostsSeen], [id, mark]),
  };
}

/** The newest head of a server. In a cluster the list may lack it, since another node has that. */
async function readMark(redis: RedisClient, names: RedisNames, id: string): Promise<string> {
  const own = names.streamsMeta(id);
  if (names.isCluster && (await redis.strlen(own)) <= MAX_HEAD_BYTES) {
    const head = await redis.get(own);
    if (head !== null) return head;
  }
  const isBounded = (await redis.hstrlen(names.servers, id)) <= MAX_HEAD_BYTES;
  return (isBounded ? await redis.hget(names.servers, id) : null) ?? '';
}

interface ApartKeys {
  readonly own: readonly string[];
  readonly list: string;
  readonly id: string;
  readonly mark: string;
}

/** `null` when it has published meanwhile. */
async function removeApart(
  redis: RedisClient,
  { own, list, id, mark }: ApartKeys,
): Promise<readonly string[] | null> {
  const keys = await remove(redis, REMOVE_KEYS, own, [mark]);
  if (keys === null) return null;
  const listed = await remove(redis, UNLIST, [list], [id, mark]);
  return listed === null ? null : [...keys, ...listed];
}

async function remove(
  redis: RedisClient,
  script: string,
  keys: readonly string[],
  args: readonly string[],
): Promise<readonly string[] | null> {
  const reply = await createScriptRunner(redis, script)(keys, args);
  return Array.isArray(reply) ? reply.map(String) : null;
}

function timesOf(head: string): Pick<StoredSubject, 'publishedAtMs' | 'intervalMs' | 'epoch'> {
  const result = streamsHeadSchema.required().validate(parsedJson(head), { convert: false });
  if (result.error !== undefined) {
    return { publishedAtMs: null, intervalMs: UNKNOWN_INTERVAL_MS, epoch: null };
  }
  const { publishedAt, intervalMs, epoch } = result.value;
  return { publishedAtMs: Date.parse(publishedAt), intervalMs, epoch };
}
