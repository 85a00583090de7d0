import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { connectionRecord } from '@mediamtx-monitor/testkit';
import { atEnd } from '../bench.ts';
import { headOf, streamOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { type WholeAnswer, KeepAsking } from './keep-asking.ts';

const RUNS = 700;
const TOKEN = 'a-token-of-this-test';
const TRACE = /\n\s+at |node_modules|\.(ts|js):\d+/;

let asking: KeepAsking | undefined;
afterEach(() => {
  asking?.close();
});

async function started(config: NonNullable<Parameters<typeof startApi>[0]>['config'] = {}) {
  const { url, publisher, lines, api } = await startApi({ config });
  await publisher.publish(headOf(), [streamOf('cam/1'), streamOf('%')], [connectionRecord()]);
  asking = new KeepAsking(url);
  atEnd(() => {
    expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });
  return { asking, api };
}

/** Whatever was asked: no mistake of ours, nothing of the inside told. */
function expectDecent({ status, text }: WholeAnswer): void {
  expect([status, text]).not.toStrictEqual([500, expect.anything()]);
  expect(text).not.toMatch(TRACE);
  // No head request is among them, so that each error explains itself; Node itself answers what is no HTTP.
  if (status >= 400 && !text.startsWith('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')) {
    expect(text).toMatch(
      /application\/problem\+json|HTTP\/1.1 (431|408|417|505)|"status":"(starting|leaving)"/,
    );
  }
}

const paths = fc.constantFrom(
  '/api/streams/latest',
  '/api/snapshot',
  '/api/streams',
  '/api/streams/cam/1',
  '/api/streams/cam%2F1/connections',
  '/api/servers',
  '/api/docs',
  '/api/docs/x',
  '/api/openapi.json',
  '/metrics/streams',
  '/healthz',
  '/ws',
);
const names = fc.constantFrom(
  'server',
  'stream',
  'state',
  'health',
  'search',
  'sort',
  'limit',
  'topics',
  'ticket',
  '__proto__',
);
const octets = fc.string({ unit: 'binary', maxLength: 60 });
const value = fc.oneof(
  octets,
  fc.constantFrom('', 'main', '*', '-name', '1', '%', '%FF', '%00', 'a'.repeat(3_000)),
);
const query = fc
  .array(fc.tuple(fc.oneof(names, octets), value), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${text}`).join('&'));
/** As a client has to write it; half of a surrogate pair can't be encoded. */
const inUrl = (text: string): string =>
  Array.from(text, (character) => {
    if (/[!-~]/.test(character)) return character;
    return /[\ud800-\udfff]/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character);
  }).join('');

const get = (target: string, headers: readonly string[] = []): Buffer =>
  Buffer.from([`GET ${target} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n'), 'latin1');

test('any query of any resource is answered, or refused in words', async () => {
  const { asking: client } = await started();
  await fc.assert(
    fc.asyncProperty(paths, query, async (path, text) => {
      expectDecent(await client.ask(get(`${path}?${inUrl(text)}`)));
    }),
    { numRuns: RUNS },
  );
});

test('any path is answered, or refused in words', async () => {
  const { asking: client } = await started();
  const path = fc.array(
    fc.oneof(octets, fc.constantFrom('api', 'streams', '..', '%2e%2e', '%2F', 'latest', 'connections')),
  );
  await fc.assert(
    fc.asyncProperty(path, async (segments) => {
      expectDecent(await client.ask(get(`/${inUrl(segments.join('/'))}`)));
    }),
    { numRuns: RUNS },
  );
});

describe('any header is answered, or refused in words', () => {
  const header = fc.tuple(
    fc.constantFrom(
      'Origin',
      'Authorization',
      'X-Forwarded-For',
      'Accept-Encoding',
      'If-None-Match',
      'Access-Control-Request-Method',
      'Last-Event-ID',
      'Expect',
      'Upgrade',
      'Range',
      'Cookie',
    ),
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 80,
    }),
  );

  test.each([
    ['open', {}],
    [
      'closed',
      {
        API_TOKENS: [`x:${createHash('sha256').update(TOKEN).digest('hex')}`],
        ALLOWED_ORIGINS: ['https://a.example'],
        TRUST_PROXY: ['loopback'],
      },
    ],
  ])('an API that is %s', async (_what, config) => {
    const { asking: client } = await started(config);
    await fc.assert(
      fc.asyncProperty(paths, fc.array(header, { maxLength: 4 }), async (path, headers) => {
        const answer = await client.ask(
          get(
            path,
            headers.map(([name, text]) => `${name}: ${text}`),
          ),
        );
        expectDecent(answer);
        expect(answer.text).not.toContain(TOKEN);
      }),
      { numRuns: RUNS },
    );
  });
});

test('bytes that are no request at all end their connection, and nothing else', async () => {
  const { asking: client, api } = await started();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
      const answer = await client.ask(Buffer.concat([Buffer.from('\u0001'), bytes, Buffer.from('\r\n\r\n')]));
      expect([0, 400]).toContain(answer.status);
      client.close();
    }),
    { numRuns: RUNS / 2 },
  );
  expect((await client.ask(get('/healthz'))).status).toBe(200);
  expect(api.events.stats.clients).toBe(0);
});
