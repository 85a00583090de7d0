import { describe, expect, test } from '@jest/globals';
import { MAX_SUBJECTS, type MessageHead, type StreamsHead } from '@mediamtx-monitor/types';
import { type OfferTime, TickStore } from '../../src/feed/store.ts';
import type { Fleet } from '../../src/tick/index.ts';
import type { KnownHead } from '../../src/tick/index.ts';
import { Tick } from '../../src/tick/tick.ts';
import { headOf } from '../publisher.ts';

const NOW: OfferTime = { nowMs: 0, maxEpoch: Infinity };

function tickOf(epoch: number, seq: number, server = 'main', receivedMs: number | null = 0): Tick {
  const head = headOf({ epoch, seq, server });
  return new Tick({ topic: 'streams', subject: server, head, array: Buffer.from('[]'), receivedMs });
}

function bareOf(array: string): Tick {
  return new Tick<MessageHead>({
    topic: 'streams',
    subject: 'main',
    head: null,
    array: Buffer.from(array),
    receivedMs: null,
  });
}

test.each([
  ['a later seq', 5, 11, true],
  ['the same', 5, 10, false],
  ['an earlier seq', 5, 9, false],
  ['a later epoch', 6, 1, true],
  ['an earlier epoch', 4, 99, false],
])('%s (%d, %d) over (5, 10): %s', (_what, epoch, seq, taken) => {
  const store = new TickStore();
  const held = tickOf(5, 10);
  const tick = tickOf(epoch, seq);
  store.offer(held, NOW);
  expect(store.offer(tick, NOW)).toBe(taken);
  expect(store.get('streams', 'main')).toBe(taken ? tick : held);
});

test('a bare array gives way to a snapshot and to another bare array, and replaces no snapshot', () => {
  const store = new TickStore();
  expect(store.offer(bareOf('[1]'), NOW)).toBe(true);
  expect(store.offer(bareOf('[1]'), NOW)).toBe(false);
  expect(store.offer(bareOf('[2]'), NOW)).toBe(true);
  expect(store.offer(tickOf(1, 1), NOW)).toBe(true);
  expect(store.offer(bareOf('[3]'), NOW)).toBe(false);
});

test('servers are kept apart, in order of their ids', () => {
  const store = new TickStore();
  for (const server of ['main', 'b', 'a-1', 'a']) store.offer(tickOf(1, 1, server), NOW);
  store.offer(tickOf(1, 2, 'b'), NOW);
  expect(store.fleet('streams').ticks.map((tick) => `${tick.subject} ${tick.head?.seq ?? ''}`)).toStrictEqual(
    ['a 1', 'a-1 1', 'b 2', 'main 1'],
  );
});

test('one that is gone is no part of the fleet, until it isn’t', () => {
  const store = new TickStore();
  for (const server of ['a', 'b']) store.offer(tickOf(1, 1, server), NOW);
  const subjects = ({ ticks }: Fleet): string[] => ticks.map(({ subject }) => subject);
  expect(store.fleet('streams')).toBe(store.all('streams'));
  store.setGone('a', true);
  expect([subjects(store.fleet('streams')), subjects(store.all('streams'))]).toStrictEqual([
    ['b'],
    ['a', 'b'],
  ]);
  expect(store.get('streams', 'a')?.subject).toBe('a');
  store.setGone('a', false);
  expect(subjects(store.fleet('streams'))).toStrictEqual(['a', 'b']);
});

test('what was read from a key counts as received once the channel brings it, which is an update of what was gone', () => {
  const store = new TickStore();
  store.offer(tickOf(1, 1, 'main', null), NOW);
  expect(store.offer(tickOf(1, 1), NOW)).toBe(false);
  expect(store.get('streams', 'main')?.receivedMs).toBe(0);
  store.offer(tickOf(1, 2, 'main', null), NOW);
  store.setGone('main', true);
  expect(store.offer(tickOf(1, 2), NOW)).toBe(true);
  expect(store.offer(tickOf(1, 2), NOW)).toBe(false);
});

