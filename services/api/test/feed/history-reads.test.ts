import { expect, test } from '@jest/globals';
import { BusyError } from '../../src/feed/read-turns.ts';
import { startFeed } from '../bench.ts';
import { happening, numbers, storedEvent } from '../happening.ts';

/** Events of a thousand before a window and of five hundred in it. */
async function serving() {
  const { feed, publisher } = await startFeed();
  const { add, write } = happening({ publisher });
  await add(numbers(1, 1_500));
  await write([['1501-0', storedEvent({ type: 'connection.opened' })]]);
  const leaving = new AbortController();
  const reader = { network: '', spent: () => undefined, signal: leaving.signal };
  const range = { from: '1001-0', before: '2000-0', maxEntries: 1_000, maxEntriesBefore: 400 };
  return { feed, reader, range, leaving };
}

test('what happened is told in order, some of before first, and whether there is more', async () => {
  const { feed, reader, range } = await serving();
  const told: string[] = [];
  const read = (maxEntries: number): Promise<boolean> =>
    feed.kept.withHistory(reader, (history) =>
      history({ ...range, maxEntries }, ({ id }) => {
        told.push(id);
      }),
    );
  expect(await read(1_000)).toBe(false);
  expect(told).toStrictEqual(numbers(601, 1_500).map((n) => `${n}-0`));
  expect(await read(100)).toBe(true);
});

test('it is told while it is read, and no further when nobody waits any more', async () => {
  const { feed, reader, range, leaving } = await serving();
  let told = 0;
  const reading = feed.kept.withHistory(reader, (history) =>
    history(range, () => {
      told += 1;
      leaving.abort(new BusyError('asker-gone'));
    }),
  );
  await expect(reading).rejects.toThrow('asker-gone');
  expect(told).toBe(16);
});
