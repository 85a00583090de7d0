import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setImmediate as breath } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { represent } from '../../src/http/answer.ts';
import { HeldBodies } from '../../src/http/held-bodies.ts';
import { Unread } from '../../src/http/unread.ts';
import { atEnd } from '../bench.ts';
import { serve } from '../serve.ts';

const MIB = 1_024 * 1_024;
/** More than the buffers of both ends take. */
const BODY_BYTES = 32 * MIB;
/** What is written of it for one that takes nothing. */
const MOST_WRITTEN = MIB;
/** What a slow client takes between two looks: enough that more is written to it. */
const TAKEN_BYTES = 8 * MIB;
const WAIT_MS = 1_000;

/** Serves bodies, and looks after those who take them; what they take is `bodyOf` the path that they ask for. */
async function serving(bodyOf: (path: string) => Buffer, maxBytes: number) {
  const bodies = new HeldBodies();
  const connections = new Set<Socket>();
  const responses: ServerResponse[] = [];
  const url = await serve((request, response) => {
    connections.add(request.socket);
    request.socket.once('close', () => connections.delete(request.socket));
    responses.push(response);
    const answer = { type: 'text/plain', cacheControl: 'no-cache', body: bodyOf(request.url ?? '') };
    void bodies.send(response, represent(answer));
  });
  const unread = new Unread({ connections, bodies, isLive: () => false, waitMs: WAIT_MS, maxBytes });
  /** A client that takes only what it is told to; resolves when its answer waits for it. */
  const slowClient = async (path = '/'): Promise<SlowClient> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    atEnd(() => {
      socket.destroy();
    });
    await once(socket, 'connect');
    const before = responses.length;
    socket.pause().write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await eventually(() => {
      expect(responses[before]?.writableNeedDrain).toBe(true);
    });
    const response = responses[before];
    if (response === undefined) throw new Error('Nobody asked.');
    return new SlowClient(socket, response);
  };
  return { url, bodies, unread, connections, slowClient };
}

class SlowClient {
  readonly response: ServerResponse;
  readonly #socket: Socket;
  readonly #served: Socket;

  constructor(socket: Socket, response: ServerResponse) {
    this.#socket = socket;
    this.response = response;
    this.#served = response.req.socket;
  }

  get isCut(): boolean {
    return this.#served.destroyed;
  }

  /** Takes some, so that the other side has seen that it does. */
  async take(bytes = TAKEN_BYTES): Promise<void> {
    const before = this.#served.bytesWritten;
    let taken = 0;
    while (taken < bytes || this.#served.bytesWritten === before) {
      const piece: unknown = this.#socket.read();
      if (Buffer.isBuffer(piece)) taken += piece.length;
      await breath();
    }
  }
}

test('a long body is written to a client no more than in pieces, and comes whole', async () => {
  const body = Buffer.alloc(BODY_BYTES, 'x');
  const { url, slowClient, bodies, connections } = await serving(() => body, Infinity);
  const idle = await slowClient();
  expect(idle.response.writableLength).toBeLessThan(MOST_WRITTEN);
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(whole.equals(body)).toBe(true);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toStrictEqual([200, String(BODY_BYTES)]);
  // Held for nobody but who still takes of it.
  await eventually(() => {
    const held = [...connections].filter((socket) => bodies.of(socket) !== undefined);
    expect(held).toStrictEqual([idle.response.req.socket]);
  });
});

test('bodies that are held are too much together though each client takes some: the oldest are cut', async () => {
  const { unread, slowClient } = await serving(() => Buffer.alloc(BODY_BYTES, 'x'), 2.5 * BODY_BYTES);
  const clients: SlowClient[] = [];
  for (let nowMs = 0; nowMs < 4; nowMs += 1) {
    clients.push(await slowClient(`/${nowMs}`));
    for (const client of clients) if (!client.isCut) await client.take(MIB);
    unread.sweep(nowMs);
  }
  expect(clients.map(({ isCut }) => isCut)).toStrictEqual([true, true, false, false]);
});

test('a body that many take counts once, until it and others are too much', async () => {
  const shared = Buffer.alloc(BODY_BYTES, 'x');
  const bodyOf = (path: string): Buffer => (path === '/' ? shared : Buffer.alloc(BODY_BYTES, 'y'));
  const { unread, slowClient } = await serving(bodyOf, 1.5 * BODY_BYTES);
  const clients = [await slowClient(), await slowClient(), await slowClient()];
  for (const nowMs of [0, 1]) unread.sweep(nowMs);
  expect(clients.map(({ isCut }) => isCut)).toStrictEqual([false, false, false]);
  const other = await slowClient('/other');
  unread.sweep(2);
  expect([...clients, other].map(({ isCut }) => isCut)).toStrictEqual([true, true, true, false]);
});

test('a body has its time to be taken whole', async () => {
  const { unread, slowClient } = await serving(() => Buffer.alloc(BODY_BYTES, 'x'), Infinity);
  const slow = await slowClient();
  const timeMs = WAIT_MS * (1 + BODY_BYTES / (2 * MIB));
  unread.sweep(0);
  await slow.take();
  unread.sweep(timeMs - 1);
  expect(slow.isCut).toBe(false);
  await slow.take();
  unread.sweep(timeMs);
  expect(slow.isCut).toBe(true);
});
