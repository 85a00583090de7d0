import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES, type StreamsMessage } from '@mediamtx-monitor/types';
import { errorMessageSchema } from '@mediamtx-monitor/types/schemas';
import { PIECE_BYTES } from '../../../src/tick/parts.ts';
import { RefusedError } from '../../../src/http/refusal.ts';
import { headOf, messageOf, streamOf } from '../../publisher.ts';
import { connectClient, type TestClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { swept } from './live.ts';
import { connectRaw, type RawClient } from './raw.ts';
import { startSockets } from './server.ts';
import { serving } from './serving.ts';

const DEFLATE = { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } };

/** Whether each message that came was compressed. */
const formsOf = (client: RawClient): boolean[] => client.frames().map(({ isDeflated }) => isDeflated);
const subscribe = (stream: string): string => JSON.stringify({ action: 'subscribe', stream });

describe('a message is compressed', () => {
  test('for those who share a filter, and not for one alone', async () => {
    const { url, publish } = await serving(['main']);
    const alone = await connectRaw(url, { path: '/ws?stream=sport*', ...DEFLATE });
    const first = await connectRaw(url, { path: '/ws?stream=cam/*', ...DEFLATE });
    await eventually(() => {
      expect([alone, first].map(formsOf)).toStrictEqual([
        [false, false],
        [false, false],
      ]);
    });
    const second = await connectRaw(url, { path: '/ws?stream=cam/*', ...DEFLATE });
    await eventually(() => {
      expect(formsOf(second)).toStrictEqual([true, false]);
    });
    await publish('main', 2);
    await eventually(() => {
      expect([alone, first, second].map((client) => formsOf(client).slice(2))).toStrictEqual([
        [false],
        [true],
        [true],
      ]);
    });
    second.socket.destroy();
    await second.gone;
    await swept();
    await publish('main', 3);
    await eventually(() => {
      expect(formsOf(first).slice(3)).toStrictEqual([false]);
    });
  });

  test('for none of a hundred clients of which each has its own', async () => {
    const { url, publish } = await serving(['main']);
    const clients: RawClient[] = [];
    for (let n = 0; n < 100; n += 1) {
      clients.push(await connectRaw(url, { path: `/ws?stream={cam/*,x${n}}`, ...DEFLATE }));
    }
    await publish('main', 2);
    await eventually(() => {
      expect(clients.map((client) => formsOf(client))).toStrictEqual(
        clients.map(() => [false, false, false]),
      );
    });
  });
});

describe('where there are as many different filters as there may be', () => {
  test('a client with another is refused in words, and let in once there is room', async () => {
    const { url, sockets } = await serving(['main'], { maxFilters: 2 });
    const first = await connectClient(url, '?stream=cam/1');
    await connectClient(url, '?stream=cam/2');
    const refused = await connectRaw(url, { path: '/ws?stream=sport*' });
    expect(refused.head).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: 10/);
    expect(JSON.parse(refused.received().toString())).toMatchObject({
      code: 'too-many-filters',
      status: 503,
    });
    await refused.gone;
    const same = await connectClient(url, '?stream=cam/1');
    await connectClient(url);
    first.socket.close();
    await eventually(() => {
      expect(sockets.stats.clients).toBe(3);
    });
    const third = await connectRaw(url, { path: '/ws?stream=sport*' });
    expect(third.head).toMatch(/^HTTP\/1\.1 503 /);
    same.socket.close();
    await eventually(() => {
      expect(sockets.stats.clients).toBe(2);
    });
    await connectClient(url, '?stream=sport*');
  });

  test('one that asks for another is told so, and may come back', async () => {
    const { url, sockets } = await serving(['main'], { maxFilters: 2 });
    const [one, other] = [
      await connectClient(url, '?stream=cam/1'),
      await connectClient(url, '?stream=cam/2'),
    ];
    // Its own makes room for the next.
    other.socket.send(subscribe('sport*'));
    await eventually(() => {
      expect(other.short()).toStrictEqual(['main 1', 'main fresh', 'main 1', 'main fresh']);
    });
    const third = await connectClient(url, '?server=none');
    third.socket.send(subscribe('cam/2'));
    expect(await third.closed).toBe(CLOSE_CODES.tooManyFilters);
    const error: unknown = JSON.parse(third.messages.at(-1) ?? '');
    expect(errorMessageSchema.validate(error).error).toBeUndefined();
    expect(error).toMatchObject({
      code: 'too-many-filters',
      detail: expect.stringContaining('2 different filters'),
    });
    one.socket.close();
    await eventually(() => {
      expect(sockets.stats.clients).toBe(1);
    });
    await connectClient(url, '?stream=cam/2');
  });
});

