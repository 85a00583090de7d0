import { expect, test } from '@jest/globals';
import { Blockage, MAX_BLOCKED_MS } from '../../src/live/blockage.ts';

test('too long is from the first look at which something waited', () => {
  const blockage = new Blockage();
  expect(blockage.isTooLong(false, 1_000)).toBe(false);
  expect(blockage.isTooLong(false, 999 + MAX_BLOCKED_MS)).toBe(false);
  expect(blockage.isTooLong(false, 1_000 + MAX_BLOCKED_MS)).toBe(true);
});

test('being free, or having taken something meanwhile, begins anew', () => {
  const blockage = new Blockage();
  blockage.isTooLong(false, 0);
  expect(blockage.isTooLong(true, MAX_BLOCKED_MS)).toBe(false);
  expect(blockage.isTooLong(false, MAX_BLOCKED_MS)).toBe(false);
  blockage.clear();
  expect(blockage.isTooLong(false, 2 * MAX_BLOCKED_MS)).toBe(false);
  expect(blockage.isTooLong(false, 3 * MAX_BLOCKED_MS)).toBe(true);
});
