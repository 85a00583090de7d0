import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import type { Redis } from 'ioredis';
import { Outbox, type OutboxEntry } from '../../src/index.ts';

const { prefix } = testRedis();
let count = 0;

/** The keys of one test, and what is to be had of them. */
export class OutboxKeys {
  readonly baseline: string;
  readonly events: string;
  readonly sessions: string;
  readonly clock = createFakeClock();

  constructor() {
    const base = `${prefix}-${(count += 1)}`;
    [this.baseline, this.events, this.sessions] = [`${base}:baseline`, `${base}:events`, `${base}:sessions`];
  }

  outbox(owner: string, redis: Redis): Outbox {
    return new Outbox({
      redis,
      clock: this.clock,
      baselineKey: this.baseline,
      owner,
      replaceDropped: (dropped) => ({ key: this.events, json: `${dropped.get(this.events)?.count} dropped` }),
    });
  }

  /** One that has claimed the baseline. */
  async begun(owner: string, epoch: number, redis: Redis): Promise<Outbox> {
    const outbox = this.outbox(owner, redis);
    const { status } = await outbox.begin(epoch);
    if (status !== 'begun') throw new Error(`the claim was ${status}`);
    return outbox;
  }

  event(json: string, baseline: OutboxEntry['baseline'] = {}): OutboxEntry {
    return { appends: [{ key: this.events, json }], baseline };
  }

  session(json: string): OutboxEntry {
    return { appends: [{ key: this.sessions, json }], baseline: {} };
  }
}

/** What stands in a stream, in order. */
export async function textsIn(key: string, redis: Redis): Promise<string[]> {
  return (await redis.xrange(key, '-', '+')).map(([, [, json = '']]) => json);
}
