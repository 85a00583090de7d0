import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { ServersMessage } from '@mediamtx-monitor/types';
import {
  connectionsMessage,
  hostsMessage,
  hostStatusMessage,
  serversMessage,
  statusMessage,
  streamsMessage,
} from '../support/messages.ts';
import { startServer } from '../support/server.ts';
import { watch } from '../support/watched.ts';

const seqs = (messages: readonly { readonly seq: number }[]) => messages.map(({ seq }) => seq);

describe('messages', () => {
  test('come to the listener of their topic, and the newest is kept', async () => {
    const server = await startServer({
      greet: (socket) => {
        for (const message of [streamsMessage(), connectionsMessage({ server: 'b' }), statusMessage()]) {
          socket.send(JSON.stringify(message));
        }
      },
    });
    const { monitor, streams, connections, statuses, stateNames } = watch({
      url: server.url,
      topics: ['streams', 'connections'],
    });
    await eventually(() => {
      expect(statuses).toHaveLength(1);
    });
    expect(server.handshakes).toStrictEqual(['/ws?topics=streams%2Cconnections']);
    expect(server.offered).toStrictEqual([undefined]);
    expect(streams).toStrictEqual([streamsMessage()]);
    expect(connections).toStrictEqual([connectionsMessage({ server: 'b' })]);
    expect(statuses).toStrictEqual([{ server: 'main', stale: false, ageMs: 200 }]);
    expect(monitor.latest('streams', 'main')).toStrictEqual(streamsMessage());
    expect(monitor.latest('connections', 'b')).toStrictEqual(connectionsMessage({ server: 'b' }));
    expect(monitor.latest('connections', 'main')).toBeUndefined();
    expect(stateNames()).toStrictEqual(['connecting', 'open']);
  });

  test('of servers are their heads, and of the same age as their streams', async () => {
    const attention = { count: 0, worst: [] };
    const server = await startServer({
      greet: (socket) => {
        for (const message of [serversMessage({ attention }), streamsMessage(), statusMessage()]) {
          socket.send(JSON.stringify(message));
        }
      },
    });
    const heads: ServersMessage[] = [];
    const { monitor, streams, statuses } = watch({
      url: server.url,
      topics: ['servers', 'streams'],
      onServers: (message) => heads.push(message),
    });
    await eventually(() => {
      expect(statuses).toStrictEqual([{ server: 'main', stale: false, ageMs: 200 }]);
    });
    expect([heads, streams]).toStrictEqual([[serversMessage({ attention })], [streamsMessage()]]);
    expect(monitor.latest('servers', 'main')).toStrictEqual(heads[0]);
    expect(monitor.ageMs('main')).toBe(200);
  });

  test('of hosts come with their ages as those of servers do, as long as they are subscribed to', async () => {
    const server = await startServer({
      greet: (socket) => {
        // A server and a host of the same id are two.
        const host = 'main';
        for (const message of [streamsMessage(), hostsMessage({ host })])
          socket.send(JSON.stringify(message));
        for (const status of [statusMessage(), hostStatusMessage({ host, ageMs: 1_000 })]) {
          socket.send(JSON.stringify(status));
        }
      },
    });
    const options = { url: server.url, topics: ['streams', 'hosts'] } as const;
    const { monitor, hosts, hostStatuses, statuses, time } = watch(options);
    await eventually(() => {
      expect(hostStatuses).toHaveLength(1);
    });
    expect(hosts).toStrictEqual([hostsMessage({ host: 'main' })]);
    expect(monitor.latest('hosts', 'main')).toStrictEqual(hosts[0]);
    expect([monitor.ageMs('main'), monitor.hostAgeMs('main')]).toStrictEqual([200, 1_000]);
    time.advance(14_001);
    expect(hostStatuses).toStrictEqual([
      { host: 'main', stale: false, ageMs: 1_000 },
      { host: 'main', stale: true, ageMs: 15_001 },
    ]);
    expect(monitor.isHostStale('main')).toBe(true);
    expect(statuses).toHaveLength(2);
    monitor.subscribe({ topics: ['streams'] });
    expect([monitor.latest('hosts', 'main'), monitor.hostAgeMs('main')]).toStrictEqual([undefined, null]);
    expect(monitor.ageMs('main')).toBe(14_201);
  });

  test('of a server or host that is gone are forgotten, which is told', async () => {
    const server = await startServer({
      greet: (socket) => {
        for (const message of [streamsMessage(), hostsMessage(), statusMessage(), hostStatusMessage()]) {
          socket.send(JSON.stringify(message));
        }
        const gone = { stale: true, gone: true } as const;
        socket.send(JSON.stringify(statusMessage({ ...gone, ageMs: 86_400_001 })));
        socket.send(JSON.stringify(hostStatusMessage({ ...gone, ageMs: null })));
      },
    });
    const { monitor, statuses, hostStatuses, time } = watch({
      url: server.url,
      topics: ['streams', 'hosts'],
    });
    await eventually(() => {
      expect(hostStatuses.at(-1)).toStrictEqual({ host: 'media-1', stale: true, ageMs: null, gone: true });
    });
    expect(statuses.at(-1)).toStrictEqual({ server: 'main', stale: true, ageMs: 86_400_001, gone: true });
    expect(monitor.latest('streams', 'main')).toBeUndefined();
    expect(monitor.latest('hosts', 'media-1')).toBeUndefined();
    expect([monitor.ageMs('main'), monitor.isStale('main')]).toStrictEqual([null, true]);
    time.advance(60_000);
    expect([statuses.length, hostStatuses.length]).toStrictEqual([2, 2]);
  });

  test('older ones are left out, by epoch first', async () => {
    const server = await startServer();
    const { streams, stateNames } = watch({ url: server.url });
    await eventually(() => {
      expect(stateNames()).toContain('open');
    });
    const order: readonly (readonly [number, number])[] = [
      [1, 5],
      [1, 4],
      [1, 6],
      [2, 1],
      [1, 7],
      [2, 1],
      [2, 2],
    ];
    server.send(...order.map(([epoch, seq]) => streamsMessage({ epoch, seq })));
    await eventually(() => {
      expect(streams.at(-1)).toMatchObject({ epoch: 2, seq: 2 });
    });
    expect(streams.map(({ epoch, seq }) => [epoch, seq])).toStrictEqual([
      [1, 5],
      [1, 6],
      [2, 1],
      [2, 1],
      [2, 2],
    ]);
  });

  test('stay in order over a reconnect to a replica that is behind', async () => {
    const seqOfConnection = [5, 4];
    const server = await startServer({
      greet: (socket) => {
        socket.send(JSON.stringify(streamsMessage({ seq: seqOfConnection.shift() ?? 6 })));
      },
    });
    const { monitor, streams, time, failure, stateNames } = watch({ url: server.url });
    await eventually(() => {
      expect(streams).toHaveLength(1);
    });
    server.closeAll(1001);
    await eventually(() => {
      expect(failure()?.code).toBe('lost');
    });
    time.advance(10_000);
    await eventually(() => {
      expect(stateNames().at(-1)).toBe('open');
    });
    server.send(streamsMessage({ seq: 6 }));
    await eventually(() => {
      expect(seqs(streams)).toStrictEqual([5, 6]);
    });
    expect(monitor.latest('streams', 'main')?.seq).toBe(6);
  });

  test('unknown kinds are ignored, what is no message is told, and the connection stays', async () => {
    const server = await startServer();
    const { streams, errors, stateNames } = watch({ url: server.url });
    await eventually(() => {
      expect(stateNames()).toContain('open');
    });
    server.send({ type: 'weather', v: 7 }, '{not json', 'null', { type: 'streams', v: 1 });
    for (const socket of server.sockets) socket.send(Buffer.from([0xff, 0x00]));
    server.send(streamsMessage());
    await eventually(() => {
      expect(streams).toHaveLength(1);
    });
    expect(errors.map(({ code }) => code)).toStrictEqual(['bad-data', 'bad-data', 'bad-data', 'bad-data']);
    expect(stateNames()).toStrictEqual(['connecting', 'open']);
  });

  test('an error message is told before what it leads to', async () => {
    const server = await startServer();
    const { errors, stateNames, failure } = watch({ url: server.url });
    await eventually(() => {
      expect(stateNames()).toContain('open');
    });
    server.send({ type: 'error', code: 'too-many-messages', detail: 'Send less.' });
    server.closeAll(4002, 'too-many-messages');
    await eventually(() => {
      expect(failure()).toStrictEqual({
        state: 'refused',
        code: 'too-many-messages',
        reason: 'too-many-messages',
      });
    });
    expect(errors).toStrictEqual([{ code: 'too-many-messages', reason: 'Send less.' }]);
  });
});

