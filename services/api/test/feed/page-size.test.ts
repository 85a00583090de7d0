import { describe, expect, test } from '@jest/globals';
import { RedisAwayError } from '@mediamtx-monitor/runtime';
import { PageLimit, PageSize } from '../../src/feed/page-size.ts';

const MAX_LENGTH = 4 * 1_024 * 1_024;
const page = (count: number, length: number) => Array.from({ length: count }, () => ({ length }));
/** Reads that answer only for so many entries at most, and what they were asked for. */
const answering = (most: number) => {
  const asked: number[] = [];
  const read = (entries: number): Promise<number> => {
    asked.push(entries);
    return entries <= most ? Promise.resolve(entries) : Promise.reject(new RedisAwayError('too many'));
  };
  return { asked, read };
};

describe('a page', () => {
  test('has no more entries than can be held where each has a megabyte, however small those before were', () => {
    const size = new PageSize();
    expect(size.entries).toBe(32);
    for (let n = 0; n < 100; n += 1) size.came(page(size.entries, 400));
    expect(size.entries).toBe(32);
  });

  test('of large entries has no more than would be too large, but one', () => {
    const size = new PageSize();
    size.came(page(16, 1_000_000));
    expect(size.entries).toBe(4);
    size.came([]);
    expect(size.entries).toBe(4);
    size.came(page(4, MAX_LENGTH * 2));
    expect(size.entries).toBe(1);
    size.came(page(1, 0));
    expect(size.entries).toBe(32);
  });

  test('that is not answered in time is asked for again with fewer entries, down to one', async () => {
    const size = new PageSize();
    const slow = answering(3);
    expect(await size.read(slow.read)).toBe(1);
    expect(slow.asked).toStrictEqual([32, 4, 1]);
    const gone = answering(0);
    size.came(page(1, 400));
    await expect(size.read(gone.read)).rejects.toThrow(RedisAwayError);
    expect(gone.asked).toStrictEqual([2, 1]);
  });

  test('that Redis refuses is not asked for again', async () => {
    const size = new PageSize();
    let reads = 0;
    const refused = () => {
      reads += 1;
      return Promise.reject(new Error('refused'));
    };
    await expect(size.read(refused)).rejects.toThrow('refused');
    expect([reads, size.entries]).toStrictEqual([1, 32]);
  });
});

test('fewer entries are read after a failure by all who read there, twice as many with each page that comes', () => {
  const limit = new PageLimit();
  new PageSize(limit).failed();
  const next = new PageSize(limit);
  const sizes: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    sizes.push(next.entries);
    next.came(page(next.entries, 400));
  }
  expect(sizes).toStrictEqual([4, 8, 16, 32, 32]);
  next.came([]);
  for (let n = 0; n < 3; n += 1) next.failed();
  next.came([]);
  expect([next.entries, limit.entries]).toStrictEqual([1, 1]);
});
