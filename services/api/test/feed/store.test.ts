import { expect, test } from '@jest/globals';
import type { MessageHead } from '@mediamtx-monitor/types';
import { TickStore } from '../../src/feed/store.ts';
import { Tick } from '../../src/feed/tick.ts';
import { headOf } from '../publisher.ts';

function tickOf(epoch: number, seq: number, server = 'main'): Tick {
  const head = headOf({ epoch, seq, server });
  return new Tick({ topic: 'streams', subject: server, head, array: Buffer.from('[]'), receivedMs: 0 });
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
  store.offer(held);
  expect(store.offer(tick)).toBe(taken);
  expect(store.get('main')).toBe(taken ? tick : held);
});

test('a bare array gives way to a snapshot and to another bare array, and replaces no snapshot', () => {
  const store = new TickStore();
  expect(store.offer(bareOf('[1]'))).toBe(true);
  expect(store.offer(bareOf('[1]'))).toBe(false);
  expect(store.offer(bareOf('[2]'))).toBe(true);
  expect(store.offer(tickOf(1, 1))).toBe(true);
  expect(store.offer(bareOf('[3]'))).toBe(false);
});

test('servers are kept apart, in order of their ids', () => {
  const store = new TickStore();
  for (const server of ['main', 'b', 'a-1', 'a']) store.offer(tickOf(1, 1, server));
  store.offer(tickOf(1, 2, 'b'));
  expect(store.fleet.ticks.map((tick) => `${tick.subject} ${tick.head?.seq ?? ''}`)).toEqual([
    'a 1',
    'a-1 1',
    'b 2',
    'main 1',
  ]);
});
