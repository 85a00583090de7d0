import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIP } from 'node:net';
import { createClientAddress } from '../../src/access/client-address.ts';
import { requestFrom } from './bench.ts';

function addressOf(proxies: readonly string[], peer: string | undefined, forwarded?: string) {
  const request = requestFrom({ peer, headers: { 'x-forwarded-for': forwarded } });
  return createClientAddress(proxies)(request);
}

describe('without trusted proxies', () => {
  test.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['192.0.2.1', '127.0.0.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '127.0.0.1', '192.0.2.1'],
    ['2001:db8::1', '::1', '2001:db8::1'],
    [undefined, '127.0.0.1', ''],
  ])('%s that says to come from %s is %s', (peer, forwarded, address) => {
    expect(addressOf([], peer, forwarded)).toStrictEqual({ address, isLoopback: false });
  });

  test.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])('%s is this machine', (peer) => {
    expect(addressOf([], peer, '192.0.2.1')).toMatchObject({ isLoopback: true });
    expect(addressOf(['10.0.0.0/8'], peer, '192.0.2.1')).toMatchObject({ isLoopback: true });
  });
});

describe('with trusted proxies', () => {
  test.each([
    ['nothing forwarded', '10.0.0.1', undefined, '10.0.0.1'],
    ['one hop', '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['a chain of trusted ones', '10.0.0.1', '192.0.2.1, 10.0.0.3, 10.0.0.2', '192.0.2.1'],
    ['what a client claims in front of a proxy’s word', '10.0.0.1', '127.0.0.1, 192.0.2.1', '192.0.2.1'],
    ['a peer that is no proxy', '192.0.2.9', '127.0.0.1', '192.0.2.9'],
    ['a mapped peer', '::ffff:10.0.0.1', '::FFFF:192.0.2.1', '192.0.2.1'],
    ['a port', '10.0.0.1', '192.0.2.1:50000', '192.0.2.1'],
    ['IPv6', '10.0.0.1', '2001:DB8::1', '2001:db8::1'],
    ['IPv6 with a port', '10.0.0.1', '[2001:db8::1]:443', '2001:db8::1'],
    ['IPv6 in brackets', '10.0.0.1', '[2001:db8::1]', '2001:db8::1'],
    ['IPv6 written at length', '10.0.0.1', '2001:0db8:0:0:0:0:0:0001', '2001:db8::1'],
    ['IPv4 mapped into IPv6, as groups', '10.0.0.1', '::ffff:c000:201', '192.0.2.1'],
    ['IPv4 mapped into IPv6, at length', '10.0.0.1', '0:0:0:0:0:FFFF:192.0.2.1', '192.0.2.1'],
    ['an address with a zone', '10.0.0.1', 'fe80::1%eth0', 'fe80::1%eth0'],
    ['no address', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['no address, and something claimed in front of it', '10.0.0.1', '192.0.2.1, unknown', '10.0.0.1'],
    ['no address before another proxy', '10.0.0.1', 'unknown, 10.0.0.2', '10.0.0.2'],
    ['a hidden one', '10.0.0.1', '_hidden', '10.0.0.1'],
    ['the form of the header Forwarded', '10.0.0.1', 'for=192.0.2.1', '10.0.0.1'],
    ['half an address', '10.0.0.1', '127.1', '10.0.0.1'],
    ['commas', '10.0.0.1', ', ,', '10.0.0.1'],
    ['commas around an address', '10.0.0.1', ',192.0.2.1, ,', '192.0.2.1'],
    ['proxies with ports', '10.0.0.1', '192.0.2.1, 10.0.0.3:1, 10.0.0.2:2', '192.0.2.1'],
    ['more hops than anyone has', '10.0.0.1', `192.0.2.1${', 10.0.0.2'.repeat(1_000)}`, '10.0.0.2'],
    ['this machine, where it isn’t a proxy', '10.0.0.1', '127.0.0.1', '127.0.0.1'],
  ])('%s', (_what, peer, forwarded, address) => {
    expect(addressOf(['10.0.0.0/8'], peer, forwarded)).toStrictEqual({ address, isLoopback: false });
  });

  test.each([
    undefined,
    '',
    'unknown',
    '_hidden',
    'for=192.0.2.1',
    '127.0.0.1',
    '::1',
    '127.0.0.1, 127.0.0.1',
  ])('one on this machine that says %j frees nobody of limits', (forwarded) => {
    for (const peer of ['127.0.0.1', '::ffff:127.0.0.1', '::1']) {
      expect(addressOf(['loopback'], peer, forwarded)).toMatchObject({ isLoopback: false });
    }
  });

  test('a connection that is gone has no address', () => {
    expect(addressOf(['10.0.0.0/8'], undefined, '192.0.2.1')).toMatchObject({ address: '' });
  });

  test('names of networks are known', () => {
    const address = '192.0.2.1';
    expect(addressOf(['loopback', 'uniquelocal'], '127.0.0.1', '192.0.2.1, 192.168.7.7').address).toBe(
      address,
    );
    expect(addressOf(['linklocal'], 'fe80::1', address).address).toBe(address);
  });

  test.each(['10.0.0.0/0', '::/0'])('%s is no network to trust', (network) => {
    expect(() => createClientAddress([network])).toThrow(TypeError);
  });
});

test('whatever is forwarded, the result is an address, and not this machine', () => {
  const clientAddress = createClientAddress(['10.0.0.0/8']);
  const hop = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('10.0.0.2', '127.0.0.1', '::1', 'unknown', '', '[', ':'),
  );
  fc.assert(
    fc.property(fc.array(hop), fc.constantFrom(',', ', ', ' '), (hops, comma) => {
      const headers = { 'x-forwarded-for': hops.join(comma) };
      const { address, isLoopback } = clientAddress(requestFrom({ peer: '10.0.0.1', headers }));
      expect([isIP(address) === 0, isLoopback]).toStrictEqual([false, false]);
    }),
    { numRuns: 1_000 },
  );
});
