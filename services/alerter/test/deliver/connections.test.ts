import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import type { DeliveryOptions } from '../../src/deliver/index.ts';
import type { TryResult } from '../../src/model.ts';
import { alert, news, target } from '../support/messages.ts';
import { certificateOfTest } from '../support/certificate.ts';
import { filesOfTest } from '../support/files.ts';
import { startStandIn } from '../support/stand-in.ts';
import { startTcpServer } from '../support/tcp-server.ts';
import { tried } from '../support/tried.ts';

const file = filesOfTest();
const certificate = certificateOfTest();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});

const SECRET = 'S3CRET';
const message = news({ fired: [alert()] });

async function tcpServer(greet: (socket: Socket) => void): Promise<string> {
  const { host, close } = await startTcpServer(greet);
  ends.push(close);
  return host;
}

const hook = (host: string, change: Partial<DeliveryOptions> = {}): Promise<TryResult> =>
  tried(target('webhook', { url: `http://${host}/${SECRET}` }), message, change);

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

  test.each([
    ['delivered', '{', (socket: Socket) => socket.end()],
    ['delivered', '{"ok":true,"res', (socket: Socket) => socket.destroy()],
    ['failed', '{"ok":false,"err', (socket: Socket) => socket.end()],
    ['delivered', '{"ok":true', () => undefined],
    ['delivered', '', () => undefined],
    ['failed', '{"ok" : false', () => undefined],
  ] as const)(
    'cuts its answer, or never ends it, has said what it said: %s with %j',
    async (outcome, said, end) => {
      const host = await tcpServer((socket) => {
        socket.once('data', () => {
          socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n${said}`, () => void end(socket));
        });
      });
      const to = target('telegram', { url: `http://${host}`, chat: '1', secretFile: file('token', '1:abc') });
      expect(await tried(to, message, { timeoutMs: 2_000 })).toMatchObject({ outcome });
    },
  );

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
    let requests = 0;
    const server = createTlsServer(certificate, (_request, response) => {
      requests += 1;
      response.end();
    });
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
