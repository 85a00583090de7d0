import {
  assertConnected,
  createScriptRunner,
  type RedisClient,
  type RunScript,
} from '@mediamtx-monitor/runtime';
import { type Announcement, announcementText, parseAnnouncement, tokenOf } from './announcement.ts';

/** One that hasn't announced itself for longer is gone, in ms. */
export const LIVING_MS = 3_000;
/** What is left of those that are gone leaves the set after so long. */
const KEPT_MS = 60_000;
/** More than that aren't ours. */
const MAX_COLLECTORS = 1_000;

/**
 * Announces a collector, and tells which others live. Those whose time is to come are of a clock that was set back.
 *
 * KEYS: the sorted set
 * ARGV: its announcement, the one before or ''
 * Returns the beginning of each announcement of those that live, the newest first.
 */
const ANNOUNCE_SCRIPT = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local added = redis.pcall('ZADD', KEYS[1], nowMs, ARGV[1])
if type(added) == 'table' then
  redis.call('DEL', KEYS[1])
  redis.call('ZADD', KEYS[1], nowMs, ARGV[1])
end
if ARGV[2] ~= '' then redis.call('ZREM', KEYS[1], ARGV[2]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs - ${KEPT_MS})
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. nowMs, '+inf')
local reply = {}
for _, text in ipairs(redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', nowMs - ${LIVING_MS}, 'LIMIT', 0, ${MAX_COLLECTORS})) do
  table.insert(reply, string.match(string.sub(text, 1, 200), '^%S+') or '')
end
return reply
`;

/**
 * Reads announcements of those that live.
 *
 * KEYS: the sorted set
 * ARGV: their beginnings
 * Returns their texts.
 */
const READ_SCRIPT = `
local wanted = {}
for _, token in ipairs(ARGV) do wanted[token] = true end
local texts = {}
for _, text in ipairs(redis.call('ZREVRANGE', KEYS[1], 0, ${MAX_COLLECTORS})) do
  if wanted[string.match(string.sub(text, 1, 200), '^%S+') or ''] then table.insert(texts, text) end
end
return texts
`;

export interface RollCallOptions {
  readonly redis: RedisClient;
  /** Key of the sorted set. */
  readonly key: string;
  /** What no other process has, without white space. */
  readonly id: string;
  /** Name of this machine, for people. */
  readonly host: string;
}

/** Who collects: each collector announces itself again and again, and so sees which others do. Calls one at a time. */
export class RollCall {
  readonly #options: RollCallOptions;
  readonly #announce: RunScript;
  readonly #read: RunScript;
  readonly #known = new Map<string, Announcement | null>();
  #own: Announcement;
  #revision = 0;
  /** What stands in Redis of us; '' = nothing. */
  #text = '';
  #others: readonly Announcement[] = [];

  constructor(options: RollCallOptions) {
    const { redis, id, host } = options;
    this.#options = options;
    this.#announce = createScriptRunner(redis, ANNOUNCE_SCRIPT);
    this.#read = createScriptRunner(redis, READ_SCRIPT);
    this.#own = { id, host, startedMs: 0, servers: new Map(), yields: new Set() };
  }

  /** What was announced last. */
  get own(): Announcement {
    return this.#own;
  }

  /** Those that lived when it was looked last. */
  get others(): readonly Announcement[] {
    return this.#others;
  }

  /** Announces this one with its servers, and learns who lives. Rejects while Redis is away. */
  async call({ servers, yields }: Pick<Announcement, 'servers' | 'yields'>): Promise<void> {
    const { redis } = this.#options;
    assertConnected(redis);
    if (this.#own.startedMs === 0) {
      const [seconds, microseconds] = await redis.time();
      const startedMs = Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
      this.#own = { ...this.#own, startedMs };
    }
    const before = this.#text;
    if (before === '' || servers !== this.#own.servers || yields !== this.#own.yields) {
      this.#own = { ...this.#own, servers, yields };
      this.#revision += 1;
      this.#text = announcementText(this.#own, this.#revision);
    }
    const old = before === this.#text ? '' : before;
    const reply = await this.#announce([this.#options.key], [this.#text, old]);
    if (!Array.isArray(reply)) throw new TypeError('Redis answered the roll call with something else');
    await this.#learn((reply as readonly unknown[]).map(String));
  }

  /** Takes the announcement back, since this one ends. */
  async withdraw(): Promise<void> {
    const { redis, key } = this.#options;
    if (this.#text === '' || redis.status !== 'ready') return;
    await redis.zrem(key, this.#text);
    this.#text = '';
  }

  /** What an announcement says is read once: it never changes under its token. */
  async #learn(tokens: readonly string[]): Promise<void> {
    const { key, id } = this.#options;
    const others = tokens.filter((token) => token !== tokenOf(this.#text));
    const unknown = others.filter((token) => !this.#known.has(token));
    if (unknown.length > 0) {
      const texts = await this.#read([key], unknown);
      for (const token of unknown) this.#known.set(token, null);
      for (const text of Array.isArray(texts) ? texts.map(String) : []) {
        this.#known.set(tokenOf(text), parseAnnouncement(text));
      }
    }
    for (const token of this.#known.keys()) if (!others.includes(token)) this.#known.delete(token);
    // Of one that has just changed what it says both may stand there for a moment.
    const newest = new Map<string, Announcement>();
    for (const token of others.toReversed()) {
      const one = this.#known.get(token);
      if (one != null && one.id !== id) newest.set(one.id, one);
    }
    this.#others = [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
