import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isIP } from 'node:net';
import { createClientAddress } from '../../src/access/client-address.ts';
import { requestFrom } from './bench.ts';

function addressOf(proxies: readonly string[], peer: string | undefined, forwarded?: string): string {
  return createClientAddress(proxies)(requestFrom({ peer, headers: { 'x-forwarded-for': forwarded } }));
}

describe('without trusted proxies', () => {
  test.each([
    ['192.0.2.1', undefined, '192.0.2.1'],
    ['192.0.2.1', '127.0.0.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '127.0.0.1', '192.0.2.1'],
    ['2001:db8::1', '::1', '2001:db8::1'],
    [undefined, '127.0.0.1', ''],
  ])('%s that says to come from %s is %s', (peer, forwarded, address) => {
    expect(addressOf([], peer, forwarded)).toBe(address);
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
    ['no address', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['half an address', '10.0.0.1', '127.1', '10.0.0.1'],
    ['a connection that is gone', undefined, '192.0.2.1', ''],
  ])('%s', (_what, peer, forwarded, address) => {
    expect(addressOf(['10.0.0.0/8'], peer, forwarded)).toBe(address);
  });

  test('names of networks are known', () => {
    expect(addressOf(['loopback', 'uniquelocal'], '127.0.0.1', '192.0.2.1, 192.168.7.7')).toBe('192.0.2.1');
    expect(addressOf(['linklocal'], 'fe80::1', '192.0.2.1')).toBe('192.0.2.1');
  });

  test.each(['10.0.0.0/0', '::/0'])('%s is no network to trust', (network) => {
    expect(() => createClientAddress([network])).toThrow(TypeError);
  });
});

test('whatever is forwarded, the result is an address', () => {
  const clientAddress = createClientAddress(['10.0.0.0/8']);
  const hop = fc.oneof(
    fc.string(),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('10.0.0.2', 'unknown', '', '[', ':'),
  );
  fc.assert(
    fc.property(fc.array(hop), fc.constantFrom(',', ', ', ' '), (hops, comma) => {
      const headers = { 'x-forwarded-for': hops.join(comma) };
      expect(isIP(clientAddress(requestFrom({ peer: '10.0.0.1', headers })))).not.toBe(0);
    }),
    { numRuns: 1_000 },
  );
});
