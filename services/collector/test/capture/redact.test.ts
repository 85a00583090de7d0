import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../src/capture/redact.ts';

const clean = (value: unknown): unknown => redact(value, 'full').value;

describe('members that hold secrets', () => {
  test.each([
    'query',
    'pass',
    'password',
    'rtspPassword',
    'srtReadPassphrase',
    'clientSecret',
    'accessToken',
    'authorization',
    'cookie',
    'jwt',
    'apiKey',
    'api_key',
    'streamKey',
  ])('%s is taken away, however deep and whatever it is', (name) => {
    for (const value of ['geheim', 4711, ['geheim'], { is: 'geheim' }]) {
      expect(clean({ a: [{ [name]: value, b: 1 }] })).toStrictEqual({ a: [{ [name]: '(removed)', b: 1 }] });
    }
  });

  test('what can’t be a secret stays, so that one sees that there was none', () => {
    const item = { query: '', pass: null, token: false };
    expect(redact(item, 'full')).toStrictEqual({ value: item, removedSecrets: 0 });
  });

  test.each(['path', 'user', 'passengers', 'bypassed', 'queryable', 'transport', 'keyFrames'])(
    '%s stays',
    (name) => {
      expect(clean({ [name]: 'value' })).toStrictEqual({ [name]: 'value' });
    },
  );
});

describe('texts that hold secrets', () => {
  test.each([
    ['rtsp://joe:geheim@cam.local/1', 'rtsp://(removed)@cam.local/1'],
    ['rtsp://joe:ge/he@im#x@cam.local/1', 'rtsp://(removed)@cam.local/1'],
    ['see srt://geheim@cam and rtsp://b:geheim@cam', 'see srt://(removed)@cam and rtsp://(removed)@cam'],
    ['rtsp://cam.local/1?user=joe&geheim', 'rtsp://cam.local/1?(removed)'],
    ['https://x/y#geheim', 'https://x/y#(removed)'],
    ['live/cam?pass=geheim&x=1', 'live/cam?(removed)'],
    ['authToken=geheim; a=b', 'authToken=(removed); a=b'],
    ['curl, Authorization: Bearer geheim-geheim', 'curl, Authorization: Bearer (removed)'],
    ['Basic am9lOmdlaGVpbQ==', 'Basic (removed)'],
    ['x eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl y', 'x (removed) y'],
  ])('%s', (text, left) => {
    expect(redact({ any: [text] }, 'full')).toStrictEqual({ value: { any: [left] }, removedSecrets: 1 });
  });

  test.each(['studio/cam-1', 'OBS Studio/30.1', 'GStreamer/1.22.0', 'mailto me@example.com', 'a=b', 'Basic'])(
    '%s stays',
    (text) => {
      expect(redact(text, 'full')).toStrictEqual({ value: text, removedSecrets: 0 });
    },
  );
});

test('addresses are masked in all texts, and don’t count as secrets', () => {
  const item = { remoteAddr: '192.0.2.7:5000', deep: [{ unknown: 'by 192.0.2.7' }] };
  expect(redact(item, 'masked')).toStrictEqual({
    value: { remoteAddr: '192.0.2.0', deep: [{ unknown: 'by 192.0.2.0' }] },
    removedSecrets: 0,
  });
});

test('numbers, states and nothing stay as they are', () => {
  const item = { a: 1.5, b: 2 ** 53, c: true, d: null, e: [], f: {}, g: [[1], [null]] };
  expect(clean(item)).toStrictEqual(item);
});

test('the order of members stays', () => {
  expect(JSON.stringify(clean({ z: 1, query: 'x', a: 2 }))).toBe('{"z":1,"query":"(removed)","a":2}');
});

test('whatever JSON comes: the same shape, no secret, and nothing left to be done', () => {
  const secret = fc.record({ query: fc.constant('geheim'), url: fc.constant('rtsp://joe:geheim@cam/') });
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue({ maxDepth: 1 }),
      secret,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(json, (value) => {
      const once = clean(value);
      expect(JSON.stringify(once)).not.toContain('geheim');
      expect(clean(once)).toStrictEqual(once);
    }),
  );
});
