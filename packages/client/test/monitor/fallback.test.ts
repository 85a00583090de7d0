import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { connectionsMessage, statusMessage, streamsMessage } from '../support/messages.ts';
import { startServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const OVER_EVENTS = { state: 'open', transport: 'sse' };
const OVER_SOCKET = { state: 'open', transport: 'websocket' };

const isIn = async ({ monitor }: WatchedMonitor, state: object): Promise<void> => {
  await eventually(() => {
    expect(monitor.state).toMatchObject(state);
  });
};

describe('a socket that was refused', () => {
  test('is explained over HTTP before anything is told: a token is needed', async () => {
    const why = () => ({ status: 401, body: { detail: 'A token is needed.', code: 'unauthorized' } });
    const server = await startServer({ sockets: 'refuse', why });
    const watched = watch({ url: server.url });
    await isIn(watched, { state: 'refused' });
    expect(watched.states).toStrictEqual([
      { state: 'connecting' },
      { state: 'refused', code: 'unauthorized', reason: 'A token is needed.', problem: 'unauthorized' },
    ]);
    expect([server.handshakes, server.asked(), server.eventRequests]).toStrictEqual([['/ws'], 1, []]);
  });

  test('is tried again at once where HTTP knows of nothing: the service may just have started', async () => {
    const server = await startServer({
      sockets: 'refuse',
      why: () => {
        server.behaviour.sockets = 'accept';
        return { status: 426 };
      },
      events: 'accept',
    });
    const watched = watch({ url: server.url });
    await isIn(watched, OVER_SOCKET);
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open']);
    expect([server.handshakes.length, server.eventRequests]).toStrictEqual([2, []]);
  });

  test('is waited with where nothing answers over HTTP, or only a proxy whose API is not there', async () => {
    const server = await startServer({ sockets: 'refuse', why: () => ({ status: 502 }), events: 'accept' });
    const watched = watch({ url: server.url });
    await isIn(watched, { state: 'waiting', code: 'unreachable', retryInMs: 250 });
    expect([server.handshakes.length, server.eventRequests]).toStrictEqual([1, []]);
  });

  test('nobody asks any more once one has opened', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, OVER_SOCKET);
    server.closeAll(1011);
    await isIn(watched, { state: 'waiting' });
    watched.time.advance(10_000);
    await isIn(watched, OVER_SOCKET);
    expect(server.asked()).toBe(0);
  });
});

describe('where no WebSocket gets through, and HTTP does', () => {
  const PROXY = { sockets: 'refuse', events: 'accept' } as const;

  test('events are followed, and it says so', async () => {
    const server = await startServer(PROXY);
    const watched = watch({ url: server.url, topics: ['streams', 'connections'], stream: 'cam*' });
    await isIn(watched, OVER_EVENTS);
    expect(watched.states).toStrictEqual([{ state: 'connecting' }, OVER_EVENTS]);
    expect(server.eventRequests).toStrictEqual([
      { url: '/api/live?topics=streams%2Cconnections&stream=cam*', authorization: undefined },
    ]);
    server.send(streamsMessage(), connectionsMessage(), statusMessage());
    await eventually(() => {
      expect([watched.streams, watched.connections, watched.statuses]).toMatchObject([
        [streamsMessage()],
        [connectionsMessage()],
        [{ server: 'main', stale: false }],
      ]);
    });
    expect(watched.errors).toStrictEqual([]);
  });

  test('the token is sent in a header', async () => {
    const server = await startServer({
      ...PROXY,
      tickets: () => ({ status: 201, body: { ticket: 't' } }),
    });
    const watched = watch({ url: server.url, token: 'secret' });
    await isIn(watched, OVER_EVENTS);
    expect(server.eventRequests).toStrictEqual([{ url: '/api/live', authorization: 'Bearer secret' }]);
    expect(server.asked()).toBe(0);
  });

  test('a platform that allows no socket follows events too', async () => {
    class Blocked {
      constructor() {
        throw new Error('insecure');
      }
      addEventListener(): void {}
      send(): void {}
      close(): void {}
    }
    const server = await startServer(PROXY);
    const watched = watch({ url: server.url, webSocket: Blocked });
    await isIn(watched, OVER_EVENTS);
  });

  test('a handshake that hangs is waited for once only', async () => {
    const server = await startServer({ sockets: 'hold', events: 'accept' });
    const watched = watch({ url: server.url });
    await eventually(() => {
      expect(server.handshakes).toHaveLength(1);
    });
    watched.time.advance(10_000);
    await isIn(watched, OVER_EVENTS);
    expect(server.handshakes).toHaveLength(1);
  });

  test('another subscription is another stream of events', async () => {
    const server = await startServer(PROXY);
    const watched = watch({ url: server.url });
    await isIn(watched, OVER_EVENTS);
    for (const server of ['a', 'b', 'c']) watched.monitor.subscribe({ server });
    watched.time.advance(250);
    await eventually(() => {
      expect(server.streams.size).toBe(1);
      expect(server.eventRequests.at(-1)?.url).toBe('/api/live?server=c');
    });
    await isIn(watched, OVER_EVENTS);
    expect(server.eventRequests.length).toBeLessThanOrEqual(3);
    expect(server.handshakes).toHaveLength(2);
    server.send(streamsMessage({ server: 'b' }), streamsMessage({ server: 'c' }));
    await eventually(() => {
      expect(watched.streams.map((message) => message.server)).toStrictEqual(['c']);
    });
  });

  test('it comes back over events for five minutes, and then tries a WebSocket again', async () => {
    const server = await startServer(PROXY);
    const watched = watch({ url: server.url });
    /** Lets time pass over an open connection, on which something comes now and then. */
    const pass = async (ms: number): Promise<void> => {
      for (let left = ms; left > 0; left -= 30_000) {
        server.send(streamsMessage({ seq: watched.streams.length + 1 }));
        const count = watched.streams.length + 1;
        await eventually(() => {
          expect(watched.streams).toHaveLength(count);
        });
        watched.time.advance(Math.min(left, 30_000));
      }
    };
    const comeBack = async (): Promise<void> => {
      for (const stream of server.streams) stream.end();
      await isIn(watched, { state: 'waiting', code: 'lost' });
      watched.time.advance(250);
      await isIn(watched, { state: 'open' });
    };
    await isIn(watched, OVER_EVENTS);
    server.behaviour.sockets = 'accept';
    await pass(299_000);
    await comeBack();
    expect(watched.monitor.state).toStrictEqual(OVER_EVENTS);
    expect(server.handshakes).toHaveLength(2);
    await pass(1_000);
    await comeBack();
    expect(watched.monitor.state).toStrictEqual(OVER_SOCKET);
    expect(server.handshakes).toHaveLength(3);
  });

  test('who knows that none gets through begins with events', async () => {
    const server = await startServer({ events: 'accept' });
    const watched = watch({ url: server.url, transport: 'sse' });
    await isIn(watched, OVER_EVENTS);
    expect(server.handshakes).toStrictEqual([]);
  });
});

