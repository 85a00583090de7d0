import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually, startUdpRelay, type UdpRelay, type UdpRelayOptions } from '../src/index.ts';

const toStop: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of toStop.splice(0)) await stop();
});

async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  toStop.push(async () => {
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  });
  return socket;
}

/** What a socket receives, in order. */
function received(socket: Socket): string[] {
  const texts: string[] = [];
  socket.on('message', (data) => texts.push(data.toString()));
  return texts;
}

/** A server that sends everything back with the port it came from, and the texts that reached it. */
async function startEcho(): Promise<{ port: number; texts: string[] }> {
  const socket = await openSocket();
  const texts = received(socket);
  socket.on('message', (data, { port }) => {
    socket.send(`${port}:${data.toString()}`, port, '127.0.0.1');
  });
  return { port: socket.address().port, texts };
}

async function startRelay(options: UdpRelayOptions): Promise<UdpRelay> {
  const relay = await startUdpRelay(options);
  toStop.push(relay.close);
  return relay;
}

/** Takes the values in turn, over and over. */
function cycle(values: readonly number[]): () => number {
  let index = 0;
  return () => values[index++ % values.length] ?? 0;
}

function sendAll(socket: Socket, port: number, texts: readonly string[]): void {
  for (const text of texts) socket.send(text, port, '127.0.0.1');
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

test('passes packets on in both directions, and each client gets its own answers', async () => {
  const echo = await startEcho();
  const relay = await startRelay({ targetPort: echo.port, random: () => 0 });
  const clients = [await openSocket(), await openSocket()];
  const answers = clients.map(received);
  clients.forEach((client, index) => {
    sendAll(client, relay.port, [`a${index}`, `b${index}`]);
  });
  await eventually(() => {
    expect(answers.flat()).toHaveLength(4);
  });
  const ports = answers.map((texts, index) => {
    const [port = ''] = texts[0]?.split(':') ?? [];
    expect(texts).toStrictEqual([`${port}:a${index}`, `${port}:b${index}`]);
    return port;
  });
  expect(new Set([...ports, String(relay.port)]).size).toBe(3);
  expect(relay.packets()).toStrictEqual({
    toServer: { passed: 4, dropped: 0 },
    toClients: { passed: 4, dropped: 0 },
  });
});

test('loses the packets that the random numbers choose, on the way to the server only', async () => {
  const echo = await startEcho();
  // 25 % loss: of 0.2 and 0.25 only the first is below.
  const relay = await startRelay({
    targetPort: echo.port,
    lossPercent: 25,
    random: cycle([0.2, 0.25, 0.9, 0.5]),
  });
  const client = await openSocket();
  const answers = received(client);
  sendAll(client, relay.port, numbered(8));
  await eventually(() => {
    expect(answers).toHaveLength(6);
  });
  expect(echo.texts).toStrictEqual(['1', '2', '3', '5', '6', '7']);
  expect(relay.packets()).toStrictEqual({
    toServer: { passed: 6, dropped: 2 },
    toClients: { passed: 6, dropped: 0 },
  });
});

test('loses answers too where that is wanted', async () => {
  const echo = await startEcho();
  const relay = await startRelay({
    targetPort: echo.port,
    lossPercent: 50,
    lossDirection: 'both',
    // Packets go one by one: to the server it passes, back it is lost.
    random: cycle([0.9, 0.1]),
  });
  const client = await openSocket();
  for (const text of numbered(3)) {
    sendAll(client, relay.port, [text]);
    const soFar = Number(text) + 1;
    await eventually(() => {
      expect(relay.packets().toClients).toStrictEqual({ passed: 0, dropped: soFar });
    });
  }
  expect(relay.packets().toServer).toStrictEqual({ passed: 3, dropped: 0 });
});

test('another loss holds for the packets that come after', async () => {
  const echo = await startEcho();
  const relay = await startRelay({ targetPort: echo.port, random: () => 0.5 });
  const client = await openSocket();
  sendAll(client, relay.port, ['before']);
  await eventually(() => {
    expect(echo.texts).toStrictEqual(['before']);
  });
  relay.setLoss(100);
  sendAll(client, relay.port, ['lost']);
  await eventually(() => {
    expect(relay.packets().toServer).toStrictEqual({ passed: 1, dropped: 1 });
  });
  relay.setLoss(0);
  sendAll(client, relay.port, ['after']);
  await eventually(() => {
    expect(echo.texts).toStrictEqual(['before', 'after']);
  });
});

test('delays each direction, and keeps the order', async () => {
  const delayMs = 30;
  const echo = await startEcho();
  const relay = await startRelay({ targetPort: echo.port, delayMs, random: () => 0 });
  const client = await openSocket();
  const answers = received(client);
  const startedMs = performance.now();
  sendAll(client, relay.port, numbered(50));
  await eventually(() => {
    expect(answers).toHaveLength(50);
  });
  // A timer may fire up to 1 ms early; how late it fires depends on the machine.
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(2 * (delayMs - 1));
  expect(echo.texts).toStrictEqual(numbered(50));
  expect(answers.map((text) => text.split(':')[1])).toStrictEqual(numbered(50));
});

test('closes with packets under way, which are lost', async () => {
  const echo = await startEcho();
  const relay = await startUdpRelay({ targetPort: echo.port, delayMs: 60_000, random: () => 0 });
  const client = await openSocket();
  sendAll(client, relay.port, ['late']);
  await eventually(() => {
    expect(relay.packets().toServer.passed).toBe(1);
  });
  await relay.close();
  expect(echo.texts).toStrictEqual([]);
  // Its port is free again.
  const next = createSocket('udp4');
  next.bind(relay.port, '127.0.0.1');
  await once(next, 'listening');
  next.close();
});
