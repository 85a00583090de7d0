import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { RefusedError } from '../../../src/http/refusal.ts';
import { atEnd } from '../../bench.ts';
import { connectClient, type TestClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { callerOf, KEY_CHANGED, listen, removalOf, swept, TICKET_HEADER, TOKEN_NAME_HEADER } from './live.ts';
import { connectRaw } from './raw.ts';
import { startSockets } from './server.ts';
import { serving } from './serving.ts';

const PING_MS = 25_000;

/** Resolves when the server has read all that the client has sent so far. */
async function untilReceived(client: TestClient): Promise<void> {
  const before = client.messages.length;
  client.socket.send('{"action":"subscribe"}');
  await eventually(() => {
    expect(client.messages.length).toBeGreaterThan(before);
  });
}

describe('pings', () => {
  test('come every 25 s; a client that answers stays', async () => {
    const { url, clock, sockets } = await serving(['main']);
    const client = await connectClient(url);
    for (let round = 0; round < 3; round += 1) {
      clock.advance(PING_MS - 1);
      await swept();
      const pinged = once(client.socket, 'ping');
      clock.advance(1);
      await pinged;
      await untilReceived(client);
    }
    expect(sockets.stats.clients).toBe(1);
  });

  test('are not sent earlier', async () => {
    const { url, clock } = await startSockets();
    const client = await connectRaw(url);
    clock.advance(PING_MS - 1);
    await swept();
    clock.advance(1);
    await eventually(() => {
      expect(client.frames().map(({ opcode }) => opcode)).toStrictEqual([OPCODES.ping]);
    });
    clock.advance(1_000);
    await swept();
    expect(client.frames()).toHaveLength(1);
  });

  test('that a client has not answered when the next is due end its connection', async () => {
    const { url, clock, sockets, entries } = await startSockets();
    const halfOpen = await connectRaw(url);
    clock.advance(PING_MS);
    await eventually(() => {
      expect(halfOpen.frames()).toHaveLength(1);
    });
    clock.advance(PING_MS - 1);
    await swept();
    expect(sockets.stats.clients).toBe(1);
    clock.advance(1);
    await halfOpen.gone;
    expect(halfOpen.closeCode()).toBeUndefined();
    await eventually(() => {
      expect(sockets.stats.clients).toBe(0);
      expect(entries()).toStrictEqual({ entered: 1, left: 1 });
    });
  });
});

describe('a client that leaves', () => {
  test('is answered, and gets nothing any more', async () => {
    const { url, publish, sockets } = await serving(['main']);
    const client = await connectRaw(url, { allowHalfOpen: true });
    await eventually(() => {
      expect(client.frames()).toHaveLength(2);
    });
    client.socket.write(clientFrame({ opcode: OPCODES.close, payload: Buffer.from([0x03, 0xe8]) }));
    await eventually(() => {
      expect(client.closeCode()).toBe(1000);
    });
    await publish('main', 2);
    await swept();
    expect(client.frames()).toHaveLength(3);
    client.socket.end();
    await eventually(() => {
      expect(sockets.stats.clients).toBe(0);
    });
  });

  test('without waiting for the answer is gone a second later', async () => {
    const { url, clock, sockets, connections } = await startSockets();
    const client = await connectRaw(url, { allowHalfOpen: true });
    client.socket.write(clientFrame({ opcode: OPCODES.close }));
    await eventually(() => {
      expect(client.frames()).toHaveLength(1);
    });
    await swept();
    expect(sockets.stats.clients).toBe(1);
    clock.advance(1_000);
    await eventually(() => {
      expect(sockets.stats.clients).toBe(0);
      expect(connections.size).toBe(0);
    });
  });

  test('by closing its half only is let go', async () => {
    const { url, sockets, connections } = await serving(['main']);
    const client = await connectRaw(url, { allowHalfOpen: true });
    client.socket.end();
    await client.gone;
    await eventually(() => {
      expect(sockets.stats.clients).toBe(0);
      expect(connections.size).toBe(0);
    });
  });

  test('before its WebSocket stood is not counted for ever', async () => {
    const { url, sockets, connections, entries } = await startSockets();
    for (let i = 0; i < 10; i += 1) {
      const client = await connectRaw(url);
      client.socket.resetAndDestroy();
    }
    await eventually(() => {
      expect(connections.size).toBe(0);
      expect(sockets.stats.clients).toBe(0);
      expect(entries()).toStrictEqual({ entered: 10, left: 10 });
    });
  });
});

test('a connection that is gone before it is let in is not counted', async () => {
  const { sockets, entries } = await startSockets();
  const server = createServer();
  atEnd(() => {
    server.close();
  });
  const late = new Promise<void>((resolve) => {
    server.on('upgrade', (request, socket, head) => {
      socket.once('close', () => {
        sockets.upgrade(request, socket, head, callerOf(request));
        resolve();
      });
      socket.destroy();
    });
  });
  const { url } = await listen(server);
  await expect(connectRaw(url)).rejects.toThrow('no answer');
  await late;
  expect(entries().entered).toBe(0);
});

test('when the key of tickets was changed, those are sent away that came with a ticket, to come back', async () => {
  const { url, sockets } = await startSockets();
  const ann = await connectClient(url, '', { headers: { [TOKEN_NAME_HEADER]: 'ann' } });
  const anns = { [TOKEN_NAME_HEADER]: 'ann', [TICKET_HEADER]: 'yes' };
  const byTicket = await connectClient(url, '', { headers: anns });
  sockets.sendAway(KEY_CHANGED);
  expect(await byTicket.closed).toBe(CLOSE_CODES.ticketVoid);
  await eventually(() => {
    expect(sockets.stats.clients).toBe(1);
  });
  expect(ann.socket.readyState).toBe(1);
});

describe('a token that was removed', () => {
  test('sends those away that came with it', async () => {
    const { url, sockets } = await startSockets();
    const by = (name: string) => connectClient(url, '', { headers: { [TOKEN_NAME_HEADER]: name } });
    const [ann, anns, bob, nobody] = [
      await by('ann'),
      await by('ann'),
      await by('bob'),
      await connectClient(url),
    ];
    sockets.sendAway(removalOf('ann'));
    expect(await Promise.all([ann.closed, anns.closed])).toStrictEqual([
      CLOSE_CODES.tokenRemoved,
      CLOSE_CODES.tokenRemoved,
    ]);
    await eventually(() => {
      expect(sockets.stats.clients).toBe(2);
    });
    expect([bob, nobody].map(({ socket }) => socket.readyState)).toStrictEqual([1, 1]);
  });

  test('ends also those that do not listen, within two sweeps and a second', async () => {
    const { url, sockets, clock, connections, publish } = await serving(['main']);
    const client = await connectRaw(url, { headers: { [TOKEN_NAME_HEADER]: 'ann' }, allowHalfOpen: true });
    sockets.sendAway(removalOf('ann'));
    await publish('main', 2);
    await swept();
    expect(connections.size).toBe(1);
    clock.advance(1_000);
    await eventually(() => {
      expect(connections.size).toBe(0);
      expect(client.closeCode()).toBe(CLOSE_CODES.tokenRemoved);
    });
    expect(client.frames().at(-1)?.opcode).toBe(OPCODES.close);
  });
});

test('on stop every client is told to come back, one that does not listen is cut, and no new one is let in', async () => {
  const { url, sockets, connections } = await serving(['main']);
  const [polite, deaf] = [await connectClient(url), await connectClient(url)];
  deaf.socket.pause();
  const stopping = sockets.stop();
  expect(await polite.closed).toBe(CLOSE_CODES.serviceRestart);
  await expect(connectClient(url)).rejects.toThrow('503');
  await stopping;
  await eventually(() => {
    expect(sockets.stats.clients).toBe(0);
    expect(connections.size).toBe(0);
  });
});

test('without clients a stop takes no time', async () => {
  const { sockets } = await startSockets();
  await sockets.stop();
  expect(sockets.stats.clients).toBe(0);
});

test('when there is no room a client is told so, and let in once there is', async () => {
  let room = 1;
  const { url, entries } = await startSockets({
    admit: () => {
      if (room === 0) {
        throw new RefusedError({ code: 'too-many-clients', detail: 'x', headers: { 'Retry-After': '10' } });
      }
      room -= 1;
    },
  });
  const first = await connectClient(url);
  const refused = await connectRaw(url);
  expect(refused.head).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: 10/);
  expect(JSON.parse(refused.received().toString())).toMatchObject({ code: 'too-many-clients', status: 503 });
  await refused.gone;
  first.socket.close();
  await eventually(() => {
    expect(entries()).toStrictEqual({ entered: 1, left: 1 });
  });
  room = 1;
  await connectClient(url);
  expect(entries()).toStrictEqual({ entered: 2, left: 1 });
});
