import { renameSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import { keyFile, lineOf, tempPath } from '../access/bench.ts';
import { readEvents } from '../live/sse/client.ts';
import { startApi } from '../started-api.ts';
import { connectClient, type TestClient } from '../live/ws/client.ts';

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const ANN = lineOf('ann', 'tok-a');
const BOB = lineOf('bob', 'tok-b');

/** An API with two tokens, and clients who came with each and with a ticket for it. */
async function startWithClients() {
  const [tokens, key] = [tempPath('tokens'), keyFile()];
  writeFileSync(tokens, `${ANN}\n${BOB}\n`);
  const { api, url } = await startApi({ config: { API_TOKENS_FILE: tokens, API_TICKET_KEY_FILE: key } });
  const ticketOf = async (token: string): Promise<string> => {
    const answer = await fetch(`${url}/api/tickets`, { method: 'POST', headers: bearer(token) });
    const { ticket } = (await answer.json()) as { ticket: string };
    return `?ticket=${ticket}`;
  };
  const socket = (query: string, headers = {}): Promise<TestClient> => connectClient(url, query, { headers });
  const events = (query: string, headers = {}) => readEvents(url, query, headers);
  const annsTicket = await ticketOf('tok-a');
  const clients = {
    sockets: {
      annByToken: await socket('', bearer('tok-a')),
      annByTicket: await socket(annsTicket),
      bobByToken: await socket('', bearer('tok-b')),
      bobByTicket: await socket(await ticketOf('tok-b')),
    },
    events: {
      annByToken: await events('', bearer('tok-a')),
      annByTicket: await events(annsTicket),
      bobByTicket: await events(await ticketOf('tok-b')),
    },
  };
  await eventually(() => {
    expect([api.sockets.stats.clients, api.events.stats.clients]).toStrictEqual([4, 3]);
  });
  return { api, url, tokens, key, annsTicket, ticketOf, ...clients };
}

test('another key sends away who came with a ticket, to come back with a new one, and nobody else', async () => {
  const { api, url, key, sockets, events, annsTicket, ticketOf } = await startWithClients();
  renameSync(keyFile(), key);
  const codes = await Promise.all([sockets.annByTicket.closed, sockets.bobByTicket.closed]);
  expect(codes).toStrictEqual([CLOSE_CODES.ticketVoid, CLOSE_CODES.ticketVoid]);
  await Promise.all([events.annByTicket.ended, events.bobByTicket.ended]);
  await eventually(() => {
    expect([api.sockets.stats.clients, api.events.stats.clients]).toStrictEqual([2, 1]);
  });
  expect([sockets.annByToken, sockets.bobByToken].map(({ socket }) => socket.readyState)).toStrictEqual([
    1, 1,
  ]);
  expect((await fetch(`${url}/api/servers${annsTicket}`)).status).toBe(401);
  const again = await connectClient(url, await ticketOf('tok-a'));
  expect(again.socket.readyState).toBe(1);
});

test.each([
  ['removed', BOB],
  ['replaced', `${lineOf('ann', 'tok-c')}\n${BOB}`],
])('a token that is %s takes with it who came with a ticket for it, and the ticket', async (_how, lines) => {
  const { api, url, tokens, sockets, events, annsTicket } = await startWithClients();
  writeFileSync(tokens, `${lines}\n`);
  const codes = await Promise.all([sockets.annByToken.closed, sockets.annByTicket.closed]);
  expect(codes).toStrictEqual([CLOSE_CODES.tokenRemoved, CLOSE_CODES.tokenRemoved]);
  await Promise.all([events.annByToken.ended, events.annByTicket.ended]);
  await eventually(() => {
    expect([api.sockets.stats.clients, api.events.stats.clients]).toStrictEqual([2, 1]);
  });
  expect([sockets.bobByToken, sockets.bobByTicket].map(({ socket }) => socket.readyState)).toStrictEqual([
    1, 1,
  ]);
  expect((await fetch(`${url}/api/servers${annsTicket}`)).status).toBe(401);
  await expect(connectClient(url, annsTicket)).rejects.toThrow('401');
});
