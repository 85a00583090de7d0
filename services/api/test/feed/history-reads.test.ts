import { expect, test } from '@jest/globals';
import type { HistoryRange } from '../../src/feed/kept-reads.ts';
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
  return { feed, publisher, reader, range, leaving };
}

test('what happened is told in order, some of before first, whether there is more and since when it is kept', async () => {
  const { feed, publisher, reader, range } = await serving();
  const told: string[] = [];
  const read = (fields: Partial<HistoryRange> = {}) =>
    feed.kept.withHistory(reader, (history) =>
      history({ ...range, ...fields }, ({ id }) => {
        told.push(id);
      }),
    );
  // Nobody looked at all that came before, so it isn't known where that begins.
  expect(await read()).toStrictEqual({ hasMore: false, keptSinceMs: -Infinity });
  expect(told).toStrictEqual(numbers(601, 1_500).map((n) => `${n}-0`));
  expect(await read({ maxEntries: 100 })).toMatchObject({ hasMore: true });
  const looksAtAll = { maxEntriesBefore: 1_001 };
  expect(await read(looksAtAll)).toStrictEqual({ hasMore: false, keptSinceMs: null });
  await publisher.redis.xtrim(publisher.names.events, 'MINID', '7-0');
  expect(await read(looksAtAll)).toStrictEqual({ hasMore: false, keptSinceMs: 7 });
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
  expect(told).toBe(32);
});