test('a client that asks when its address has asked too often is told so, and may come back', async () => {
  let asked = 0;
  const countQuestion = (): void => {
    asked += 1;
    if (asked > 2) throw new RefusedError({ code: 'too-many-requests', detail: 'Ask again in 5 s.' });
  };
  const { url } = await serving(['main'], { countQuestion });
  const client = await connectClient(url, '?stream=cam/1');
  for (const stream of ['cam/2', 'cam/2', 'cam/2']) client.socket.send(subscribe(stream));
  expect(await client.closed).toBe(CLOSE_CODES.tooManyRequests);
  expect(client.short()).toStrictEqual([
    ...Array<string[]>(3).fill(['main 1', 'main fresh']).flat(),
    'error',
  ]);
  expect(JSON.parse(client.messages.at(-1) ?? '')).toStrictEqual({
    type: 'error',
    code: 'too-many-requests',
    detail: 'Ask again in 5 s.',
  });
});

/** More than the system's own buffers take. */
const LARGE = messageOf(
  headOf(),
  Array.from({ length: 800 }, (_, n) => ({ ...streamOf(`cam-${n}`), tracks: ['x'.repeat(10_000)] })),
);

/** A client that takes nothing, with a large message of some streams half written to it. */
async function halfWritten() {
  const bench = await startSockets();
  const { url, connections, publisher } = bench;
  const client = await connectRaw(url, { path: '/ws?stream=*' });
  const [connection] = connections;
  if (connection === undefined) throw new Error('no connection');
  client.socket.pause();
  await publisher.publishRaw(LARGE);
  await eventually(() => {
    expect(connection.writableLength).toBeGreaterThan(0);
  });
  return { ...bench, client, connection };
}

/** The text of the messages in these frames. */
function textsIn(client: RawClient): string[] {
  const texts: Buffer[][] = [];
  for (const { opcode, payload } of client.frames()) {
    if (opcode === OPCODES.text) texts.push([payload]);
    if (opcode === OPCODES.continuation) texts.at(-1)?.push(payload);
  }
  return texts.map((payloads) => Buffer.concat(payloads).toString());
}

describe('a large message of some streams', () => {
  test('is kept in pieces for a client that reads slowly, and arrives whole', async () => {
    const { client, connection } = await halfWritten();
    await swept();
    expect(connection.writableLength).toBeLessThan(2 * PIECE_BYTES);
    client.socket.resume();
    await eventually(() => {
      expect(textsIn(client)).toHaveLength(2);
    });
    expect(textsIn(client)[0] === LARGE).toBe(true);
  });

  test('is followed by the newest only', async () => {
    const { client, publisher, sockets } = await halfWritten();
    for (const seq of [2, 3, 4]) await publisher.publish(headOf({ seq }));
    await eventually(() => {
      expect(sockets.stats.skipped).toBe(2);
    });
    client.socket.resume();
    await eventually(() => {
      const messages = textsIn(client).map((text) => JSON.parse(text) as StreamsMessage);
      expect(messages.map(({ type, seq }) => [type, seq])).toStrictEqual([
        ['streams', 1],
        ['streams', 4],
        ['status', undefined],
      ]);
    });
    expect(sockets.stats.messages).toBe(3);
    expect(sockets.stats.bytes).toBe(client.received().length);
  });

  test('may be interrupted by a pong', async () => {
    const { client } = await halfWritten();
    client.socket.write(clientFrame({ opcode: OPCODES.ping, payload: 'x' }));
    await swept();
    client.socket.resume();
    await eventually(() => {
      expect(textsIn(client)).toHaveLength(2);
    });
    const opcodes = client.frames().map(({ opcode }) => opcode);
    expect(opcodes.indexOf(OPCODES.pong)).toBeGreaterThan(0);
    expect(opcodes.lastIndexOf(OPCODES.continuation)).toBeGreaterThan(opcodes.indexOf(OPCODES.pong));
    expect(textsIn(client)[0] === LARGE).toBe(true);
  });

  test('is given up for the close of a client that does wrong, and no other text comes in between', async () => {
    const { client } = await halfWritten();
    client.socket.write(clientFrame({ opcode: OPCODES.text, payload: 'x' }));
    await swept();
    client.socket.resume();
    await eventually(() => {
      expect(client.closeCode()).toBe(CLOSE_CODES.badMessage);
    });
    const opcodes = client.frames().map(({ opcode }) => opcode);
    expect(opcodes.filter((opcode) => opcode === OPCODES.text)).toHaveLength(1);
    expect(opcodes.at(-1)).toBe(OPCODES.close);
  });

  test('is understood by ws', async () => {
    const { url, publisher } = await startSockets();
    const clients: TestClient[] = [];
    for (const glob of ['*', '**']) {
      clients.push(await connectClient(url, `?stream=${glob}`, { perMessageDeflate: true }));
    }
    await publisher.publishRaw(LARGE);
    await eventually(() => {
      expect(clients.map(({ messages }) => messages[0] === LARGE)).toStrictEqual([true, true]);
    });
  });
});
