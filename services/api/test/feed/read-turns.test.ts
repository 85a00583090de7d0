import { expect, test } from '@jest/globals';
import { BusyError, ReadTurns } from '../../src/feed/read-turns.ts';

/** Reads that end when they are told to. */
function createReads() {
  const turns = new ReadTurns({ atOnce: 3, maxWaiting: 60, maxWaitingPerAddress: 12 });
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const gone = new Set<string>();
  const read = (n: number, network: string): Promise<string> =>
    turns
      .take({ network, spent: () => undefined, isGone: () => gone.has(network) }, () => {
        begun.push(n);
        return new Promise<string>((resolve, reject) => {
          ends[n] = (error) => {
            if (error === undefined) resolve('read');
            else reject(error);
          };
        });
      })
      .catch((error: unknown) => (error instanceof BusyError ? error.code : 'failed'));
  return { read, begun, ends, gone };
}

test('three read at once, sixty wait in order, whatever fails; who comes then is told at once', async () => {
  const { read, begun, ends } = createReads();
  const all = Array.from({ length: 65 }, (_, n) => read(n, `client ${n}`));
  expect(await Promise.all(all.slice(63))).toStrictEqual(['store-busy', 'store-busy']);
  expect(begun).toStrictEqual([0, 1, 2]);
  for (let n = 0; n < 63; n += 1) {
    ends[n]?.(n % 2 === 0 ? undefined : new Error('broken'));
    expect(await all[n]).toBe(n % 2 === 0 ? 'read' : 'failed');
  }
  expect(begun).toStrictEqual(Array.from({ length: 63 }, (_, n) => n));
  const last = read(99, 'client 0');
  ends[99]?.();
  expect(await last).toBe('read');
});

test('of one address twelve wait at most, and others go before those whose address has more running', async () => {
  const { read, begun, ends } = createReads();
  const greedy = Array.from({ length: 20 }, (_, n) => read(n, 'greedy'));
  expect(await Promise.all(greedy.slice(15))).toStrictEqual(Array.from({ length: 5 }, () => 'reads-waiting'));
  const honest = read(50, 'honest');
  const other = read(51, 'other');
  ends[0]?.();
  await greedy[0];
  ends[1]?.();
  await greedy[1];
  expect(begun).toStrictEqual([0, 1, 2, 50, 51]);
  ends[50]?.();
  expect(await honest).toBe('read');
  expect(begun.slice(5)).toStrictEqual([3]);
  ends[51]?.();
  expect(await other).toBe('read');
});

test('who has left keeps no place, and is never read for', async () => {
  const { read, begun, ends, gone } = createReads();
  const running = Array.from({ length: 3 }, (_, n) => read(n, 'others'));
  const leaving = Array.from({ length: 60 }, (_, n) => read(10 + n, `leaving ${n % 10}`));
  expect(await read(98, 'honest')).toBe('store-busy');
  for (let n = 0; n < 9; n += 1) gone.add(`leaving ${n}`);
  const honest = read(99, 'honest');
  expect(new Set(await Promise.all(leaving.filter((_, n) => n % 10 < 9)))).toStrictEqual(
    new Set(['asker-gone']),
  );
  gone.add('leaving 9');
  ends[0]?.();
  await running[0];
  expect(new Set(await Promise.all(leaving))).toStrictEqual(new Set(['asker-gone']));
  expect(begun).toStrictEqual([0, 1, 2, 99]);
  ends[99]?.();
  expect(await honest).toBe('read');
});