describe('a stream of events', () => {
  test.each([
    ['401', 401, { state: 'refused', code: 'unauthorized' }],
    ['403', 403, { state: 'refused', code: 'forbidden' }],
    ['429', 429, { state: 'waiting', code: 'too-many-requests', retryInMs: 7_250 }],
    ['503, as when there is no room for another', 503, { state: 'waiting', retryInMs: 7_250 }],
    ['a page of the proxy', 200, { state: 'waiting', code: 'unreachable' }],
    ['404, of an API without events', 404, { state: 'waiting', code: 'unreachable' }],
  ])('is refused with %s', async (_what, status, state) => {
    const body = { detail: 'What to do.' };
    const events = () => ({ status, headers: { 'Retry-After': '7' }, body });
    const server = await startServer({ sockets: 'refuse', events });
    const watched = watch({ url: server.url });
    await isIn(watched, state);
    if (status !== 200 && status !== 404) expect(watched.failure()).toMatchObject({ reason: body.detail });
    // A WebSocket is tried again: it may have been refused for the same reason.
    if (state.state === 'refused') return;
    server.behaviour.sockets = 'accept';
    watched.time.advance(10_000);
    await isIn(watched, OVER_SOCKET);
  });

  test('that is not answered is given up after 10 s', async () => {
    const server = await startServer({ events: 'hold' });
    const watched = watch({ url: server.url, transport: 'sse' });
    await eventually(() => {
      expect(server.eventRequests).toHaveLength(1);
    });
    watched.time.advance(9_999);
    expect(watched.stateNames()).toStrictEqual(['connecting']);
    watched.time.advance(1);
    expect(watched.failure()).toMatchObject({ state: 'waiting', code: 'silent' });
    await eventually(() => {
      expect(server.busy()).toBe(0);
    });
  });

  test('lives as long as anything comes, and is given up after 40 s of silence', async () => {
    const server = await startServer({ events: 'accept' });
    const watched = watch({ url: server.url, transport: 'sse' });
    await isIn(watched, OVER_EVENTS);
    server.send(streamsMessage());
    await eventually(() => {
      expect(watched.streams).toHaveLength(1);
    });
    watched.time.advance(30_000);
    for (const stream of server.streams) stream.write(':\n\ndata: {broken\n\n');
    await eventually(() => {
      expect(watched.errors).toHaveLength(1);
    });
    watched.time.advance(39_999);
    expect(watched.monitor.state).toStrictEqual(OVER_EVENTS);
    watched.time.advance(1);
    expect(watched.failure()).toMatchObject({ state: 'waiting', code: 'silent' });
  });

  test('that is cut is lost', async () => {
    const server = await startServer({ events: 'accept' });
    const watched = watch({ url: server.url, transport: 'sse' });
    await isIn(watched, OVER_EVENTS);
    for (const stream of server.streams) stream.destroy();
    await isIn(watched, { state: 'waiting', code: 'lost' });
  });

  test('that nobody serves is unreachable', async () => {
    const server = await startServer();
    await server.stop();
    const watched = watch({ url: server.url, transport: 'sse', token: 'secret' });
    await isIn(watched, { state: 'waiting', code: 'unreachable' });
    expect(JSON.stringify(watched.states)).not.toContain('secret');
  });

  test('is closed with the monitor, whatever is under way', async () => {
    for (const events of ['accept', 'hold'] as const) {
      const server = await startServer({ events });
      const watched = watch({ url: server.url, transport: 'sse' });
      await eventually(() => {
        expect(server.eventRequests).toHaveLength(1);
      });
      if (events === 'accept') await isIn(watched, OVER_EVENTS);
      watched.monitor.close();
      await eventually(() => {
        expect([server.busy(), watched.time.pending()]).toStrictEqual([0, []]);
      });
      expect(watched.states.at(-1)).toStrictEqual({ state: 'closed' });
    }
  });
});
