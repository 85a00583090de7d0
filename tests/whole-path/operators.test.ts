import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectMonitor, type Monitor } from '@mediamtx-monitor/client';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { MonitorEvent, NotificationEntry } from '@mediamtx-monitor/types';
import { alertsMessageSchema, monitorEventSchema, notificationSchema } from '@mediamtx-monitor/types/schemas';
import { WebSocket } from 'ws';
import { TestPublisher } from '../../services/api/test/publisher.ts';
import { publishedServer, troubled } from '../../services/alerter/test/support/published.ts';
import { startStandIn } from '../../services/alerter/test/support/stand-in.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startApi } from '../docs/support/started-api.ts';

/** The alerter ticks each second; a machine that is busy needs more. */
const PATIENCE_MS = 30_000;
const HEARD_MS = 60_000;
const hash = createHash('sha256').update('ops').digest('hex');

const endings: (() => Promise<void> | void)[] = [];
const redis = testRedis();
let monitor: Monitor;
let publisher: TestPublisher;

/** A stream has been off air for a minute, and goes on to be; the real alerter and API, and a target. */
beforeAll(async () => {
  publisher = new TestPublisher(redis.url, redis.prefix);
  const server = publishedServer(publisher.redis, publisher.names);
  const since = new Date(Date.now() - HEARD_MS).toISOString();
  const offAir = { code: 'off-air', severity: 'critical', measured: null, limit: null, since } as const;
  const attention = { count: 1, worst: [troubled('cam/1', offAir)] };
  let last = Promise.resolve();
  const publishing = setInterval(() => {
    last = last.then(async () => {
      await server.publish({ attention });
    });
  }, 500);
  const target = await startStandIn();
  const file = `notify:\n  - { name: hook, kind: webhook, url: "${target.url}/", for: 1s, groupWait: 1s }\n`;
  const alerter = await startAlerter(redis, file);
  const api = await startApi(redis, { API_TOKENS: [`ops:${hash}`], API_OPERATORS: ['ops'] });
  monitor = connectMonitor({ url: api.url, token: 'ops', webSocket: WebSocket, topics: ['alerts'] });
  endings.push(
    () => {
      monitor.close();
    },
    api.stop,
    alerter.stop,
    target.close,
    async () => {
      clearInterval(publishing);
      await last;
      publisher.close();
    },
  );
});

afterAll(async () => {
  for (const end of endings) await end();
});

async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
const eventsOf = async (...types: readonly MonitorEvent['type'][]): Promise<MonitorEvent[]> =>
  (await collected(monitor.events())).filter(({ type }) => types.includes(type));
const notifications = (): Promise<NotificationEntry[]> => collected(monitor.notifications());

test('an alert that fires is seen by all who look, and told to the target', async () => {
  await eventually(async () => {
    const { items, stale } = await monitor.alerts({ state: ['firing'] });
    expect(stale).toBe(false);
    expect(items).toMatchObject([{ subject: { kind: 'stream', server: 'main', stream: 'cam/1' } }]);
    expect(monitor.latest('alerts', 'alerts')?.alerts).toMatchObject([{ state: 'firing' }]);
    expect(await notifications()).toMatchObject([{ target: 'hook', kind: 'alerts', outcome: 'delivered' }]);
  }, PATIENCE_MS);
  const message: unknown = JSON.parse((await publisher.redis.get(publisher.names.alertsLatest)) ?? '');
  expect(alertsMessageSchema.validate(message, { convert: false }).error).toBeUndefined();
});

test('an operator takes it on, and has it silenced for a while', async () => {
  const [alert] = (await monitor.alerts()).items;
  await monitor.acknowledge(alert?.id ?? '', 'on my way');
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const id = await monitor.addSilence({ stream: 'cam/*', comment: 'repair', until });
  await eventually(async () => {
    const { items, silences } = await monitor.alerts({ state: ['silenced'] });
    expect(silences).toMatchObject([{ id, author: 'ops', comment: 'repair', until }]);
    expect(items).toMatchObject([{ silencedBy: id, acknowledged: { by: 'ops', comment: 'on my way' } }]);
  }, PATIENCE_MS);
  await monitor.endSilence(id);
  await eventually(async () => {
    expect((await monitor.alerts()).silences).toStrictEqual([]);
  }, PATIENCE_MS);
});

test('a target is tested, and what became of it is told', async () => {
  await monitor.testTarget('hook');
  await eventually(async () => {
    expect((await notifications()).at(-1)).toMatchObject({ kind: 'test', outcome: 'delivered' });
  }, PATIENCE_MS);
  await eventually(async () => {
    await expect(monitor.testTarget('hook')).rejects.toMatchObject({ code: 'tested-already', status: 429 });
  }, PATIENCE_MS);
  for (const entry of await notifications()) {
    expect(notificationSchema.validate(entry, { convert: false }).error).toBeUndefined();
  }
});

test('each change was an event, as described', async () => {
  const events = await eventsOf('alert.firing', 'alert.acknowledged', 'silence.added', 'silence.ended');
  expect(events.map(({ type }) => type).sort()).toStrictEqual([
    ...['alert.acknowledged', 'alert.firing', 'silence.added', 'silence.ended'],
  ]);
  for (const event of events) {
    expect(monitorEventSchema.validate(event, { convert: false }).error).toBeUndefined();
  }
  expect(events.find(({ type }) => type === 'alert.firing')).toMatchObject({
    server: 'main',
    stream: 'cam/1',
  });
  expect(events.find(({ type }) => type === 'silence.ended')).toMatchObject({ server: '', by: 'ops' });
});
