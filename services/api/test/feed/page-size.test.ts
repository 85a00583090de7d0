import { expect, test } from '@jest/globals';
import { PageSize } from '../../src/feed/page-size.ts';

const page = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}-0`, json: 'x'.repeat(length) }));

test('a page has half the entries after each failure, down to one, and more again when pages come', () => {
  const size = new PageSize();
  expect(size.entries).toBe(1_000);
  size.failed();
  expect(size.entries).toBe(500);
  for (let n = 0; n < 20; n += 1) size.failed();
  expect(size.entries).toBe(1);
  size.came(page(1, 100));
  expect(size.entries).toBe(2);
  for (let n = 0; n < 20; n += 1) size.came([]);
  expect(size.entries).toBe(1_000);
});

test('a page of large entries has fewer the next time', () => {
  const size = new PageSize();
  size.came(page(50, 100_000));
  expect(size.entries).toBe(500);
  size.came(page(30, 100_000));
  expect(size.entries).toBe(500);
});
