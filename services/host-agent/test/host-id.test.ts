import { expect, test } from '@jest/globals';
import { isHostId } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import { hostIdOf } from '../src/host-id.ts';

test.each([
  ['media-1', 'media-1'],
  ['Cam_Pi', 'cam-pi'],
  ['media1.example.com', 'media1-example-com'],
  ['  Büro PC  ', 'b-ro-pc'],
  ['録画', 'unnamed'],
  ['', 'unnamed'],
  ['--a--', 'a'],
  ['x'.repeat(40), 'x'.repeat(32)],
  [`${'x'.repeat(31)}.example`, 'x'.repeat(31)],
])('%j becomes %j', (name, id) => {
  expect(hostIdOf(name)).toBe(id);
});

test('whatever a machine is called, its id is one', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => isHostId(hostIdOf(name))));
});
