import { expect, test } from '@jest/globals';
import { groupPrefix, nameParts } from '../../src/model/names.ts';

test.each([
  ['lobby', '', 'lobby'],
  ['cam/left', 'cam/', 'left'],
  ['events/2026/north/cam', 'events/2026/north/', 'cam'],
  ['cam/', '', 'cam/'],
  ['a//b', 'a//', 'b'],
  ['', '', ''],
])('%s: “%s” and “%s”', (name, prefix, head) => {
  expect(nameParts(name)).toStrictEqual({ prefix, head, tail: '' });
});

test('long names keep their end, and characters stay whole', () => {
  expect(nameParts('remote/stadium-camera-left')).toStrictEqual({
    prefix: 'remote/',
    head: 'stadium-camer',
    tail: 'a-left',
  });
  expect(nameParts('😀'.repeat(20)).tail).toBe('😀'.repeat(6));
});

test.each([
  ['lobby', 1, ''],
  ['cam/left', 1, 'cam'],
  ['cam/left', 3, 'cam'],
  ['events/2026/north/a', 1, 'events'],
  ['events/2026/north/a', 2, 'events/2026'],
  ['events/2026/north/a', 9, 'events/2026/north'],
  ['cam/', 1, ''],
  ['/cam', 1, ''],
])('%s belongs, %i deep, to “%s”', (name, depth, prefix) => {
  expect(groupPrefix(name, depth)).toBe(prefix);
});
