import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { statusMessage, streamsMessage } from '../support/messages.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

/** Nothing is told, nothing is asked for and no timer is left, whatever time passes. */
async function expectOver({ monitor, states, time }: WatchedMonitor, server: TestServer): Promise<void> {
  expect(states.at(-1)).toStrictEqual({ state: 'closed' });
  const [reported, asked] = [states.length, server.handshakes.length + server.authorizations.length];
  await eventually(() => {
    expect(server.busy()).toBe(0);
    expect(time.pending()).toStrictEqual([]);
  });
  time.advance(600_000);
  monitor.close();
  expect(states).toHaveLength(reported);
  expect(server.handshakes.length + server.authorizations.length).toBe(asked);
}

describe('close', () => {
  test('before anything has begun', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    watched.monitor.close();
    await Promise.resolve();
    await expectOver(watched, server);
    expect(watched.stateNames()).toStrictEqual(['closed']);
    expect(server.handshakes).toStrictEqual([]);
  });

  test('while it connects', async () => {
    const server = await startServer({ sockets: 'hold' });
    const watched = watch({ url: server.url });
    await eventually(() => {
      expect(server.handshakes).toHaveLength(1);
    });
    watched.monitor.close();
    await expectOver(watched, server);
  });

  test('while it waits for a ticket', async () => {
    const server = await startServer({ tickets: undefined });
    const watched = watch({ url: server.url, token: 'secret' });
    await eventually(() => {
      expect(server.authorizations).toHaveLength(1);
    });
    watched.monitor.close();
    await expectOver(watched, server);
    expect(server.handshakes).toStrictEqual([]);
  });

  test('while it waits for a token', async () => {
    const server = await startServer();
    let give: (token: string) => void = () => undefined;
    const token = new Promise<string>((resolve) => {
      give = resolve;
    });
    const watched = watch({ url: server.url, token: () => token });
    await eventually(() => {
      expect(watched.stateNames()).toStrictEqual(['connecting']);
    });
    watched.monitor.close();
    give('secret');
    await token;
    await expectOver(watched, server);
    expect(server.authorizations).toStrictEqual([]);
  });

  test('before it has asked for a token', async () => {
    const server = await startServer();
    let asked = 0;
    const watched: WatchedMonitor = watch({
      url: server.url,
      token: () => {
        asked += 1;
        return 'secret';
      },
      onState: (state) => {
        watched.states.push(state);
        watched.monitor.close();
      },
    });
    await eventually(() => {
      expect(watched.stateNames()).toStrictEqual(['connecting', 'closed']);
    });
    await expectOver(watched, server);
    expect(asked).toBe(0);
  });

  test('while it is open: the server sees a normal closure', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await eventually(() => {
      expect(server.sockets.size).toBe(1);
      expect(watched.stateNames().at(-1)).toBe('open');
    });
    const codes: number[] = [];
    for (const socket of server.sockets) socket.on('close', (code) => codes.push(code));
    server.send(streamsMessage(), statusMessage());
    await eventually(() => {
      expect(watched.statuses).toHaveLength(1);
    });
    watched.monitor.subscribe({ server: 'main' });
    watched.monitor.close();
    await expectOver(watched, server);
    expect(codes).toStrictEqual([1000]);
    expect(watched.statuses).toHaveLength(1);
  });

  test('while it waits for the next try', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url });
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('open');
    });
    server.closeAll(1011);
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('waiting');
    });
    watched.monitor.close();
    await expectOver(watched, server);
  });

  test('after it was refused', async () => {
    const server = await startServer({ tickets: () => ({ status: 401 }) });
    const watched = watch({ url: server.url, token: 'secret' });
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('refused');
    });
    watched.monitor.close();
    expect(watched.states.at(-1)).toStrictEqual({ state: 'closed' });
    expect(watched.time.pending()).toStrictEqual([]);
  });

  test('where the other side does not answer the close, it is cut after a second', async () => {
    const server = await startServer();
    let cuts = 0;
    class Cuttable extends WebSocket {
      override terminate(): void {
        cuts += 1;
        super.terminate();
      }
    }
    const watched = watch({ url: server.url, webSocket: Cuttable });
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('open');
    });
    for (const socket of server.sockets) socket.pause();
    watched.monitor.close();
    watched.time.advance(999);
    expect(cuts).toBe(0);
    watched.time.advance(1);
    expect(cuts).toBe(1);
    for (const socket of server.sockets) socket.resume();
    await expectOver(watched, server);
  });

  test.each(['connecting', 'open', 'waiting'])('by the listener of the state %s', async (when) => {
    const server = await startServer();
    const watched: WatchedMonitor = watch({
      url: server.url,
      onState: (state) => {
        watched.states.push(state);
        if (state.state === 'open') watched.monitor.subscribe({ server: 'b' });
        if (state.state === when) watched.monitor.close();
        else if (state.state === 'open') server.closeAll(1011);
      },
    });
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('closed');
    });
    await expectOver(watched, server);
  });

  test('by the listener of a message: nothing is told after it', async () => {
    const server = await startServer();
    const watched: WatchedMonitor = watch({
      url: server.url,
      onStreams: (message) => {
        watched.streams.push(message);
        if (message.seq === 2) watched.monitor.close();
      },
    });
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('open');
    });
    server.send(streamsMessage(), streamsMessage({ seq: 2 }), streamsMessage({ seq: 3 }), statusMessage());
    await eventually(() => {
      expect(watched.stateNames().at(-1)).toBe('closed');
    });
    await expectOver(watched, server);
    expect(watched.streams.map(({ seq }) => seq)).toStrictEqual([1, 2]);
    expect(watched.statuses).toStrictEqual([]);
  });
});
