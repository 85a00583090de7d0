import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { type Behaviour, startServer, type TestServer } from '../support/server.ts';
import { watch, type WatchedMonitor } from '../support/watched.ts';

const TOKEN = 'vt-3f1c-secret';

/** Gives out `ticket 1`, `ticket 2` and so on. */
function startTicketServer(behaviour: Partial<Behaviour> = {}): Promise<TestServer> {
  let count = 0;
  return startServer({
    tickets: () => {
      count += 1;
      return { status: 201, body: { ticket: `ticket ${count}`, expiresAt: '2026-01-01T00:01:00.000Z' } };
    },
    ...behaviour,
  });
}

const isIn = async ({ stateNames }: WatchedMonitor, state: string): Promise<void> => {
  await eventually(() => {
    expect(stateNames().at(-1)).toBe(state);
  });
};

describe('tickets', () => {
  test('a fresh one is fetched before each connection; the token is in no URL', async () => {
    const server = await startTicketServer();
    const watched = watch({ url: server.url, token: TOKEN, stream: 'cam*' });
    await isIn(watched, 'open');
    server.closeAll(1012);
    await isIn(watched, 'waiting');
    watched.time.advance(1_000);
    await isIn(watched, 'open');
    expect(server.authorizations).toStrictEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
    expect(server.handshakes).toStrictEqual([
      '/ws?stream=cam*&ticket=ticket%201',
      '/ws?stream=cam*&ticket=ticket%202',
    ]);
    expect(server.offered).toStrictEqual([undefined, undefined]);
  });

  test('a token function is asked before each connection', async () => {
    const server = await startTicketServer();
    const tokens = ['first', 'second'];
    const watched = watch({ url: server.url, token: () => Promise.resolve(tokens.shift() ?? '') });
    await isIn(watched, 'open');
    server.closeAll(1011);
    await isIn(watched, 'waiting');
    watched.time.advance(10_000);
    await isIn(watched, 'open');
    expect(server.authorizations).toStrictEqual(['Bearer first', 'Bearer second']);
  });

  test('where tickets are off it connects without', async () => {
    const server = await startServer();
    const watched = watch({ url: server.url, token: TOKEN });
    await isIn(watched, 'open');
    expect(server.authorizations).toStrictEqual([`Bearer ${TOKEN}`]);
    expect(server.handshakes).toStrictEqual(['/ws']);
  });

  test('a wrong token ends it', async () => {
    const server = await startServer({
      tickets: () => ({ status: 401, body: { code: 'unauthorized', detail: 'Give a valid token.' } }),
    });
    const watched = watch({ url: server.url, token: TOKEN });
    await isIn(watched, 'refused');
    expect(watched.failure()).toStrictEqual({
      state: 'refused',
      code: 'unauthorized',
      reason: 'Give a valid token.',
      problem: 'unauthorized',
    });
    expect(watched.time.pending()).toStrictEqual([]);
    expect(server.handshakes).toStrictEqual([]);
  });

  test('an API that asks for patience is left alone so long', async () => {
    const server = await startTicketServer();
    const { tickets } = server.behaviour;
    server.behaviour.tickets = () => ({ status: 429, headers: { 'Retry-After': '20' } });
    const watched = watch({ url: server.url, token: TOKEN });
    await isIn(watched, 'waiting');
    expect(watched.failure()).toMatchObject({ code: 'too-many-requests', retryInMs: 20_250 });
    server.behaviour.tickets = tickets;
    watched.time.advance(20_249);
    expect(server.authorizations).toHaveLength(1);
    expect(watched.stateNames().at(-1)).toBe('waiting');
    watched.time.advance(1);
    await isIn(watched, 'open');
  });

  test('an API that is not there is tried again, and finds its way back', async () => {
    const server = await startTicketServer();
    await server.stop();
    const watched = watch({ url: server.url, token: TOKEN });
    await isIn(watched, 'waiting');
    expect(watched.failure()).toMatchObject({ code: 'unreachable', retryInMs: 250 });
    const again = await startTicketServerAt(server.url);
    watched.time.advance(250);
    await isIn(watched, 'open');
    expect(again.handshakes).toStrictEqual(['/ws?ticket=t']);
  });

  test('a token function that fails is asked again later', async () => {
    const server = await startTicketServer();
    const error = new Error(`no ${TOKEN} here`);
    let failures = 0;
    const watched = watch({
      url: server.url,
      token: () => {
        failures += 1;
        if (failures === 1) throw error;
        return TOKEN;
      },
    });
    await isIn(watched, 'waiting');
    expect(watched.failure()).toMatchObject({ code: 'no-token' });
    expect(watched.thrown).toStrictEqual([error]);
    watched.time.advance(250);
    await isIn(watched, 'open');
  });
});

function startTicketServerAt(url: string): Promise<TestServer> {
  return startServer({ tickets: () => ({ status: 201, body: { ticket: 't' } }) }, Number(new URL(url).port));
}

test('whatever happens, the token and the tickets are told to nobody', async () => {
  const server = await startTicketServer();
  const watched = watch({ url: server.url, token: TOKEN });
  await isIn(watched, 'open');
  server.send('{broken', { type: 'error', code: 'bad-message', detail: 'What to do.' });
  for (const socket of server.sockets) socket.terminate();
  await isIn(watched, 'waiting');
  server.behaviour.sockets = 'refuse';
  watched.time.advance(10_000);
  await isIn(watched, 'connecting').then(() => isIn(watched, 'waiting'));
  await server.stop();
  watched.time.advance(10_000);
  await eventually(() => {
    expect(watched.stateNames().filter((state) => state === 'waiting')).toHaveLength(3);
  });
  const reported = JSON.stringify([watched.states, watched.errors, watched.statuses, watched.thrown]);
  expect(watched.errors).toHaveLength(2);
  expect(reported).not.toMatch(/secret|ticket \d|ticket%20/);
  expect(server.handshakes.join()).not.toContain(TOKEN);
});
