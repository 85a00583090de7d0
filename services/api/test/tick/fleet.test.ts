import { expect, test } from '@jest/globals';
import { Fleet } from '../../src/tick/fleet.ts';
import { tickOf } from './ticks.ts';

test('the answer that holds all is made once, and has a tag of its ticks', () => {
  const tick = tickOf([], { server: 'b' });
  const fleet = new Fleet([tick, tickOf([], { seq: 1 })]);
  const whole = fleet.whole('', () => Buffer.from('1'));
  expect(fleet.whole('', () => Buffer.from('2'))).toBe(whole);
  const same = new Fleet([tick, tickOf([], { seq: 1 })]).whole('', () => Buffer.from('1'));
  expect(same.etag).toBe(whole.etag);
  const newer = new Fleet([tick, tickOf([], { seq: 2 })]).whole('', () => Buffer.from('1'));
  expect(newer.etag).not.toBe(whole.etag);
  expect(fleet.whole('b', () => Buffer.from('3')).json.toString()).toBe('3');
  expect(fleet.of('b').whole('', () => Buffer.from('1')).etag).not.toBe(whole.etag);
});

test('one server’s part is the same each time', () => {
  const fleet = new Fleet([tickOf([], { server: 'b' }), tickOf([])]);
  expect(fleet.of('main')).toBe(fleet.of('main'));
  expect(fleet.of('main').ticks.map(({ subject }) => subject)).toStrictEqual(['main']);
});

test('the only server’s part is the whole; an unknown server’s is empty', () => {
  const fleet = new Fleet([tickOf([])]);
  expect(fleet.of('main')).toBe(fleet);
  expect(fleet.of('b').ticks).toStrictEqual([]);
  // Whoever asks may name what they like: none of it is kept.
  expect(fleet.of('b')).not.toBe(fleet.of('b'));
});

test('of all, one and none of them', () => {
  const fleet = new Fleet([tickOf([], { server: 'b' }), tickOf([], { server: 'c' }), tickOf([])]);
  expect(fleet.where(() => true)).toBe(fleet);
  expect(fleet.where((subject) => subject === 'b')).toBe(fleet.of('b'));
  const others = fleet.where((subject) => subject !== 'b');
  expect(others.ticks.map(({ subject }) => subject)).toStrictEqual(['c', 'main']);
  expect(fleet.where(() => false).ticks).toStrictEqual([]);
});
