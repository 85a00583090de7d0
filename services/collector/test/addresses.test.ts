import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskAddress, shownAddress, shownCandidate } from '../src/addresses.ts';

describe('an address', () => {
  test.each(['192.0.2.7:5000', '[2001:db8::1]:80', 'example.org:1', 'garbage', '@'])(
    '%s, in full',
    (address) => {
      expect(shownAddress(address, 'full')).toBe(address);
      expect(shownAddress(address, 'none')).toBeNull();
    },
  );

  test.each(['full', 'masked', 'none'] as const)('that isn’t told stays unknown (%s)', (privacy) => {
    expect(shownAddress(null, privacy)).toBeNull();
    expect(shownCandidate(null, privacy)).toBeNull();
  });

  test.each([
    ['192.0.2.7:5000', '192.0.2.0'],
    ['192.0.2.7', '192.0.2.0'],
    ['192.0.2.7:', '192.0.2.0'],
    ['255.255.255.255:65535', '255.255.255.0'],
    ['[2001:db8:1:2:3:4:5:6]:5000', '2001:db8:1::'],
    ['[2001:db8:1::6]:5000', '2001:db8:1::'],
    ['[2001:db8::6]:5000', '2001:db8:0::'],
    ['[2001::6]:5000', '2001:0:0::'],
    ['[::1]:5000', '0:0:0::'],
    ['[::]:5000', '0:0:0::'],
    ['[2001:db8:1:2:3:4:5::]', '2001:db8:1::'],
    ['2001:db8:1::6', '2001:db8:1::'],
    ['[2001:0DB8:0001::6]:1', '2001:db8:1::'],
    ['[fe80::1%eth0]:5000', 'fe80:0:0::'],
    ['fe80::1:2%12', 'fe80:0:0::'],
    ['[::ffff:192.0.2.7]:5000', '192.0.2.0'],
    ['[::FFFF:192.0.2.7]:5000', '192.0.2.0'],
    ['::ffff:192.0.2.7', '192.0.2.0'],
    ['[64:ff9b::192.0.2.7]:5000', '64:ff9b:0::'],
    ['[::1:2:3:4:192.0.2.7]:5000', '0:0:1::'],
    ['[1:2:3:4:5:6:192.0.2.7]:5000', '1:2:3::'],
  ])('%s, masked, is %s', (address, masked) => {
    expect(shownAddress(address, 'masked')).toBe(masked);
  });

  test.each([
    'example.org:443',
    'localhost',
    'garbage',
    '',
    ':',
    ':5000',
    '[]:5000',
    '[example.org]:80',
    '1.2.3:80',
    '1.2.3.4.5:80',
    '256.1.1.1:80',
    '1.2.3.4:80:90',
    '::ffff:999.1.2.3',
    '[::ffff:999.1.2.3]:80',
    '1::2::3',
    '12345::1',
    '@/run/socket',
    'a 192.0.2.7 b',
  ])('%j, masked, is not shown', (address) => {
    expect(shownAddress(address, 'masked')).toBeNull();
  });
});

describe('a candidate', () => {
  test.each([
    ['host/udp/192.0.2.7/28189', 'host/udp/192.0.2.0', 'host/udp'],
    ['prflx/tcp/2001:db8:1::7/9', 'prflx/tcp/2001:db8:1::', 'prflx/tcp'],
    ['srflx/udp/::ffff:192.0.2.7/9', 'srflx/udp/192.0.2.0', 'srflx/udp'],
    ['host/udp/fe80::1%eth0/9', 'host/udp/fe80:0:0::', 'host/udp'],
    ['host/udp/2f1c0d8e-77aa-4b7e-9d0c-6a1b5f3e2d10.local/9', 'host/udp', 'host/udp'],
    ['relay/udp/turn.example.org/3478', 'relay/udp', 'relay/udp'],
    ['192.0.2.7', null, null],
    ['192.0.2.7/28189', null, null],
    ['host/192.0.2.7/28189', null, null],
    ['host/udp/192.0.2.7', null, null],
    ['host/udp/192.0.2.7/28189/192.0.2.8/1', null, null],
    ['192.0.2.7/udp/192.0.2.7/1', null, null],
    ['candidate:1 1 udp 2130706431 192.0.2.7 28189 typ host', null, null],
    ['', null, null],
  ])('%s', (candidate, masked, none) => {
    expect(shownCandidate(candidate, 'full')).toBe(candidate);
    expect(shownCandidate(candidate, 'masked')).toBe(masked);
    expect(shownCandidate(candidate, 'none')).toBe(none);
  });
});

/** The groups of an IPv6 address, by way of the URL parser, which knows all of its spellings. */
function groupsOf(address: string): number[] {
  const host = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [before = '', after] = host.split('::');
  const groups = (text: string | undefined) =>
    text === undefined || text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const [head, tail] = [groups(before), groups(after)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

const octet = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xffff });
const port = fc.integer({ min: 0, max: 65_535 });
const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((each) => each === 0) && groups[5] === 0xffff;

describe('masked, whatever the address', () => {
  test('IPv4: the network stays, the host and the port don’t', () => {
    fc.assert(
      fc.property(fc.ipV4(), port, (address, number) => {
        const masked = shownAddress(`${address}:${number}`, 'masked');
        expect(masked).toBe(address.replace(/\.\d+$/, '.0'));
        expect(masked).toBe(maskAddress(`::ffff:${address}`));
      }),
    );
  });

  test('IPv4: two hosts of a /24 can’t be told apart', () => {
    fc.assert(
      fc.property(octet, octet, octet, octet, octet, port, (a, b, c, host, other, number) => {
        expect(shownAddress(`${a}.${b}.${c}.${host}:${number}`, 'masked')).toBe(
          shownAddress(`${a}.${b}.${c}.${other}`, 'masked'),
        );
      }),
    );
  });

  test('IPv6, in any spelling: the first 48 bits stay, the others are 0', () => {
    fc.assert(
      fc.property(fc.ipV6(), port, (address, number) => {
        const groups = groupsOf(address);
        fc.pre(!isMapped(groups));
        const masked = shownAddress(`[${address}]:${number}`, 'masked') ?? '';
        expect(groupsOf(masked)).toStrictEqual([...groups.slice(0, 3), 0, 0, 0, 0, 0]);
        expect(shownAddress(address.toUpperCase(), 'masked')).toBe(masked);
      }),
      { numRuns: 1_000 },
    );
  });

  test('IPv6: two hosts of a /48 can’t be told apart, however they are written', () => {
    const site = fc.tuple(group, group, group);
    const host = fc.tuple(group, group, group, group, group);
    const hex = (groups: readonly number[], width: number) =>
      groups.map((each) => each.toString(16).padStart(width, '0')).join(':');
    fc.assert(
      fc.property(site, host, host, (network, one, other) => {
        const canonical = new URL(`http://[${hex([...network, ...other], 1)}]`).hostname;
        fc.pre(!isMapped([...network, ...one]) && !isMapped([...network, ...other]));
        expect(maskAddress(hex([...network, ...one], 4))).toBe(shownAddress(`${canonical}:1`, 'masked'));
      }),
    );
  });

  test('text that is no address never gets through', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const masked = shownAddress(text, 'masked');
        expect(masked === null || /^(\d+\.\d+\.\d+\.0|[\da-f]+:[\da-f]+:[\da-f]+::)$/.test(masked)).toBe(
          true,
        );
      }),
    );
  });
});
