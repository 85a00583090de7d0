import { describe, expect, test } from '@jest/globals';
import { constructedBody, interruptible } from '@mediamtx-monitor/testkit';
import fc from 'fast-check';
import { shownError } from '../../src/paths/last-error.ts';

const shown = (text: unknown) => shownError(text, 'full');

describe('what MediaMTX says of a failure', () => {
  test.each([
    'dial tcp 127.0.0.1:9: connect: connection refused',
    'bad status code: 404 (Not Found)',
    'bad status code: 401 (Unauthorized)',
    'EOF',
    'read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer',
    "connection timeout. server didn't respond",
    'connection rejected: REJECT (va)',
    'read udp 127.0.0.1:25004: i/o timeout',
    'timeout: no recent network activity',
    'dial tcp: lookup camera.example on 127.0.0.53:53: no such host',
  ])('is told as it is where it holds nothing secret: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  test.each([
    [
      'Get "http://usr:***@host/a.m3u8?token=SECRET": dial tcp 10.0.0.1:80: i/o timeout',
      'dial tcp 10.0.0.1:80: i/o timeout',
    ],
    ['Options "http://usr:***@host/x/whep?token=SECRET": EOF', 'EOF'],
    [
      'parse "rtsp://usr:PASSWORD@host/xa%zz": invalid URL escape "%zz"',
      'the address in the configuration is invalid',
    ],
    [
      'parse "rtsp://usr:PASS@host:x": invalid port ":PASS" after host',
      'the address in the configuration is invalid',
    ],
    ['Get "a": Get "http://h/?t=SECRET": EOF', 'EOF'],
    ['redirected to rtsp://usr:PASS WORD@host/path?x=1 once', 'redirected to (removed) once'],
    ['rtsp://usr:PASS WORD@host/path refused', '(removed) refused'],
    ['joe@example said no to rtsp://host/path', 'joe@example said no to (removed)'],
    ['unexpected "rtsp://usr:PASS \\" WORD" here', 'unexpected (removed) here'],
    ['": EOF', 'EOF'],
    ['Get "a":  EOF', 'EOF'],
    ['rtsp://usr:PASS@ refused', '(removed) refused'],
    ['rtsp://usr:PASS @host refused', '(removed) refused'],
    ['no stream of joe@example here', 'no stream of joe@example here'],
    ['unexpected "rtsp://usr:PASS', 'unexpected (removed)'],
    ['unexpected "SETUP" in state "initial"', 'unexpected "SETUP" in state "initial"'],
    ['bad result: &{_error 4 {publish SECRETKEY denied}}', 'bad result'],
    [
      'listen unix /run/x.sock: bind: address already in use',
      'listen unix /run/x.sock: bind: address already in use',
    ],
  ])('is told without the address: %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('of the constructed bodies of 1.21 tells neither user nor token nor password', () => {
    const errorOf = (name: string) =>
      shown((JSON.parse(constructedBody(name)) as { lastError: string }).lastError);
    expect(errorOf('static-sources.sample-secret-query.json')).toBe(
      'dial tcp 127.0.0.1:9: connect: connection refused',
    );
    expect(errorOf('static-sources.sample-secret-password.json')).toBe(
      'the address in the configuration is invalid',
    );
  });

  test.each([[''], [null], [undefined], [7], [{}], ['   '], ['\n']])('is nothing for %j', (text) => {
    expect(shown(text)).toBeNull();
  });

  test('is one line, and not a long one', () => {
    expect(shown('a\r\nb\u2028c\u0000d')).toBe('a b c d');
    expect(shown('x '.repeat(500))).toHaveLength(200);
    expect(shown('x '.repeat(1_000))).toBe('(removed)');
    expect(shown('x'.repeat(9_000))).toBe('(removed)');
    expect(shown(`Get "https://host/?sig=${'x'.repeat(4_000)}": EOF`)).toBe('EOF');
    expect(shown('rtsp://user:pass@host/')).toBe('(removed)');
  });

  test('is shown with up to 200 characters, of a reason up to 1,024 and a line up to 8,192', () => {
    const words = (length: number) => 'x '.repeat(length).slice(0, length - 1) + 'y';
    expect(shown(words(200))).toBe(words(200));
    expect(shown(words(201))).toBe(`${words(201).slice(0, 199)}…`);
    expect(shown(words(1_024))).toHaveLength(200);
    expect(shown(words(1_025))).toBe('(removed)');
    const line = (length: number) => `Get "${'x'.repeat(length - 11)}": EOF`;
    expect(shown(line(8_192))).toBe('EOF');
    expect(shown(line(8_193))).toBe('(removed)');
  });

  test('shows addresses as REMOTE_ADDR has them', () => {
    const text = 'dial tcp 192.0.2.7:554: connect: connection refused';
    expect(shownError(text, 'masked')).toBe('dial tcp 192.0.2.0: connect: connection refused');
    expect(shownError(text, 'none')).not.toContain('192');
  });

  /** A quarter of what MediaMTX may send in a poll. */
  const often = (text: string): boolean =>
    interruptible(() => Array.from({ length: 500 }, () => shown(text)).every((out) => out !== null));

  test.each(['a', 'a://', '"', '\\"', '@', ' a:// ', '": ', '://@ ', ':// ', ':// "', 'a.b:'])(
    'takes time in proportion to its length, whatever it is: %j again and again',
    (piece) => {
      for (const length of [1_000, 8_000]) expect(often(piece.repeat(length / piece.length))).toBe(true);
    },
  );

  test.each([
    ['a quote of quotes that ends in the midst', `"${'\\"'.repeat(500)}\\`, `"${'\\"'.repeat(4_090)}\\`],
    ['addresses without an @', ':// '.repeat(250), ':// '.repeat(2_047)],
  ])('takes no more for %s', (_what, short, long) => {
    expect(often(short)).toBe(true);
    expect(often(long)).toBe(true);
  });

  test('takes no more for anything that is made of what it looks for', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      '\\"',
      '://',
      ' ',
      '@',
      'a',
      '.',
      ':',
      '[',
      '1',
      '%',
      'bad result',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 200, max: 8_100 }),
        (unit, length) => {
          const text = unit.join('').repeat(length).slice(0, length);
          const work = () => Array.from({ length: 50 }, () => shown(text)).length;
          expect(interruptible(work, 2_000)).toBe(50);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a secret', () => {
  /** As people write them, odd ones too; none stands in the texts around. */
  const secret = fc
    .string({
      minLength: 3,
      maxLength: 12,
      unit: fc.constantFrom(...'X Y Z Q J 0 9 8 7 _ - ! $ % & * + = ~'.split(' ')),
    })
    .map((text) => `Qx${text}Jz`);
  const spaced = fc.tuple(secret, secret).map((pair) => pair.join(' '));
  const scheme = fc.constantFrom('rtsp', 'rtsps', 'rtmp', 'srt', 'http', 'https', 'whep', 'rtsp+http');
  const reason = fc.constantFrom(
    'EOF',
    'dial tcp 10.0.0.1:554: connect: connection refused',
    'bad status code: 404',
  );
  /** Go's %q. */
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
  const address = fc.record({
    scheme,
    user: secret,
    password: fc.oneof(secret, spaced),
    path: secret,
    query: fc.oneof(secret, spaced),
  });

  test('of a configured address is never told, however MediaMTX words its failure', () => {
    fc.assert(
      fc.property(
        address,
        reason,
        fc.constantFrom('Get', 'Options', 'Post', 'parse', 'bare', 'twice', 'unclosed', 'port'),
        ({ scheme: kind, user, password, path, query }, why, wording) => {
          const url = `${kind}://${user}:${password}@host.example/${path}?token=${query}`;
          const texts: Record<string, string> = {
            parse: `parse ${quoted(url)}: invalid URL escape "%${password}"`,
            bare: `can't open ${url.replace(/ /g, '+')} because ${why}`,
            twice: `Get ${quoted(url)}: Get ${quoted(url)}: ${why}`,
            unclosed: `failed "${url}`,
            port: `parse ${quoted(url)}: invalid port ":${password}" after host`,
          };
          const text = texts[wording] ?? `${wording} ${quoted(url)}: ${why}`;
          const out = shown(text) ?? '';
          for (const part of [user, path, ...password.split(' '), ...query.split(' ')])
            expect(out).not.toContain(part);
          expect(out).not.toContain('://');
          expect(out).not.toContain('token');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('of a JWT, a stream id or a header is masked as everywhere', () => {
    expect(shown('rejected: streamid=publish:cam:joe:Qx123Jz')).not.toContain('Qx123Jz');
    expect(shown('rejected: Authorization: Bearer Qx123Jzabcdef')).not.toContain('Qx123Jz');
  });
});
