import { expect, test } from '@jest/globals';
import { Cache } from '../../src/tick/cache.ts';

const MIB = 1_024 * 1_024;
const answers = (): Cache<Buffer> => new Cache(({ length }) => length);
const make = (text: string) => () => Buffer.from(text);

test('an answer is made once for each question', () => {
  const asked = answers();
  const first = asked.get('a', 'r', make('1'));
  expect(asked.get('a', 'r', make('2'))).toBe(first);
  expect(asked.get('b', 'r', make('3')).toString()).toBe('3');
});

test('and made anew when what it is made of is another', () => {
  const asked = answers();
  asked.get('a', '1', make('1'));
  expect(asked.get('a', '2', make('2')).toString()).toBe('2');
  expect(asked.get('a', '1', make('3')).toString()).toBe('3');
});

test('a flood of different questions is answered, but only the answers asked for last are kept', () => {
  const asked = answers();
  const often = asked.get('often', 'r', make('often'));
  for (let n = 0; n < 3_000; n += 1) {
    asked.get(String(n), 'r', make(String(n)));
    expect(asked.get('often', 'r', make('new'))).toBe(often);
  }
  expect(asked.get('2999', 'r', make('again')).toString()).toBe('2999');
  expect(asked.get('0', 'r', make('again')).toString()).toBe('again');
});

test('large answers push out others, but never themselves', () => {
  const asked = answers();
  const large = (): Buffer => Buffer.alloc(20 * MIB);
  const first = asked.get('1', 'r', large);
  expect(asked.get('1', 'r', large)).toBe(first);
  const second = asked.get('2', 'r', large);
  expect(asked.get('2', 'r', large)).toBe(second);
  expect(asked.get('1', 'r', large)).not.toBe(first);
});

test('what was replaced or deleted takes no room', () => {
  const asked = answers();
  const kept = asked.get('kept', 'r', () => Buffer.alloc(10 * MIB));
  for (const revision of ['1', '2', '3', '4']) asked.get('large', revision, () => Buffer.alloc(20 * MIB));
  expect(asked.get('kept', 'r', make('new'))).toBe(kept);
  asked.delete('large');
  asked.delete('large');
  const other = asked.get('other', 'r', () => Buffer.alloc(20 * MIB));
  expect(asked.get('kept', 'r', make('new'))).toBe(kept);
  expect(asked.get('other', 'r', make('new'))).toBe(other);
});

test('an answer larger than all may be together is kept alone', () => {
  const asked = answers();
  const small = asked.get('small', 'r', make('small'));
  const huge = asked.get('huge', 'r', () => Buffer.alloc(40 * MIB));
  expect(asked.get('huge', 'r', make('new'))).toBe(huge);
  expect(asked.get('small', 'r', make('new'))).not.toBe(small);
});
