import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import type { MetricsSource } from '../../src/health/health-port.ts';
import { closeServer, listen } from '../../src/lifecycle/listen.ts';
import type { Part } from '../../src/lifecycle/part.ts';
import { launchHealthPort, stopHealthPorts } from '../support/health-port.ts';

afterEach(stopHealthPorts);

function startHealthPort(
  port: number,
  facts: () => Readonly<Record<string, unknown>> = () => ({}),
  metrics?: MetricsSource,
): Promise<{ part: Part; lines: string[] }> {
  return launchHealthPort({ port, facts, ...(metrics && { metrics }) });
}

describe('the health port', () => {
  test('answers /healthz with the facts of the moment as JSON', async () => {
    const port = await freePort();
    let ticks = 0;
    const { lines } = await startHealthPort(port, () => ({ ticks: (ticks += 1), server: 'main' }));
    const url = `http://127.0.0.1:${port}/healthz`;
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toStrictEqual({ status: 'ok', ticks: 1, server: 'main' });
    expect(await (await fetch(url)).json()).toMatchObject({ ticks: 2 });
    expect(lines).toStrictEqual([`debug health: ${url}`]);
  });

  test('ends its answer with a line end, for people with curl', async () => {
    const port = await freePort();
    await startHealthPort(port);
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe('{"status":"ok"}\n');
  });

  test('answers HEAD without a body', async () => {
    const port = await freePort();
    await startHealthPort(port);
    const response = await fetch(`http://127.0.0.1:${port}/healthz`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test.each([
    ['GET', '/'],
    ['GET', '/healthz/'],
    ['GET', '/health'],
    ['POST', '/healthz'],
    ['DELETE', '/healthz'],
  ])('answers %s %s with 404 and a hint', async (method, path) => {
    const port = await freePort();
    await startHealthPort(port, () => ({ server: 'main' }));
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toStrictEqual({ error: 'not found: try GET /healthz' });
  });

  test('is gone after stop, kept-alive connections too', async () => {
    const port = await freePort();
    const { part } = await startHealthPort(port);
    await fetch(`http://127.0.0.1:${port}/healthz`);
    await part.stop();
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow('fetch failed');
  });
});

describe('metrics on the health port', () => {
  const contentType = 'text/plain; version=0.0.4; charset=utf-8';

  test('are made for each request, and answered in the type they have', async () => {
    const port = await freePort();
    let asked = 0;
    const metrics = (): Promise<string> => Promise.resolve(`asked ${(asked += 1)}\n`);
    await startHealthPort(port, () => ({}), { contentType, metrics });
    const url = `http://127.0.0.1:${port}/metrics`;
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('asked 1\n');
    expect(await (await fetch(url)).text()).toBe('asked 2\n');
    expect(await (await fetch(url, { method: 'HEAD' })).text()).toBe('');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('are named in the hint; another method is not found', async () => {
    const port = await freePort();
    await startHealthPort(port, () => ({}), { contentType, metrics: () => Promise.resolve('') });
    for (const [method, path] of [
      ['GET', '/'],
      ['POST', '/metrics'],
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      expect(response.status).toBe(404);
      expect(await response.json()).toStrictEqual({ error: 'not found: try GET /healthz or GET /metrics' });
    }
  });

  test('that fail are a 500 and a line in the log; the port goes on', async () => {
    const port = await freePort();
    const metrics = (): Promise<string> => Promise.reject(new Error('no numbers'));
    const { lines } = await startHealthPort(port, () => ({}), { contentType, metrics });
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(response.status).toBe(500);
    expect(await response.json()).toStrictEqual({ error: 'the metrics could not be made; the log says why' });
    expect(lines.at(-1)).toContain('error metrics could not be made');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  test('are not there unless a service has some', async () => {
    const port = await freePort();
    await startHealthPort(port);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
  });
});

describe('no health port', () => {
  test('with port 0, and nothing to say about it', async () => {
    const { part, lines } = await startHealthPort(0);
    expect(lines).toStrictEqual([]);
    await part.stop();
  });

  test('where another program has the port: a warning that names the settings, not a stop', async () => {
    const other = createServer((_request, response) => response.end('other'));
    const port = await listen(other, '127.0.0.1', 0, 'X');
    const { part, lines } = await startHealthPort(port);
    expect(lines).toStrictEqual([
      `warn no health port: 127.0.0.1:${port} is in use by another program; ` +
        'choose another with HEALTH_HOST and HEALTH_PORT',
    ]);
    await part.stop();
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('other');
    await closeServer(other);
  });
});

test('where a container engine has only this machine reach it, there is nothing to warn of', async () => {
  const { lines } = await launchHealthPort({
    port: await freePort(),
    host: '0.0.0.0',
    publishedOn: '127.0.0.1',
  });
  expect(lines).toStrictEqual([expect.stringContaining('debug health: ')]);
});
