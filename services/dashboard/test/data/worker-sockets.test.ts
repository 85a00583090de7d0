import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket, WebSocketServer } from 'ws';
import { SocketRelay, workerSockets } from '../../src/data/worker-sockets.ts';

let server: WebSocketServer;
let url: string;

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((done) => server.once('listening', done));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  for (const client of server.clients) client.terminate();
  await new Promise((done) => {
    server.close(done);
  });
});

/** Sockets of a page, with what would be its worker in the same program. */
function setUp() {
  const breaks: (() => void)[] = [];
  let ended = 0;
  const Sockets = workerSockets((onEvent, onBroken) => {
    const relay = new SocketRelay(WebSocket, onEvent);
    breaks.push(onBroken);
    return {
      postMessage: (command) => {
        relay.take(command);
      },
      terminate: () => (ended += 1),
    };
  });
  function open() {
    const received: string[] = [];
    const socket = new Sockets(url);
    socket.addEventListener('open', () => received.push('open'));
    socket.addEventListener('message', ({ data }) => received.push(`message ${String(data)}`));
    socket.addEventListener('close', ({ code, reason }) => received.push(`close ${code} ${reason}`));
    return { socket, received };
  }
  return { open, breaks, ended: () => ended };
}

test('a socket tells what its server says, and the server hears it', async () => {
  server.on('connection', (client) => {
    client.on('message', (data: Buffer) => {
      client.send(`heard ${data.toString()}`);
      client.close(4001, 'enough');
    });
  });
  const { open } = setUp();
  const { socket, received } = open();
  await eventually(() => {
    expect(received).toStrictEqual(['open']);
  });
  socket.send('hello');
  await eventually(() => {
    expect(received).toStrictEqual(['open', 'message heard hello', 'close 4001 enough']);
  });
});

test('each socket hears its own, over one worker', async () => {
  let count = 0;
  server.on('connection', (client) => {
    count += 1;
    client.send(String(count));
  });
  const { open, breaks } = setUp();
  const first = open();
  await eventually(() => {
    expect(first.received).toContain('message 1');
  });
  const second = open();
  await eventually(() => {
    expect(second.received).toContain('message 2');
  });
  first.socket.close(1000);
  await eventually(() => {
    expect(first.received.at(-1)).toBe('close 1000 ');
  });
  expect(second.received).toStrictEqual(['open', 'message 2']);
  expect(breaks).toHaveLength(1);
});

test('where nobody listens a socket closes as browsers say it', async () => {
  await new Promise((done) => {
    server.close(done);
  });
  const { open } = setUp();
  const { received } = open();
  await eventually(() => {
    expect(received).toStrictEqual(['close 1006 ']);
  });
});

test('when the worker breaks all its sockets are closed, and the next gets another one', async () => {
  const { open, breaks, ended } = setUp();
  const { socket, received } = open();
  await eventually(() => {
    expect(received).toStrictEqual(['open']);
  });
  breaks[0]?.();
  expect(received).toStrictEqual(['open', 'close 1006 ']);
  expect(ended()).toBe(1);
  socket.close(1000);
  const next = open();
  await eventually(() => {
    expect(next.received).toStrictEqual(['open']);
  });
  expect(breaks).toHaveLength(2);
});
