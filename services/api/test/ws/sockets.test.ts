import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { statusMessageSchema, streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { startApi } from '../bench.ts';
import { headOf, streamOf } from '../publisher.ts';
import { connectClient } from './client.ts';

/** An API that has received one tick of each of these servers. */
async function serving(...servers: string[]) {
  const bench = await startApi();
  const sent: string[] = [];
  for (const server of servers) {
    sent.push(await bench.publisher.publish(headOf({ server }), [streamOf(`${server} 😀,"streams":[`)]));
  }
  await eventually(() => {
    expect(bench.api.feed.ticks()).toHaveLength(servers.length);
  });
  return { ...bench, sent };
}

describe('messages', () => {
  test('on connect the newest of each server and its status, then every tick, all as they were published', async () => {
    const { url, publisher, sent } = await serving('b', 'main');
    const client = await connectClient(url);
    await eventually(() => {
      expect(client.short()).toEqual(['b 1', 'b fresh', 'main 1', 'main fresh']);
    });
    sent.push(await publisher.publish(headOf({ seq: 2 }), [streamOf('x')]));
    sent.push(await publisher.publish(headOf({ server: 'b', seq: 2 }), []));
    await eventually(() => {
      expect(client.short().slice(4)).toEqual(['main 2', 'b 2']);
    });
    const ticks = client.messages.filter((message) => message.startsWith('{"type":"streams"'));
    expect(ticks).toEqual(sent);
    for (const message of client.messages) {
      const schema = ticks.includes(message) ? streamsMessageSchema : statusMessageSchema;
      expect(schema.validate(JSON.parse(message), { convert: false }).error).toBeUndefined();
    }
  });

  test('nothing comes until there is data', async () => {
    const { url, publisher } = await serving();
    const client = await connectClient(url);
    await publisher.publish(headOf());
    await eventually(() => {
      expect(client.short()).toEqual(['main 1', 'main fresh']);
    });
  });

  test('?server= chooses one, known already or not', async () => {
    const { url, publisher } = await serving('main');
    const [known, later] = [await connectClient(url, '?server=main'), await connectClient(url, '?server=b')];
    await publisher.publish(headOf({ server: 'b' }));
    await publisher.publish(headOf({ seq: 2 }));
    await eventually(() => {
      expect(known.short()).toEqual(['main 1', 'main fresh', 'main 2']);
      expect(later.short()).toEqual(['b 1', 'b fresh']);
    });
  });

  test('a change of staleness is told at once, the tick that ends it before it', async () => {
    const { url, publisher, clock } = await serving('main');
    const client = await connectClient(url);
    clock.advance(6_001);
    await eventually(() => {
      expect(client.short()).toEqual(['main 1', 'main fresh', 'main stale']);
    });
    await publisher.publish(headOf({ seq: 2 }));
    await eventually(() => {
      expect(client.short().slice(3)).toEqual(['main 2', 'main fresh']);
    });
    expect(JSON.parse(client.messages[2] ?? '')).toEqual({
      type: 'status',
      server: 'main',
      stale: true,
      ageMs: 6_001,
    });
  });

  test('no older tick comes after a newer one', async () => {
    const { url, publisher } = await serving('main');
    const client = await connectClient(url);
    for (const seq of [3, 2, 5, 4, 6]) await publisher.publish(headOf({ seq }));
    await eventually(() => {
      expect(client.short().filter((word) => !word.endsWith('fresh'))).toEqual([
        'main 1',
        'main 3',
        'main 5',
        'main 6',
      ]);
    });
  });

  test('a bare array is no message', async () => {
    const { url, publisher, clock, api } = await serving();
    await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
    clock.advance(2_000);
    await api.feed.current();
    const client = await connectClient(url);
    await publisher.publish(headOf());
    await eventually(() => {
      expect(client.short()).toEqual(['main 1', 'main fresh']);
    });
  });
});

describe('a client that sends something', () => {
  test.each([['text'], [Buffer.from([1, 2])], ['']])('%p is told and sent away', async (message) => {
    const { url } = await serving();
    const client = await connectClient(url);
    client.socket.send(message);
    client.socket.send(message);
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(client.messages).toHaveLength(1);
    expect(JSON.parse(client.messages[0] ?? '')).toMatchObject({ type: 'error', code: 'bad-message' });
  });

  test('too much is cut off, and nobody else notices', async () => {
    const { url, api, lines } = await serving('main');
    const [loud, quiet] = [await connectClient(url), await connectClient(url)];
    loud.socket.send('x'.repeat(16 * 1024 + 1));
    expect(await loud.closed).toBe(1009);
    await eventually(() => {
      expect(api.sockets.clientCount).toBe(1);
    });
    expect(quiet.socket.readyState).toBe(quiet.socket.OPEN);
    expect(lines.filter((line) => /^(warn|error)/.test(line))).toEqual([]);
  });
});

test('a client that answers no ping is dropped, one that does stays', async () => {
  const { api, url } = await startApi({ pingMs: 100 });
  const [deaf, alive] = [await connectClient(url, '', { autoPong: false }), await connectClient(url)];
  expect(await deaf.closed).toBe(1006);
  await eventually(() => {
    expect(api.sockets.clientCount).toBe(1);
  });
  expect(alive.socket.readyState).toBe(alive.socket.OPEN);
});

test('on stop every client is told to come back, and one that does not listen is cut', async () => {
  const { url, stop } = await serving('main');
  const [polite, deaf] = [await connectClient(url), await connectClient(url)];
  deaf.socket.pause();
  await stop();
  expect(await polite.closed).toBe(CLOSE_CODES.serviceRestart);
  await expect(connectClient(url)).rejects.toThrow('ECONNREFUSED');
});

test('frames are not compressed', async () => {
  const { url } = await serving('main');
  const client = await connectClient(url);
  expect(client.socket.extensions).toBe('');
});

describe('an upgrade that is refused', () => {
  async function upgrade(url: string, path: string, headers: Record<string, string> = {}) {
    const { hostname, port } = new URL(url);
    const websocket = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest({ hostname, port, path, headers: { ...websocket, ...headers } }, resolve)
        .on('error', reject)
        .on('upgrade', () => {
          reject(new Error('upgraded'));
        })
        .end();
    });
    return { headers: response.headers, body: JSON.parse(await text(response)) as unknown };
  }

  test.each([
    ['/', 404, 'not-found'],
    ['/ws/', 404, 'not-found'],
    ['/api/servers', 404, 'not-found'],
    ['//?', 404, 'not-found'],
    ['/ws?topic=x', 400, 'unknown-parameter'],
    ['/ws?server=LATEST', 400, 'invalid-parameter'],
    ['/ws?%', 400, 'unknown-parameter'],
  ])('%s: %d %s', async (path, status, code) => {
    const { url } = await serving();
    const { headers, body } = await upgrade(url, path);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', connection: 'close' });
    expect(body).toMatchObject({ type: 'about:blank', status, code });
  });

  test('because of its origin; the own page may', async () => {
    const { url, api } = await serving();
    const { body } = await upgrade(url, '/ws', { Origin: 'http://evil.example' });
    expect(body).toMatchObject({ status: 403, code: 'forbidden-origin' });
    expect(api.sockets.clientCount).toBe(0);
    await connectClient(url, '', { origin: url });
    expect(api.sockets.clientCount).toBe(1);
  });
});
