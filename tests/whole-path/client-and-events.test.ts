import { afterEach, describe, expect, test } from '@jest/globals';
import { type Api, createApi, loadConfig } from '@mediamtx-monitor/api';
import { connectMonitor, type Monitor, type MonitorOptions, RequestError } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, freePort, testRedis } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { happening, numbers } from '../../services/api/test/happening.ts';
import { TestPublisher } from '../../services/api/test/publisher.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A Redis with events, and an API on a port that it comes back to. */
async function bench() {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  endings.push(() => {
    publisher.close();
  });
  const port = await freePort();
  const start = async (durableUrl = redis.url): Promise<Api> => {
    const config = { ...loadConfig({}).values, API_PORT: port, REDIS_URL: redis.url };
    const api = createApi(
      { ...config, REDIS_KEY_PREFIX: redis.prefix, REDIS_DURABLE_URL: durableUrl },
      { logger: createLogRecorder().logger, clock: systemClock, checkMs: 20 },
    );
    for (const part of api.parts) await part.start();
    return api;
  };
  const stop = async ({ parts }: Api): Promise<void> => {
    for (const part of parts.toReversed()) await part.stop();
  };
  return { url: `http://127.0.0.1:${port}`, publisher, start, stop, ...happening({ publisher }) };
}

function connect(options: Partial<MonitorOptions> & { readonly url: string }) {
  const got: string[] = [];
  const monitor: Monitor = connectMonitor({
    webSocket: WebSocket,
    random: () => 0.1,
    onEvent: ({ id }) => got.push(id),
    onEventsTrimmed: ({ after, until }) => got.push(`${after} to ${until}`),
    ...options,
  });
  endings.push(monitor.close);
  return { monitor, got };
}

const ids = (from: number, to: number): string[] => numbers(from, to).map((n) => `${n}-0`);

test.each(['websocket', 'sse'] as const)(
  'over %s a client has each event once, whatever happens in between',
  async (transport) => {
    const { url, start, stop, add } = await bench();
    await add([1]);
    let api = await start();
    endings.push(() => stop(api));
    const { got, monitor } = connect({ url, transport, topics: ['events'], cursor: '1-0' });
    await add([2, 3]);
    await eventually(() => {
      expect(got).toStrictEqual(ids(2, 3));
    });
    for (const n of [4, 6, 8]) {
      await stop(api);
      await add([n, n + 1]);
      api = await start();
      await eventually(() => {
        expect(got).toStrictEqual(ids(2, n + 1));
      });
    }
    expect(monitor.state).toStrictEqual({ state: 'open', transport });
  },
);

test.each(['websocket', 'sse'] as const)(
  'over %s one that had no event yet misses none of those that came while it was away',
  async (transport) => {
    const { url, start, stop, add } = await bench();
    await add([1]);
    let api = await start();
    endings.push(() => stop(api));
    const { got, monitor } = connect({ url, transport, topics: ['events'] });
    await eventually(() => {
      expect(monitor.state.state).toBe('open');
      // It was told where it is.
      expect(api.sockets.stats.messages + api.events.stats.messages).toBe(1);
    });
    await stop(api);
    await add([2, 3]);
    api = await start();
    await eventually(() => {
      expect(got).toStrictEqual(ids(2, 3));
    });
  },
);

test('another subscription begins where it says', async () => {
  const { url, start, stop, add, publisher } = await bench();
  await add(numbers(1, 5));
  const api = await start();
  endings.push(() => stop(api));
  const { got, monitor } = connect({ url });
  await eventually(() => {
    expect(monitor.state.state).toBe('open');
  });
  monitor.subscribe({ topics: ['events'], cursor: 'events:3-0' });
  await eventually(() => {
    expect(got).toStrictEqual(ids(4, 5));
  });
  await publisher.redis.xtrim(publisher.names.events, 'MINID', '3-0');
  monitor.subscribe({ topics: ['events'], cursor: '1-0' });
  await eventually(() => {
    expect(got.length).toBeGreaterThan(4);
  });
  expect(() => {
    monitor.subscribe({ topics: ['events'], cursor: 'x' });
  }).toThrow('cursor must be one that the API has told');
});

describe('what happened before', () => {
  test('comes page by page, in order', async () => {
    const { url, start, stop, add } = await bench();
    await add(numbers(1, 2_345));
    const api = await start();
    endings.push(() => stop(api));
    const { monitor } = connect({ url });
    const all: string[] = [];
    for await (const { id } of monitor.events()) all.push(id);
    expect(all).toStrictEqual(ids(1, 2_345));
    const back: string[] = [];
    let until: string | null | undefined;
    while (until !== null) {
      const page = await monitor.eventsPage({ limit: 1_000, ...(until !== undefined && { until }) });
      back.unshift(...page.items.map(({ id }) => id));
      until = page.previous;
    }
    expect(back).toStrictEqual(ids(1, 2_345));
    const some: string[] = [];
    for await (const { id } of monitor.events({
      since: '2340-0',
      type: ['stream.online'],
      stream: 'cam/*',
    })) {
      some.push(id);
    }
    expect(some).toStrictEqual(ids(2_341, 2_345));
    const sessions: unknown[] = [];
    for await (const session of monitor.sessions({ state: 'closed' })) sessions.push(session);
    expect(sessions).toStrictEqual([]);
    expect((await monitor.availability({ stream: 'none' })).items).toStrictEqual([]);
  });

  test('says so when it can’t be had', async () => {
    const { url, start, stop } = await bench();
    const api = await start('redis://127.0.0.1:1');
    endings.push(() => stop(api));
    const { monitor } = connect({ url });
    const asking = monitor.availability();
    await expect(asking).rejects.toThrow(RequestError);
    await expect(asking).rejects.toMatchObject({ status: 503, code: 'store-unavailable' });
    await expect(monitor.events({ since: 'yesterday' }).next()).rejects.toMatchObject({
      status: 400,
      code: 'invalid-parameter',
    });
  });
});
