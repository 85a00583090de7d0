import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { connectionsMessage, statusMessage, streamsMessage } from '../support/messages.ts';
import { startServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const isOpen = async ({ stateNames }: WatchedMonitor): Promise<void> => {
  await eventually(() => {
    expect(stateNames().at(-1)).toBe('open');
  });
};

describe('subscribe', () => {
  test('before the connection begins is in its URL', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url, server: 'a' });
    watched.monitor.subscribe({ server: 'b', topics: ['connections'] });
    await isOpen(watched);
    expect(server.handshakes).toStrictEqual(['/ws?topics=connections&server=b']);
    watched.time.advance(1_000);
    server.send(connectionsMessage({ server: 'b' }));
    await eventually(() => {
      expect(watched.connections).toHaveLength(1);
    });
    expect(server.received).toStrictEqual([]);
  });

  test('while it is made is sent as soon as it is open', async () => {
    const server = await startServer({ sockets: 'hold' });
    const watched = watch({ url: server.url });
    await eventually(() => {
      expect(server.handshakes).toStrictEqual(['/ws']);
    });
    watched.monitor.subscribe({ stream: 'cam-*' });
    server.acceptHeld();
    await eventually(() => {
      expect(server.received).toStrictEqual(['{"action":"subscribe","stream":"cam-*"}']);
    });
    watched.time.advance(1_000);
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open']);
  });

  test('while it is open is sent at once, and later has it in the URL', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isOpen(watched);
    watched.monitor.subscribe({ topics: ['streams', 'connections'], server: 'b', stream: 'x/**' });
    await eventually(() => {
      expect(server.received).toHaveLength(1);
    });
    expect(JSON.parse(server.received[0] ?? '')).toStrictEqual({
      action: 'subscribe',
      topics: ['streams', 'connections'],
      server: 'b',
      stream: 'x/**',
    });
    server.closeAll(1012);
    await eventually(() => {
      expect(watched.failure()).toBeDefined();
    });
    watched.time.advance(1_000);
    await isOpen(watched);
    expect(server.handshakes.at(-1)).toBe('/ws?topics=streams%2Cconnections&server=b&stream=x%2F**');
  });

  test('many in a row are a few messages, the last one among them', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isOpen(watched);
    for (const stream of ['c', 'ca', 'cam', 'cam*']) watched.monitor.subscribe({ stream });
    watched.time.advance(1_000);
    await eventually(() => {
      expect(server.received).toHaveLength(2);
    });
    expect(server.received.map((text) => (JSON.parse(text) as { stream: string }).stream)).toStrictEqual([
      'c',
      'cam*',
    ]);
  });

  test('that still waits when the connection is lost goes with the next one', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url, random: () => 0 });
    await isOpen(watched);
    watched.monitor.subscribe({ stream: 'c' });
    watched.monitor.subscribe({ stream: 'cam' });
    await eventually(() => {
      expect(server.received).toHaveLength(1);
    });
    server.behaviour.sockets = 'hold';
    server.closeAll(1012);
    await eventually(() => {
      expect(watched.failure()?.retryInMs).toBe(0);
    });
    watched.time.advance(0);
    await eventually(() => {
      expect(server.handshakes).toStrictEqual(['/ws', '/ws?stream=cam']);
    });
    watched.time.advance(250);
    server.acceptHeld();
    await isOpen(watched);
    watched.time.advance(250);
    server.closeAll(1012);
    await eventually(() => {
      expect(watched.failure()).toBeDefined();
    });
    expect(server.received).toHaveLength(1);
  });

  test('forgets what was there before, and takes the same tick as it is now', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    const { monitor, streams, time } = watched;
    await isOpen(watched);
    server.send(streamsMessage({ server: 'a' }), streamsMessage({ server: 'b', seq: 5 }));
    await eventually(() => {
      expect(streams).toHaveLength(2);
    });
    time.advance(1_000);
    monitor.subscribe({ server: 'b', stream: 'cam' });
    expect(monitor.latest('streams', 'a')).toBeUndefined();
    expect(monitor.latest('streams', 'b')).toBeUndefined();
    expect([monitor.ageMs('a'), monitor.ageMs('b')]).toStrictEqual([null, 1_100]);
    server.send(
      streamsMessage({ server: 'a', seq: 2 }),
      connectionsMessage({ server: 'b', seq: 5 }),
      statusMessage({ server: 'a' }),
      streamsMessage({ server: 'b', seq: 5 }),
    );
    await eventually(() => {
      expect(streams).toHaveLength(3);
    });
    expect(streams.map(({ server: name }) => name)).toStrictEqual(['a', 'b', 'b']);
    expect(watched.connections).toStrictEqual([]);
    expect(watched.statuses).toStrictEqual([]);
    expect(monitor.ageMs('b')).toBe(1_100);
    expect(monitor.latest('streams', 'b')?.seq).toBe(5);
  });

  test('refuses what the API would refuse, and changes nothing', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isOpen(watched);
    expect(() => {
      watched.monitor.subscribe({ server: 'No Such' });
    }).toThrow(expect.objectContaining({ code: 'invalid-subscription' }));
    server.send(streamsMessage());
    await eventually(() => {
      expect(watched.streams).toHaveLength(1);
    });
    expect(server.received).toStrictEqual([]);
    expect(() => watch({ url: server.url, stream: '' })).toThrow(/stream/);
  });

  test('after the end does nothing', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isOpen(watched);
    watched.monitor.close();
    watched.monitor.subscribe({ server: 'b' });
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open', 'closed']);
    watched.time.advance(10_000);
    expect(watched.time.pending()).toStrictEqual([]);
  });
});