test('there is room for so many, and always for those that are known', () => {
  const store = new TickStore();
  for (let n = 0; n < MAX_SUBJECTS; n += 1) store.offer(tickOf(1, 1, `s${n}`), NOW);
  expect([store.hasRoomFor('s0'), store.hasRoomFor('new')]).toStrictEqual([true, false]);
  store.delete('s1');
  expect(store.hasRoomFor('new')).toBe(true);
});

test('an epoch too far ahead gives way to any other', () => {
  const store = new TickStore();
  const moment: OfferTime = { nowMs: 0, maxEpoch: 100 };
  expect(store.offer(tickOf(101, 1), moment)).toBe(true);
  expect(store.offer(tickOf(5, 1), moment)).toBe(true);
  expect(store.offer(tickOf(102, 1), moment)).toBe(false);
});

describe('a head by itself', () => {
  const headOnly = (epoch: number, seq: number): KnownHead => ({
    ...{ subject: 'main', head: headOf({ epoch, seq }), receivedMs: 0 },
  });

  test('makes a held tick an older one, until that of the same number comes', () => {
    const store = new TickStore();
    const [first, third] = [tickOf(1, 1), tickOf(1, 3)];
    store.offer(first, NOW);
    expect(store.lacksAny('streams', () => true)).toBe(false);
    expect(store.offerHead(headOnly(1, 3), NOW)).toBe(true);
    expect([store.lacks('streams', 'main'), store.lacksAny('streams', () => true)]).toStrictEqual([
      true,
      true,
    ]);
    expect(store.get('streams', 'main')).toBe(first);
    expect(store.offer(tickOf(1, 2), NOW)).toBe(false);
    expect(store.offer(third, NOW)).toBe(true);
    expect(store.get('streams', 'main')).toBe(third);
    expect(store.lacksAny('streams', () => true)).toBe(false);
  });

  test('takes no place from a newer one, nor from the same', () => {
    const store = new TickStore();
    store.offer(tickOf(2, 2), NOW);
    const { version } = store;
    for (const seq of [1, 2]) expect(store.offerHead(headOnly(2, seq), NOW)).toBe(false);
    expect([store.known('main')?.head?.seq, store.version]).toStrictEqual([2, version]);
  });

  test('is known before there is any tick, and is no part of a fleet', () => {
    const store = new TickStore();
    store.offerHead(headOnly(1, 1), NOW);
    expect(store.heads.map(({ subject }) => subject)).toStrictEqual(['main']);
    expect(store.all('streams').ticks).toStrictEqual([]);
    expect(store.lacks('connections', 'main')).toBe(true);
  });
});

describe('labels of a server', () => {
  const offer = (
    store: TickStore,
    type: 'streams' | 'connections',
    seq: number,
    members: Partial<StreamsHead>,
  ) =>
    store.offerHead({ subject: 'main', head: { ...headOf({ seq, ...members }), type }, receivedMs: 0 }, NOW);
  const north = { site: 'north' };

  test('are those of its newest head; none where that has none, and of one that isn’t known', () => {
    const store = new TickStore();
    expect(store.labels('main')).toStrictEqual({});
    offer(store, 'streams', 1, { labels: north });
    expect(store.labels('main')).toStrictEqual(north);
    offer(store, 'streams', 2, { labels: { site: 'south' } });
    offer(store, 'streams', 1, { labels: north });
    expect(store.labels('main')).toStrictEqual({ site: 'south' });
    offer(store, 'streams', 3, {});
    expect(store.labels('main')).toStrictEqual({});
  });

  test('outlive the head of a connections message, which doesn’t tell them', () => {
    const store = new TickStore();
    offer(store, 'streams', 1, { labels: north });
    offer(store, 'connections', 2, {});
    expect(store.labels('main')).toStrictEqual(north);
    offer(store, 'streams', 2, { labels: { site: 'south' }, attention: null });
    expect(store.labels('main')).toStrictEqual({ site: 'south' });
    expect(store.known('main')?.head).toMatchObject({ type: 'streams', attention: null });
  });
});
