import { expect, test } from '@jest/globals';
import { AddressCount } from '../../src/http/address-count.ts';

test('counts by network and in all, until each is gone, once', () => {
  const count = new AddressCount();
  const removeFirst = count.add('192.0.2.1');
  count.add('192.0.2.1');
  count.add('2001:db8:0:0::/64');
  count.add(null);
  const counts = (): number[] => [count.inAll, count.of('192.0.2.1'), count.of('2001:db8:0:0::/64')];
  expect(counts()).toStrictEqual([4, 2, 1]);
  removeFirst();
  removeFirst();
  expect(counts()).toStrictEqual([3, 1, 1]);
  expect(count.of('192.0.2.9')).toBe(0);
});
