import { expect, test } from '@jest/globals';
import { Fleet } from '../../src/feed/fleet.ts';
import { Tick } from '../../src/feed/tick.ts';
import { headOf } from '../publisher.ts';

const tickOf = (seq: number): Tick =>
  new Tick({
    topic: 'streams',
    server: 'main',
    head: headOf({ seq }),
    array: Buffer.from('[]'),
    receivedMs: 0,
  });
const make = (text: string) => () => Buffer.from(text);

test('an answer is made once for each question', () => {
  const fleet = new Fleet([tickOf(1)]);
  const first = fleet.content('a', make('1'));
  expect(fleet.content('a', make('2'))).toBe(first);
  expect(fleet.content('b', make('3')).json.toString()).toBe('3');
});

test('the tag of an answer tells questions and ticks apart, and nothing else', () => {
  const tag = (seq: number, key: string): string => new Fleet([tickOf(seq)]).content(key, make('')).etag;
  expect(tag(1, 'a')).toBe(tag(1, 'a'));
  expect(tag(1, 'b')).not.toBe(tag(1, 'a'));
  expect(tag(2, 'a')).not.toBe(tag(1, 'a'));
});

test('a flood of different questions is answered, but not all answers are kept', () => {
  const fleet = new Fleet([]);
  const first = fleet.content('0', make('0'));
  for (let n = 1; n < 1_000; n += 1) fleet.content(String(n), make(String(n)));
  expect(fleet.content('0', make('new'))).toBe(first);
  expect(fleet.content('999', make('again')).json.toString()).toBe('again');
});
