import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { startFeed } from '../bench.ts';
import { happening, numbers } from '../happening.ts';

const LONG = '5-1234567890123456';
const LONGER = '5-1234567890123457';
const reader = { network: '', spent: () => undefined, signal: new AbortController().signal };

/** Five events, two entries that only Redis counts so far, and five events behind them. */
async function kept() {
  const bench = await startFeed();
  const { add, write } = happening({ publisher: bench.publisher });
  await add(numbers(1, 5));
  await write([
    [LONG, {}],
    [LONGER, {}],
  ]);
  await add(numbers(6, 10));
  return { ...bench, add, write };
}

test('what is behind an id that is longer than an event may have is found, in both directions', async () => {
  const { feed } = await kept();
  const unusable = feed.kept.unusable;
  for (const after of [null, '0-0']) {
    const range = { after, before: null, limit: 100, maxEntries: 1_000 };
    const { items, more } = await feed.kept.events(range, () => true, reader);
    expect(items.map(({ event }) => event.id)).toStrictEqual(numbers(1, 10).map((n) => `${n}-0`));
    expect(more).toBe(false);
  }
  expect(feed.kept.unusable - unusable).toBe(4);
});

test('a page that ends at such an id leads on to what is behind it', async () => {
  const { feed } = await kept();
  const range = { before: null, limit: 100, maxEntries: 6 };
  const first = await feed.kept.events({ ...range, after: '0-0' }, () => true, reader);
  expect(first).toMatchObject({ next: '5-999999999999999', more: true });
  const second = await feed.kept.events({ ...range, after: first.next }, () => true, reader);
  expect(second).toMatchObject({ next: '10-0', more: false });
  expect(second.items.map(({ event }) => event.id)).toStrictEqual(numbers(6, 10).map((n) => `${n}-0`));
  const last = await feed.kept.events({ ...range, after: null }, () => true, reader);
  expect(last).toMatchObject({ previous: '5-999999999999999', more: true });
  const older = { ...range, after: null, before: '5-999999999999999' };
  const { items, more } = await feed.kept.events(older, () => true, reader);
  expect([items.length, more]).toStrictEqual([5, false]);
});

test('events that come behind such ids are followed, and one that starts there looks at each of them once', async () => {
  const { feed, prefix, add, write } = await kept();
  await eventually(() => {
    expect(feed.log('events')?.newestId).toBe('10-0');
  });
  expect(feed.eventStats).toMatchObject({ events: 10, unusable: 2 });
  await write([['10-1234567890123456', {}]]);
  const late = await startFeed({ prefix });
  await eventually(() => {
    expect(late.feed.eventStats).toMatchObject({ events: 10, unusable: 3 });
  });
  await add([11]);
  for (const each of [feed, late.feed]) {
    await eventually(() => {
      expect(each.eventStats).toMatchObject({ events: 11, unusable: 3 });
    });
    expect(each.log('events')?.newestId).toBe('11-0');
  }
  expect(late.lines.filter((line) => line.includes('restored'))).toStrictEqual([]);
});

test('of a Redis whose time is far ahead all before is read', async () => {
  const { feed, prefix, write } = await kept();
  await write([['9999999999999999-1', {}]]);
  const range = { after: '0-0', before: null, limit: 100, maxEntries: 1_000 };
  const { items, more } = await feed.kept.events(range, () => true, reader);
  expect([items.length, more]).toStrictEqual([10, false]);
  expect(await feed.kept.end('events')).toStrictEqual({
    lastId: '999999999999999-999999999999999',
    hasAny: true,
  });
  const late = await startFeed({ prefix });
  await eventually(() => {
    expect(late.feed.eventStats).toMatchObject({ events: 10, unusable: 3 });
  });
});
