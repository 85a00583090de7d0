import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { closeServer, listen } from '../../src/lifecycle/listen.ts';
import { StartError } from '../../src/lifecycle/run-main.ts';

/** Longer than a test may take: what closes within a test didn't wait for this. */
const ENDLESS_MS = 600_000;

let server: Server;
/** Answers that the server still owes. */
let owed: ServerResponse[];
beforeEach(() => {
  owed = [];
  // Without a time-out of its own, nothing but closeServer ends a kept-alive connection.
  server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (request.url === '/slow') owed.push(response);
    else response.end('done');
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface OpenClient {
  readonly socket: Socket;
  /** What the server sent, and whether it hung up. */
  readonly seen: { text: string; closed: boolean };
}

async function openClient(): Promise<OpenClient> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const seen = { text: '', closed: false };
  socket.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
  socket.on('close', () => (seen.closed = true));
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { socket, seen };
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: monitor\r\n\r\n`;
const isClosed = ({ seen }: OpenClient) =>
  eventually(() => {
    expect(seen.closed).toBe(true);
  });

describe('listen', () => {
  test('tells the port that it got', async () => {
    const port = await listen(server, '127.0.0.1', 0, 'API_HOST and API_PORT');
    expect(port).toBe((server.address() as AddressInfo).port);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('done');
  });

  test('names address and settings when another program has the port', async () => {
    const port = await listen(server, '127.0.0.1', 0, 'API_HOST and API_PORT');
    const failure = listen(createServer(), '127.0.0.1', port, 'API_HOST and API_PORT');
    await expect(failure).rejects.toBeInstanceOf(StartError);
    await expect(failure).rejects.toMatchObject({
      code: 'not-listening',
      message: `127.0.0.1:${port} is in use by another program; choose another with API_HOST and API_PORT`,
    });
  });

  test('says so when the machine has no such address', async () => {
    await expect(listen(server, '192.0.2.1', 0, 'API_HOST')).rejects.toThrow(
      '192.0.2.1:0 is no address of this machine; choose another with API_HOST',
    );
  });

  test('says what the system said in any other case', async () => {
    await expect(listen(server, '127.0.0.1', 70_000, 'API_PORT')).rejects.toThrow(
      /^127\.0\.0\.1:70000 can't be listened on: RangeError.*; choose another with API_PORT$/,
    );
  });

  test('can be tried again after a failure', async () => {
    await expect(listen(server, '192.0.2.1', 0, 'API_HOST')).rejects.toThrow(StartError);
    expect(await listen(server, '127.0.0.1', 0, 'API_HOST')).toBeGreaterThan(0);
  });
});

describe('closeServer', () => {
  test('does nothing on a server that does not listen', async () => {
    await closeServer(server, ENDLESS_MS);
    expect(server.listening).toBe(false);
  });

  test('cuts kept-alive connections that are idle', async () => {
    await listen(server, '127.0.0.1', 0, 'X');
    const client = await openClient();
    client.socket.write(get('/'));
    await eventually(() => {
      expect(client.seen.text).toContain('done');
    });
    await closeServer(server, ENDLESS_MS);
    await isClosed(client);
  });

  test('lets an open request finish, and then cuts its kept-alive connection', async () => {
    await listen(server, '127.0.0.1', 0, 'X');
    const client = await openClient();
    client.socket.write(get('/slow'));
    await eventually(() => {
      expect(owed).toHaveLength(1);
    });
    const closed = closeServer(server, ENDLESS_MS);
    expect(server.listening).toBe(false);
    owed[0]?.end('late answer');
    await closed;
    await isClosed(client);
    expect(client.seen.text).toMatch(/^HTTP\/1\.1 200 OK[^]*late answer/);
  });

  test.each([
    ['says nothing', ''],
    ['stops in the middle of its request', 'GET / HTTP/1.1\r\nHo'],
    ['waits for an answer that does not come', get('/slow')],
  ])('cuts a client that %s when its time is up', async (_what, sent) => {
    await listen(server, '127.0.0.1', 0, 'X');
    const client = await openClient();
    if (sent !== '') client.socket.write(sent);
    await closeServer(server, 50);
    await isClosed(client);
  });

  test('takes no new connections', async () => {
    const port = await listen(server, '127.0.0.1', 0, 'X');
    await closeServer(server);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });
});
