import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import {
  connectionsMessageSchema,
  statusMessageSchema,
  streamsMessageSchema,
} from '@mediamtx-monitor/types/schemas';
import { readMessage } from '../../../src/live/ws/messages.ts';
import { MISSING_STREAM } from '../../describe/records.ts';
import { headOf, streamOf } from '../../publisher.ts';
import { connectClient } from './client.ts';
import { connectRaw } from './raw.ts';
import { startSockets } from './server.ts';
import { serving } from './serving.ts';

const SCHEMAS = {
  streams: streamsMessageSchema,
  connections: connectionsMessageSchema,
  status: statusMessageSchema,
};

/** Names of the streams that a message's records belong to. */
function streamsIn(message: string | undefined): unknown {
  const { streams, connections } = JSON.parse(message ?? '') as {
    streams?: { name: string }[];
    connections?: { stream: string }[];
  };
  return streams?.map(({ name }) => name) ?? connections?.map(({ stream }) => stream);
}

describe('a client is told', () => {
  test('the newest of each server and its status, then every tick, all as they were published', async () => {
    const { url, publish, sent } = await serving(['b', 'main']);
    const client = await connectClient(url);
    await eventually(() => {
      expect(client.short()).toStrictEqual(['b 1', 'main 1', 'b fresh', 'main fresh']);
    });
    sent.push(await publish('main', 2), await publish('b', 2));
    await eventually(() => {
      expect(client.short().slice(4)).toStrictEqual(['main 2', 'b 2']);
    });
    expect(client.messages.filter((message) => message.startsWith('{"type":"streams"'))).toStrictEqual(sent);
  });

  test('of each topic it asks for, messages that are as described', async () => {
    const { url, publish } = await serving(['main']);
    const client = await connectClient(url, '?topics=connections,streams');
    await publish('main', 2);
    await eventually(() => {
      expect(client.short().slice(0, 3)).toStrictEqual(['main connections 1', 'main 1', 'main fresh']);
      expect(client.short().slice(3).toSorted()).toStrictEqual(['main 2', 'main connections 2']);
    });
    for (const message of client.messages) {
      const value = JSON.parse(message) as { type: keyof typeof SCHEMAS };
      expect(SCHEMAS[value.type].validate(value, { convert: false }).error).toBeUndefined();
    }
  });

  test('nothing until there is data', async () => {
    const { url, publish } = await serving();
    const client = await connectClient(url);
    await publish('main', 1);
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main fresh']);
    });
  });

  test('of one server if it asks for it, whether that is known already or not', async () => {
    const { url, publish } = await serving(['main']);
    const [known, later] = [await connectClient(url, '?server=main'), await connectClient(url, '?server=b')];
    await publish('b', 1);
    await publish('main', 2);
    await eventually(() => {
      expect(known.short()).toStrictEqual(['main 1', 'main fresh', 'main 2']);
      expect(later.short()).toStrictEqual(['b 1', 'b fresh']);
    });
  });

  test('of servers with a label if it asks for that, by its address or by a message', async () => {
    const { url, publisher } = await serving();
    for (const server of ['a', 'b']) {
      await publisher.publish(headOf({ server, labels: { site: server === 'a' ? 'north' : 'south' } }));
    }
    const client = await connectClient(url, '?label=site:north');
    await eventually(() => {
      expect(client.short()).toStrictEqual(['a 1', 'a fresh']);
    });
    client.socket.send(JSON.stringify({ action: 'subscribe', label: ['site:south'] }));
    await eventually(() => {
      expect(client.short().slice(2)).toStrictEqual(['b 1', 'b fresh']);
    });
  });

  test('of the streams it asks for and their connections, with all else as it was published', async () => {
    const { url, sent } = await serving(['main']);
    const client = await connectClient(url, '?topics=streams,connections&stream=cam/*');
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main connections 1', 'main fresh']);
    });
    expect(client.messages.slice(0, 2).map(streamsIn)).toStrictEqual([
      ['cam/1', 'cam/2'],
      ['cam/1', 'cam/2'],
    ]);
    const { streams, ...head } = JSON.parse(sent[0] ?? '') as Record<string, unknown>;
    expect(streams).toHaveLength(3);
    expect(JSON.parse(client.messages[0] ?? '')).toMatchObject(head);
  });

  test('of streams that MediaMTX doesn’t list, too, as they were published', async () => {
    const { url, publisher } = await serving();
    const client = await connectClient(url, '?stream=ga*');
    await publisher.publish(headOf(), [MISSING_STREAM, streamOf('hall')]);
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main fresh']);
    });
    expect(JSON.parse(client.messages[0] ?? '')).toMatchObject({ streams: [MISSING_STREAM] });
  });

  test('a change of staleness at once, the tick that ends it before it', async () => {
    const { url, publish, clock } = await serving(['main']);
    const client = await connectClient(url);
    clock.advance(6_001);
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main fresh', 'main stale']);
    });
    await publish('main', 2);
    await eventually(() => {
      expect(client.short().slice(3)).toStrictEqual(['main 2', 'main fresh']);
    });
    const stale: unknown = JSON.parse(client.messages[2] ?? '');
    expect(stale).toStrictEqual({ type: 'status', server: 'main', stale: true, ageMs: 6_001 });
  });

  test('no older tick after a newer one', async () => {
    const { url, publish } = await serving(['main']);
    const client = await connectClient(url);
    for (const seq of [3, 2, 5, 4, 6]) await publish('main', seq);
    await eventually(() => {
      expect(client.short().filter((line) => !line.endsWith('fresh'))).toStrictEqual([
        'main 1',
        'main 3',
        'main 5',
        'main 6',
      ]);
    });
  });

  test('no bare array', async () => {
    const { url, publish, publisher, clock, feed } = await serving();
    await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
    clock.advance(2_000);
    await feed.servers.current();
    expect(feed.servers.fleet().ticks).toHaveLength(1);
    const client = await connectClient(url);
    await publish('main', 1);
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main fresh']);
    });
  });

  test('messages of other publishers as they are', async () => {
    const { url, publisher } = await serving();
    const pretty = `${JSON.stringify(headOf(), undefined, 2).slice(0, -2)},"streams":[\n {\r\n}\n]}`;
    await publisher.publishRaw(pretty);
    const client = await connectClient(url);
    await eventually(() => {
      expect(client.messages[0]).toBe(pretty);
    });
  });
});

