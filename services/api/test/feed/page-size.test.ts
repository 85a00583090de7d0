import { describe, expect, test } from '@jest/globals';
import { PageLimit, PageSize } from '../../src/feed/page-size.ts';

const MAX_LENGTH = 4 * 1_024 * 1_024;
const page = (count: number, length: number) => Array.from({ length: count }, () => ({ length }));

describe('a page', () => {
  test('has few entries at first, and twice as many each time as long as they are small', () => {
    const size = new PageSize();
    const sizes: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      sizes.push(size.entries);
      size.came(page(size.entries, 400));
    }
    expect(sizes).toStrictEqual([16, 32, 64, 128, 256, 512, 1_000, 1_000]);
  });

  test('has few again behind one that was not full', () => {
    const size = new PageSize();
    for (let n = 0; n < 9; n += 1) size.came(page(size.entries, 400));
    size.came(page(999, 400));
    expect(size.entries).toBe(16);
    size.came(page(16, 400));
    size.came([]);
    expect(size.entries).toBe(16);
  });

  test('of large entries has no more than would be too large, but one', () => {
    const size = new PageSize();
    size.came(page(16, 1_000_000));
    expect(size.entries).toBe(4);
    size.came(page(4, 1_000_000));
    expect(size.entries).toBe(4);
    size.came(page(3, 1_000_000));
    expect(size.entries).toBe(4);
    size.came([]);
    expect(size.entries).toBe(4);
    size.came(page(4, MAX_LENGTH * 2));
    expect(size.entries).toBe(1);
    size.came(page(1, 0));
    expect(size.entries).toBe(2);
  });
});

test('half as many are read after each failure, down to one, by all who read there, until as many come', () => {
  const limit = new PageLimit();
  const failing = new PageSize(limit);
  for (let n = 0; n < 6; n += 1) failing.came(page(failing.entries, 400));
  failing.failed();
  const next = new PageSize(limit);
  expect(next.entries).toBe(16);
  for (let n = 0; n < 5; n += 1) next.came(page(next.entries, 400));
  expect([next.entries, limit.entries]).toStrictEqual([500, 500]);
  for (let n = 0; n < 20; n += 1) next.failed();
  expect(next.entries).toBe(1);
  next.came(page(1, 400));
  expect([next.entries, limit.entries]).toStrictEqual([2, 2]);
});
