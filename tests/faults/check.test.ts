import { expect, test } from '@jest/globals';
import { recoveryIntervals, violationsIn } from './support/check.ts';
import type { RestAnswer, TimedPoll, WhatWasSeen, WatchedTick } from './support/seen.ts';

const EPOCH = 1_000;

/** A good tick of second `seq`, which came at once. */
const tick = (seq: number, other: Partial<WatchedTick> = {}): WatchedTick => ({
  ...{ atMs: seq * 1_000, epoch: EPOCH, seq, publishedMs: seq * 1_000, collectedMs: seq * 1_000 },
  ...{ intervalMs: 1_000, source: 'up', live: 2, listed: 2, promised: 2 },
  ...other,
});
const polls = (...seconds: readonly number[]): readonly TimedPoll[] =>
  seconds.map((second) => ({ atMs: second * 1_000, good: true }));
const answer = (second: number, other: Partial<RestAnswer> = {}): RestAnswer => ({
  ...{ askedMs: second * 1_000, atMs: second * 1_000, status: 200, source: 'up', stale: false },
  ...other,
});
const TICKS = [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => tick(seq));
/** All is well, though something was broken from second 3 to second 5. */
const seen = (other: Partial<WhatWasSeen> = {}): WhatWasSeen => ({
  ...{ intervalMs: 1_000, beganMs: 3_000, endedMs: 5_000, hit: [], latenessMs: 0 },
  patienceMs: 500,
  clients: [
    { name: 'one', connections: [TICKS] },
    { name: 'two', connections: [TICKS] },
  ],
  polls: polls(1, 2, 3, 4, 5, 6, 7, 8),
  answers: [answer(4), answer(6)],
  ...other,
});
const withTicks = (...connection: readonly WatchedTick[]): WhatWasSeen =>
  seen({ clients: [{ name: 'one', connections: [connection] }] });
const without = (...seqs: readonly number[]): readonly WatchedTick[] =>
  TICKS.filter(({ seq }) => !seqs.includes(seq));

test('nothing is wrong where nothing is', () => {
  expect(violationsIn(seen())).toStrictEqual([]);
});

test.each([
  ['a number that comes twice', withTicks(tick(1), tick(2), tick(2)), '1000/2 came after 1000/2'],
  ['a number before the last', withTicks(tick(2), tick(1)), '1000/1 came after 1000/2'],
  ['an older epoch', withTicks(tick(1), tick(2, { epoch: 999 })), '999/2 came after 1000/1'],
  ['half a tick', withTicks(tick(1, { listed: 1 })), 'lists 1 streams and says that there are 2'],
  ['what is old and called live', withTicks(tick(9, { collectedMs: 5_000 })), 'is old'],
  ['what was never read and is called live', withTicks(tick(1, { collectedMs: null })), 'is old'],
  ['live streams of a source that is down', withTicks(tick(1, { source: 'down' })), 'says "down"'],
])('%s is told', (_, what, text) => {
  expect(violationsIn(what)).toStrictEqual([expect.stringContaining(text)]);
});

test('an epoch may begin anew from 1, and a head need not say how many there are', () => {
  expect(violationsIn(withTicks(tick(2), tick(1, { epoch: EPOCH + 1, promised: null })))).toStrictEqual([]);
});

test('a tick that others got is lost, unless its client was hit or a newer one came at once', () => {
  const two = { name: 'two', connections: [without(4)] };
  const missing = seen({ clients: [{ name: 'one', connections: [TICKS] }, two] });
  expect(violationsIn(missing)).toStrictEqual([expect.stringContaining('two never got 1000/4')]);
  expect(violationsIn({ ...missing, hit: ['two'] })).toStrictEqual([]);
  expect(violationsIn({ ...missing, hit: ['two'], beganMs: 4_500 })).toHaveLength(1);
  const superseded = TICKS.filter(({ seq }) => seq !== 4).map((one) =>
    one.seq === 5 ? { ...one, atMs: 4_100 } : one,
  );
  expect(
    violationsIn(seen({ clients: [missing.clients[0] ?? two, { name: 'two', connections: [superseded] }] })),
  ).toStrictEqual([]);
});

test('what came before a connection and after it is not lost, nor what was numbered anew', () => {
  const late = { name: 'two', connections: [TICKS.slice(0, 2), TICKS.slice(4)] };
  const anew = tick(1, { epoch: EPOCH + 1, publishedMs: 8_000, collectedMs: 8_000, atMs: 8_100 });
  const last = tick(2, { epoch: EPOCH + 1, publishedMs: 9_000, collectedMs: 9_000, atMs: 9_000 });
  const one = { name: 'one', connections: [[...TICKS, anew, last]] };
  const two = { name: 'two', connections: [TICKS.slice(0, 2), [...TICKS.slice(4), last]] };
  expect(violationsIn(seen({ clients: [{ name: 'one', connections: [TICKS] }, late] }))).toStrictEqual([]);
  expect(violationsIn(seen({ clients: [one, two] }))).toStrictEqual([]);
});

test('REST must not call fresh what nobody has polled for more than three intervals', () => {
  const old = seen({ polls: polls(1, 2), answers: [answer(6)] });
  expect(violationsIn(old)).toStrictEqual(['REST called data fresh that were 4000 ms old']);
  expect(violationsIn({ ...old, answers: [answer(6, { stale: true })] })).toStrictEqual([]);
  expect(violationsIn({ ...old, latenessMs: 1_000 })).toStrictEqual([]);
});

test('two may poll in one interval, not in two one after the other', () => {
  expect(violationsIn(seen({ polls: polls(3, 4, 4.2, 5) }))).toStrictEqual([]);
  expect(violationsIn(seen({ polls: polls(3, 4, 4.2, 5, 5.2) }))).toStrictEqual([
    expect.stringContaining('polled twice'),
  ]);
});

test('it is over when every client and REST tell of what was collected since', () => {
  expect(recoveryIntervals(seen())).toBe(1);
  expect(recoveryIntervals(seen({ latenessMs: 400 }))).toBeCloseTo(0.6);
  expect(recoveryIntervals(seen({ clients: [{ name: 'one', connections: [without(5, 6)] }] }))).toBe(2);
  expect(recoveryIntervals(withTicks(tick(6, { collectedMs: 4_000 })))).toBeNull();
  expect(recoveryIntervals(withTicks(tick(6, { source: 'down', live: 0 })))).toBeNull();
  expect(recoveryIntervals(seen({ answers: [answer(4), answer(6, { stale: true })] }))).toBeNull();
});
