import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, eventually, freePort } from '@mediamtx-monitor/testkit';
import type { ListName, ListOutcome } from '../../src/protocols/index.ts';
import { Budget, TICK_LIMITS } from '../../src/poll/budget.ts';
import { createListReader } from '../../src/poll/read-list.ts';
import type { AskedServer } from '../../src/poll/advice.ts';
import { createRequest } from '../../src/poll/request.ts';
import { type AnsweringServer, type Responder, startAnsweringServer } from '../support/answering-server.ts';

const GENEROUS_MS = 30_000;
const SHORT_MS = 200;
const NEVER = new AbortController().signal;
const RECEIVED_AT_MS = 4_711;

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const asked = (url: string): AskedServer => ({ url, credentials: 'none', inContainer: false });

async function read(
  answer: Responder,
  options: { list?: ListName; timeoutMs?: number } = {},
): Promise<ListOutcome> {
  const { list = 'paths', timeoutMs = GENEROUS_MS } = options;
  server = await startAnsweringServer(answer);
  const { url } = server;
  const request = createRequest(url, null, () => RECEIVED_AT_MS);
  return createListReader({ server: asked(url), request, timeoutMs })(
    list,
    new Budget(TICK_LIMITS),
    AbortSignal.timeout(timeoutMs),
  );
}

const json = (body: unknown, headers = {}): Responder => {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
};
const status = (code: number, body = ''): Responder => {
  return (_request, response) => {
    response.writeHead(code).end(body);
  };
};

describe('a list that is well', () => {
  test('is asked for in one big page', async () => {
    const outcome = await read(json({ itemCount: 2, pageCount: 1, items: [{ name: 'a' }, { name: 'b' }] }));
    expect(outcome).toStrictEqual({
      kind: 'items',
      items: [{ name: 'a' }, { name: 'b' }],
      receivedAtMs: RECEIVED_AT_MS,
      isNewConnection: true,
      simulated: false,
    });
    expect(server?.asked).toStrictEqual(['/v3/paths/list?itemsPerPage=2147483647']);
  });

  test('may come from a simulator', async () => {
    const outcome = await read(json({ itemCount: 0, pageCount: 0, items: [] }, { 'x-simulated': 'true' }));
    expect(outcome).toMatchObject({ kind: 'items', items: [], simulated: true });
  });

  test('is read page by page where the server insists on pages', async () => {
    const outcome = await read((request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? 0);
      response.end(JSON.stringify({ itemCount: 3, pageCount: 3, items: [{ name: `stream-${page}` }] }));
    });
    expect(outcome).toMatchObject({
      kind: 'items',
      items: [{ name: 'stream-0' }, { name: 'stream-1' }, { name: 'stream-2' }],
    });
    expect(server?.asked).toHaveLength(3);
  });

  test('may hold several megabytes', async () => {
    const items = Array.from({ length: 5_000 }, (_, index) => ({ name: `${index}`.padEnd(800, 'x') }));
    const outcome = await read(json({ itemCount: items.length, pageCount: 1, items }));
    expect(outcome).toMatchObject({ kind: 'items', items });
  });
});

describe('the info', () => {
  test('is one object, read as a list of one', async () => {
    const info = { version: 'v1.20.1', started: '2026-11-22T13:32:12Z' };
    expect(await read(json(info), { list: 'info' })).toMatchObject({ kind: 'items', items: [info] });
    expect(server?.asked).toStrictEqual(['/v3/info']);
  });

  test('is off in versions that don’t know it', async () => {
    expect(await read(status(404, '404 page not found'), { list: 'info' })).toStrictEqual({ kind: 'off' });
  });

  test.each([[[]], [null], [7]])('%j is invalid', async (body) => {
    const outcome = await read(json(body), { list: 'info' });
    expect(outcome).toMatchObject({ kind: 'failed', status: 'invalid' });
    expect(outcome.kind === 'failed' ? outcome.error : '').toContain('for info: not a JSON object');
  });
});

