import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { connectRaw } from './raw.ts';
import { serving } from './serving.ts';

const CLIENTS = 203;

/** Ways for a client to come and go. */
const WAYS: readonly ((url: string) => Promise<void>)[] = [
  async (url) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?topics=streams,connections`);
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send('{"action":"subscribe","stream":"cam/*"}');
    socket.close();
  },
  async (url) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { perMessageDeflate: false });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.terminate();
  },
  async (url) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    socket.on('error', () => undefined);
    await nextTurn();
    socket.terminate();
  },
  async (url) => {
    const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' } });
    client.socket.end();
  },
  async (url) => {
    const client = await connectRaw(url);
    client.socket.resetAndDestroy();
  },
  async (url) => {
    const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Key': null } });
    client.socket.destroy();
  },
  async (url) => {
    const client = await connectRaw(url);
    client.socket.write('no frame at all');
    await nextTurn();
    client.socket.end();
  },
];

test('clients that come and go in any way leave nothing behind', async () => {
  const { url, publish, sockets, connections, entries, lines } = await serving(['main']);
  const done = new AbortController();
  const publishing = (async () => {
    for (let seq = 2; !done.signal.aborted; seq += 1) await publish('main', seq);
  })();
  const comings = Array.from({ length: CLIENTS / WAYS.length }, () => WAYS.map((come) => come(url)));
  await Promise.all(comings.flat());
  done.abort();
  await publishing;
  await eventually(() => {
    expect(connections.size).toBe(0);
    expect(sockets.stats.clients).toBe(0);
    expect(entries().left).toBe(entries().entered);
  });
  expect(entries().entered).toBeGreaterThan(CLIENTS / 2);
  expect(sockets.stats.messages).toBeGreaterThan(0);
  expect(lines.filter((line) => /^(warn|error)/.test(line))).toStrictEqual([]);
});
