import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, eventually } from '@mediamtx-monitor/testkit';
import { type Credentials, createPoller } from '../../src/poll/index.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';

const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';
const BASIC: Credentials = { kind: 'basic', user: 'monitor', password: 'pass:wörd' };

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function poller(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  credentials: Credentials | null,
  { intervalMs = 20_000, waitForAuthProbe = false } = {},
) {
  server = await startAnsweringServer(answer);
  const clock = createFakeClock();
  const { monotonicMs } = clock;
  return {
    clock,
    poll: createPoller({ url: server.url, credentials, intervalMs, monotonicMs, waitForAuthProbe }),
  };
}

const isProbe = (request: IncomingMessage): boolean => request.url?.endsWith('itemsPerPage=1') === true;

test('all lists are asked at the same time', async () => {
  const waiting: ServerResponse[] = [];
  const { poll } = await poller((_request, response) => {
    waiting.push(response);
    if (waiting.length === 2) for (const each of waiting) each.end(EMPTY);
  }, null);
  expect(await poll()).toMatchObject({ paths: { kind: 'items' }, srtconns: { kind: 'items' } });
});

test.each([
  [BASIC, `Basic ${Buffer.from('monitor:pass:wörd').toString('base64')}`],
  [{ kind: 'bearer', token: 'abc.def' } as const, 'Bearer abc.def'],
  [null, undefined],
])('credentials are sent as MediaMTX wants them (%#)', async (credentials, header) => {
  const seen: unknown[] = [];
  const { poll } = await poller((request, response) => {
    seen.push(request.headers.authorization);
    response.end(EMPTY);
  }, credentials);
  await poll();
  expect(seen).toEqual([header, header]);
});

describe('wrong credentials, which MediaMTX answers late', () => {
  /** Hangs for everything but the probe, which gets `status`. */
  const late = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
    if (isProbe(request)) response.writeHead(status).end();
  };

  test('are first seen as a time-out, then told apart', async () => {
    const { poll } = await poller(late(401), BASIC, { intervalMs: 200 });
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    await eventually(async () => {
      expect(await poll()).toMatchObject({
        paths: { status: 'unauthorized' },
        srtconns: { status: 'unauthorized' },
      });
    });
    expect(JSON.stringify(await poll())).not.toContain('pass:');
  });

  test('are told at once where there is time to wait', async () => {
    const { poll } = await poller(late(401), BASIC, { intervalMs: 200, waitForAuthProbe: true });
    expect(await poll()).toMatchObject({ paths: { status: 'unauthorized' } });
  });

  test('are asked about at most every 30 s', async () => {
    const { poll, clock } = await poller(late(200), BASIC, { intervalMs: 100, waitForAuthProbe: true });
    const probes = (): number => server?.asked.filter((url) => url.endsWith('itemsPerPage=1')).length ?? 0;
    await poll();
    await poll();
    expect(probes()).toBe(1);
    clock.advance(29_999);
    await poll();
    expect(probes()).toBe(1);
    clock.advance(1);
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    expect(probes()).toBe(2);
  });

  test('are forgotten when they work again', async () => {
    let well = false;
    const { poll } = await poller(
      (request, response) => {
        if (well) response.end(EMPTY);
        else late(401)(request, response);
      },
      BASIC,
      { intervalMs: 2_000, waitForAuthProbe: true },
    );
    expect(await poll()).toMatchObject({ paths: { status: 'unauthorized' } });
    well = true;
    expect(await poll()).toMatchObject({ paths: { kind: 'items' } });
  });

  test('are no matter where none are set', async () => {
    const { poll } = await poller(late(401), null, { intervalMs: 100, waitForAuthProbe: true });
    expect(await poll()).toMatchObject({ paths: { status: 'timeout' } });
    expect(server?.asked.some((url) => url.endsWith('itemsPerPage=1'))).toBe(false);
  });
});
