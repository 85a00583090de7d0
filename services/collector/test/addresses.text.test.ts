import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskText } from '../src/addresses.ts';

test.each([
  ['192.0.2.7:5000', '192.0.2.0', ''],
  ['192.0.2.7', '192.0.2.0', ''],
  ['[2001:db8:1::6]:5000', '2001:db8:1::', ''],
  ['2001:db8:1::6', '2001:db8:1::', ''],
  ['[::ffff:192.0.2.7]:5000', '192.0.2.0', ''],
  ['::1', '0:0:0::', ''],
  ['host/udp/192.0.2.7/28189', 'host/udp/192.0.2.0', 'host/udp/(removed)'],
  ['prflx/tcp/2001:db8:1::7/9', 'prflx/tcp/2001:db8:1::', 'prflx/tcp/(removed)'],
  ['host/udp/fe80::1%eth0/9', 'host/udp/fe80:0:0::', 'host/udp/(removed)'],
  ['from 192.0.2.7.', 'from 192.0.2.0.', 'from (removed).'],
  ['http://192.0.2.7:9997/v3', 'http://192.0.2.0/v3', 'http://(removed)/v3'],
  ['http://[2001:db8:1::7]:9997', 'http://2001:db8:1::', 'http://(removed)'],
])('%s', (text, masked, none) => {
  expect(maskText(text, 'full')).toBe(text);
  expect(maskText(text, 'masked')).toBe(masked);
  expect(maskText(text, 'none')).toBe(none);
});

test.each([
  'v1.20.1',
  'cam/stage-left',
  '2026-11-22T13:32:17.489440765Z',
  '2026-11-22T13:32:17+02:00',
  'aeea726f-8743-4fd6-9d5c-ffbec8daca6e',
  'mpegts/opus: 48000',
  '1.2.3.4.5',
  'deadbeef',
  '',
])('%j has no address', (text) => {
  expect(maskText(text, 'masked')).toBe(text);
  expect(maskText(text, 'none')).toBe(text);
});

test('time is in proportion to the length: nothing hostile holds it up', async () => {
  for (const piece of [
    ':',
    '.',
    '[',
    '[:',
    ':[',
    '::%a',
    '[::%a',
    '-:',
    'a:',
    ':.',
    '1.',
    '1.1.1.',
    '-1.',
    '%',
    '[:%-',
  ]) {
    for (const begin of ['', ':', '[', '[::%', '1.1.1.1']) {
      expect(maskText(begin + piece.repeat(65_000 / piece.length), 'masked')).toStrictEqual(
        expect.any(String),
      );
    }
    // Else nothing could end this test where it takes minutes in place of seconds.
    await setImmediate();
  }
});

describe('whatever the address and what stands around it', () => {
  const around = fc.constantFrom('', ' ', '/', '"', ',', '(');

  test('no host of an IPv4 address is left', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(65_535), around, (address, port, edge) => {
        const network = address.replace(/\d+$/, '0');
        expect(maskText(`${edge}${address}:${port}${edge}`, 'masked')).toBe(`${edge}${network}${edge}`);
        expect(maskText(`${edge}${address}${edge}`, 'none')).not.toContain(address);
      }),
    );
  });

  test('no IPv6 address is left', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(65_535), around, (address, port, edge) => {
        for (const text of [`${edge}[${address}]:${port}${edge}`, `${edge}${address}${edge}`]) {
          expect(maskText(text, 'none')).toBe(edge === '' ? '' : `${edge}(removed)${edge}`);
        }
      }),
    );
  });
});