describe('a list that is off', () => {
  test('answers 404, which is no failure', async () => {
    expect(await read(status(404, '404 page not found'), { list: 'srtconns' })).toStrictEqual({
      kind: 'off',
    });
  });

  test('can’t be the path list: that is another program', async () => {
    const outcome = await read(status(404, '404 page not found'));
    expect(outcome).toMatchObject({ kind: 'failed', status: 'error' });
  });
});

describe('a failed list', () => {
  const failure = async (answer: Responder, expected: string, message: RegExp): Promise<void> => {
    const outcome = await read(answer);
    expect(outcome).toMatchObject({ kind: 'failed', status: expected });
    expect(outcome.kind === 'failed' ? outcome.error : '').toMatch(message);
  };

  test.each([401, 403])('HTTP %i is unauthorized and says what to put into mediamtx.yml', (code) =>
    failure(status(code), 'unauthorized', /authInternalUsers.*action: api/s),
  );
  test('HTTP 500 is an error', () => failure(status(500), 'error', /HTTP 500/));
  test('a redirect is an error, not followed', () => failure(status(302), 'error', /HTTP 302/));
  test('HTML is invalid', () =>
    failure(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');
      },
      'invalid',
      /a web page/,
    ));
  test('an empty object is invalid', () => failure(json({}), 'invalid', /no items/));
  test('fewer items than promised are invalid', () =>
    failure(json({ itemCount: 3, pageCount: 1, items: [{ name: 'a' }] }), 'invalid', /1 items where 3/));
  test.each([
    [{}, { cause: 'no-items', found: '', limit: '' }],
    [[], { cause: 'not-object', found: '', limit: '' }],
    [{ items: [] }, { cause: 'no-counts', found: '', limit: '' }],
    [
      { itemCount: 3, pageCount: 1, items: [{}] },
      { cause: 'too-few-items', found: '1', limit: '3' },
    ],
    [
      { itemCount: 1, pageCount: 101, items: [{}] },
      { cause: 'too-many-pages', found: '101', limit: '100' },
    ],
  ])('%j is told by a code with its cause, for every language', async (body, values) => {
    const outcome = await read(json(body));
    const { url } = server ?? {};
    expect(outcome).toMatchObject({
      sourceError: { code: 'invalid-answer', values: { url, list: 'paths', ...values } },
    });
  });
  test('a million pages are invalid', async () => {
    await failure(json({ itemCount: 9, pageCount: 1_000_000, items: [{ name: 'a' }] }), 'invalid', /pages/);
    expect(server?.asked).toHaveLength(1);
  });
  test('a refused connection is down and says how to switch the API on', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const request = createRequest(url, null, () => RECEIVED_AT_MS);
    const reader = createListReader({
      server: asked(url),
      request,
      timeoutMs: GENEROUS_MS,
    });
    const outcome = await reader('paths', new Budget(TICK_LIMITS), NEVER);
    expect(outcome).toMatchObject({ kind: 'failed', status: 'down' });
    expect(outcome.kind === 'failed' ? outcome.error : '').toContain('\napi: yes\n');
  });
  test('a cut connection is asked again once', async () => {
    const outcome = await read((request, response, count) => {
      if (count === 1) request.socket.destroy();
      else json({ itemCount: 0, pageCount: 0, items: [] })(request, response, count);
    });
    expect(outcome).toMatchObject({ kind: 'items' });
    expect(server?.asked).toHaveLength(2);
  });
  test('a connection that is cut again is down', async () => {
    await failure((request) => request.socket.destroy(), 'down', /cut the connection/);
    expect(server?.asked).toHaveLength(2);
  });
  test('a body cut in the middle is asked for again once', async () => {
    const outcome = await read((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"itemCount":1,', () => response.destroy());
    });
    expect(outcome).toMatchObject({ kind: 'failed', status: 'down' });
    expect(server?.asked).toHaveLength(2);
  });
});

