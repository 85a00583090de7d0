import { expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder } from '@mediamtx-monitor/testkit';
import { KeptHistory } from '../../src/status/kept-history.ts';
import type { MadeHistory } from '../../src/status/make-history.ts';
import { NOW } from './serving.ts';

const madeOf = (...keys: readonly string[]): MadeHistory => ({
  atMs: 0,
  pieces: new Map(keys.map((key) => [key, []])),
});

function keeping(make: (advance: (ms: number) => void) => Promise<MadeHistory>) {
  const clock = createFakeClock(NOW);
  const { logger } = createLogRecorder();
  const advance = (ms: number): void => {
    clock.advance(ms);
  };
  return { clock, kept: new KeptHistory({ clock, logger, make: () => make(advance) }) };
}

test('answers wait for history once, and are given without it from then on', async () => {
  const { kept } = keeping(() => new Promise(() => undefined));
  const without = { newest: null, isComing: true };
  expect(await Promise.all([kept.now(['a']), kept.now(['b'])])).toStrictEqual([without, without]);
  const late = new Promise((resolve) => setImmediate(resolve, 'late'));
  expect(await Promise.race([kept.now(['a']), late])).toStrictEqual(without);
  expect(kept.count).toBe(1);
});

test.each([
  [1_000, 30_000, 300_000],
  [10_000, 200_000, 300_000],
  [60_000, 1_200_000, 1_200_000],
])(
  'made in %i ms it is made again after %i ms for what is new, else after %i',
  async (tookMs, newMs, everyMs) => {
    for (const [keys, dueMs] of [
      [['a', 'new'], newMs],
      [['a'], everyMs],
    ] as const) {
      const { kept, clock } = keeping((advance) => {
        advance(tookMs);
        return Promise.resolve(madeOf('a'));
      });
      await kept.now(['a']);
      clock.advance(dueMs - 1);
      await kept.now(keys);
      expect(kept.count).toBe(1);
      clock.advance(1);
      await kept.now(keys);
      expect(kept.count).toBe(2);
    }
  },
);

test('what takes long and fails takes no more of the time either', async () => {
  const { kept, clock } = keeping((advance) => {
    advance(60_000);
    return Promise.reject(new Error('too many'));
  });
  expect(await kept.now(['a'])).toStrictEqual({ newest: null, isComing: false });
  clock.advance(1_199_999);
  await kept.now(['a']);
  expect(kept.count).toBe(1);
  clock.advance(1);
  await kept.now(['a']);
  expect(kept.count).toBe(2);
});
