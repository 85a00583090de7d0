import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import type { HealthPortOptions } from '../../src/health/health-port.ts';
import { launchHealthPort, stopHealthPorts } from '../support/health-port.ts';

const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await stopHealthPorts();
});

const SAFE = /x-content-type-options: nosniff\r\n.*cross-origin-resource-policy: same-origin\r\n/is;
const GET = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n';

/** A health port with metrics, unless others are given. */
async function start(options: Partial<HealthPortOptions> = {}): Promise<{ port: number; lines: string[] }> {
  const port = await freePort();
  const metrics = { contentType: 'text/plain', metrics: () => Promise.resolve('up 1\n') };
  const { lines } = await launchHealthPort({ port, metrics, ...options });
  return { port, lines };
}

interface RawSocketClient {
  readonly socket: Socket;
  readonly received: () => string;
  /** Resolves with all that came, when the connection is over. */
  readonly closed: Promise<string>;
}

async function connectTo(port: number): Promise<RawSocketClient> {
  const socket = connect({ port, host: '127.0.0.1' });
  sockets.push(socket);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      resolve(text);
    });
  });
  await once(socket, 'connect');
  return { socket, received: () => text, closed };
}

/** Sends these bytes on a connection of their own, and resolves with all that came until its end. */
async function exchange(port: number, bytes: string): Promise<string> {
  const { socket, closed } = await connectTo(port);
  socket.write(bytes);
  return closed;
}

const ask = (port: number, head: string): Promise<string> =>
  exchange(port, `${head}Connection: close\r\n\r\n`);

const stillAnswers = async (port: number): Promise<void> => {
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
};

