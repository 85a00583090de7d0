import { isAheadOfTime, MAX_EPOCH_AHEAD_MS, type TickNumber } from '@mediamtx-monitor/types';
import type { RedisClient } from './client.ts';
import { NUMBERING_BYTES, READ_NUMBERING } from './publish-script.ts';
import { assertConnected, createScriptRunner, type RunScript } from './script-runner.ts';

/** How a head ends whose publisher has given its server up; the next tick overwrites it. */
const RELEASED_END = ',"released":true}';

/** The head with the mark that whoever published it has given its server up. */
export function releasedHead(head: string): string {
  return `${head.slice(0, -1)}${RELEASED_END}`;
}

/** Sets `isReleased`, after what reads the numbering. */
const READ_RELEASED = `
local isReleased = epoch and string.sub(stored, -${RELEASED_END.length}) == '${RELEASED_END}'
`;

/** Who publishes, as it stands under a guard. */
export interface LeaseSeen {
  /** Another for each tick and each who takes it: what a compare-and-set compares. */
  readonly mark: string;
  /** Zeros where none stands there. */
  readonly number: TickNumber;
  /** Whether somebody's epoch stands there that is obeyed. */
  readonly isHeld: boolean;
  /** Its publisher has given it up, so that anyone may take it at once. */
  readonly isReleased: boolean;
  /** Time between two ticks as the head says, in ms; 0 where it doesn't. */
  readonly intervalMs: number;
}

/**
 * Reads the numbering of a head as the publish script does: whoever takes over has to be ahead of what that reads,
 * whatever else is wrong with the head.
 *
 * KEYS: the guard, whose value begins with a head
 * Returns epoch, seq and interval as digits, zeros where it has none; whether it is released; Redis's Unix time in ms.
 */
export const LOOK_SCRIPT = `${READ_NUMBERING}${READ_RELEASED}
local time = redis.call('TIME')
local intervalMs = epoch and string.match(string.sub(stored, 1, ${NUMBERING_BYTES}), '"intervalMs":(%d+)')
return { epoch or '0', seq or '0', intervalMs or '0', isReleased and 1 or 0, time[1] * 1000 + math.floor(time[2] / 1000) }
`;

/** @throws {TypeError} when the reply isn't that of the script that looks */
export function parseLook(reply: unknown): LeaseSeen {
  const [epoch, seq, intervalMs, released, redisNowMs] = Array.isArray(reply)
    ? (reply as readonly unknown[])
    : [];
  if (typeof epoch !== 'string' || typeof seq !== 'string' || typeof redisNowMs !== 'number') {
    throw new TypeError('Redis answered the script that looks at a head with something else');
  }
  const number = { epoch: Number(epoch), seq: Number(seq) };
  return {
    mark: `${epoch} ${seq}`,
    number,
    isHeld: number.epoch > 0 && !isAheadOfTime(number.epoch, redisNowMs),
    isReleased: released === 1,
    intervalMs: Number(intervalMs),
  };
}

/**
 * Takes a server, if what stands there is what was seen: numbers the head anew, so that the one before is refused from
 * now on and what it published stays readable. Where there is none, only a numbering stands there until the first tick.
 *
 * KEYS: the guard
 * ARGV: the mark that was seen, or its epoch alone; what the epoch is at least
 * Returns ['taken', epoch, seq] or ['refused', 0, 0].
 */
const TAKE_SCRIPT = `${READ_NUMBERING}${READ_RELEASED}
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local before = epoch or '0'
if ARGV[1] ~= before and ARGV[1] ~= before .. ' ' .. (seq or '0') then return { 'refused', 0, 0 } end
local taken = nowMs
for _, least in ipairs({ tonumber(before) + 1, tonumber(ARGV[2]) }) do
  if least > taken and least <= nowMs + ${MAX_EPOCH_AHEAD_MS} then taken = least end
end
local text = string.format('%.0f', taken)
if not epoch then
  redis.call('SET', KEYS[1], '{"epoch":' .. text .. ',"seq":0}')
  return { 'taken', taken, 0 }
end
if isReleased then stored = string.sub(stored, 1, -${RELEASED_END.length + 1}) .. '}' end
local from, to = string.find(stored, '"epoch":%d+,"seq":%d+')
redis.call('SET', KEYS[1],
  string.sub(stored, 1, from - 1) .. '"epoch":' .. text .. ',"seq":1' .. string.sub(stored, to + 1))
return { 'taken', taken, 1 }
`;

/**
 * Marks a head as given up, if its epoch still stands there.
 *
 * KEYS: the guard
 * ARGV: epoch
 * Returns 1 when it did.
 */
const RELEASE_SCRIPT = `${READ_NUMBERING}${READ_RELEASED}
if epoch ~= ARGV[1] or isReleased then return 0 end
redis.call('SET', KEYS[1], string.sub(stored, 1, -2) .. '${RELEASED_END}')
return 1
`;

/**
 * Who publishes what: the numbering of the newest tick is the lease. It never expires; that its holder is gone is seen by
 * its standing still. Everything rejects while Redis is away.
 */
export class HeadLeases {
  readonly #redis: RedisClient;
  readonly #look: RunScript;
  readonly #take: RunScript;
  readonly #release: RunScript;

  constructor(redis: RedisClient) {
    this.#redis = redis;
    this.#look = createScriptRunner(redis, LOOK_SCRIPT);
    this.#take = createScriptRunner(redis, TAKE_SCRIPT);
    this.#release = createScriptRunner(redis, RELEASE_SCRIPT);
  }

  /** What stands under a guard now. */
  async look(guard: string): Promise<LeaseSeen> {
    assertConnected(this.#redis);
    return parseLook(await this.#look([guard], []));
  }

  /**
   * Takes it, with a greater epoch than any before; `null` when something else stands there than was seen.
   * @param seen mark of what was seen, or the own epoch of one who holds it already
   * @param atLeast what the epoch is at least, unless that is so far ahead of Redis's time that it isn't obeyed
   */
  async take(guard: string, seen: string, atLeast = 0): Promise<TickNumber | null> {
    assertConnected(this.#redis);
    const reply = await this.#take([guard], [seen, String(atLeast)]);
    const [outcome, epoch, seq] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
    if (outcome === 'refused') return null;
    if (outcome !== 'taken' || typeof epoch !== 'number' || typeof seq !== 'number') {
      throw new TypeError('Redis answered the script that takes a server with something else');
    }
    return { epoch, seq };
  }

  /** Gives it up, so that anyone may take it at once. Of one that somebody else has taken nothing changes. */
  async release(guard: string, epoch: number): Promise<void> {
    assertConnected(this.#redis);
    await this.#release([guard], [String(epoch)]);
  }
}
