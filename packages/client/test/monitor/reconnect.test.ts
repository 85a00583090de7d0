import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { connectMonitor } from '../../src/index.ts';
import { atEnd } from '../support/at-end.ts';
import { streamsMessage } from '../support/messages.ts';
import { startServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const greet = (socket: WebSocket): void => {
  socket.send(JSON.stringify(streamsMessage()));
};

const isOpen = async ({ stateNames }: WatchedMonitor): Promise<void> => {
  await eventually(() => {
    expect(stateNames().at(-1)).toBe('open');
  });
};

/** Waits for the next state that says why there is no connection. */
const nextFailure = async ({ failure }: WatchedMonitor): Promise<ReturnType<WatchedMonitor['failure']>> =>
  eventually(() => {
    expect(failure()).toBeDefined();
    return failure();
  });

describe('coming back', () => {
  test.each([0, 0.25, 0.999])('after 1012 within a second, spread by chance (%p)', async (random) => {
    const server = await startServer({ greet });
    const watched = watch({ url: server.url, random: () => random });
    await isOpen(watched);
    server.closeAll(1012, 'restarting');
    const delayMs = Math.round(random * 1_000);
    expect(await nextFailure(watched)).toStrictEqual({
      state: 'waiting',
      retryInMs: delayMs,
      code: 'restarting',
      reason: 'restarting',
    });
    expect(server.handshakes).toHaveLength(1);
    watched.time.advance(delayMs);
    await isOpen(watched);
    expect(server.handshakes).toHaveLength(2);
  });

  test("with the machine's own timers", async () => {
    const server = await startServer({ greet });
    const states: string[] = [];
    const monitor = connectMonitor({
      url: server.url,
      webSocket: WebSocket,
      onState: ({ state }) => states.push(state),
    });
    atEnd(monitor.close);
    await eventually(() => {
      expect(server.sockets.size).toBe(1);
    });
    server.closeAll(1012);
    await eventually(() => {
      expect(states).toStrictEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    });
  });

  test.each([1000, 1001, 1011, 4100, 4199])('after %i, after a moment', async (code) => {
    const server = await startServer({ greet });
    const watched = watch({ url: server.url });
    await isOpen(watched);
    server.closeAll(code);
    expect(await nextFailure(watched)).toMatchObject({ state: 'waiting', retryInMs: 250, code: 'lost' });
    watched.time.advance(250);
    await isOpen(watched);
  });

  test('after a connection that was cut', async () => {
    const server = await startServer({ greet });
    const watched = watch({ url: server.url });
    await isOpen(watched);
    for (const socket of server.sockets) socket.terminate();
    expect(await nextFailure(watched)).toMatchObject({ state: 'waiting', code: 'lost' });
  });

  test('the waits grow while nothing answers, and start anew once something was delivered', async () => {
    const first = await startServer({ greet });
    const { port } = new URL(first.url);
    const watched = watch({ url: first.url, random: () => 1 - Number.EPSILON });
    await isOpen(watched);
    await first.stop();
    const waits: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      await eventually(() => {
        expect(watched.stateNames().filter((state) => state === 'waiting')).toHaveLength(i + 1);
      });
      const waitMs = watched.failure()?.retryInMs ?? NaN;
      waits.push(waitMs);
      if (i < 6) watched.time.advance(waitMs);
    }
    expect(waits).toStrictEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);

    const second = await startServer({ greet }, Number(port));
    watched.time.advance(10_000);
    await eventually(() => {
      expect(watched.streams).toHaveLength(2);
    });
    second.closeAll(1011);
    expect(await nextFailure(watched)).toMatchObject({ state: 'waiting', retryInMs: 500 });
  });

  test('a connection that delivers nothing does not start them anew', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url, random: () => 1 - Number.EPSILON });
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await isOpen(watched);
      server.closeAll(1011);
      waits.push((await nextFailure(watched))?.retryInMs ?? NaN);
      watched.time.advance(10_000);
    }
    expect(waits).toStrictEqual([500, 1_000, 2_000]);
  });
});

