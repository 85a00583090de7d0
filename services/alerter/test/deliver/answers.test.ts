import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import type { DeliveryOptions } from '../../src/deliver/index.ts';
import type { Target, TryResult } from '../../src/model.ts';
import { alert, AT, news, target } from '../support/messages.ts';
import { filesOfTest } from '../support/files.ts';
import { startStandIn } from '../support/stand-in.ts';
import { tried } from '../support/tried.ts';

const file = filesOfTest();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

const SECRET = 'S3CRET';
const message = news({ fired: [alert()] });

async function answering(
  status: number,
  headers: Record<string, string> = {},
  change: Partial<Target> = {},
): Promise<Pick<TryResult, 'outcome' | 'error' | 'retryAfterMs'> & { readonly host: string }> {
  const standIn = await startStandIn((response) => {
    response.writeHead(status, headers).end(`${SECRET} in the body`);
  });
  ends.push(standIn.close);
  const to = { ...target('webhook', { url: `${standIn.url}/${SECRET}?${SECRET}` }), ...change };
  const { outcome, error, retryAfterMs } = await tried(to, message);
  expect(error ?? '').not.toContain(SECRET);
  return {
    outcome,
    error: error?.replaceAll(standIn.host, 'HOST') ?? null,
    retryAfterMs,
    host: standIn.host,
  };
}

/** A server that does as it is told with each connection. */
async function tcpServer(greet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${port}`;
}

const hook = (host: string, change: Partial<DeliveryOptions> = {}): Promise<TryResult> =>
  tried(target('webhook', { url: `http://${host}/${SECRET}` }), message, change);

describe('an answer with', () => {
  test.each([200, 201, 204, 299])('%d is taken', async (status) => {
    expect(await answering(status)).toMatchObject({ outcome: 'delivered', error: null, retryAfterMs: null });
  });

  test.each([
    [400, 'HOST answered with 400: check url, and what answers there'],
    [404, 'HOST answered with 404: check url, and what answers there'],
    [429, 'HOST answered with 429'],
    [500, 'HOST answered with 500'],
    [503, 'HOST answered with 503'],
  ])('%d has failed', async (status, error) => {
    expect(await answering(status)).toMatchObject({ outcome: 'failed', error, retryAfterMs: null });
  });

  test('410 means that a webhook is gone, but no Alertmanager', async () => {
    expect(await answering(410)).toMatchObject({
      outcome: 'gone',
      error: 'HOST answered with 410: it doesn’t exist any more',
    });
    expect(await answering(410, {}, { kind: 'alertmanager' })).toMatchObject({ outcome: 'failed' });
  });
});

describe('a redirect', () => {
  test('isn’t followed, and its host alone is told', async () => {
    const other = await startStandIn();
    ends.push(other.close);
    for (const status of [301, 302, 303, 307, 308]) {
      const { outcome, error } = await answering(status, { location: `${other.url}/${SECRET}?${SECRET}` });
      expect([outcome, error]).toStrictEqual([
        'failed',
        `HOST answered with ${status}, a redirect to ${other.host}, which isn’t followed: check url, and what answers there`,
      ]);
    }
    expect(other.requests).toStrictEqual([]);
  });

  test.each([['/elsewhere'], ['http://[']])('to %s is told without it', async (location) => {
    const { error } = await answering(302, { location });
    expect(error).toMatch(
      /^HOST answered with 302, a redirect to another address there, which isn’t followed/,
    );
  });
});

describe('how long not to ask', () => {
  const HOUR_MS = 3_600_000;
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['999999', HOUR_MS],
    ['soon', null],
    ['-5', null],
  ])('is told in seconds: %s', async (said, retryAfterMs) => {
    expect(await answering(503, { 'retry-after': said })).toMatchObject({ outcome: 'failed', retryAfterMs });
  });

  test.each([
    ['by the answer’s own clock', 'Wed, 21 Oct 2015 07:28:30 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 30_000],
    ['never longer than an hour', 'Wed, 21 Oct 2020 07:28:00 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', HOUR_MS],
    ['never in the past', 'Wed, 21 Oct 2015 07:27:00 GMT', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['by ours where the answer has none', 'Sun, 01 Mar 2026 14:05:57 GMT', 'no date', 120_000],
  ])('is told as a date, %s', async (_how, said, date, retryAfterMs) => {
    expect(AT).toBe('2026-03-01T14:03:57.000Z');
    expect(await answering(429, { 'retry-after': said, date })).toMatchObject({ retryAfterMs });
  });
});

describe('a target that', () => {
  test('hangs is left after its time', async () => {
    const host = await tcpServer(() => undefined);
    const { outcome, error } = await hook(host, { timeoutMs: 200 });
    expect([outcome, error]).toStrictEqual(['failed', 'it didn’t answer within 0.2 s']);
  });

  test('answers a gigabyte costs next to nothing of it', async () => {
    let sent = 0;
    const piece = Buffer.alloc(65_536, 120);
    const host = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.write(`HTTP/1.1 400 Bad\r\ncontent-length: ${1_024 ** 3}\r\n\r\n`);
        const more = (): void => {
          while (!socket.destroyed) {
            sent += piece.length;
            if (!socket.write(piece)) break;
          }
        };
        socket.on('drain', more);
        more();
      });
    });
    const to = target(
      'telegram',
      { url: `http://${host}`, chat: '1', secretFile: file('token', '1:abc') },
      { name: 'chat' },
    );
    expect(await tried(to, message)).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('400'),
    });
    const before = sent;
    // What fits into the buffers of both sides, far from a gigabyte.
    expect(before).toBeLessThan(64 * 1_024 ** 2);
  });

  test('sends its answer for ever is left after its time', async () => {
    const host = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{');
      });
    });
    const to = target('telegram', { url: `http://${host}`, chat: '1', secretFile: file('token', '1:abc') });
    const { outcome, error } = await tried(to, message, { timeoutMs: 500 });
    expect([outcome, error]).toStrictEqual(['failed', 'it didn’t answer within 0.5 s']);
  });

  test('refuses or cuts the connection, or isn’t known', async () => {
    const closed = `127.0.0.1:${await freePort()}`;
    const cutting = await tcpServer((socket) => {
      socket.once('data', () => socket.resetAndDestroy());
    });
    const nobody = 'nobody.invalid';
    const errors = await Promise.all([closed, cutting, nobody].map(async (host) => (await hook(host)).error));
    expect(errors[0]).toBe(`${closed} refuses the connection (ECONNREFUSED)`);
    expect(errors[1]).toBe(`${cutting} cut the connection (ECONNRESET)`);
    expect(errors[2]).toMatch(
      /^nobody\.invalid (isn’t known by this name|can’t be looked up at the moment) \(E/,
    );
  });

  test('answers no HTTP', async () => {
    const host = await tcpServer((socket) => {
      socket.end(`220 ${SECRET} ESMTP\r\n`);
    });
    const { outcome, error } = await hook(host);
    expect([outcome, error?.includes(SECRET)]).toStrictEqual(['failed', false]);
    expect(error).toMatch(new RegExp(`^${host} can’t be talked to`));
  });

  test('shows a certificate that nobody vouches for isn’t told anything', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const made = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
    ];
    execFileSync('openssl', [...made, '-subj', '/CN=localhost'], { stdio: 'ignore' });
    let requests = 0;
    const server = createTlsServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_request, response) => {
        requests += 1;
        response.end();
      },
    );
    rmSync(folder, { recursive: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
    const { outcome, error } = await tried(target('webhook', { url: `https://${host}/` }), message);
    expect([outcome, requests]).toStrictEqual(['failed', 0]);
    expect(error).toBe(
      `${host} has a certificate that nobody known vouches for (DEPTH_ZERO_SELF_SIGNED_CERT)`,
    );
  });
});

