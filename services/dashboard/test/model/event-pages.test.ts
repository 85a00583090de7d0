import { expect, test } from '@jest/globals';
import { firstPages, knownEvents, leastFar, withNewer, withOlder } from '../../src/model/event-pages.ts';
import { happened } from '../support/happened.ts';

const page = (from: number, to: number, more: boolean, changes: object = {}) => {
  const items = Array.from({ length: to - from + 1 }, (_, i) => happened('stream.online', from + i));
  const previous = more || from > 1 ? `${from * 1_000}-0` : null;
  return { items, next: `${to * 1_000}-0`, previous, more, trimmed: false, ...changes };
};
const seconds = (known: ReturnType<typeof knownEvents>): number[] =>
  known.events.map(({ id }) => Number.parseInt(id, 10) / 1_000);

test('pages join without a gap, in order', () => {
  const first = firstPages(page(10, 12, true), true);
  expect(first).toMatchObject({ previous: '10000-0', hasOlder: true, hasNewer: false });
  const both = withOlder(first, page(7, 9, false, { previous: null }));
  expect(seconds(knownEvents([both]))).toStrictEqual([7, 8, 9, 10, 11, 12]);
  expect(both.hasOlder).toBe(false);
  const all = withNewer(both, page(13, 14, true));
  expect(all).toMatchObject({ next: '14000-0', hasNewer: true, previous: null });
});

test('where nothing has come, nothing is another', () => {
  const first = firstPages(page(10, 12, true), true);
  expect(withNewer(first, { ...page(10, 12, false), items: [] })).toBe(first);
});

test('of several questions only what all of them have come to is told, each event once', () => {
  const far = firstPages(page(1, 6, false), true);
  const near = firstPages(page(4, 6, true), true);
  const known = knownEvents([far, near]);
  expect(seconds(known)).toStrictEqual([4, 5, 6]);
  expect(known.hasOlder).toBe(true);
  expect(knownEvents([far, { ...near, hasOlder: false }]).hasOlder).toBe(false);
});

test('who has come least far goes on', () => {
  const pages = [
    firstPages(page(2, 9, true), true),
    firstPages(page(5, 9, true), true),
    firstPages(page(1, 9, false), true),
    firstPages(page(5, 9, true), true),
  ];
  expect(leastFar(pages)).toStrictEqual([1, 3]);
  expect(leastFar([])).toStrictEqual([]);
});

test('of what goes on for ever the oldest are let go, and can be asked for again', () => {
  const first = firstPages(page(1, 6_000, false), true);
  const kept = withNewer(first, page(6_001, 12_000, false));
  expect(kept.events).toHaveLength(10_000);
  expect(kept).toMatchObject({ previous: '2001000-0', hasOlder: true });
});
