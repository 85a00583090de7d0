import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { RequestError } from '../src/errors.ts';
import type { HistoryRequest } from '../src/history.ts';
import { KeptReader } from '../src/kept.ts';
import { portsOf } from '../src/platform.ts';
import { atEnd } from './support/at-end.ts';

const ports = portsOf({ webSocket: WebSocket });
const ANSWER = {
  from: '2026-11-29T20:00:00.000Z',
  to: '2026-11-29T20:10:00.000Z',
  stepSeconds: 300,
  fields: {
    state: { worst: ['live', null] },
    inboundMbps: { mean: [4, null], min: [0, null], max: [4, null] },
  },
};

const askForHistory = (base: string, token: string | undefined, request: HistoryRequest) =>
  new KeptReader({ base, token, ports }).history(request);

/** An API that gives this answer, and what it was asked. */
async function startAnswering(status: number, body: unknown) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url, request.headers.authorization);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test.each([
  [{ stream: 'a/b c' }, '/api/streams/a%2Fb%20c/history'],
  [{ stream: 'cam', server: 'north' }, '/api/streams/cam/history?server=north'],
  [{ server: 'north', stepSeconds: 60 }, '/api/servers/north/history?step=60'],
  [
    {
      host: 'media-1',
      from: '2026-11-29T20:00:00+01:00',
      to: '2026-11-29T20:00:00Z',
      fields: ['state', 'cpuPercent'],
    },
    '/api/hosts/media-1/history?from=2026-11-29T20%3A00%3A00%2B01%3A00&to=2026-11-29T20%3A00%3A00Z&fields=state%2CcpuPercent',
  ],
])('%j is asked for', async (request, path) => {
  const { url, asked } = await startAnswering(200, ANSWER);
  expect(await askForHistory(url, 'secret', request)).toStrictEqual(ANSWER);
  expect(asked).toStrictEqual([path, 'Bearer secret']);
});

test('what the API has against it is told, with its code', async () => {
  const problem = { code: 'step-too-fine', detail: 'step is 1; the finest for this time is 300 (seconds).' };
  const { url } = await startAnswering(400, problem);
  await expect(askForHistory(url, undefined, { stream: 'cam' })).rejects.toStrictEqual(
    new RequestError('step-too-fine', problem.detail, 400),
  );
});

test.each([
  {},
  { ...ANSWER, fields: { inboundMbps: { mean: [4] } } },
  { ...ANSWER, fields: { inboundMbps: { mean: [4, 'x'] } } },
  { ...ANSWER, fields: { state: { worst: [1, 2] } } },
  { ...ANSWER, fields: [] },
])('%j is no history', async (body) => {
  const { url } = await startAnswering(200, body);
  await expect(askForHistory(url, undefined, { stream: 'cam' })).rejects.toMatchObject({
    code: 'bad-data',
  });
});

test('a request that names nothing, or an API that isn’t there, is told', async () => {
  await expect(askForHistory('http://127.0.0.1:9', undefined, {})).rejects.toMatchObject({
    code: 'invalid-request',
  });
  await expect(askForHistory('http://127.0.0.1:9', undefined, { stream: 'cam' })).rejects.toMatchObject({
    code: 'unreachable',
  });
});

test('streams are found by a part of their names', async () => {
  const { url, asked } = await startAnswering(200, { items: [{ name: 'a/cam' }], total: 1 });
  const api = new KeptReader({ base: url, token: 'secret', ports });
  expect(await api.streams({ search: 'a/', limit: 20 })).toStrictEqual([{ name: 'a/cam' }]);
  expect(asked).toStrictEqual(['/api/streams?search=a%2F&limit=20', 'Bearer secret']);
  const odd = await startAnswering(200, { items: 'none' });
  await expect(new KeptReader({ base: odd.url, token: undefined, ports }).streams({})).rejects.toMatchObject({
    code: 'bad-data',
  });
});
