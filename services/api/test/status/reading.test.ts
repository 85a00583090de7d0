import { expect, test } from '@jest/globals';
import { makeHistory } from '../../src/status/make-history.ts';
import { Membership } from '../../src/status/membership.ts';
import { selectionKey, selectionOf } from '../../src/status/selection.ts';
import { hour, NOW, serving } from './serving.ts';

const READER = { network: 'test', spent: () => undefined, signal: new AbortController().signal };
const ITEMS = ['cam/1', 'cam/**', 'ca?/{1,2}', 'studio/**'].map((match) => ({ match, servers: null }));
const [ONE, ALL, SOME, OTHERS] = ITEMS.map(selectionKey);

/** Selections, and how often it was looked whether one stands for a stream. */
function counting(items = ITEMS) {
  const counted = { looks: 0 };
  const members = new Membership(items, (item) => {
    const selection = selectionOf(item);
    const selects = (server: string, stream: string): boolean => {
      counted.looks += 1;
      return selection.selects(server, stream);
    };
    return { ...selection, selects };
  });
  return { members, counted };
}

test('which selections a stream belongs to is decided once, however much happens to it', async () => {
  const { api, happen, clock } = await serving();
  await happen(
    Array.from({ length: 90 }, (_, n) => {
      const type = n % 2 === 0 ? 'stream.online' : 'stream.offline';
      return [-1 + n / 100, { stream: ['cam/1', 'cam/3', 'radio'][n % 3] ?? '', type }] as const;
    }),
  );
  const { members, counted } = counting();
  const window = { fromMs: Date.parse(hour(-24)), toMs: Date.parse(NOW) };
  for (let reading = 0; reading < 2; reading += 1) {
    const { pieces } = await makeHistory(api.feed, members, window, READER, clock.monotonicMs);
    const kinds = [ONE, ALL, SOME, OTHERS].map((key = '') =>
      [...new Set(pieces.get(key)?.map(({ kind }) => kind))].sort(),
    );
    expect(kinds).toStrictEqual([
      ['down', 'unknown', 'up'],
      ['down', 'unknown', 'unseen', 'up'],
      ['down', 'unknown', 'up'],
      ['unknown'],
    ]);
    expect(counted.looks).toBe(3 * ITEMS.length);
  }
});

test('what is remembered of streams is bounded', () => {
  const { members, counted } = counting(ITEMS.slice(0, 1));
  const name = (n: number): string => `${n}/${'x'.repeat(10_000)}`;
  for (let n = 0; n < 1_000; n += 1) members.of('main', name(n));
  members.of('main', name(999));
  expect(counted.looks).toBe(1_000);
  members.of('main', name(0));
  expect(counted.looks).toBe(1_001);
});

test('a glob that begins with a name takes what it took before', () => {
  const { selects } = selectionOf({ match: 'cam/**', servers: ['main'] });
  const names = ['cam', 'cam/1', 'cam/1/2', 'camera', 'xcam/1'];
  expect(names.filter((name) => selects('main', name))).toStrictEqual(['cam', 'cam/1', 'cam/1/2']);
  expect(selects('other', 'cam/1')).toBe(false);
});

test('everything else gets its turn while what happened is looked at', async () => {
  const { api, happen, clock } = await serving();
  await happen(Array.from({ length: 30 }, (_, n) => [-1 + n / 100, {}] as const));
  let turns = 0;
  let timer = setImmediate(function count() {
    turns += 1;
    timer = setImmediate(count);
  });
  const turnsAtEvents = new Set<number>();
  const range = { from: `${Date.parse(hour(-24))}-0`, before: `${Date.parse(NOW)}-0` };
  await api.feed.kept.withHistory(READER, (read) =>
    read({ ...range, maxEntries: 100, maxEntriesBefore: 100 }, () => {
      turnsAtEvents.add(turns);
      clock.advance(10);
    }),
  );
  clearImmediate(timer);
  expect(turnsAtEvents.size).toBe(30);
});
