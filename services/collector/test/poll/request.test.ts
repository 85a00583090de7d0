import type { Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Budget, TICK_LIMITS } from '../../src/poll/budget.ts';
import { createListReader } from '../../src/poll/read-list.ts';
import { createRequest } from '../../src/poll/request.ts';
import { type AnsweringServer, startAnsweringServer } from '../support/answering-server.ts';

const GENEROUS_MS = 30_000;
const NEVER = new AbortController().signal;
const LISTS_AT_ONCE = 8;
const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';

let server: AnsweringServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

test('a list is read though all connections died while nobody used them', async () => {
  const used = new WeakSet<Socket>();
  const waiting: (() => void)[] = [];
  let areLost = false;
  server = await startAnsweringServer(({ socket }, response) => {
    // As where a router has forgotten all connections: the first bytes on an old one end it.
    if (areLost && used.has(socket)) {
      socket.resetAndDestroy();
      return;
    }
    used.add(socket);
    waiting.push(() => response.end(EMPTY));
    if (areLost || waiting.length === LISTS_AT_ONCE) for (const answer of waiting.splice(0)) answer();
  });
  const { url } = server;
  const readList = createListReader({
    server: { url, credentials: 'none', inContainer: false },
    request: createRequest(url, null, () => 0),
    timeoutMs: GENEROUS_MS,
  });
  const budget = new Budget(TICK_LIMITS);
  await Promise.all(Array.from({ length: LISTS_AT_ONCE }, () => readList('paths', budget, NEVER)));
  areLost = true;
  expect(await readList('paths', budget, NEVER)).toMatchObject({ kind: 'items', isNewConnection: true });
});
