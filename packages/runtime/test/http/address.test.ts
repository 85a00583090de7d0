import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { networkOf, plainAddress } from '../../src/http/address.ts';

test.each([
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:1:2', '::ffff:1:2'],
  ['', ''],
])('%s is plainly %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['', ''],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['fe80::1%eth0.100', 'fe80:0:0:0::/64'],
  ['::192.0.2.1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['::3:4:5:6:7:8', '0:0:3:4::/64'],
  ['::2:3:4:5:6:192.0.2.1', '0:2:3:4::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4::/64'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('addresses of one /64 share their network, however they are written; of another they do not', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const four = fc.tuple(group, group, group, group);
  const written = (groups: readonly number[], pad: boolean) =>
    groups.map((value) => value.toString(16).padStart(pad ? 4 : 1, '0')).join(':');
  fc.assert(
    fc.property(four, four, four, (network, host, other) => {
      const first = networkOf(written([...network, ...host], false));
      expect(networkOf(written([...network, ...other], true))).toBe(first);
      // As the standard library writes it, with :: where zeros are.
      const canonical = new URL(`http://[${written([...network, ...host], false)}]`).hostname.slice(1, -1);
      expect(networkOf(canonical)).toBe(first);
      const isOther = other.some((value, index) => value !== network[index]);
      expect(networkOf(written([...other, ...host], false)) !== first).toBe(isOther);
    }),
  );
});
