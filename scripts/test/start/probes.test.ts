import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort, startReplayServer, testRedis } from '@mediamtx-monitor/testkit';
import { mediamtxAnswers } from '../../src/start/probe-mediamtx.ts';
import { probeRedis } from '../../src/start/probe-redis.ts';

const open: Server[] = [];

async function portOf(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe('probeRedis', () => {
  const replying = async (reply: string): Promise<string> => {
    const port = await portOf(createTcpServer((socket) => socket.end(reply)));
    return probeRedis(`redis://127.0.0.1:${port}`);
  };

  test('a real Redis is ready', async () => {
    expect(await probeRedis(testRedis().url)).toBe('ready');
  });

  test('one that loads its data isn’t yet', async () => {
    expect(await replying('-LOADING Redis is loading the dataset in memory\r\n')).toBe('loading');
  });

  test('one that wants a password refuses', async () => {
    expect(await replying('-NOAUTH Authentication required.\r\n')).toBe('refuses');
  });

  test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', ''])('a server that says %j is none', async (reply) => {
    expect(await replying(reply)).toBe('none');
  });

  test('a closed port is none', async () => {
    expect(await probeRedis(`redis://127.0.0.1:${await freePort()}`)).toBe('none');
  });
});

describe('mediamtxAnswers', () => {
  const answering = async (listener: RequestListener): Promise<boolean> =>
    mediamtxAnswers(`http://127.0.0.1:${await portOf(createServer(listener))}`);

  test('MediaMTX’s list is an answer', async () => {
    const server = await startReplayServer('1.20.1');
    expect(await mediamtxAnswers(server.url)).toBe(true);
    await server.close();
  });

  test('so is its refusal', async () => {
    expect(await answering((_, response) => response.writeHead(401).end())).toBe(true);
  });

  test('another web server is no MediaMTX', async () => {
    expect(await answering((_, response) => response.writeHead(404).end())).toBe(false);
    expect(await answering((_, response) => response.end('<html></html>'))).toBe(false);
    expect(await answering((_, response) => response.end('{"files":[]}'))).toBe(false);
  });

  test('a closed port is none', async () => {
    expect(await mediamtxAnswers(`http://127.0.0.1:${await freePort()}`)).toBe(false);
  });
});
