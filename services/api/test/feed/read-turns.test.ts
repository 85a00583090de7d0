import { describe, expect, test } from '@jest/globals';
import { BusyError, ReadTurns } from '../../src/feed/read-turns.ts';

const OPTIONS = { atOnce: 3, maxWaiting: 60, maxWaitingPerAddress: 12, maxWaitMs: 60_000 };

/** Reads that end when they are told to. */
function createReads(options = OPTIONS) {
  const turns = new ReadTurns(options);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const leave = new Map<string, AbortController[]>();
  const read = (n: number, network: string): Promise<string> => {
    const leaving = new AbortController();
    leave.set(network, [...(leave.get(network) ?? []), leaving]);
    return turns
      .take({ network, spent: () => undefined, signal: leaving.signal }, () => {
        begun.push(n);
        return new Promise<string>((resolve, reject) => {
          ends[n] = (error) => {
            if (error === undefined) resolve('read');
            else reject(error);
          };
        });
      })
      .catch((error: unknown) => (error instanceof BusyError ? error.code : 'failed'));
  };
  const readMany = (count: number, network: string, first = 0) =>
    Array.from({ length: count }, (_, n) => read(first + n, network));
  const end = async (n: number, reading: Promise<string> | undefined): Promise<void> => {
    ends[n]?.();
    await reading;
  };
  return { read, readMany, begun, ends, end, leave };
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

describe('of few addresses that ask for all there is', () => {
  test('twelve wait of each at most, and others go before those whose address has more running', async () => {
    const { read, readMany, begun, end } = createReads();
    const greedy = readMany(20, 'greedy');
    expect(await Promise.all(greedy.slice(15))).toStrictEqual(
      Array.from({ length: 5 }, () => 'reads-waiting'),
    );
    const honest = read(50, 'honest');
    const other = read(51, 'other');
    await end(0, greedy[0]);
    await end(1, greedy[1]);
    expect(begun).toStrictEqual([0, 1, 2, 50, 51]);
    await end(50, honest);
    expect(begun.slice(5)).toStrictEqual([3]);
    await end(51, other);
  });

  test('one whose turn was longer ago goes first, though others came before', async () => {
    const { read, readMany, begun, end } = createReads({ ...OPTIONS, atOnce: 1 });
    const [a, b] = [readMany(3, 'a', 0), readMany(3, 'b', 10)];
    const honest = read(50, 'honest');
    await end(0, a[0]);
    await end(10, b[0]);
    await end(50, honest);
    const again = read(51, 'honest');
    await end(1, a[1]);
    await end(11, b[1]);
    expect(begun).toStrictEqual([0, 10, 50, 1, 11, 51]);
    await end(51, again);
  });

  test('the one that has most makes room for who comes', async () => {
    const { read, readMany, begun, end } = createReads();
    const first = readMany(15, 'a');
    const others = ['b', 'c', 'd', 'e'].flatMap((name, n) => readMany(12, name, 100 * (n + 1)));
    const honest = read(50, 'honest');
    expect(await others.at(-1)).toBe('reads-waiting');
    await end(0, first[0]);
    expect(begun).toStrictEqual([0, 1, 2, 100]);
    await end(1, first[1]);
    await end(2, first[2]);
    await end(100, others[0]);
    await end(200, others[12]);
    expect(begun).toStrictEqual([0, 1, 2, 100, 200, 300, 400, 50]);
    await end(50, honest);
  });
});

test('who has left keeps no place, and is never read for', async () => {
  const { read, readMany, begun, leave, end } = createReads();
  const running = readMany(3, 'others');
  const leaving = Array.from({ length: 60 }, (_, n) => read(10 + n, `leaving ${n}`));
  expect(await read(98, 'honest')).toBe('store-busy');
  const gone = [...leave].filter(([name]) => name.startsWith('leaving')).flatMap(([, all]) => all);
  for (const each of gone) each.abort(new BusyError('too-slow'));
  expect(new Set(await Promise.all(leaving))).toStrictEqual(new Set(['too-slow']));
  const honest = read(99, 'honest');
  await end(0, running[0]);
  expect(begun).toStrictEqual([0, 1, 2, 99]);
  await end(99, honest);
});

test('whose turn doesn’t come is told after a while', async () => {
  const { read, begun, end } = createReads({ ...OPTIONS, atOnce: 1, maxWaitMs: 20 });
  const running = read(0, 'a');
  expect(await read(1, 'b')).toBe('store-busy');
  await end(0, running);
  expect(begun).toStrictEqual([0]);
});
