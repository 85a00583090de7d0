import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { hostsMessage, streamsMessage } from '../support/messages.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const ALL = '/ws?topics=streams%2Chosts%2Calerts';
const OTHERS = '/ws?topics=streams%2Chosts';
const OVER_SOCKET = { state: 'open', transport: 'websocket' };

function watchAlerts({ url }: TestServer, options = {}): WatchedMonitor {
  return watch({ url, topics: ['streams', 'hosts', 'alerts'], optionalTopics: ['alerts'], ...options });
}

const isIn = async ({ monitor }: WatchedMonitor, state: object): Promise<void> => {
  await eventually(() => {
    expect(monitor.state).toMatchObject(state);
  });
};

describe('topics that the API may not know', () => {
  test('are asked for with the others', async () => {
    const server = await startServer();
    const watched = watchAlerts(server);
    await isIn(watched, OVER_SOCKET);
    watched.time.advance(59_999);
    expect(server.handshakes).toStrictEqual([ALL]);
  });

  test('are done without where it refuses them, at once', async () => {
    const server = await startServer({ unknownTopic: 'alerts' });
    const watched = watchAlerts(server);
    await isIn(watched, OVER_SOCKET);
    expect(watched.states).toStrictEqual([{ state: 'connecting' }, OVER_SOCKET]);
    expect(server.handshakes).toStrictEqual([ALL, ALL, OTHERS]);
    server.send(streamsMessage(), hostsMessage());
    await eventually(() => {
      expect([watched.streams, watched.hosts]).toMatchObject([[streamsMessage()], [hostsMessage()]]);
    });
  });

  test('also over events', async () => {
    const server = await startServer({ unknownTopic: 'alerts', events: 'accept' });
    const watched = watchAlerts(server, { transport: 'sse' });
    await isIn(watched, { state: 'open', transport: 'sse' });
    expect(server.eventRequests.map(({ url }) => url)).toStrictEqual([
      '/api/live?topics=streams%2Chosts%2Calerts',
      '/api/live?topics=streams%2Chosts',
    ]);
  });

  test('are not asked for over the connection that does without', async () => {
    const server = await startServer({ unknownTopic: 'alerts' });
    const watched = watchAlerts(server);
    await isIn(watched, OVER_SOCKET);
    watched.monitor.subscribe({ topics: ['streams', 'alerts'], server: 'main' });
    watched.time.advance(250);
    await eventually(() => {
      expect(server.received.map((text): unknown => JSON.parse(text))).toStrictEqual([
        { action: 'subscribe', topics: ['streams'], server: 'main' },
      ]);
    });
  });

  test('are asked for again with the next connection', async () => {
    const server = await startServer({ unknownTopic: 'alerts' });
    const watched = watchAlerts(server);
    await isIn(watched, OVER_SOCKET);
    server.behaviour.unknownTopic = null;
    server.closeAll(1012);
    await isIn(watched, { state: 'waiting' });
    watched.time.advance(10_000);
    await isIn(watched, OVER_SOCKET);
    expect(server.handshakes.slice(3)).toStrictEqual([ALL]);
    // Nothing is left of the connection before.
    watched.time.advance(59_000);
    expect(watched.monitor.state).toStrictEqual(OVER_SOCKET);
    expect(server.handshakes).toHaveLength(4);
  });

  test('are asked for again within a minute: another API may have answered by then', async () => {
    const server = await startServer({ unknownTopic: 'alerts' });
    const watched = watchAlerts(server);
    await isIn(watched, OVER_SOCKET);
    server.behaviour.unknownTopic = null;
    for (let passed = 0; passed < 60_000; passed += 5_000) {
      const count = watched.streams.length + 1;
      server.send(streamsMessage({ seq: count }));
      await eventually(() => {
        expect(watched.streams).toHaveLength(count);
      });
      expect(server.handshakes).toHaveLength(3);
      watched.time.advance(5_000);
    }
    await eventually(() => {
      expect(server.handshakes.slice(3)).toStrictEqual([ALL]);
    });
    await isIn(watched, OVER_SOCKET);
    await eventually(() => {
      expect(server.sockets.size).toBe(1);
    });
  });

  test('are waited for where nothing else is asked for, or something else is wrong', async () => {
    const one = await startServer({ unknownTopic: 'alerts' });
    const alone = watchAlerts(one, { topics: ['alerts'] });
    const other = await startServer({ unknownTopic: 'hosts' });
    const wrong = watchAlerts(other);
    const reason = 'topics has one that is unknown.';
    for (const watched of [alone, wrong]) {
      await isIn(watched, { state: 'waiting', code: 'unreachable', problem: 'invalid-parameter', reason });
    }
    expect(other.handshakes).toStrictEqual([ALL, ALL, OTHERS, OTHERS]);
  });
});
