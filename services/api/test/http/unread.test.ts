import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@mediamtx-monitor/runtime';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Socket } from 'node:net';
import { HeldBodies } from '../../src/http/held-bodies.ts';
import { Unread } from '../../src/http/unread.ts';
import { atEnd } from '../bench.ts';
import { happening, storedEvent } from '../happening.ts';
import { headOf, streamOf } from '../publisher.ts';
import { askRaw } from './raw.ts';
import { startApi } from '../started-api.ts';

const MIB = 1_024 * 1_024;
const NONE_HELD = new HeldBodies();

/** What the watch looks at of a connection. */
class HeldConnection {
  writableLength: number;
  bytesWritten: number;
  isCut = false;

  constructor(bytes: number) {
    this.writableLength = bytes;
    this.bytesWritten = bytes;
  }

  take(bytes: number): void {
    this.writableLength -= bytes;
  }

  destroy(): void {
    this.isCut = true;
  }
}

function watch(held: readonly HeldConnection[], live: readonly HeldConnection[] = [], maxBytes = 100 * MIB) {
  const connections = new Set([...held, ...live] as unknown as Socket[]);
  const isLive = (socket: Socket): boolean => (live as readonly unknown[]).includes(socket);
  return new Unread({ connections, bodies: NONE_HELD, isLive, waitMs: 1_000, maxBytes });
}

describe('an answer that waits to be taken', () => {
  test('has its time, and more of it the larger it is', () => {
    const [small, large] = [new HeldConnection(1_000), new HeldConnection(4 * MIB)];
    const unread = watch([small, large]);
    for (const nowMs of [0, 999]) unread.sweep(nowMs);
    expect([small.isCut, large.isCut]).toStrictEqual([false, false]);
    unread.sweep(1_001);
    expect([small.isCut, large.isCut]).toStrictEqual([true, false]);
    unread.sweep(3_001);
    expect(large.isCut).toBe(true);
  });

  test('has its time anew when some of it was taken, and for another answer', () => {
    const held = new HeldConnection(1_000);
    const unread = watch([held]);
    unread.sweep(0);
    held.take(1);
    unread.sweep(900);
    unread.sweep(1_800);
    expect(held.isCut).toBe(false);
    held.take(999);
    unread.sweep(5_000);
    held.writableLength = 10;
    held.bytesWritten += 10;
    unread.sweep(5_100);
    unread.sweep(6_000);
    expect(held.isCut).toBe(false);
    unread.sweep(6_102);
    expect(held.isCut).toBe(true);
  });

  test('of a live client is none of its business', () => {
    const held = new HeldConnection(1_000);
    const unread = watch([], [held]);
    for (const nowMs of [0, 1_000_000]) unread.sweep(nowMs);
    expect(held.isCut).toBe(false);
  });

  test('is given up early where all of them are too much: those that wait longest first', () => {
    const [first, second, third] = [
      new HeldConnection(40 * MIB),
      new HeldConnection(40 * MIB),
      new HeldConnection(40 * MIB),
    ];
    const held = [first];
    const connections = new Set(held as unknown as Socket[]);
    const unread = new Unread({
      ...{ connections, bodies: NONE_HELD, isLive: () => false },
      ...{ waitMs: 1e9, maxBytes: 90 * MIB },
    });
    unread.sweep(0);
    connections.add(second as unknown as Socket);
    unread.sweep(1);
    connections.add(third as unknown as Socket);
    unread.sweep(2);
    expect([first.isCut, second.isCut, third.isCut]).toStrictEqual([true, false, false]);
  });
});

test.each([
  ['says nothing more', false],
  ['goes on asking', true],
])('a client that takes no answer and %s is cut', async (_what, asks) => {
  const { url, publisher } = await startApi({ stuckMs: 200, clock: systemClock });
  const many = Array.from({ length: 800 }, (_, index) => streamOf(`${index}`.padStart(10_000, 'x')));
  await publisher.publish(headOf(), many);
  const openConnections = async (): Promise<number> => {
    // Over a connection of its own, which is one of them.
    const { body } = await askRaw(url, '/metrics');
    return Number(/^mediamtx_monitor_connections (\d+)$/m.exec(body.toString())?.[1]);
  };
  await eventually(async () => {
    expect((await askRaw(url, '/api/streams/latest')).body.length).toBeGreaterThan(8_000_000);
    expect(await openConnections()).toBe(1);
  });
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const asking = setInterval(() => {
    if (asks) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  }, 100);
  atEnd(() => {
    clearInterval(asking);
    socket.destroy();
  });
  // More of them than the buffers of both ends take.
  socket.write('GET /api/streams/latest HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20));
  await eventually(async () => {
    expect(await openConnections()).toBe(2);
  });
  await eventually(async () => {
    expect(await openConnections()).toBe(1);
  }, 20_000);
});

test('a client that takes a little of a report again and again is cut when the time for all of it is over', async () => {
  const { url, publisher, clock } = await startApi();
  const names = Array.from({ length: 2_000 }, (_, index) => `${index}`.padStart(10_000, 'x'));
  const { write } = happening({ publisher });
  await write(
    names.map((stream, index) => [`${clock.wallMs() - names.length + index}-0`, storedEvent({ stream })]),
  );
  const socket = connect(Number(new URL(url).port), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const taking = setInterval(() => socket.read() as unknown, 50);
  atEnd(() => {
    clearInterval(taking);
    socket.destroy();
  });
  socket.write('GET /api/reports/availability HTTP/1.1\r\nHost: localhost\r\n\r\n');
  // Longer than from one look at it to the next.
  await eventually(() => {
    expect(socket.bytesRead).toBeGreaterThan(3 * MIB);
  }, 20_000);
  clock.advance(400_000);
  await eventually(() => {
    expect(socket.closed).toBe(true);
  });
  expect(socket.bytesRead).toBeLessThan(20_000_000);
});
