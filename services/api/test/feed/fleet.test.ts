import { expect, test } from '@jest/globals';
import { Fleet } from '../../src/feed/fleet.ts';
import { Tick } from '../../src/feed/tick.ts';
import { headOf } from '../publisher.ts';

const tickOf = (server: string, seq: number): Tick =>
  new Tick({
    topic: 'streams',
    subject: server,
    head: headOf({ server, seq }),
    array: Buffer.from('[]'),
    receivedMs: 0,
  });
const make = (text: string) => () => Buffer.from(text);

test('an answer is made once for each question', () => {
  const fleet = new Fleet([tickOf('main', 1)]);
  const first = fleet.content('a', make('1'));
  expect(fleet.content('a', make('2'))).toBe(first);
  expect(fleet.content('b', make('3')).json.toString()).toBe('3');
});

test('the tag of an answer tells questions and ticks apart, and nothing else', () => {
  const tag = (seq: number, key: string): string =>
    new Fleet([tickOf('main', seq)]).content(key, make('')).etag;
  expect(tag(1, 'a')).toBe(tag(1, 'a'));
  expect(tag(1, 'b')).not.toBe(tag(1, 'a'));
  expect(tag(2, 'a')).not.toBe(tag(1, 'a'));
});

test('a flood of different questions is answered, but only the answers asked for last are kept', () => {
  const fleet = new Fleet([]);
  const often = fleet.content('often', make('often'));
  for (let n = 0; n < 1_000; n += 1) {
    fleet.content(String(n), make(String(n)));
    expect(fleet.content('often', make('new'))).toBe(often);
  }
  expect(fleet.content('999', make('again')).json.toString()).toBe('999');
  expect(fleet.content('0', make('again')).json.toString()).toBe('again');
});

test('large answers push out others, but never themselves', () => {
  const fleet = new Fleet([]);
  const large = (): Buffer => Buffer.alloc(20 * 1_024 * 1_024);
  const first = fleet.content('1', large);
  expect(fleet.content('1', large)).toBe(first);
  const second = fleet.content('2', large);
  expect(fleet.content('2', large)).toBe(second);
  expect(fleet.content('1', large)).not.toBe(first);
});

test('one server’s answers have the same tag whatever the others do, and are made once', () => {
  const tick = tickOf('main', 1);
  const fleet = new Fleet([tickOf('b', 1), tick]);
  const content = fleet.of('main').content('a', make('1'));
  expect(fleet.of('main').content('a', make('2'))).toBe(content);
  expect(new Fleet([tickOf('b', 2), tick]).of('main').content('a', make('1')).etag).toBe(content.etag);
  expect(content.etag).not.toBe(fleet.content('a', make('1')).etag);
});

test('the only server’s part is the whole; an unknown server’s is empty', () => {
  const fleet = new Fleet([tickOf('main', 1)]);
  expect(fleet.of('main')).toBe(fleet);
  expect(fleet.of('b').ticks).toEqual([]);
});
