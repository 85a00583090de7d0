import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import { parseProcEnvironment } from '../../src/ready/proc-environment.ts';
import { problemOfApi } from '../../src/ready/problem.ts';

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** An API that answers `/readyz` with this status; its port. */
async function apiAnswering(status: number): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/readyz' ? status : 404).end('{}');
  }).listen(0, '127.0.0.1');
  ends.push(() => server.close());
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

const problemWith = (env: Record<string, string>): Promise<string | null> =>
  problemOfApi({ env, readFile: () => 'redis://user:hush@redis.test', settingsFile: '/etc/x.env' });

describe('the API', () => {
  test.each([200, 401])('that answers %s is ready', async (status) => {
    expect(await problemWith({ API_PORT: await apiAnswering(status) })).toBeNull();
  });

  test('that listens everywhere is asked on this machine', async () => {
    expect(await problemWith({ API_HOST: '0.0.0.0', API_PORT: await apiAnswering(200) })).toBeNull();
  });

  test('that waits for Redis says where, without the password, and what to do', async () => {
    const API_PORT = await apiAnswering(503);
    expect(await problemWith({ API_PORT })).toMatch(/^No Redis answers at 127\.0\.0\.1:6379: install one/);
    expect(await problemWith({ API_PORT, REDIS_URL: 'redis://u:hush@r.test:7000' })).toMatch(
      /^No Redis answers at r\.test:7000: .* REDIS_URL in \/etc\/x\.env;/,
    );
    expect(await problemWith({ API_PORT, REDIS_URL_FILE: '/run/redis' })).toMatch(/at redis\.test:6379: /);
  });

  test('that does not answer is named by its address', async () => {
    const port = await freePort();
    expect(await problemWith({ API_PORT: String(port) })).toBe(
      `The API does not answer at 127.0.0.1:${port}.`,
    );
  });

  test('whose port nobody knows is left alone', async () => {
    expect(await problemWith({ API_PORT: '0' })).toBeNull();
  });
});

test('the environment of a process is read as the kernel tells it', () => {
  expect(parseProcEnvironment('A=1\0B=x=y\0EMPTY=\0')).toStrictEqual({ A: '1', B: 'x=y', EMPTY: '' });
  expect(parseProcEnvironment('')).toStrictEqual({});
});