describe('time', () => {
  test('a server that never answers is a time-out', async () => {
    expect(await read(() => undefined, { timeoutMs: SHORT_MS })).toMatchObject({ status: 'timeout' });
  });

  test('so is one that never finishes its body', async () => {
    const trickle: Responder = (_request, response) => {
      response.writeHead(200);
      response.write('{"itemCount":');
    };
    expect(await read(trickle, { timeoutMs: SHORT_MS })).toMatchObject({ status: 'timeout' });
  });

  test('so are pages that take too long together', async () => {
    const slowPages: Responder = (_request, response) => {
      setTimeout(() => response.end('{"itemCount":100,"pageCount":100,"items":[{}]}'), SHORT_MS / 4);
    };
    const outcome = await read(slowPages, { timeoutMs: SHORT_MS });
    expect(outcome).toMatchObject({ status: 'timeout' });
    expect(server?.asked.length).toBeLessThan(100);
  });
});

describe('the time of an answer', () => {
  const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';

  /** Reads from a server that sends headers and waits; the clock has been looked at when they arrived. */
  function readSlowly(url: string) {
    const clock = createFakeClock();
    let looks = 0;
    const request = createRequest(url, null, () => {
      looks += 1;
      return clock.monotonicMs();
    });
    const options = { server: asked(url), timeoutMs: GENEROUS_MS };
    const outcome = createListReader({ ...options, request })('paths', new Budget(TICK_LIMITS), NEVER);
    const arrived = (count: number) =>
      eventually(() => {
        expect(looks).toBe(count);
      });
    return { clock, outcome, arrived };
  }

  test('is when its headers arrive, not when its body ends', async () => {
    const waiting: ServerResponse[] = [];
    server = await startAnsweringServer((_request, response) => {
      response.writeHead(200).flushHeaders();
      waiting.push(response);
    });
    const { clock, outcome, arrived } = readSlowly(server.url);
    await arrived(1);
    clock.advance(700);
    waiting[0]?.end(EMPTY);
    expect(await outcome).toMatchObject({ kind: 'items', receivedAtMs: 1_000 });
  });

  test('of several pages is that of the first', async () => {
    const waiting: ServerResponse[] = [];
    server = await startAnsweringServer((_request, response) => {
      response.writeHead(200).flushHeaders();
      waiting.push(response);
    });
    const { clock, outcome, arrived } = readSlowly(server.url);
    for (const page of [0, 1]) {
      await arrived(page + 1);
      clock.advance(300);
      waiting[page]?.end('{"itemCount":2,"pageCount":2,"items":[{}]}');
    }
    expect(await outcome).toMatchObject({ kind: 'items', receivedAtMs: 1_000 });
  });

  test('that was asked for twice is that of the second', async () => {
    const clock = createFakeClock();
    server = await startAnsweringServer((request, response, count) => {
      clock.advance(40);
      if (count === 1) request.socket.destroy();
      else response.end(EMPTY);
    });
    const { url } = server;
    const request = createRequest(url, null, clock.monotonicMs);
    const options = { server: asked(url), timeoutMs: GENEROUS_MS };
    const outcome = await createListReader({ ...options, request })('paths', new Budget(TICK_LIMITS), NEVER);
    expect(outcome).toMatchObject({ kind: 'items', receivedAtMs: 1_080 });
  });
});

test('what a failed request repeats of user, password and query is not told', async () => {
  const request = (): Promise<never> =>
    Promise.reject(new Error('Invalid URL: http://joe:geheim@host:99999/v3?token=geheim'));
  const options = { server: asked('http://host'), timeoutMs: GENEROUS_MS };
  expect(
    await createListReader({ ...options, request })('paths', new Budget(TICK_LIMITS), NEVER),
  ).toStrictEqual({
    kind: 'failed',
    status: 'error',
    error: 'Asking http://host failed: Invalid URL: http://(removed)@host:99999/v3?(removed).',
    sourceError: {
      code: 'request-failed',
      values: { url: 'http://host', detail: 'Invalid URL: http://(removed)@host:99999/v3?(removed)' },
    },
  });
});
