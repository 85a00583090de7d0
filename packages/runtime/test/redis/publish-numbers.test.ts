import { expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { MAX_SEQ, type TickNumber } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { PublishNumbers, type PublishReply } from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const ended = useConnections();
const YEAR_MS = 365 * 86_400_000;
const { url, prefix } = testRedis();

/** The numbers of a publisher that finds this in its key. */
async function numbersAfter(stored: string): Promise<PublishNumbers> {
  const redis = ended(new Redis(url));
  await redis.set(prefix, stored);
  return new PublishNumbers(redis, createFakeClock(), prefix);
}
const headOf = ({ epoch, seq }: TickNumber): string => `{"type":"streams","epoch":${epoch},"seq":${seq}}`;
const reply = (changed: Partial<PublishReply>): PublishReply => ({
  verdict: 'published',
  redisNowMs: 0,
  storedEpoch: 0,
  storedSeq: 0,
  ...changed,
});

test('who takes over counts anew in an epoch of Redis’s time, beyond the stored one', async () => {
  const ours = await numbersAfter('');
  expect(ours.hasBegun).toBe(false);
  const redisMs = await ours.begin('take-over');
  expect(ours.hasBegun).toBe(true);
  expect([ours.next(), ours.next()]).toEqual([1, 2].map((seq) => ({ epoch: redisMs, seq })));
  expect(ours.deadlineMs(500)).toBe(redisMs + 500);
  const other = await numbersAfter(headOf({ epoch: redisMs + 60_000, seq: 9 }));
  await other.begin('take-over');
  expect(other.next()).toEqual({ epoch: redisMs + 60_001, seq: 1 });
});

test.each([
  ['{"seq":,,"type":"streams",', '}'],
  ['{"epoch":0,"type":"connections","v":2,', ''],
  ['{', `,"x":"${'x'.repeat(3_000_000)}"`],
])(
  'who takes over is beyond what publish scripts read of a head that is no head: %.20s…',
  async (before, after) => {
    const epoch = Date.now() + 3_600_000;
    const ours = await numbersAfter(`${before}"epoch":${epoch},"seq":3${after}`);
    await ours.begin('take-over');
    expect(ours.next()).toEqual({ epoch: epoch + 1, seq: 1 });
  },
);

test('who joins goes on in the stored epoch', async () => {
  const ours = await numbersAfter(headOf({ epoch: 5, seq: 9 }));
  await ours.begin('join');
  expect(ours.next()).toEqual({ epoch: 5, seq: 10 });
});

test.each([
  ['none', ''],
  ['one of another kind', '{"epoch":"5","seq":9}'],
  ['one that is not obeyed', headOf({ epoch: Date.now() + YEAR_MS, seq: 9 })],
  ['one whose ticks are all used up', headOf({ epoch: 5, seq: MAX_SEQ })],
])('who joins takes over where the stored epoch is %s', async (_what, stored) => {
  const ours = await numbersAfter(stored);
  const redisMs = await ours.begin('join');
  expect(ours.next()).toEqual({ epoch: redisMs, seq: 1 });
});

test('it has to begin anew when whoever took over is gone, and when Redis’s clock was set back', async () => {
  const ours = await numbersAfter('');
  const redisNowMs = await ours.begin('take-over');
  const superseded = reply({ verdict: 'superseded', redisNowMs, storedEpoch: redisNowMs + 1, storedSeq: 1 });
  for (let tick = 0; tick < 5; tick += 1) ours.hear(superseded);
  expect(ours.hasBegun).toBe(true);
  ours.hear(superseded);
  expect(ours.hasBegun).toBe(false);
  await ours.begin('take-over');
  ours.hear(reply({ redisNowMs }));
  expect(ours.hasBegun).toBe(true);
  ours.hear(reply({ redisNowMs: redisNowMs - YEAR_MS }));
  expect(ours.hasBegun).toBe(false);
});