describe('the same bytes', () => {
  const deflate = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };

  test.each([
    ['plain', {}],
    ['compressed', deflate],
  ])('%s go to all clients, whichever replica they are at', async (_, headers) => {
    const one = await serving(['b', 'main']);
    const two = await startSockets({ prefix: one.prefix });
    await eventually(() => {
      expect(two.feed.servers.fleet().ticks).toHaveLength(2);
    });
    const urls = [one.url, one.url, one.url, two.url];
    const clients = await Promise.all(urls.map((url) => connectRaw(url, { headers })));
    await eventually(() => {
      for (const client of clients) expect(client.frames()).toHaveLength(4);
    });
    await one.publish('b', 2);
    await eventually(() => {
      for (const client of clients) expect(client.frames()).toHaveLength(5);
    });
    // Compressing two at once, either may be ready first.
    const received = clients.map((client) =>
      client
        .frames()
        .map(({ payload }) => payload.toString('hex'))
        .toSorted(),
    );
    for (const others of received.slice(1)) expect(others).toStrictEqual(received[0]);
    const deflated = clients[0]?.frames().filter(({ isDeflated }) => isDeflated);
    expect(deflated).toHaveLength(headers === deflate ? 3 : 0);
  });

  test('are counted', async () => {
    const { url, sockets } = await serving(['main']);
    const client = await connectRaw(url);
    await eventually(() => {
      expect(client.frames()).toHaveLength(2);
    });
    const { clients, messages, bytes, skipped } = sockets.stats;
    expect({ clients, messages, skipped }).toStrictEqual({ clients: 1, messages: 2, skipped: 0 });
    expect(bytes).toBe(client.received().length);
  });
});

describe('what a client sends', () => {
  const subscribe = Buffer.from('{"action":"subscribe","server":"b"}');

  test('is read where it is text', () => {
    expect(readMessage(subscribe, false)).toMatchObject({ filter: { servers: ['b'] } });
  });

  test.each([
    ['a binary frame', subscribe, true],
    ['pieces', [subscribe], false],
    ['a buffer of another kind', new Uint8Array(subscribe).buffer, false],
  ])('is refused as %s, whatever is in it', (_what, data, isBinary) => {
    expect(readMessage(data, isBinary)).toStrictEqual({
      mistake: expect.stringContaining('This message is binary.'),
    });
  });
});
