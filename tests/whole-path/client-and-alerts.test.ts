import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createApi, loadConfig } from '@mediamtx-monitor/api';
import { connectMonitor, type MonitorOptions, RequestError } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import { alertRecord, createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { alertsHeadOf, targetOf, TestPublisher } from '../../services/api/test/publisher.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const SILENCE = {
  ...{ id: 's1', server: null, stream: 'cam/*', reason: null, author: 'ops', comment: 'x' },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' },
};
const TARGET = targetOf();

/** An API with an operator and a reader, and what an alerter would write. */
async function bench() {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  const api = createApi(
    {
      ...{ ...loadConfig({}).values, API_PORT: 0, REDIS_URL: redis.url, REDIS_KEY_PREFIX: redis.prefix },
      API_TOKENS: [`ops:${hashOf('ops')}`, `reader:${hashOf('reader')}`],
      API_OPERATORS: ['ops'],
    },
    { logger: createLogRecorder().logger, clock: systemClock, checkMs: 20 },
  );
  for (const part of api.parts) await part.start();
  endings.push(async () => {
    for (const part of api.parts.toReversed()) await part.stop();
    publisher.close();
  });
  const publishedAt = new Date().toISOString();
  const head = alertsHeadOf({ publishedAt, silences: [SILENCE], targets: [TARGET] });
  const connect = (token: string, options: Partial<MonitorOptions> = {}) => {
    const monitor = connectMonitor({
      url: api.url(),
      token,
      webSocket: WebSocket,
      topics: ['alerts'],
      ...options,
    });
    endings.push(monitor.close);
    return monitor;
  };
  return { publisher, head, connect };
}

test.each(['websocket', 'sse'] as const)(
  'a client over %s is told all alerts, and how old they are',
  async (transport) => {
    const { publisher, head, connect } = await bench();
    const got: string[] = [];
    await publisher.publishAlerts(head, [alertRecord()]);
    const monitor = connect('reader', {
      transport,
      onAlerts: ({ seq, alerts }) => got.push(`${seq} ${alerts.map(({ id }) => id).join()}`),
      onAlertsStatus: ({ stale }) => got.push(stale ? 'stale' : 'fresh'),
    });
    await eventually(() => {
      expect(got).toStrictEqual(['1 a1', 'fresh']);
    });
    await publisher.publishAlerts({ ...head, seq: 2 }, []);
    await eventually(() => {
      expect(got).toStrictEqual(['1 a1', 'fresh', '2 ']);
    });
    expect(monitor.latest('alerts', 'alerts')?.seq).toBe(2);
    expect((await monitor.alerts({ state: ['firing'] })).items).toStrictEqual([]);
  },
);

describe('a client', () => {
  test('of an operator has silences made, alerts taken on, targets tested and messages sent again', async () => {
    const { publisher, head, connect } = await bench();
    const { redis, names } = publisher;
    await publisher.publishAlerts(head, [alertRecord()]);
    const dead = { messageId: 'm', target: 'phone', outcome: 'dead', at: head.publishedAt };
    const entry = await redis.xadd(names.notifications, '*', 'json', JSON.stringify(dead));
    const monitor = connect('ops');
    const { items, silences, targets, stale } = await monitor.alerts({
      stream: 'cam/*',
      severity: ['critical'],
    });
    expect([items.map(({ id }) => id), silences, targets, stale]).toStrictEqual([
      ['a1'],
      [SILENCE],
      [TARGET],
      false,
    ]);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const id = await monitor.addSilence({ stream: 'cam/*', comment: 'repair', until });
    expect(await monitor.me()).toStrictEqual({ name: 'ops', mayChange: true });
    await monitor.endSilence('s1');
    await monitor.acknowledge('a1', 'on it');
    await monitor.acknowledge('a1');
    await monitor.testTarget('phone');
    for await (const notification of monitor.notifications()) await monitor.replay(notification.id);
    const commands = (await redis.xrange(names.commands, '-', '+')).map(
      ([, [, json = '']]) => JSON.parse(json) as Record<string, unknown>,
    );
    expect(commands.map(({ type }) => type)).toStrictEqual([
      ...['silence.add', 'silence.delete', 'alert.ack', 'alert.ack', 'target.test', 'notification.replay'],
    ]);
    expect(commands[0]).toMatchObject({ by: 'ops', silence: { id, comment: 'repair', until } });
    expect(commands.at(-1)).toMatchObject({ id: entry });
  });

  test('that may only read is told so, and an operator what there isn’t', async () => {
    const { publisher, head, connect } = await bench();
    const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
      work.catch((error: unknown) => (error instanceof RequestError ? error.code : error));
    const [reader, operator] = [connect('reader'), connect('ops')];
    expect(await codeOf(reader.acknowledge('a1'))).toBe('not-operator');
    expect(await codeOf(operator.acknowledge('a1'))).toBe('no-alerter');
    expect(await reader.alerts()).toMatchObject({ items: [], stale: true });
    await publisher.publishAlerts(head);
    expect(await codeOf(operator.acknowledge('a/1'))).toBe('unknown-alert');
    expect(await codeOf(operator.addSilence({ comment: 'x', until: 'soon' }))).toBe('invalid-body');
  });
});
