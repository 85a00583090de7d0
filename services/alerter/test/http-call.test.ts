import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { callHttp, type CallAnswer } from '../src/http-call.ts';
import { startStandIn } from './support/stand-in.ts';
import { startTcpServer, sendForEver } from './support/tcp-server.ts';

const MAX_BYTES = 65_536;
/** What fits into the buffers of both sides beside what is read. */
const SOON_BYTES = 32 * 1_024 ** 2;
const NEVER = new AbortController().signal;
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n`;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

async function serverThat(greets: (socket: Socket) => void): Promise<string> {
  const { host, close } = await startTcpServer(greets);
  ends.push(close);
  return host;
}

function call(host: string, { readsBody = true, signal = NEVER } = {}): Promise<CallAnswer> {
  const url = new URL(`http://${host}/path?query`);
  return callHttp({ url, method: 'POST', headers: { 'x-own': '1' }, body: '{"📹":1}', readsBody }, signal);
}

/** Calls who answers so without end, and tells what came of it, and how much could be sent. */
async function endless(first: string, piece: string, readsBody = true) {
  let sent = (): number => 0;
  const host = await serverThat((socket) => {
    socket.once('data', () => {
      sent = sendForEver(socket, first, piece);
    });
  });
  const outcome = await call(host, { readsBody }).catch(
    (error: unknown) => (error as { code?: unknown }).code,
  );
  return { outcome, sent: sent() };
}

test('a call brings what it is given, and an answer as it came', async () => {
  const standIn = await startStandIn((response) => {
    response.writeHead(429, { 'retry-after': '7' }).end('später');
  });
  ends.push(standIn.close);
  expect(await call(standIn.host)).toMatchObject({
    ...{ status: 429, body: 'später', isCut: false },
    headers: { 'retry-after': '7' },
  });
  expect(standIn.requests).toMatchObject([
    {
      ...{ method: 'POST', path: '/path?query', body: '{"📹":1}' },
      headers: {
        'x-own': '1',
        'content-length': '10',
        'user-agent': 'mediamtx-monitor',
        connection: 'close',
      },
    },
  ]);
});

test('what says what comes before an answer is passed over', async () => {
  const host = await serverThat((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 103 Early Hints\r\n\r\n${OK}content-length: 2\r\n\r\nok`));
  });
  expect(await call(host)).toMatchObject({ status: 200, body: 'ok' });
});

describe('an answer that never begins', () => {
  test.each([
    ['for what is said before it', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 'ENDLESS_ANSWER'],
    ['for the shortest that can be said', '', 'HTTP/1.1 103 E\r\n\r\n', 'ENDLESS_ANSWER'],
    ['for its headers', OK, 'x-one: two\r\n', 'HPE_HEADER_OVERFLOW'],
    ['for one header', `${OK}x-one: `, 'x', 'HPE_HEADER_OVERFLOW'],
    ['for its first line', 'HTTP/1.1 200 ', 'O', 'HPE_HEADER_OVERFLOW'],
  ])('is left %s', async (_, first, piece, code) => {
    const { outcome, sent } = await endless(first, piece);
    expect(['ENDLESS_ANSWER', code]).toContain(outcome);
    expect(sent).toBeLessThan(SOON_BYTES);
  });

  test('for how slow it is ends with the signal', async () => {
    const host = await serverThat((socket) => {
      socket.once('data', () => socket.write(`${OK}x-one: `));
      const drip = setInterval(() => socket.write('x'), 10);
      socket.on('close', () => {
        clearInterval(drip);
      });
    });
    await expect(call(host, { signal: AbortSignal.timeout(300) })).rejects.toThrow('aborted');
  });
});

describe('an answer that never ends', () => {
  test.each([
    ['in its body', `${OK}content-length: ${1_024 ** 3}\r\n\r\n`, 'x', 'x'.repeat(MAX_BYTES)],
    ['in the size of a piece', `${CHUNKED}2;`, 'x', 'ok'],
    ['in pieces', CHUNKED, '1\r\nx\r\n', /^okx+$/],
    ['in what follows its body', `${CHUNKED}0\r\n`, 'x-one: two\r\n', 'ok'],
  ])('is read as far as it may go: %s', async (_, first, piece, body) => {
    const { outcome, sent } = await endless(first, piece);
    expect(sent).toBeLessThan(SOON_BYTES);
    // Node refuses some of it by itself.
    if (typeof outcome === 'string') expect(outcome).toMatch(/^HPE_/);
    else
      expect(outcome).toMatchObject({
        status: 200,
        body: typeof body === 'string' ? body : expect.stringMatching(body),
      });
  });

  test('is nothing to whoever doesn’t look at it', async () => {
    const { outcome, sent } = await endless(`${OK}content-length: ${1_024 ** 3}\r\n\r\n`, 'x', false);
    expect(outcome).toMatchObject({ status: 200, body: '' });
    expect(sent).toBeLessThan(SOON_BYTES);
  });
});

test('what is packed stays packed, however large it would be', async () => {
  const bomb = gzipSync(Buffer.alloc(16 * 1_024 ** 2));
  const host = await serverThat((socket) => {
    socket.once('data', () => {
      socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    });
  });
  const { status, body } = await call(host);
  expect(status).toBe(200);
  expect(Buffer.byteLength(body, 'latin1')).toBeLessThanOrEqual(MAX_BYTES);
});

describe('an answer that is cut', () => {
  const CUT = `${OK}content-length: 9\r\n\r\nok`;

  test.each([
    ['by its end', CUT],
    ['by what is no HTTP', `${CHUNKED}no size\r\n`],
  ])('is one all the same, of which that is said: %s', async (_, said) => {
    const host = await serverThat((socket) => {
      socket.once('data', () => socket.end(said));
    });
    expect(await call(host)).toMatchObject({ status: 200, body: 'ok', isCut: true });
  });

  test('by the time of who asks is so, too', async () => {
    const host = await serverThat((socket) => {
      socket.once('data', () => socket.write(CUT));
    });
    expect(await call(host, { signal: AbortSignal.timeout(1_000) })).toMatchObject({
      ...{ status: 200, body: 'ok', isCut: true },
    });
  });

  test('before its head is none', async () => {
    const host = await serverThat((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-le'));
    });
    await expect(call(host)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

test('a connection that becomes something else is no answer', async () => {
  const host = await serverThat((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    );
  });
  await expect(call(host)).rejects.toMatchObject({ code: 'NO_ANSWER' });
});

test('each connection is closed with its call', async () => {
  let closed: Promise<unknown> = Promise.resolve();
  const host = await serverThat((socket) => {
    closed = once(socket, 'close');
    socket.once('data', () => socket.write(`${OK}content-length: 9\r\n\r\nok`));
  });
  await call(host, { readsBody: false });
  await closed;
});
