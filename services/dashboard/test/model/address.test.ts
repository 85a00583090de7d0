import { expect, test } from '@jest/globals';
import { isMasked, shownAddress } from '../../src/model/address.ts';

test.each([
  ['192.0.2.0', '192.0.2.x'],
  ['2001:db8:1::', '2001:db8:1::x'],
  ['host/192.0.2.0', 'host/192.0.2.x'],
])('%s is masked, and is shown as %s', (address, shown) => {
  expect([isMasked(address), shownAddress(address)]).toStrictEqual([true, shown]);
});

test.each([
  '192.0.2.0:50000',
  '192.0.2.7',
  '192.0.2.10',
  '[2001:db8:1::]:50000',
  '2001:db8:1::5',
  'host/udp/192.0.2.0/8189',
  'media.example:1935',
  'host',
  '',
])('%j is shown as it is', (address) => {
  expect([isMasked(address), shownAddress(address)]).toStrictEqual([false, address]);
});
