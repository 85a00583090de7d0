import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { KeptReader } from '../src/kept.ts';
import { portsOf } from '../src/platform.ts';
import { atEnd } from './support/at-end.ts';

interface Said {
  readonly type?: string;
  readonly body: string;
  readonly link?: string;
}

/** Answers one question after the other. */
async function reader(...answers: readonly Said[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { type = 'application/json', body, link } = answers[asked.length] ?? { body: '' };
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': type, ...(link !== undefined && { Link: link }) }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    kept: new KeptReader({ base, token: undefined, ports: portsOf({ webSocket: WebSocket }) }),
  };
}

const PAGE = { items: [{ id: '7-0' }], next: '7-0', previous: '7-0', more: true, trimmed: false };

test('one page backwards, of the connections that publish', async () => {
  const { kept, asked } = await reader({ body: JSON.stringify(PAGE) });
  const query = {
    until: '9-0',
    limit: 50,
    role: 'publish',
    type: ['stream.online', 'stream.offline'],
  } as const;
  expect(await kept.eventsPage(query)).toStrictEqual(PAGE);
  expect(asked).toStrictEqual([
    '/api/events?until=9-0&limit=50&role=publish&type=stream.online%2Cstream.offline',
  ]);
});

test('of servers that have labels, each said once', async () => {
  const { kept, asked } = await reader({ body: JSON.stringify(PAGE) }, { body: '{"items":[]}' });
  const label = ['site:north', 'rack:1'];
  await kept.eventsPage({ label });
  await kept.streams({ label, search: 'cam', health: ['warning', 'critical'], limit: 10 });
  expect(asked).toStrictEqual([
    '/api/events?label=site%3Anorth&label=rack%3A1',
    '/api/streams?label=site%3Anorth&label=rack%3A1&search=cam&limit=10&health=warning%2Ccritical',
  ]);
});

test('the first page has nothing before it', async () => {
  const { kept } = await reader({ body: JSON.stringify({ ...PAGE, previous: null, more: false }) });
  expect(await kept.sessionsPage({ protocol: ['srt', 'rtsp'] })).toStrictEqual({
    ...PAGE,
    previous: null,
    more: false,
  });
});

test('a page without items is none', async () => {
  const { kept } = await reader({ body: '{"next":"1-0"}' });
  await expect(kept.eventsPage({})).rejects.toMatchObject({ code: 'bad-data' });
});

test('sessions as CSV are one table, however many answers they take', async () => {
  const csv = { type: 'text/csv; charset=utf-8' };
  const { kept, asked } = await reader(
    { ...csv, body: 'server,stream\r\nmain,a\r\n', link: '<?since=5-0&limit=1000>; rel="next"' },
    { ...csv, body: 'server,stream\r\nmain,b\r\n' },
  );
  expect(await kept.sessionsCsv({ stream: 'cam' })).toBe('server,stream\r\nmain,a\r\nmain,b\r\n');
  expect(asked).toStrictEqual([
    '/api/sessions.csv?stream=cam&since=0-0&limit=1000',
    '/api/sessions.csv?since=5-0&limit=1000',
  ]);
});

test('what is no CSV is none', async () => {
  const { kept } = await reader({ body: '{"items":[]}' });
  await expect(kept.availabilityCsv({ from: '2026-11-29T00:00:00Z' })).rejects.toMatchObject({
    code: 'bad-data',
  });
});