describe('the name it is asked by', () => {
  test.each(['localhost:9120', '127.0.0.1', '[::1]:9120', '10.0.0.7:9120', 'collector:9120', 'Collector'])(
    '%s is one of its own',
    async (host) => {
      const { port } = await start({ allowedHosts: ['collector'] });
      for (const path of ['/healthz', '/metrics']) {
        expect(await ask(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
      }
    },
  );

  test.each(['evil.example', 'evil.example:9120', 'collector', 'localhost.evil.example', ''])(
    '%j may be anyone’s: nothing is told, but how to allow it',
    async (host) => {
      const { port } = await start({ facts: () => ({ server: 'main' }) });
      for (const path of ['/healthz', '/metrics', '/']) {
        const answer = await ask(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 403 /);
        expect(answer).toMatch(SAFE);
        expect(answer).toContain('add this name there');
        expect(answer).toContain('ALLOWED_HOSTS');
        expect(answer).not.toMatch(/main|up 1/);
      }
    },
  );

  test('is not told in HTTP/1.0', async () => {
    const { port } = await start();
    expect(await exchange(port, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('beyond this machine', () => {
  test('the start says in one sentence who can read it', async () => {
    const { port, lines } = await start({ host: '0.0.0.0' });
    expect(lines).toStrictEqual([
      expect.stringContaining('debug health: '),
      `warn HEALTH_HOST is 0.0.0.0: whoever reaches port ${port} can read /healthz and /metrics, without a token. ` +
        'Set HEALTH_HOST=127.0.0.1, or let only Prometheus reach it (of a container, do not publish the port)',
    ]);
  });

  test('nothing is said of a port that is off', async () => {
    const { lines } = await launchHealthPort({ port: 0, host: '0.0.0.0' });
    expect(lines).toStrictEqual([]);
  });
});

test('every answer has the headers that keep other pages out', async () => {
  const { port } = await start();
  for (const [head, status] of [
    [GET, 200],
    [GET.replace('GET', 'HEAD'), 200],
    [GET.replace('healthz', 'metrics'), 200],
    [GET.replace('healthz', 'nothing'), 404],
    [GET.replace('GET', 'POST'), 404],
    [`${GET}Expect: a-miracle\r\n`, 417],
  ] as const) {
    const answer = await ask(port, head);
    expect([head, answer]).toStrictEqual([head, expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} `))]);
    expect([head, answer]).toStrictEqual([head, expect.stringMatching(SAFE)]);
  }
});

describe('what is no request as it should be', () => {
  test.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['two lengths', `${GET}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    ['a header without a name', `${GET}: x\r\n\r\n`, 400],
    ['headers without end', `${GET}X: ${'x'.repeat(9_000)}\r\n\r\n`, 431],
    ['a path without end', `GET /${'x'.repeat(9_000)} HTTP/1.1\r\n\r\n`, 431],
  ])('%s is answered, and the connection ends', async (_what, bytes, status) => {
    const { port } = await start();
    const answer = await exchange(port, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toContain('200 OK');
    await stillAnswers(port);
  });

  test('garbage is told what it is, in JSON and with safe headers', async () => {
    const { port } = await start();
    const answer = await exchange(port, 'hello\r\n\r\n');
    expect(answer).toMatch(SAFE);
    const [, body = ''] = answer.split('\r\n\r\n');
    expect(JSON.parse(body)).toStrictEqual({ error: 'this is no HTTP/1.1 request' });
    expect(answer.toLowerCase()).toContain(`content-length: ${Buffer.byteLength(body)}\r\n`);
  });

  test('a request without host is told so, in JSON and with safe headers', async () => {
    const { port } = await start();
    const answer = await exchange(port, 'GET /healthz HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(SAFE);
    const [, body = ''] = answer.split('\r\n\r\n');
    expect(JSON.parse(body)).toStrictEqual({
      error: 'the request has no Host header, which HTTP/1.1 asks for',
    });
  });

  test('half a request gets its time and no more', async () => {
    const { port } = await start({ headersTimeoutMs: 200 });
    const answer = await exchange(port, 'GET /healthz HT');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(SAFE);
  });

  test('so does a connection on which nothing is sent', async () => {
    const { port } = await start({ headersTimeoutMs: 200 });
    await (
      await connectTo(port)
    ).closed;
  });

  test('behind a request that isn’t answered yet it ends the connection without a word that would be taken for the answer', async () => {
    const { port } = await start();
    expect(await exchange(port, `${GET}\r\nhello\r\n\r\n`)).not.toContain('no HTTP/1.1 request');
    await stillAnswers(port);
  });
});

describe('an upgrade', () => {
  test.each(['h2c', 'websocket'])(
    'to %s is a plain request here, alone and behind another',
    async (protocol) => {
      const { port, lines } = await start();
      const upgrade = `${GET}Connection: Upgrade, close\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
      expect(await exchange(port, upgrade)).toMatch(/^HTTP\/1\.1 200 /);
      const both = await exchange(port, `${GET}\r\n${upgrade}`);
      expect(both.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
      await stillAnswers(port);
      expect(lines.filter((line) => !line.startsWith('debug'))).toStrictEqual([]);
    },
  );

  test('by CONNECT ends the connection', async () => {
    const { port } = await start();
    await exchange(port, 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n');
    await stillAnswers(port);
  });
});

describe('many at once', () => {
  test('a few pipelined requests are answered in their order, a flood ends its connection', async () => {
    const { port } = await start();
    const few = await exchange(port, `${`${GET}\r\n`.repeat(7)}${GET}Connection: close\r\n\r\n`);
    expect(few.match(/"status":"ok"/g)).toHaveLength(8);
    const flood = await exchange(port, `${GET}\r\n`.repeat(200));
    expect(flood.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThan(200);
    await stillAnswers(port);
  });

  test('questions for metrics that are being made share them', async () => {
    let made = 0;
    let ready: (text: string) => void = () => undefined;
    const metrics = (): Promise<string> => {
      made += 1;
      return new Promise((resolve) => {
        ready = resolve;
      });
    };
    const { port } = await start({ metrics: { contentType: 'text/plain', metrics } });
    const asked = await Promise.all(Array.from({ length: 5 }, () => connectTo(port)));
    for (const { socket } of asked)
      socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    // Answered later than all of those: what came before was read before.
    await stillAnswers(port);
    expect(made).toBe(1);
    ready('up 1\n');
    for (const { closed } of asked) expect(await closed).toMatch(/\r\n\r\nup 1\n$/);
  });

  test('metrics that once could not be made are made anew', async () => {
    let made = 0;
    const metrics = (): Promise<string> => {
      made += 1;
      if (made === 1) throw new Error('at once');
      return made === 2 ? Promise.reject(new Error('later')) : Promise.resolve('up 1\n');
    };
    const { port } = await start({ metrics: { contentType: 'text/plain', metrics } });
    const statuses: number[] = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await fetch(`http://127.0.0.1:${port}/metrics`)).status);
    expect(statuses).toStrictEqual([500, 500, 200]);
  });

  test('an address has so many connections, and room again when one is gone', async () => {
    const { port } = await start();
    const held = await Promise.all(Array.from({ length: 16 }, () => connectTo(port)));
    expect(await (await connectTo(port)).closed).toBe('');
    held[0]?.socket.destroy();
    await eventually(async () => {
      expect(await ask(port, GET)).toMatch(/^HTTP\/1\.1 200 /);
    });
  });
});

describe('an answer that takes too long', () => {
  test('since nobody reads it is cut', async () => {
    const text = 'x'.repeat(64 * 1024 * 1024);
    const metrics = { contentType: 'text/plain', metrics: () => Promise.resolve(text) };
    const { port } = await start({ metrics, answerTimeoutMs: 300 });
    const { socket, received } = await connectTo(port);
    socket.pause();
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await eventually(() => {
      // Who doesn't read learns of the end of a connection only by writing; empty lines are no request.
      socket.write('\r\n');
      expect(socket.destroyed).toBe(true);
    });
    expect(received()).toBe('');
    await stillAnswers(port);
  });

  test('since it is never made is cut', async () => {
    const metrics = { contentType: 'text/plain', metrics: () => new Promise<string>(() => undefined) };
    const { port } = await start({ metrics, answerTimeoutMs: 200 });
    expect(await exchange(port, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n')).toBe('');
    await stillAnswers(port);
  });
});

test('facts that can’t be told are a 500 and a line in the log; the port goes on', async () => {
  let isBroken = true;
  const { port, lines } = await start({
    facts: () => {
      if (isBroken) throw new Error('no facts');
      return {};
    },
  });
  const answer = await ask(port, GET);
  expect(answer).toMatch(/^HTTP\/1\.1 500 /);
  expect(answer).toContain('{"error":"the health could not be made; the log says why"}');
  expect(lines.at(-1)).toContain('error health could not be made');
  isBroken = false;
  await stillAnswers(port);
});
