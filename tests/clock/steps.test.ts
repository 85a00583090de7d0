import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSimulator, type Simulator } from '@mediamtx-monitor/simulator';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames, type RedisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { type RunningService, startService } from './support/service.ts';

const DAY_MS = 86_400_000;
const STEPS = [
  ['3 years forward', 3 * 365 * DAY_MS],
  ['a day back', -DAY_MS],
] as const;
/** The clock is right until it is set; nothing here takes so long. */
const HOUR_MS = 3_600_000;

const KEYS = {
  collector: (names: RedisNames) => names.streamsMeta('main'),
  'host-agent': (names: RedisNames) => names.host('here'),
};
const CASES = STEPS.flatMap(([what, stepMs]) =>
  (['collector', 'host-agent'] as const).map((service) => ({ what, stepMs, service })),
);

const { url, prefix } = testRedis();
const reader = new Redis(url);
const services: RunningService[] = [];
const exitCodes = new Map<object, Promise<number | null>>();
let mediamtx: Simulator;

beforeAll(async () => {
  mediamtx = await startSimulator();
  // All at once, since they wait most of the time; each test looks at its own.
  for (const each of CASES) exitCodes.set(each, goOn(each.service, each.stepMs));
  void Promise.allSettled(exitCodes.values());
});
afterAll(async () => {
  for (const service of services) service.dispose();
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

/** Starts a service, sets its clock, expects that it goes on and answers, and has it stop: its exit code. */
async function goOn(service: keyof typeof KEYS, stepMs: number): Promise<number | null> {
  const ownPrefix = `${prefix}:${stepMs}`;
  const key = KEYS[service](redisNames(ownPrefix));
  const running = await startService(service, stepMs, {
    REDIS_URL: url,
    REDIS_KEY_PREFIX: ownPrefix,
    MEDIAMTX_API_URL: mediamtx.url,
    POLL_INTERVAL_SECONDS: '1',
    HOST_INTERVAL_SECONDS: '1',
    HOST_ID: 'here',
  });
  services.push(running);
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
  return running.terminate();
}

test.each(CASES)(
  'when the clock is set $what, the $service goes on, answers, and stops when it is told to',
  async (each) => {
    expect(await exitCodes.get(each)).toBe(0);
  },
);
