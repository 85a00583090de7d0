import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { statusMessage, streamsMessage } from '../support/messages.ts';
import { startServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const isIn = async ({ stateNames }: WatchedMonitor, state: string): Promise<void> => {
  await eventually(() => {
    expect(stateNames().at(-1)).toBe(state);
  });
};

describe('a server that has gone silent', () => {
  test('is asked after 5 s and given up after 10 s', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url, stream: 'cam' });
    const { time } = watched;
    await isIn(watched, 'open');
    server.send(streamsMessage());
    await eventually(() => {
      expect(watched.streams).toHaveLength(1);
    });
    time.advance(4_999);
    expect(watched.failure()).toBeUndefined();
    time.advance(1);
    await eventually(() => {
      expect(server.received).toStrictEqual(['{"action":"subscribe","stream":"cam"}']);
    });
    time.advance(4_999);
    expect(watched.failure()).toBeUndefined();
    time.advance(1);
    expect(watched.failure()).toMatchObject({ state: 'waiting', code: 'silent' });
    time.advance(250);
    await isIn(watched, 'open');
    expect(server.handshakes).toHaveLength(2);
    await eventually(() => {
      expect(server.sockets.size).toBe(1);
    });
  });

  test('is kept when it answers: its collector may be dead while it lives', async () => {
    const server = await startServer({
      greet: (socket) => {
        socket.on('message', () => {
          socket.send(JSON.stringify(streamsMessage()));
          socket.send(JSON.stringify(statusMessage({ stale: true, ageMs: 99_000 })));
        });
      },
    });
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    server.send(streamsMessage());
    for (let round = 1; round <= 3; round += 1) {
      await eventually(() => {
        expect(watched.streams).toHaveLength(round);
      });
      if (round > 1) {
        await eventually(() => {
          expect(watched.statuses).toHaveLength(1);
        });
      }
      watched.time.advance(5_000);
    }
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open']);
    expect(watched.statuses).toStrictEqual([{ server: 'main', stale: true, ageMs: 99_000 }]);
  });

  test('lives as long as anything comes', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    server.send(streamsMessage());
    await eventually(() => {
      expect(watched.streams).toHaveLength(1);
    });
    watched.time.advance(4_000);
    server.send('not even JSON');
    await eventually(() => {
      expect(watched.errors).toHaveLength(1);
    });
    watched.time.advance(9_999);
    expect(watched.stateNames().at(-1)).toBe('open');
    watched.time.advance(1);
    expect(watched.failure()).toMatchObject({ code: 'silent' });
  });

  test('has longer when it polls more slowly', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    server.send(streamsMessage({ intervalMs: 20_000 }));
    await eventually(() => {
      expect(watched.streams).toHaveLength(1);
    });
    watched.time.advance(59_999);
    expect(watched.stateNames().at(-1)).toBe('open');
    watched.time.advance(1);
    expect(watched.failure()).toMatchObject({ code: 'silent' });
  });

  test('its fastest server counts', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    server.send(streamsMessage({ server: 'a' }), streamsMessage({ server: 'b', intervalMs: 60_000 }));
    await eventually(() => {
      expect(watched.streams).toHaveLength(2);
    });
    watched.time.advance(10_000);
    expect(watched.failure()).toMatchObject({ code: 'silent' });
  });

  test('that has nothing to tell yet has a minute', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    watched.time.advance(59_999);
    expect(watched.stateNames().at(-1)).toBe('open');
    watched.time.advance(1);
    expect(watched.failure()).toMatchObject({ code: 'silent' });
  });
});

test('a handshake that is not answered is given up after 10 s', async () => {
  const server = await startServer({ sockets: 'hold' });
  const watched = watch({ url: server.url });
  await eventually(() => {
    expect(server.handshakes).toHaveLength(1);
  });
  watched.time.advance(9_999);
  expect(watched.stateNames()).toStrictEqual(['connecting']);
  server.behaviour.why = () => ({ status: 502 });
  watched.time.advance(1);
  await isIn(watched, 'waiting');
  server.behaviour.sockets = 'accept';
  watched.time.advance(250);
  await isIn(watched, 'open');
});

describe('staleness', () => {
  test('is told as the API tells it', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await isIn(watched, 'open');
    server.send(
      streamsMessage(),
      statusMessage({ ageMs: 100 }),
      statusMessage({ stale: true, ageMs: 6_100 }),
    );
    await eventually(() => {
      expect(watched.statuses).toHaveLength(2);
    });
    server.send(streamsMessage({ seq: 2 }), statusMessage({ ageMs: 101 }));
    await eventually(() => {
      expect(watched.statuses).toHaveLength(3);
    });
    expect(watched.statuses.map(({ stale }) => stale)).toStrictEqual([false, true, false]);
  });

  test('begins by itself when the connection is lost, and ends with the next good news', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    const { monitor, time, statuses } = watched;
    await isIn(watched, 'open');
    server.send(streamsMessage(), statusMessage({ ageMs: 100 }));
    await eventually(() => {
      expect(statuses).toHaveLength(1);
    });
    server.behaviour.sockets = 'hold';
    server.closeAll(1011);
    await isIn(watched, 'waiting');
    expect(monitor.isStale('main')).toBe(false);
    time.advance(5_900);
    expect([monitor.ageMs('main'), monitor.isStale('main')]).toStrictEqual([6_000, false]);
    time.advance(1);
    expect([monitor.ageMs('main'), monitor.isStale('main')]).toStrictEqual([6_001, true]);
    expect(statuses.at(-1)).toStrictEqual({ server: 'main', stale: true, ageMs: 6_001 });
    // The status said 100 ms, and so the message was just made.
    expect([monitor.silentMs('main'), monitor.silence('main')]).toStrictEqual([5_901, 'fresh']);
    time.advance(100);
    expect([monitor.silentMs('main'), monitor.silence('main')]).toStrictEqual([6_001, 'quiet']);

    server.behaviour.sockets = 'accept';
    time.advance(60_000);
    await isIn(watched, 'open');
    server.send(streamsMessage({ seq: 30 }));
    await eventually(() => {
      expect(watched.streams).toHaveLength(2);
    });
    expect(statuses).toHaveLength(2);
    server.send(statusMessage({ ageMs: 300 }));
    await eventually(() => {
      expect(statuses).toHaveLength(3);
    });
    expect(statuses.at(-1)).toStrictEqual({ server: 'main', stale: false, ageMs: 300 });
  });

  test('of a server that is not known is true', async () => {
    const server = await startServer();
    const { monitor } = watch({ url: server.url });
    expect([monitor.ageMs('main'), monitor.isStale('main')]).toStrictEqual([null, true]);
  });
});
