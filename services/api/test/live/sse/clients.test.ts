import { createServer } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { RefusedError } from '../../../src/http/refusal.ts';
import { atEnd } from '../../bench.ts';
import { headOf, streamOf } from '../../publisher.ts';
import {
  KEY_CHANGED,
  LARGE_BYTES,
  largeTick,
  listen,
  removalOf,
  swept,
  TICKET_HEADER,
  TOKEN_NAME_HEADER,
} from '../ws/live.ts';
import { type EventReader, readEvents } from './client.ts';
import { startEvents } from './server.ts';

/** Events with a client that has stopped reading, and one large tick of which a part is still to be sent to it. */
async function blocking() {
  const bench = await startEvents();
  const { publisher, url, connections } = bench;
  const slow = await readEvents(url);
  const [connection] = connections;
  if (connection === undefined) throw new Error('no connection of the slow client');
  slow.response.pause();
  const quick = await readEvents(url);
  await publisher.publishRaw(largeTick());
  await eventually(() => {
    expect(seqs(quick)).toStrictEqual([1]);
    // To the end: whoever still has something to take may be cut, too.
    expect(quick.text()).toMatch(/\n\n$/);
    expect(quick.text().length).toBeGreaterThan(LARGE_BYTES);
    expect(connection.writableLength).toBeGreaterThan(LARGE_BYTES);
  });
  return { ...bench, slow, quick, connection };
}

/** Numbers of the ticks that came, without a look at their data. */
function seqs(reader: EventReader): number[] {
  return [...reader.text().matchAll(/^id: main:\d+:(\d+)$/gm)].map(([, seq]) => Number(seq));
}

describe('a client that reads too slowly', () => {
  test('has one message kept for it, and gets the newest once it reads', async () => {
    const { publisher, slow, quick, connection, live } = await blocking();
    const { bytesWritten } = connection;
    for (const seq of [2, 3, 4]) {
      await publisher.publish(headOf({ seq }));
      await eventually(() => {
        expect(seqs(quick).at(-1)).toBe(seq);
      });
    }
    expect(connection.bytesWritten).toBe(bytesWritten);
    expect(live.stats.skipped).toBe(2);
    slow.response.resume();
    await eventually(() => {
      expect(seqs(slow)).toStrictEqual([1, 4]);
    });
  });

  test('and takes nothing for 30 s is cut', async () => {
    const { clock, connection, live, entries } = await blocking();
    await swept();
    clock.advance(29_999);
    await swept();
    expect(connection.destroyed).toBe(false);
    clock.advance(1);
    await eventually(() => {
      expect(connection.destroyed).toBe(true);
      expect(live.stats.clients).toBe(1);
      expect(entries()).toStrictEqual({ entered: 2, left: 1 });
    });
  });
});

test('when the key of tickets was changed, the answers to those end that came with a ticket', async () => {
  const { url, live } = await startEvents();
  const ann = await readEvents(url, '', { [TOKEN_NAME_HEADER]: 'ann' });
  const byTicket = await readEvents(url, '', { [TOKEN_NAME_HEADER]: 'ann', [TICKET_HEADER]: 'yes' });
  await eventually(() => {
    expect([ann, byTicket].map((reader) => reader.text())).toStrictEqual([
      'retry: 2000\n\n',
      'retry: 2000\n\n',
    ]);
  });
  live.sendAway(KEY_CHANGED);
  await byTicket.ended;
  expect(byTicket.response.complete).toBe(true);
  expect(live.stats.clients).toBe(1);
  expect(ann.response.complete).toBe(false);
});

describe('a token that was removed', () => {
  test('ends the answers to those that came with it', async () => {
    const { url, live } = await startEvents();
    const by = (name: string) => readEvents(url, '', { [TOKEN_NAME_HEADER]: name });
    const [ann, bob] = [await by('ann'), await by('bob')];
    await eventually(() => {
      expect([ann, bob].map((reader) => reader.text())).toStrictEqual(['retry: 2000\n\n', 'retry: 2000\n\n']);
    });
    live.sendAway(removalOf('ann'));
    await ann.ended;
    expect(ann.response.complete).toBe(true);
    expect(live.stats.clients).toBe(1);
    expect(bob.response.complete).toBe(false);
  });

  test('cuts those at once that take nothing', async () => {
    const { live, connection, publisher, url, slow } = await blocking();
    const ann = await readEvents(url, '', { [TOKEN_NAME_HEADER]: 'ann' });
    ann.response.pause();
    await publisher.publishRaw(largeTick(2));
    await eventually(() => {
      expect(live.stats.skipped).toBe(0);
      expect(live.stats.clients).toBe(3);
    });
    live.sendAway(removalOf('ann'));
    await eventually(() => {
      expect(live.stats.clients).toBe(2);
    });
    expect(connection.destroyed).toBe(false);
    expect(slow.response.complete).toBe(false);
  });
});

test('on stop answers end, and whoever comes is told when to come back, and to go', async () => {
  const { url, live } = await startEvents();
  const reader = await readEvents(url);
  await eventually(() => {
    expect(reader.text()).not.toBe('');
  });
  await live.stop();
  await reader.ended;
  expect(reader.response.complete).toBe(true);
  expect(live.stats.clients).toBe(0);
  const late = await readEvents(url);
  await late.ended;
  expect(late.response.complete).toBe(true);
  expect(late.text()).toBe('retry: 2000\n\n');
});

test('when there is no room a client is told so', async () => {
  const { url, entries } = await startEvents({
    admit: () => {
      throw new RefusedError({ code: 'too-many-clients', detail: 'x', headers: { 'Retry-After': '10' } });
    },
  });
  const reader = await readEvents(url);
  await reader.ended;
  expect(reader.response.statusCode).toBe(503);
  expect(reader.response.headers['retry-after']).toBe('10');
  expect(JSON.parse(reader.text())).toMatchObject({ code: 'too-many-clients' });
  expect(entries()).toStrictEqual({ entered: 0, left: 0 });
});

test('a connection that is gone before it is answered is not counted', async () => {
  const { live, entries } = await startEvents();
  const server = createServer();
  atEnd(() => {
    server.close();
  });
  const late = new Promise<void>((resolve) => {
    server.on('request', (request, response) => {
      response.once('close', () => {
        live.handle(request, response);
        resolve();
      });
      response.destroy();
    });
  });
  const { url } = await listen(server);
  await expect(readEvents(url)).rejects.toThrow('socket hang up');
  await late;
  expect(entries().entered).toBe(0);
});

test('clients that come and go in any way leave nothing behind', async () => {
  const { url, live, publisher, connections, entries } = await startEvents();
  const port = Number(new URL(url).port);
  const leave = async (i: number): Promise<void> => {
    const socket = connect(port, '127.0.0.1');
    atEnd(() => {
      socket.destroy();
    });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('GET /api/live HTTP/1.1\r\nHost: x\r\n\r\n');
    if (i % 4 > 0) await once(socket, 'data');
    if (i % 2 === 0) socket.resetAndDestroy();
    else socket.end();
  };
  const done = new AbortController();
  const publishing = (async () => {
    for (let seq = 1; !done.signal.aborted; seq += 1)
      await publisher.publish(headOf({ seq }), [streamOf('x')]);
  })();
  await Promise.all(Array.from({ length: 100 }, (_, i) => leave(i)));
  done.abort();
  await publishing;
  await eventually(() => {
    expect(connections.size).toBe(0);
    expect(live.stats.clients).toBe(0);
    expect(entries().left).toBe(entries().entered);
  });
  expect(entries().entered).toBeGreaterThan(50);
});
