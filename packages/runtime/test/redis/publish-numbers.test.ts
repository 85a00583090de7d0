import { expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { PublishNumbers, type PublishReply } from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const ended = useConnections();
const YEAR_MS = 365 * 86_400_000;
const numbers = (): PublishNumbers =>
  new PublishNumbers(ended(new Redis(testRedis().url)), createFakeClock());
const reply = (changed: Partial<PublishReply>): PublishReply => ({
  verdict: 'published',
  redisNowMs: 0,
  storedEpoch: 0,
  storedSeq: 0,
  ...changed,
});

test('who takes over counts anew in an epoch of Redis’s time, beyond the stored one', async () => {
  const ours = numbers();
  expect(ours.hasBegun).toBe(false);
  const redisMs = await ours.begin({ epoch: 0, seq: 9 }, 'take-over');
  expect(ours.hasBegun).toBe(true);
  expect([ours.next(), ours.next()]).toEqual([1, 2].map((seq) => ({ epoch: redisMs, seq })));
  expect(ours.deadlineMs(500)).toBe(redisMs + 500);
  await ours.begin({ epoch: redisMs + 60_000, seq: 9 }, 'take-over');
  expect(ours.next()).toEqual({ epoch: redisMs + 60_001, seq: 1 });
});

test('who joins goes on in the stored epoch, unless there is none that is obeyed', async () => {
  const ours = numbers();
  await ours.begin({ epoch: 5, seq: 9 }, 'join');
  expect(ours.next()).toEqual({ epoch: 5, seq: 10 });
  for (const epoch of [0, Date.now() + YEAR_MS]) {
    const redisMs = await ours.begin({ epoch, seq: 9 }, 'join');
    expect(ours.next()).toEqual({ epoch: redisMs, seq: 1 });
  }
});

test('it has to begin anew when whoever took over is gone, and when Redis’s clock was set back', async () => {
  const ours = numbers();
  const redisNowMs = await ours.begin({ epoch: 0, seq: 0 }, 'take-over');
  const superseded = reply({ verdict: 'superseded', redisNowMs, storedEpoch: redisNowMs + 1, storedSeq: 1 });
  for (let tick = 0; tick < 5; tick += 1) ours.hear(superseded);
  expect(ours.hasBegun).toBe(true);
  ours.hear(superseded);
  expect(ours.hasBegun).toBe(false);
  await ours.begin({ epoch: 0, seq: 0 }, 'take-over');
  ours.hear(reply({ redisNowMs }));
  expect(ours.hasBegun).toBe(true);
  ours.hear(reply({ redisNowMs: redisNowMs - YEAR_MS }));
  expect(ours.hasBegun).toBe(false);
});
