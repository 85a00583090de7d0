import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '@mediamtx-monitor/simulator';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { type RunningService, startService } from './support/service.ts';

const DAY_MS = 86_400_000;
const STEPS = [
  ['3 years forward', 3 * 365 * DAY_MS],
  ['a day back', -DAY_MS],
] as const;
/** The clock is right until it is set; nothing here takes so long. */
const HOUR_MS = 3_600_000;

const { url, prefix } = testRedis();
const reader = new Redis(url);
let mediamtx: Simulator;
let service: RunningService | undefined;

beforeAll(async () => {
  mediamtx = await startSimulator();
});
afterEach(() => {
  service?.dispose();
  service = undefined;
});
afterAll(async () => {
  reader.disconnect();
  await mediamtx.close();
});

/** Of a message, what the tests look at. */
interface PublishedHead {
  readonly seq: number;
  readonly publishedAt: string;
}

/** Reads the newest message of a service that numbers them. */
async function newest(key: string): Promise<PublishedHead> {
  const text = await reader.get(key);
  if (text === null) throw new Error(`${key} isn't there`);
  return JSON.parse(text) as PublishedHead;
}

describe.each(STEPS)('when the clock is set %s', (_what, stepMs) => {
  test.each([
    ['collector', (names: ReturnType<typeof redisNames>) => names.streamsMeta('main')],
    ['host-agent', (names: ReturnType<typeof redisNames>) => names.host('here')],
  ])('the %s goes on, answers, and stops when it is told to', async (name, keyOf) => {
    const ownPrefix = `${prefix}:${stepMs}`;
    const key = keyOf(redisNames(ownPrefix));
    const running = await startService(name, stepMs, {
      REDIS_URL: url,
      REDIS_KEY_PREFIX: ownPrefix,
      MEDIAMTX_API_URL: mediamtx.url,
      POLL_INTERVAL_SECONDS: '1',
      HOST_INTERVAL_SECONDS: '1',
      HOST_ID: 'here',
    });
    service = running;
    await eventually(async () => {
      expect((await newest(key)).seq).toBeGreaterThanOrEqual(2);
    });

    running.setClock();
    // Its messages bear the new time: from here on it knows no other.
    const first = await eventually(async () => {
      const message = await newest(key);
      expect(Math.abs(Date.parse(message.publishedAt) - (Date.now() + stepMs))).toBeLessThan(HOUR_MS);
      return message;
    });
    await eventually(async () => {
      expect((await newest(key)).seq).toBeGreaterThanOrEqual(first.seq + 4);
    });
    await eventually(async () => {
      expect(await running.health()).toMatchObject({ status: 'ok', restarts: 1 });
    });
    expect(await running.terminate()).toBe(0);
  });
});
