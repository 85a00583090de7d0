import { expect, test } from '@jest/globals';
import { isShallow, isSparse } from '../src/index.ts';
import { idleRecord } from './support/samples.ts';

test('what is nested deeper than anything of ours is not shallow, however deep it is', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
  expect(isShallow({ ...idleRecord, x: [{ y: [null, 1, 'z'] }] })).toBe(true);
  expect([isShallow(nested(20)), isShallow(nested(21)), isShallow(nested(100_000))]).toStrictEqual([
    true,
    false,
    false,
  ]);
});

test('a large array of records is sparse, one of values without end is not; a small one may be anything', () => {
  const filled = (item: string, bytes: number): Buffer =>
    Buffer.from(`[${Array.from({ length: Math.ceil(bytes / (item.length + 1)) }, () => item).join(',')}]`);
  const large = 5_000_000;
  expect(isSparse(filled(JSON.stringify(idleRecord), large))).toBe(true);
  for (const item of ['1', '{}', '[]', '""', '[[[]]]', '{"a":{}}']) {
    expect([item, isSparse(filled(item, large)), isSparse(filled(item, 1_000))]).toStrictEqual([
      item,
      false,
      true,
    ]);
  }
});