describe('not coming back', () => {
  test.each([
    [4000, 'bad-message'],
    [4001, 'unauthorized'],
    [4002, 'too-many-messages'],
    [4050, 'sent-away'],
  ])('after %i', async (code, is) => {
    const server = await startServer({ greet });
    const watched = watch({ url: server.url });
    await isOpen(watched);
    server.closeAll(code, 'why');
    expect(await nextFailure(watched)).toStrictEqual({ state: 'refused', code: is, reason: 'why' });
    expect(watched.monitor.state).toStrictEqual({ state: 'refused', code: is, reason: 'why' });
    // Only the moment at which the data gets stale is still to come.
    expect(watched.time.pending()).toHaveLength(1);
    watched.time.advance(600_000);
    expect(watched.statuses).toStrictEqual([expect.objectContaining({ stale: true })]);
    expect(watched.time.pending()).toStrictEqual([]);
    expect(server.handshakes).toHaveLength(1);
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open', 'refused']);
  });

  test('to a url that the platform refuses', async () => {
    const watched = watch({ url: 'http://127.0.0.1:99999' });
    expect(await nextFailure(watched)).toMatchObject({ state: 'refused', code: 'blocked' });
  });
});

describe('waking up', () => {
  function sleeper(options: Parameters<typeof watch>[0]): {
    watched: WatchedMonitor;
    wake: () => void;
    stopped: () => boolean;
  } {
    let wake = (): void => undefined;
    let stopped = false;
    const watched = watch({
      ...options,
      onWake: (run) => {
        wake = run;
        return () => {
          stopped = true;
        };
      },
    });
    return {
      watched,
      wake: () => {
        wake();
      },
      stopped: () => stopped,
    };
  }

  test('ends a wait at once', async () => {
    const server = await startServer({ greet });
    const { watched, wake } = sleeper({ url: server.url });
    await isOpen(watched);
    server.closeAll(1011);
    await nextFailure(watched);
    wake();
    await isOpen(watched);
    watched.time.advance(250);
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    expect(server.handshakes).toHaveLength(2);
  });

  test('leaves a connection that is being made alone', async () => {
    const server = await startServer({ sockets: 'hold' });
    const { watched, wake } = sleeper({ url: server.url });
    await eventually(() => {
      expect(server.handshakes).toHaveLength(1);
    });
    wake();
    watched.time.advance(9_999);
    expect(watched.stateNames()).toStrictEqual(['connecting']);
    server.acceptHeld();
    await isOpen(watched);
    expect(server.received).toStrictEqual([]);
  });

  test('but not one that the API asked for', async () => {
    const server = await startServer({
      tickets: () => ({ status: 429, headers: { 'Retry-After': '60' } }),
    });
    const { watched, wake } = sleeper({ url: server.url, token: 'secret' });
    expect(await nextFailure(watched)).toMatchObject({
      state: 'waiting',
      code: 'too-many-requests',
      retryInMs: 60_250,
    });
    wake();
    expect(watched.stateNames()).toStrictEqual(['connecting', 'waiting']);
  });

  test('asks an open connection whether it lives', async () => {
    const server = await startServer({ greet });
    const { watched, wake } = sleeper({ url: server.url });
    await isOpen(watched);
    wake();
    await eventually(() => {
      expect(server.received).toStrictEqual(['{"action":"subscribe"}']);
    });
  });

  test('is not listened for after the end', async () => {
    const server = await startServer({ greet });
    const { watched, wake, stopped } = sleeper({ url: server.url });
    await isOpen(watched);
    expect(stopped()).toBe(false);
    watched.monitor.close();
    expect(stopped()).toBe(true);
    wake();
    expect(watched.stateNames()).toStrictEqual(['connecting', 'open', 'closed']);
  });
});
