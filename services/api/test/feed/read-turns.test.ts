import { expect, test } from '@jest/globals';
import { ReadTurns, StoreBusyError } from '../../src/feed/read-turns.ts';

test('three read at once, sixty wait in order, whatever fails; who comes then is told at once', async () => {
  const turns = new ReadTurns();
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const all = Array.from({ length: 65 }, (_, n) =>
    turns
      .take(() => {
        begun.push(n);
        return new Promise<string>((resolve, reject) => {
          ends.push((error) => {
            if (error === undefined) resolve('read');
            else reject(error);
          });
        });
      })
      .catch((error: unknown) => (error instanceof StoreBusyError ? 'busy' : 'failed')),
  );
  expect(await Promise.all(all.slice(63))).toStrictEqual(['busy', 'busy']);
  expect(begun).toStrictEqual([0, 1, 2]);
  for (let n = 0; n < 63; n += 1) {
    ends[n]?.(n % 2 === 0 ? undefined : new Error('broken'));
    expect(await all[n]).toBe(n % 2 === 0 ? 'read' : 'failed');
  }
  expect(begun).toStrictEqual(Array.from({ length: 63 }, (_, n) => n));
  expect(await turns.take(() => Promise.resolve('free'))).toBe('free');
});
