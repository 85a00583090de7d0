import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskSecrets } from '../../src/secrets/mask-secrets.ts';

const R = '(removed)';

test('a text that is longer than any of people is taken away whole', () => {
  expect(maskSecrets('x'.repeat(65_536))).toBe('x'.repeat(65_536));
  expect(maskSecrets('x'.repeat(65_537))).toBe(R);
});

/** Pieces, a line each, that would take an expression that goes back very long, many times over. */
const REPEATED = String.raw`
a| |/|\|"|\"|[|{|<|%22|%25|%2525|a-|a:|a,|a://|://|//@|:@|@:|?=
eyJ.|.eyJ|-eyJ|#!::|publish:|read:a
key|key=|key= |key="|key='|key=\"|key=[|key={|-key |key=a,|key=,a|key=;;
cookie: |Cookie: (removed)|bearer |basic aaaaaa|digest a|digest a=
parse |parse \|parse "|with args beginning with: |-----BEGIN |-----END|-----
<key>|<key>x|<key |<`
  .trim()
  .split(/[|\n]/)
  .concat('\n', '\u2028');

test('time is in proportion to the length: nothing hostile holds it up', async () => {
  expect(REPEATED.length).toBeGreaterThan(50);
  for (const piece of REPEATED) {
    for (const begin of ['', 'key="', 'key=\\"', 'rtsp://', 'Cookie: ', 'a']) {
      const text = begin + piece.repeat(Math.floor(65_000 / piece.length));
      expect([piece, maskSecrets(text).length]).toStrictEqual([piece, expect.any(Number)]);
    }
    // Else nothing could end this test where it takes minutes in place of seconds.
    await setImmediate();
  }
});

describe('whatever the text', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      'password',
      'key',
      'auth',
      'Cookie',
      'Bearer ',
      'Digest a=',
      'eyJ',
      'parse "',
      'publish:',
    ),
    fc.constantFrom(
      '://',
      '//',
      '@',
      ':',
      '=',
      '?',
      '#',
      '#!::',
      '&',
      '"',
      "'",
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
    ),
    fc.constantFrom(
      ' ',
      '\n',
      ',',
      ';',
      '%',
      '%22',
      '%253D',
      '%40',
      R,
      '<key>',
      '<key>x',
      '<a ',
      '<a>',
      ',',
      ',a',
      ';a=',
      '-----BEGIN ',
      '-----END',
      '-----',
    ),
  );
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));

  test('nothing is left to be done', () => {
    fc.assert(
      fc.property(text, (any) => {
        const masked = maskSecrets(any);
        expect(maskSecrets(masked)).toBe(masked);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a password in an address or behind its name is gone', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9._~-]{0,8}$/).map((rest) => `geheim${rest}`);
    const around = fc.constantFrom('', ' ', ', ', '(', '"', '\n');
    fc.assert(
      fc.property(word, around, around, (secret, before, behind) => {
        for (const [open, close] of [
          ['rtsp://joe:', '@cam/1'],
          ['//joe:', '@cam'],
          ['/cam?pass=', ''],
          ['password: ', ''],
          ['{"psk":"', '"}'],
          ['publish:cam:joe:', ''],
        ] as const) {
          expect(maskSecrets(`${before}${open}${secret}${close}${behind}`)).not.toContain(secret);
        }
      }),
    );
  });
});