describe('listeners', () => {
  test('one that throws disturbs nobody, and what it threw is reported', async () => {
    const server = await startServer({
      greet: (socket) => {
        socket.send(JSON.stringify(streamsMessage()));
        socket.send(JSON.stringify(statusMessage()));
      },
    });
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const { monitor, thrown } = watch({
      url: server.url,
      onState: fail('state'),
      onStreams: fail('streams'),
      onStatus: fail('status'),
    });
    await eventually(() => {
      expect(thrown).toHaveLength(4);
    });
    expect(thrown).toStrictEqual([
      new Error('state'),
      new Error('state'),
      new Error('streams'),
      new Error('status'),
    ]);
    expect(monitor.state).toStrictEqual({ state: 'open', transport: 'websocket' });
    expect(monitor.latest('streams', 'main')).toStrictEqual(streamsMessage());
  });

  test('none is needed', async () => {
    const server = await startServer();
    const { monitor } = watch({
      url: server.url,
      onState: () => undefined,
      onStreams: () => undefined,
      onStatus: () => undefined,
      onError: () => undefined,
    });
    await eventually(() => {
      expect(monitor.state.state).toBe('open');
    });
  });

  test('the first state is told after connectMonitor has returned', async () => {
    const server = await startServer();
    const seen: string[] = [];
    const { monitor } = watch({
      url: server.url,
      onState: () => {
        seen.push(monitor.state.state);
      },
    });
    expect(seen).toStrictEqual([]);
    await eventually(() => {
      expect(seen).toStrictEqual(['connecting', 'open']);
    });
  });
});
