import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, seededRandom, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import type { Outbox, OutboxEntry } from '../../src/index.ts';
import { OutboxKeys, textsIn } from '../support/outboxes.ts';

const STEPS = Number(process.env['OUTBOX_STEPS'] ?? 4_000);
const SUBJECTS = 12;
const LOST_ANSWERS = 0.3;
const LOST_REQUESTS = 0.1;
const HANDOVERS = 0.05;

const { url } = testRedis();
const redis = new Redis(url);
beforeAll(() => redis.ping());
afterAll(() => {
  redis.disconnect();
});

/** A Redis of which some requests and answers are lost; a request that seemed lost may still come later. */
function lossyRedis(random: () => number): Redis {
  const late: (() => Promise<unknown>)[] = [];
  const lossy = Object.create(redis) as Redis;
  lossy.disconnect = () => undefined;
  lossy.evalsha = (async (...args: Parameters<Redis['evalsha']>) => {
    if (late.length > 0 && random() < 0.2) await late.splice(0, 1)[0]?.();
    const send = (): Promise<unknown> => redis.evalsha(...args);
    if (random() < LOST_REQUESTS) {
      late.push(() => send().catch(() => undefined));
      throw new Error('the request was lost');
    }
    const answer = await send();
    if (random() < LOST_ANSWERS) throw new Error('the answer was lost');
    return answer;
  }) as Redis['evalsha'];
  return lossy;
}

/** A collector in little: compares what there is with the baseline it holds. */
class Observer {
  readonly #keys: OutboxKeys;
  readonly #outbox: Outbox;
  #epoch = 0;
  #known: Map<string, string> | null = null;
  readonly counts: Record<string, number> = {};

  constructor(keys: OutboxKeys, owner: string, on: Redis) {
    this.#keys = keys;
    this.#outbox = keys.outbox(owner, on);
  }

  lead(epoch: number): void {
    this.#epoch = epoch;
  }

  /** One tick. `leads`: whether nobody else publishes. */
  async tick(world: ReadonlyMap<string, string>, leads: boolean): Promise<boolean> {
    try {
      if (this.#known === null) {
        if (!leads) return false;
        const outcome = await this.#outbox.begin(this.#epoch);
        this.#count(outcome.status);
        if (outcome.status === 'begun') this.#known = new Map(outcome.baseline);
        return false;
      }
      this.#outbox.add(this.#compare(world, this.#known));
      const outcome = await this.#outbox.flush();
      this.#count(outcome);
      if (outcome !== 'empty') this.#known = null;
      return outcome === 'empty';
    } catch (error) {
      this.#count(String(error).includes('lost') ? 'lost' : String(error));
      return false;
    }
  }

  #count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #compare(world: ReadonlyMap<string, string>, known: Map<string, string>): OutboxEntry[] {
    return [...world].flatMap(([name, to]) => {
      const from = known.get(name) ?? 'nothing';
      if (from === to) return [];
      known.set(name, to);
      return [this.#keys.event(JSON.stringify({ name, from, to }), { [name]: to })];
    });
  }
}

type Backup = readonly (readonly [key: string, dump: Buffer])[];

async function backupOf({ baseline, events }: OutboxKeys): Promise<Backup> {
  return Promise.all([baseline, events].map(async (key) => [key, await redis.dumpBuffer(key)] as const));
}

interface ToldChange {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Checks of each subject that every event goes on from the one before, the last to what there is. */
function expectWholeStories(told: readonly ToldChange[], world: ReadonlyMap<string, string>): void {
  const last = new Map<string, string>();
  for (const { name, from, to } of told) {
    expect({ name, from }).toStrictEqual({ name, from: last.get(name) ?? 'nothing' });
    last.set(name, to);
  }
  expect(last).toStrictEqual(new Map(world));
}

test.each([1, 2, 3])(
  'whatever is lost and whoever takes over, each event is there once and in order (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    const keys = new OutboxKeys();
    const on = lossyRedis(random);
    const observers = [new Observer(keys, 'a', on), new Observer(keys, 'b', on)];
    const world = new Map<string, string>();
    let leader = 0;
    let epoch = 1;
    let backup: Backup | null = null;
    observers[0]?.lead(epoch);
    let restored = 0;
    for (let step = 0; step < STEPS; step += 1) {
      const name = `subject ${Math.floor(random() * SUBJECTS)}`;
      world.set(name, `state ${step}`);
      if (random() < HANDOVERS) {
        leader = 1 - leader;
        observers[leader]?.lead((epoch += 1));
      }
      // Who was deposed doesn't always know so yet.
      for (const [index, observer] of observers.entries()) {
        if (index === leader || random() < 0.5)
          await observer.tick(world, index === leader || random() < 0.1);
      }
      if (random() < 0.002) {
        if (backup === null) {
          backup = await backupOf(keys);
        } else {
          for (const [key, dump] of backup) await redis.restore(key, 0, dump, 'REPLACE');
          restored += 1;
          backup = null;
        }
      }
    }
    const last = observers[leader];
    await eventually(async () => {
      expect(await last?.tick(world, true)).toBe(true);
    });
    expectWholeStories(
      (await textsIn(keys.events, redis)).map((json) => JSON.parse(json) as ToldChange),
      world,
    );
    // All that may happen did.
    expect(Object.keys({ ...observers[0]?.counts, ...observers[1]?.counts }).sort()).toStrictEqual([
      'begun',
      'deposed',
      'empty',
      'gap',
      'lost',
      'refused',
    ]);
    expect(restored).toBeGreaterThan(0);
  },
);
