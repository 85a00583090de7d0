/**
 * Child process: many WebSocket clients on bare sockets, and the publisher whose messages they count; in one
 * process, so that one clock measures how long a message takes from one to the other.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FrameCounter } from './frame-counter.ts';
import { Feeder } from './feeder.ts';

export type Command =
  | {
      readonly do: 'connect';
      readonly port: number;
      readonly clients: number;
      readonly deflate: boolean;
      /** Whether they take what is sent to them. */
      readonly reads: boolean;
    }
  | { readonly do: 'publish'; readonly messages: number; readonly everyMs: number }
  | { readonly do: 'disconnect' };

/** What came of a round of publishing. */
export interface Delivered {
  readonly messages: number;
  readonly bytes: number;
  /** Time from publishing to the last byte at the client, 99th percentile. */
  readonly p99Ms: number;
}

/** Shorter ones are statuses. */
const SHORTEST_MESSAGE = 250;
const SETTLE_MS = 300;
/** After so many handshakes a server has cleaning up to do, which is not what a message costs. */
const SETTLE_CONNECTED_MS = 2_000;
const [, , prefix = ''] = process.argv;
const feeder = await Feeder.connect(process.env['REDIS_URL'] ?? '', prefix);
const sockets: Socket[] = [];
let publishedMs = 0;
let latenciesMs: number[] = [];
let bytes = 0;

async function open(port: number, deflate: boolean, reads: boolean): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  sockets.push(socket);
  const lines = [
    'GET /ws HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(deflate ? ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits'] : []),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [first] = (await once(socket, 'data')) as [Buffer];
  const end = first.indexOf('\r\n\r\n');
  if (!first.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
    throw new Error(`no WebSocket: ${first.toString()}`);
  }
  if (!reads) {
    socket.pause();
    return;
  }
  const counter = new FrameCounter((length) => {
    if (length < SHORTEST_MESSAGE) return;
    latenciesMs.push(performance.now() - publishedMs);
    bytes += length;
  });
  counter.add(first.subarray(end + 4));
  socket.on('data', (chunk) => {
    counter.add(chunk);
  });
}

async function publish(messages: number, everyMs: number): Promise<Delivered> {
  latenciesMs = [];
  bytes = 0;
  for (let n = 0; n < messages; n += 1) {
    publishedMs = performance.now();
    await feeder.publish();
    await delay(everyMs);
  }
  await delay(SETTLE_MS);
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return { messages: sorted.length, bytes, p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? NaN };
}

async function obey(command: Command): Promise<Delivered | null> {
  switch (command.do) {
    case 'connect':
      for (let n = 0; n < command.clients; n += 1) await open(command.port, command.deflate, command.reads);
      await delay(SETTLE_CONNECTED_MS);
      return null;
    case 'publish':
      return publish(command.messages, command.everyMs);
    case 'disconnect':
      for (const socket of sockets.splice(0)) socket.destroy();
      await delay(SETTLE_MS);
      return null;
  }
}

process.on('message', (command: Command) => {
  void obey(command).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
