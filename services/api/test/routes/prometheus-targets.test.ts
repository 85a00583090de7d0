import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { freshTimes, headOf, timesAgo } from '../publisher.ts';
import { startRoutes } from './start-routes.ts';

const DAY_MS = 86_400_000;

/** Asks routes that know servers by these heads; the answer and the address that was asked. */
async function targetsOf(heads: readonly Partial<StreamsHead>[], query = '') {
  const { publisher, feed, url } = await startRoutes();
  for (const head of heads) await publisher.publish(headOf({ ...freshTimes(), ...head }));
  await eventually(() => {
    expect(feed.servers.heads).toHaveLength(heads.length);
  });
  const response = await fetch(`${url}/api/prometheus/targets${query}`);
  return { response, host: new URL(url).host, url };
}

test('a target for each server, with its labels, at the address that is asked', async () => {
  const { response, host } = await targetsOf([
    { server: 'hall-1', labels: { site: 'north', rack: '1' } },
    { server: 'hall-2' },
  ]);
  expect(response.status).toBe(200);
  // Prometheus takes no other.
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const where = (server: string) => ({
    __metrics_path__: '/metrics/streams',
    __param_server: server,
    server,
  });
  expect(await response.json()).toStrictEqual([
    { targets: [host], labels: { site: 'north', rack: '1', ...where('hall-1') } },
    { targets: [host], labels: where('hall-2') },
  ]);
});

test('labels say neither which server it is nor how it is scraped', async () => {
  const labels = { server: 'other', __address__: 'evil:80', __param_server: 'other', _own: 'a' };
  const { response } = await targetsOf([{ labels }]);
  expect(await response.json()).toMatchObject([
    { labels: { _own: 'a', server: 'main', __param_server: 'main' } },
  ]);
  const again = await targetsOf([{ labels }]);
  expect(await again.response.text()).not.toContain('evil');
});

test('those with a label, none where none has it', async () => {
  const heads = [{ server: 'a', labels: { site: 'north' } }, { server: 'b' }];
  const { response, url } = await targetsOf(heads, '?label=site:north');
  expect(await response.json()).toMatchObject([{ labels: { server: 'a' } }]);
  expect(await (await fetch(`${url}/api/prometheus/targets?label=site:east`)).json()).toStrictEqual([]);
  expect((await fetch(`${url}/api/prometheus/targets?label=site`)).status).toBe(400);
});

test('as long as nothing is known an error, by which Prometheus stays with what it has', async () => {
  const { response } = await targetsOf([]);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'no-data' });
});

test('a server that is gone is none', async () => {
  const { publisher, feed, url } = await startRoutes();
  await publisher.store(headOf({ server: 'old', ...timesAgo(2 * DAY_MS) }));
  await publisher.publish(headOf(freshTimes()));
  await eventually(() => {
    feed.servers.restart();
    expect(feed.servers.heads).toHaveLength(2);
  });
  const response = await fetch(`${url}/api/prometheus/targets`);
  expect(await response.json()).toMatchObject([{ labels: { server: 'main' } }]);
});

test('who tells no address is told to', async () => {
  const { url } = await targetsOf([{}]);
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.end('GET /api/prometheus/targets HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toContain('"code":"invalid-url"');
});
