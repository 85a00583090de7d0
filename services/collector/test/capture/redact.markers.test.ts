import { describe, expect, test } from '@jest/globals';
import { redact } from '../../src/capture/redact.ts';

const MARKER = 'geheim';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJnZWhlaW0iOjF9.geheim';
const PEM = '-----BEGIN PRIVATE KEY-----\nMIIgeheim\n-----END PRIVATE KEY-----\n';
const asJson = (value: unknown): string => JSON.stringify(value);

/** Everything that a value holds, and where, but for what its texts say. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? 'text' : value;
  return Object.entries(value).map(([, each]) => shapeOf(each));
}

describe('a marker is taken away', () => {
  const names = [
    ...[
      'query',
      'pass',
      'password',
      'rtspPassword',
      'srtReadPassphrase',
      'publishPass',
      'userpass',
      'pwd',
      'passwd',
    ],
    ...[
      'key',
      'psk',
      'encryptionKey',
      'hlsKey',
      'apiKey',
      'api_key',
      'streamKey',
      'streamkey',
      'private-key',
      'X-Api-Key',
    ],
    ...[
      'auth',
      'sig',
      'signature',
      'hmac',
      'secret',
      'hlsCDNSecret',
      'clientSecret',
      'token',
      'whipBearerToken',
      'tokens',
    ],
    ...[
      'authorization',
      'Proxy-Authorization',
      'cookie',
      'Set-Cookie',
      'jwt',
      'credentials',
      'creds',
      'sessionid',
      'sessionId',
      'privateKeyPem',
    ],
  ];
  test.each(names)('in a member of the name %s, whatever it is and however deep', (name) => {
    for (const value of [MARKER, [MARKER], [[MARKER]], { is: MARKER }, { [MARKER]: 1 }]) {
      const item = { a: [{ b: { [name]: value, c: 1 } }] };
      expect(redact(item, 'full')).toStrictEqual({
        value: { a: [{ b: { [name]: '(removed)', c: 1 } }] },
        removedSecrets: 1,
      });
    }
  });

  const texts: readonly (readonly [what: string, text: string])[] = [
    ['user and password', 'rtsp://joe:geheim@cam.local:554/1'],
    ['a token as user', 'https://geheim@x.example/'],
    ['user and password without scheme', '//joe:geheim@cam.local/1'],
    ['user and password without anything', 'joe:geheim@cam.local:554'],
    ['a password with all sorts of signs', 'rtsp://joe:ge/he?im#geheim@geheim@cam/1'],
    ['a query', 'rtsp://cam.local/1?user=joe&x=geheim'],
    ['a fragment', 'https://x/y#geheim'],
    ['a query without scheme', 'live/cam?x=geheim'],
    ['a query alone', 'user=joe&pass=geheim'],
    ['a stream key', 'rtmp://a.rtmp.youtube.com/live2/geheim'],
    ['a percent-encoded address', 'rtsp%3A%2F%2Fjoe%3Ageheim%40cam%2F1'],
    ['an address encoded twice', 'rtsp%253A%252F%252Fjoe%253Ageheim%2540cam'],
    ['an address in a query, encoded', '/proxy?url=rtsp%3A%2F%2Fjoe%3Ageheim%40cam'],
    ['an SRT stream id', 'publish:studio/cam:joe:geheim'],
    ['an SRT stream id for reading', 'read:studio/cam:joe:geheim'],
    ['an SRT stream id with a query', 'publish:studio/cam:token=geheim'],
    ['an SRT access control id', '#!::m=publish,r=cam,u=joe,s=geheim'],
    ['an SRT access control id of a user', '#!::r=cam,u=geheim,s=geheim'],
    ['an SRT address', 'srt://h:8890?streamid=publish:cam:joe:geheim'],
    ['an SRT address, encoded', 'srt://h:8890?streamid=%23%21%3A%3Ar%3Dcam%2Cs%3Dgeheim'],
    ['a pair', 'password: geheim'],
    ['a pair with equals', 'hlsKey = geheim'],
    ['a pair in quotes', 'psk="ge geheim"'],
    ['a pair in other quotes', "sig='geheim'"],
    ['an option', 'ffmpeg -passphrase geheim -i x'],
    ['a long option', '--api-key geheim'],
    ['user and password behind an option', 'curl -u joe:geheim http://x'],
    ['a bearer', 'curl, Authorization: Bearer geheim-geheim'],
    ['a bearer alone', 'Bearer geheim-geheim'],
    ['user and password in base64', 'Basic am9lOmdlaGVpbQ=='],
    ['a digest', 'Digest username="joe", nonce="geheim", response="geheim"'],
    ['a cookie', 'Cookie: a=geheim; b=geheim'],
    ['a cookie that is set', 'Set-Cookie: sid=geheim; HttpOnly'],
    ['a header', 'X-Auth-Token: geheim'],
    ['a JSON Web Token', `got ${JWT} there`],
    ['a key in PEM', `x ${PEM} y`],
    ['a key in PEM, on one line', PEM.replaceAll('\n', '\\n')],
    ['JSON', asJson({ error: 'x', password: MARKER })],
    ['JSON of an array', asJson([{ token: MARKER }, 1])],
    ['JSON in JSON', asJson(asJson({ psk: MARKER }))],
    ['JSON in JSON in a text', `the body was ${asJson(asJson({ a: [{ key: MARKER }] }))}.`],
    ['JSON in a text', `answer 401: {"status":"error","auth":"${MARKER}"}`],
    ['JSON in a text, with an escaped quote', `got {"password":"ge\\"geheim","x":1}`],
    ['JSON whose name is escaped', `{"p\\u0061ssword":"${MARKER}"}`],
    ['JSON, percent-encoded', encodeURIComponent(asJson({ password: MARKER }))],
    ['a name and its value in JSON', asJson({ headers: [{ name: 'Authorization', value: MARKER }] })],
    ['a query as Go writes it', '"user=joe\\u0026pass=geheim\\u0026x=1"'],
    [
      'a failed HLS pull',
      'Get "http://usr:***@host/a.m3u8?token=geheim": dial tcp 127.0.0.1:9: connect: refused',
    ],
    ['a failed WHEP pull', 'Options "http://geheim:***@host/x/whep?token=geheim": EOF'],
    ['an address that Go can’t read', 'parse "rtsp://usr:geheim@host/xa%zz": invalid URL escape "%zz"'],
    ['a port that is none', 'parse "rtsp://usr:geheim": invalid port ":geheim" after host'],
  ];
  test.each(texts)('in a text: %s', (_what, text) => {
    for (const item of [
      { lastError: text },
      { conf: { source: text } },
      [[text]],
      { userAgent: [{ unknownMember: text }] },
    ]) {
      const { value, removedSecrets } = redact(item, 'full');
      expect(JSON.stringify(value)).not.toContain(MARKER);
      expect(JSON.stringify(value)).not.toContain('am9l');
      expect(removedSecrets).toBeGreaterThan(0);
      expect(shapeOf(value)).toStrictEqual(shapeOf(item));
    }
    const names = JSON.stringify(redact({ [text]: 1, x: { [text]: text } }, 'full').value);
    expect(names).not.toContain(MARKER);
    expect(names).not.toContain('am9l');
  });

  test.each([
    ['a header as name and value', { name: 'Authorization', value: MARKER }],
    ['a parameter as key and value', { key: 'password', value: [MARKER], x: 1 }],
    ['a pair of two', ['password', MARKER]],
    [
      'pairs of two',
      [
        ['x', 1],
        ['X-Api-Key', MARKER],
      ],
    ],
    ['an option and its value', ['ffmpeg', '-passphrase', MARKER, '-i', 'x']],
    ['user and password behind their option', ['curl', '-u', `joe:${MARKER}`, 'x']],
  ])('in %s', (_what, item) => {
    const { value } = redact({ item }, 'full');
    expect(JSON.stringify(value)).not.toContain(MARKER);
    expect(JSON.stringify(value)).toContain('(removed)');
  });
});

test('a name tells what its value is, and stays itself', () => {
  expect(redact({ name: 'Authorization', value: 'x', path: 'cam' }, 'full').value).toStrictEqual({
    name: 'Authorization',
    value: '(removed)',
    path: 'cam',
  });
  // A path of MediaMTX may be called anything.
  const path = { name: 'token', source: { type: 'rtspSource', id: '' }, tracks: ['H264', 'Opus'] };
  expect(redact(path, 'full')).toStrictEqual({ value: path, removedSecrets: 0 });
});

test('names that become the same stay apart, as do those of addresses', () => {
  const item = { 'pass=a1': 1, 'pass=a2': 2, 'pass=(removed) 2': 3, '192.0.2.7': 4, 'x y': 5 };
  expect(redact(item, 'full').value).toStrictEqual({
    'pass=(removed)': 1,
    'pass=(removed) 2': 2,
    'pass=(removed) 2 2': 3,
    '192.0.2.7': 4,
    'x y': 5,
  });
  expect(redact({ '192.0.2.7:1': 4 }, 'masked').value).toStrictEqual({ '192.0.2.0': 4 });
});

test('what is nested without end is taken away below what anyone sends', () => {
  const deep = JSON.parse(`${'['.repeat(5_000)}"geheim"${']'.repeat(5_000)}`) as unknown;
  const { value, removedSecrets } = redact(deep, 'full');
  expect(JSON.stringify(value)).toBe(`${'['.repeat(65)}"(removed)"${']'.repeat(65)}`);
  expect(removedSecrets).toBe(1);
  expect(() => redact(`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'full')).not.toThrow();
});
