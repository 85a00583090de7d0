import { LRUCache } from 'lru-cache';
import { parseRecentTicks, type RecentTicks } from '@mediamtx-monitor/runtime';
import {
  type HistoryKind,
  type HistorySubject,
  MAX_MESSAGE_BYTES,
  RECENT_HISTORY,
  type RecentHistoryOf,
  recentPartOf,
  type RedisNames,
} from '@mediamtx-monitor/types';
import { type HistoryConnection, readStrings } from './read-strings.ts';

const KEY_MS = RECENT_HISTORY.keySeconds * 1_000;
const KEPT_MS = RECENT_HISTORY.keptSeconds * 1_000;
/** So long after its time something may be added to a key: one interval, and a little. */
const OPEN_MS = 70_000;
/** So much is kept of what was read: it doesn't change any more. */
const MAX_CACHED_BYTES = 67_108_864;
/** Where more may come, it is looked for again after so long. */
const OPEN_TTL_MS = 1_000;
/** What an entry takes though nothing is in it, about. */
const ENTRY_BYTES = 1_000;
/** So many keys are read at a time. */
const KEYS_AT_ONCE = 16;

interface RecentKey {
  readonly key: string;
  /** Whether something may be added to it. */
  readonly isOpen: boolean;
}

/** Every tick of the last minutes, as it stands in the live Redis. What many ask for is read once. */
export class RecentHistory {
  readonly #connection: HistoryConnection;
  readonly #names: RedisNames;
  /** By key; without ticks, there was nothing of ours a moment ago. */
  readonly #cached: LRUCache<string, { readonly ticks: RecentTicks | null }>;
  /** Reads come one after the other: the next one finds what the one before has read. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(connection: HistoryConnection, names: RedisNames, monotonicMs: () => number) {
    this.#cached = new LRUCache({
      maxSize: MAX_CACHED_BYTES,
      sizeCalculation: ({ ticks }) => ENTRY_BYTES + (ticks?.bytes ?? 0),
      perf: { now: monotonicMs },
      ttlResolution: 0,
    });
    this.#connection = connection;
    this.#names = names;
  }

  /** Ticks of a subject and some others, from one Unix time up to another, in order, as far as they are kept. */
  async read(
    subject: HistorySubject,
    fromMs: number,
    toMs: number,
    nowMs: number,
  ): Promise<readonly RecentTicks[]> {
    const first = Math.floor(Math.max(fromMs, nowMs - KEPT_MS - KEY_MS) / KEY_MS);
    const end = Math.ceil(Math.min(toMs, nowMs + KEY_MS) / KEY_MS);
    const isStream = subject.kind === 'stream';
    const of: RecentHistoryOf = isStream ? { kind: 'streams', server: subject.server } : subject;
    const part = isStream ? recentPartOf(subject.stream) : 0;
    const keys = Array.from({ length: Math.max(0, end - first) }, (_, place) => {
      const startMs = (first + place) * KEY_MS;
      const isOpen = startMs + KEY_MS + OPEN_MS > nowMs;
      return { key: this.#names.recentHistory(of, startMs, part), isOpen };
    });
    const reading = this.#turn.then(() => this.#readKeys(subject.kind, keys));
    this.#turn = reading.catch(() => undefined);
    return reading;
  }

  async #readKeys(kind: HistoryKind, keys: readonly RecentKey[]): Promise<readonly RecentTicks[]> {
    const found = new Map<string, RecentTicks | null>();
    for (const { key } of keys) {
      const cached = this.#cached.get(key);
      if (cached !== undefined) found.set(key, cached.ticks);
    }
    const missing = keys.filter(({ key }) => !found.has(key));
    for (let at = 0; at < missing.length; at += KEYS_AT_ONCE) {
      const some = missing.slice(at, at + KEYS_AT_ONCE);
      const names = some.map(({ key }) => key);
      const values = await readStrings(this.#connection, names, MAX_MESSAGE_BYTES);
      some.forEach(({ key, isOpen }, place) => {
        const value = values[place];
        const ticks = value === undefined ? null : parseRecentTicks(kind, value);
        found.set(key, ticks);
        this.#cached.set(key, { ticks }, isOpen || ticks === null ? { ttl: OPEN_TTL_MS } : {});
      });
    }
    return keys.flatMap(({ key }) => found.get(key) ?? []);
  }
}
