import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { redact } from '../../src/capture/redact.ts';

describe('what is harmless survives', () => {
  test.each([
    ...[
      'keynote',
      'monkey',
      'passage',
      'author',
      'significant',
      'secretary',
      'tokenizer',
      'studio/keynote-2',
    ],
    ...['cam/pass-through', 'authors/monkey', '2026-11-22T13-32-17', 'a b', 'küche/kamera 1', '日本/カメラ'],
  ])('a path %s, as name and as value', (path) => {
    const item = {
      name: path,
      path,
      confName: path,
      [path]: path,
      readers: [{ type: 'rtspSession', id: path }],
    };
    expect(redact(item, 'full')).toStrictEqual({ value: item, removedSecrets: 0 });
  });

  test('a path that is called like a secret, as value', () => {
    const item = { name: 'studio/key-1', path: 'token', readers: [{ type: 'rtspSession', id: 'password' }] };
    expect(redact(item, 'full')).toStrictEqual({ value: item, removedSecrets: 0 });
  });

  test('numbers of anything, states, and what is nothing', () => {
    const item = {
      ...{ packetsReceivedUndecrypt: 1, packetsSentKM: 2, packetsReceivedKM: 3, bytesReceivedUndecrypt: 4 },
      ...{
        keyFrames: 5,
        keyFrameInterval: 6,
        authenticated: true,
        authMethod: 'internal',
        passThrough: true,
      },
      ...{
        tokens: 7,
        keys: 0,
        password: '',
        token: null,
        auth: false,
        publicKey: 'x',
        session: 'aeea726f-8743',
      },
    };
    expect(redact(item, 'full')).toStrictEqual({ value: item, removedSecrets: 0 });
  });

  test.each([
    ...[
      'H264',
      'MPEG-4 Audio',
      'Baseline',
      'yuv420p',
      'v1.20.1',
      'idle',
      'publish',
      'rtspSession',
      'UDP-multicast',
    ],
    ...[
      'OBS Studio/30.1',
      'Lavf60.16.100',
      'GStreamer souphttpsrc 1.22.0 libsoup/3.2',
      'LibVLC/3.0.20 (LIVE555)',
    ],
    ...[
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    ],
    ...['2026-11-22T13:32:17.489440765Z', 'aeea726f-8743-4fd6-9d5c-ffbec8daca6e', 'host/udp/192.0.2.7/28189'],
    ...['dial tcp 127.0.0.1:9: connect: connection refused', 'bad status code: 401 (Unauthorized)', 'EOF'],
    ...["connection timeout. server didn't respond", 'read udp 127.0.0.1:25004: i/o timeout'],
    ...['{"state":"idle","tracks":["H264"],"n":1.50}', '[1, 2, "x"]', '{ not JSON', '"', '100 %'],
  ])('a text %j', (text) => {
    expect(redact({ any: [text] }, 'full')).toStrictEqual({ value: { any: [text] }, removedSecrets: 0 });
  });
});

describe('all that was recorded of MediaMTX', () => {
  const root = fileURLToPath(new URL('../../../../packages/testkit/fixtures/mediamtx', import.meta.url));
  const bodies = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && !path.endsWith('index.json'))
    .map((path) => [path, readFileSync(`${root}/${path}`, 'utf8')] as const)
    .filter(([, text]) => text.startsWith('{'));

  /** The members whose value differs, by their names; everything else is compared on the way. */
  function differing(before: unknown, after: unknown, name = ''): string[] {
    if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) {
      if (before !== after) expect(typeof before).toBe('string');
      return before === after ? [] : [name];
    }
    expect(Object.keys(after)).toStrictEqual(Object.keys(before));
    return Object.entries(before).flatMap(([each, value]) =>
      differing(value, Reflect.get(after, each), each),
    );
  }

  test('stays as it came, but for what clients typed and addresses that are configured', () => {
    expect(bodies.length).toBeGreaterThan(300);
    const changed = bodies.flatMap(([, text]) => {
      const body = JSON.parse(text) as unknown;
      return differing(body, redact(body, 'full').value);
    });
    // The first two hold what people configured: where copies go, and what went wrong with an address.
    expect([...new Set(changed)].sort()).toStrictEqual(['dest', 'lastError', 'query']);
  });
});
