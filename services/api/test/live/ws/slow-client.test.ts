import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { headOf, streamOf } from '../../publisher.ts';
import { connectClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { LARGE_BYTES, largeTick, type LiveBenchOptions, swept } from './live.ts';
import { connectRaw } from './raw.ts';
import { startSockets } from './server.ts';

/** WebSockets with a client that has stopped reading, and one large tick of which a part is still to be sent to it. */
async function blocking(options: LiveBenchOptions = {}) {
  const bench = await startSockets(options);
  const { publisher, url, connections } = bench;
  const quick = await connectClient(url);
  const before = new Set(connections);
  const slow = await connectClient(url);
  const connection = [...connections].find((socket) => !before.has(socket));
  if (connection === undefined) throw new Error('no connection of the slow client');
  slow.socket.pause();
  await publisher.publishRaw(largeTick());
  await eventually(() => {
    expect(quick.short()).toContain('main 1');
    expect(connection.writableLength).toBeGreaterThan(LARGE_BYTES);
  });
  // What the kernel still takes would count as reading.
  let waiting = Infinity;
  await eventually(async () => {
    const before = waiting;
    await swept();
    waiting = connection.writableLength;
    expect(waiting).toBe(before);
  });
  return { ...bench, quick, slow, connection };
}

function ticksOf(client: { short: () => string[] }, server: string): string[] {
  return client.short().filter((line) => new RegExp(`^${server} \\d`).test(line));
}

describe('a client that reads too slowly', () => {
  test('skips ticks and gets the newest of each server once it reads; others get all', async () => {
    const { publisher, quick, slow, sockets, feed } = await blocking();
    await publisher.publish(headOf({ seq: 2 }));
    await publisher.publish(headOf({ seq: 2, server: 'small' }));
    // The other one is new, and followed from now on.
    await eventually(() => {
      expect(ticksOf(quick, 'small')).toHaveLength(1);
      expect(feed.subscribed).toBe(true);
    });
    for (const seq of [3, 4, 5]) {
      await publisher.publish(headOf({ seq }));
      await publisher.publish(headOf({ seq, server: 'small' }));
    }
    await eventually(() => {
      expect(ticksOf(quick, 'main')).toStrictEqual(['main 1', 'main 2', 'main 3', 'main 4', 'main 5']);
      expect(ticksOf(quick, 'small')).toHaveLength(4);
    });
    expect(sockets.stats.skipped).toBe(6);
    slow.socket.resume();
    await eventually(() => {
      expect(slow.short()).toStrictEqual(['main 1', 'main 5', 'small 5', 'main fresh', 'small fresh']);
    });
    expect(sockets.stats.clients).toBe(2);
  });

  test('has never more than one message kept for it', async () => {
    const { publisher, quick, connection, sockets } = await blocking();
    const kept = connection.writableLength;
    const { bytesWritten } = connection;
    for (const seq of [2, 3]) await publisher.publishRaw(largeTick(seq));
    await eventually(() => {
      expect(ticksOf(quick, 'main')).toHaveLength(3);
    });
    expect(connection.writableLength).toBe(kept);
    expect(connection.bytesWritten).toBe(bytesWritten);
    expect(sockets.stats.skipped).toBe(1);
  });

  test('gets the newest as soon as it has taken a large one', async () => {
    const { publisher, quick, slow } = await blocking({ sweepMs: 1_000_000 });
    await publisher.publish(headOf({ seq: 2 }));
    await eventually(() => {
      expect(ticksOf(quick, 'main')).toHaveLength(2);
    });
    slow.socket.resume();
    await eventually(() => {
      expect(ticksOf(slow, 'main')).toStrictEqual(['main 1', 'main 2']);
    });
  });

  test('is told the newest also when it was only a pong that took its time', async () => {
    const { url, connections, publisher, sockets } = await startSockets();
    const [client, quick] = [await connectRaw(url), await connectClient(url)];
    const [connection] = connections;
    connection?.cork();
    client.socket.write(clientFrame({ opcode: OPCODES.ping, payload: 'p' }));
    await eventually(() => {
      expect(connection?.writableLength).toBeGreaterThan(0);
    });
    await publisher.publish(headOf());
    await eventually(() => {
      expect(quick.short()).toStrictEqual(['main 1', 'main fresh']);
    });
    expect(sockets.stats.messages).toBe(2);
    connection?.uncork();
    await eventually(() => {
      expect(client.frames().map(({ opcode }) => opcode)).toStrictEqual([
        OPCODES.pong,
        OPCODES.text,
        OPCODES.text,
      ]);
    });
  });
});

describe('a client that takes nothing for 30 s', () => {
  test('is told so, once it reads, and not before', async () => {
    const { clock, slow, sockets } = await blocking();
    await swept();
    clock.advance(29_999);
    await swept();
    expect(slow.socket.readyState).toBe(slow.socket.OPEN);
    expect(sockets.stats.clients).toBe(2);
    clock.advance(1);
    await swept();
    slow.socket.resume();
    expect(await slow.closed).toBe(CLOSE_CODES.tooSlow);
    expect(ticksOf(slow, 'main')).toStrictEqual(['main 1']);
  });

  test('is cut a second later', async () => {
    const { clock, connection, sockets, entries } = await blocking();
    await swept();
    clock.advance(30_000);
    await swept();
    clock.advance(1_000);
    await eventually(() => {
      expect(connection.destroyed).toBe(true);
      expect(sockets.stats.clients).toBe(1);
      expect(entries()).toStrictEqual({ entered: 2, left: 1 });
    });
  });

  test('but not one that takes one thing after the other, even if something always waits', async () => {
    const { url, connections, publisher, clock, sockets } = await startSockets();
    const client = await connectRaw(url);
    const quick = await connectClient(url);
    const [connection] = connections;
    connection?.cork();
    // Large enough for 'drain', so that the second follows the first at once.
    const streams = [streamOf('x'.repeat(100_000))];
    for (const seq of [1, 2]) {
      await publisher.publish(headOf({ seq }), streams);
      await eventually(() => {
        expect(ticksOf(quick, 'main')).toHaveLength(seq);
      });
    }
    await swept();
    clock.advance(29_999);
    connection?.uncork();
    connection?.cork();
    await eventually(() => {
      expect(client.frames()).toHaveLength(1);
      expect(connection?.writableLength).toBeGreaterThan(0);
    });
    await swept();
    const kept = connection?.writableLength;
    clock.advance(29_999);
    await swept();
    // No close frame waits behind the tick.
    expect(connection?.writableLength).toBe(kept);
    clock.advance(1);
    await swept();
    connection?.uncork();
    await eventually(() => {
      expect(client.closeCode()).toBe(CLOSE_CODES.tooSlow);
    });
    expect(sockets.stats.skipped).toBe(0);
  });

  test('and sends all the while: what it asks for is not piled up', async () => {
    const { clock, connection, url, connections, publisher, sockets } = await blocking();
    const before = new Set(connections);
    const greedy = await connectRaw(url);
    const own = [...connections].find((socket) => !before.has(socket));
    greedy.socket.pause();
    const subscribe = clientFrame({ opcode: OPCODES.text, payload: '{"action":"subscribe"}' });
    for (let second = 0; second < 5; second += 1) {
      for (let i = 0; i < 10; i += 1) greedy.socket.write(subscribe);
      await publisher.publish(headOf({ seq: 2 + second }));
      await swept();
      clock.advance(1_000);
    }
    expect(own?.writableLength).toBeLessThan(2 * connection.writableLength);
    expect(own?.bytesWritten).toBeLessThan(2 * connection.bytesWritten);
    for (let i = 0; i < 11; i += 1) greedy.socket.write(subscribe);
    await swept();
    clock.advance(2_000);
    await eventually(() => {
      expect(own?.destroyed).toBe(true);
      expect(sockets.stats.clients).toBeLessThan(3);
    });
  });
});