test('the proxies of the environment aren’t asked', async () => {
  const [standIn, proxy] = [await startStandIn(), await startStandIn()];
  ends.push(standIn.close, proxy.close);
  const names = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) process.env[name] = proxy.url;
  try {
    expect(await hook(standIn.host)).toMatchObject({ outcome: 'delivered' });
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
  expect([standIn.requests.length, proxy.requests.length]).toStrictEqual([1, 0]);
});

describe('files of a target', () => {
  test('are read at each try', async () => {
    const standIn = await startStandIn();
    ends.push(standIn.close);
    const urlFile = file('url', `\n  ${standIn.url}/first  \n`);
    const secretFile = file('secret', 'one');
    const to = target('ntfy', { urlFile, secretFile });
    await tried(to, message);
    file('url', `${standIn.url}/second`);
    file('secret', 'two\nolder');
    await tried(to, message);
    const got = standIn.requests.map(({ headers, body }) => [
      headers.authorization,
      (JSON.parse(body) as { readonly topic: string }).topic,
    ]);
    expect(got).toStrictEqual([
      ['Bearer one', 'first'],
      ['Bearer two', 'second'],
    ]);
  });

  test.each([
    ['urlFile', '/nowhere/url', 'urlFile /nowhere/url can’t be read (ENOENT'],
    ['secretFile', '/nowhere/secret', 'secretFile /nowhere/secret can’t be read (ENOENT'],
  ])('that are missing: %s', async (member, path, said) => {
    const { outcome, error } = await tried(
      target('ntfy', { url: 'http://127.0.0.1:1/a', [member]: path }),
      message,
    );
    // Errors of the system are strangers among jest's, and told as such.
    expect([outcome, error?.replace('Error: ', '').slice(0, said.length)]).toStrictEqual(['failed', said]);
  });

  test('that are empty, or hold no address, are named; what they hold isn’t', async () => {
    const [empty, wrong] = [file('empty', ' \n\n'), file('wrong', `ftp://${SECRET}`)];
    const errors = await Promise.all([
      tried(target('slack', { urlFile: empty }), message),
      tried(target('slack', { urlFile: wrong }), message),
      tried(target('slack', {}), message),
    ]);
    expect(errors.map(({ error }) => error)).toStrictEqual([
      `urlFile ${empty} is empty`,
      `urlFile ${wrong} has to be an address that begins with https:// or http://`,
      'it has neither url nor urlFile',
    ]);
  });
});

test('a try that fails is done with its connection', async () => {
  const open = new Set<Socket>();
  const host = await tcpServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.once('data', () => socket.write('HTTP/1.1 500 Bad\r\ncontent-length: 100\r\n\r\n'));
  });
  await hook(host);
  await eventually(() => {
    expect(open.size).toBe(0);
  });
});
