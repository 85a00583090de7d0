import { nextEpoch } from '@mediamtx-monitor/types';
import type { Clock } from '../clock.ts';
import type { RedisClient } from './client.ts';
import { isWrongType } from './command-failures.ts';
import {
  type HashChanges,
  type Lease,
  LEASE_FIELD,
  leaseText,
  OTHER_NOTE_FIELD,
  parseLease,
  SAVE_SCRIPT,
} from './leased-hash-script.ts';
import { LeaseWatch } from './lease-watch.ts';
import { RedisTime } from './redis-time.ts';
import { assertConnected, createScriptRunner, type RunScript } from './script-runner.ts';

export interface LeasedHashOptions {
  readonly redis: RedisClient;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly key: string;
  /** Time in which its holder saves something, in ms. */
  readonly intervalMs: number;
  /** What no other process has, without white space. */
  readonly owner: string;
  /** What this process says of itself while it holds the lease, without white space. */
  readonly note: string;
}

/** What was read when the lease was taken. */
export interface TakenHash {
  /** Names and values, the lease aside. */
  readonly fields: ReadonlyMap<string, string>;
  /** Time that the lease had been held, ever, in ms. */
  readonly heldMs: number;
}

/** Who waits has said for so many intervals no more that his note is another. */
const DISPUTE_INTERVALS = 3;
const NO_OTHER_NOTE = { text: '', changedAtMs: -Infinity };

/** No more fields than that are ours. */
const MAX_FIELDS = 200_000;

/**
 * A hash in Redis that only one of several processes writes: whoever holds its lease. Others but tell him there that their
 * note is another. A save that isn't answered leaves
 * open what stands there, so that it has to be taken anew. All calls one at a time.
 */
export class LeasedHash {
  readonly #options: LeasedHashOptions;
  readonly #time: RedisTime;
  readonly #runSave: RunScript;
  readonly #watch: LeaseWatch;
  #lease: Lease | null = null;
  /** What somebody else left there, and when that changed last, on our monotonic clock. */
  #otherNote: { readonly text: unknown; readonly changedAtMs: number } = NO_OTHER_NOTE;
  #isNoteDisputed = false;
  /** Monotonic time of the newest lease, in ms. */
  #leasedAtMs = 0;

  constructor(options: LeasedHashOptions) {
    const { redis, clock, intervalMs } = options;
    this.#options = options;
    this.#time = new RedisTime(redis, clock);
    this.#runSave = createScriptRunner(redis, SAVE_SCRIPT);
    this.#watch = new LeaseWatch(clock, intervalMs);
  }

  /** Whether it is ours as far as is known. */
  get isHeld(): boolean {
    return this.#lease !== null;
  }

  /** Time that the lease has been held, ever, in ms, while it is ours. */
  get heldMs(): number {
    return (this.#lease?.heldMs ?? 0) + this.#options.clock.monotonicMs() - this.#leasedAtMs;
  }

  /** Whether the holder's note was another than that of somebody who waits when one of these, who is us, looked last. */
  get isNoteDisputed(): boolean {
    return this.#isNoteDisputed;
  }

  /**
   * Takes the lease where nobody holds it: none stands there, its holder let go of it, or has been silent for two
   * intervals. `null` while somebody does. Rejects while Redis doesn't answer.
   */
  async take(): Promise<TakenHash | null> {
    const { redis, key, owner, note, clock } = this.#options;
    assertConnected(redis);
    await this.#time.read();
    const redisNowMs = this.#time.inMs(0);
    const stored = await this.#read(() => redis.hget(key, LEASE_FIELD), null);
    const lease = parseLease(stored, redisNowMs);
    if (!this.#watch.isFree(lease, stored) && lease?.owner !== owner) {
      this.#isNoteDisputed = lease !== null && lease.note !== note;
      if (this.#isNoteDisputed) await redis.hset(key, OTHER_NOTE_FIELD, String(redisNowMs));
      return null;
    }
    const count = await this.#read(() => redis.hlen(key), 0);
    if (count > MAX_FIELDS) throw new RangeError(`${key} has more than ${MAX_FIELDS} fields`);
    const {
      [LEASE_FIELD]: found = '',
      [OTHER_NOTE_FIELD]: otherNote = '',
      ...fields
    } = await this.#read(() => redis.hgetall(key), {});
    if (found !== (stored ?? '')) return null;
    const epoch = nextEpoch(lease?.epoch ?? 0, redisNowMs);
    const heldMs = lease?.heldMs ?? 0;
    const taken: Lease = { epoch, seq: 1, owner, isReleased: false, heldMs, note };
    const atMs = clock.monotonicMs();
    const [outcome] = await this.#send(found, taken, { sets: new Map(), removes: [], appends: [] });
    if (outcome !== 'ok') return null;
    this.#lease = taken;
    this.#leasedAtMs = atMs;
    this.#otherNote = { ...NO_OTHER_NOTE, text: otherNote };
    this.#isNoteDisputed = false;
    return { fields: new Map(Object.entries(fields)), heldMs };
  }

  /**
   * Saves changes, all of them or nothing, and says by that that we live. `lost`: somebody else has taken the lease, or
   * what stands there isn't what we wrote. Rejects when Redis didn't answer. After both it has to be taken anew.
   */
  async save(changes: HashChanges, { isLast = false } = {}): Promise<'saved' | 'lost'> {
    const lease = this.#lease;
    if (lease === null) throw new Error('a hash was saved before its lease was taken');
    const atMs = this.#options.clock.monotonicMs();
    const next = { ...lease, seq: lease.seq + 1, isReleased: isLast, heldMs: this.heldMs };
    this.#lease = null;
    assertConnected(this.#options.redis);
    const [outcome, otherNote] = await this.#send(leaseText(lease), next, changes);
    if (outcome !== 'ok') return 'lost';
    if (otherNote !== this.#otherNote.text) this.#otherNote = { text: otherNote, changedAtMs: atMs };
    const { intervalMs } = this.#options;
    this.#isNoteDisputed = atMs - this.#otherNote.changedAtMs <= DISPUTE_INTERVALS * intervalMs;
    if (!isLast) this.#lease = next;
    this.#leasedAtMs = atMs;
    return 'saved';
  }

  /** What is of another kind is removed by whoever takes the lease: until then nothing of ours stands there. */
  async #read<Value>(read: () => Promise<Value>, nothing: Value): Promise<Value> {
    try {
      return await read();
    } catch (error) {
      if (isWrongType(error)) return nothing;
      throw error;
    }
  }

  async #send(expected: string, lease: Lease, changes: HashChanges): Promise<readonly unknown[]> {
    const keys = [this.#options.key, ...new Set(changes.appends.map(({ key }) => key))];
    const args = [expected, leaseText(lease), String(changes.sets.size), ...[...changes.sets].flat()];
    args.push(String(changes.removes.length), ...changes.removes);
    for (const { key, json, maxLength } of changes.appends) {
      args.push(String(keys.indexOf(key) + 1), json, maxLength === null ? '' : String(maxLength));
    }
    const reply = await this.#runSave(keys, args);
    if (!Array.isArray(reply)) throw new TypeError('Redis answered the save script with something else');
    return reply as readonly unknown[];
  }
}
