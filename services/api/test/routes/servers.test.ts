import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { Reason, StreamsHead } from '@mediamtx-monitor/types';
import { serverStatusSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';

import { headOf, streamOf } from '../publisher.ts';
import { ask, type ItemsBody } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

async function serversOf(url: string): Promise<ItemsBody> {
  const { status, body } = await ask(request(url).get('/api/servers'));
  expect(status).toBe(200);
  return body as ItemsBody;
}

const reasonOf = (code: Reason['code']): Reason => ({
  ...{ code, severity: 'critical', measured: null, limit: null },
  since: '2026-01-01T00:00:00.000Z',
});

/** Codes of the reasons of each server, as an API says that heard these heads, and nothing since. */
async function silentFor(silentMs: number, heads: readonly Partial<StreamsHead>[]) {
  const { publisher, feed, clock, url } = await startRoutes();
  for (const head of heads) await publisher.publish(headOf(head));
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(heads.length);
  });
  clock.advance(silentMs);
  const { items } = await serversOf(url);
  return items as readonly { readonly reasons: readonly Reason[] }[];
}

test('none yet', async () => {
  const { url } = await startRoutes();
  expect(await serversOf(url)).toStrictEqual({ items: [], total: 0 });
});

test('every server by id, with the head of its newest message and its age', async () => {
  const { publisher, feed, clock, url } = await startRoutes();
  const down = { status: 'down', error: 'it refuses connections', version: null } as const;
  await publisher.publish(headOf(), [streamOf('a')]);
  await publisher.publish(headOf({ server: 'b', collectedAt: null, source: down, missing: ['paths'] }));
  await eventually(() => {
    expect(feed.servers.fleet().ticks).toHaveLength(2);
  });
  clock.advance(1_500);
  const { items, total } = await serversOf(url);
  expect(total).toBe(2);
  const facts: Record<string, unknown> = { ...headOf() };
  delete facts['type'];
  delete facts['v'];
  expect(items).toStrictEqual([
    {
      ...facts,
      server: 'b',
      collectedAt: null,
      source: down,
      missing: ['paths'],
      stale: true,
      ageMs: null,
      gone: false,
      reasons: [reasonOf('server-unreachable')],
    },
    { ...facts, stale: false, ageMs: 1_500, gone: false, reasons: [] },
  ]);
  for (const item of items) {
    expect(serverStatusSchema.validate(item, { convert: false }).error).toBeUndefined();
  }
});

test('a bare array tells nothing of its server', async () => {
  const { publisher, clock, url } = await startRoutes();
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
  clock.advance(2_000);
  expect(await serversOf(url)).toStrictEqual({ items: [], total: 0 });
});

describe('reasons', () => {
  test('are those of the head; of a collector before 0.2 only that it can’t read the server', async () => {
    const status = 'unauthorized' as const;
    const reasons = [
      reasonOf('server-unreachable'),
      { ...reasonOf('list-missing'), severity: 'warning' as const },
    ];
    const items = await silentFor(0, [
      { server: 'a', reasons },
      { server: 'b', reasons: [] },
      { server: 'c', source: { status, error: 'refused', version: null } },
      { server: 'd' },
    ]);
    expect(items.map((item) => item.reasons)).toStrictEqual([
      reasons,
      [],
      [reasonOf('server-unreachable')],
      [],
    ]);
  });

  test('of a newer collector may have codes and severities that nobody knows yet', async () => {
    const newer = [{ ...reasonOf('no-data'), code: 'disk-full', severity: 'fatal', path: '/' }];
    const items = await silentFor(0, [{ reasons: newer as unknown as readonly Reason[] }]);
    expect(items).toMatchObject([{ reasons: newer }]);
  });

  test('have no-data first once nothing was heard for a minute, and keep what was said last', async () => {
    const reasons = [reasonOf('server-unreachable')];
    const heads = [{ server: 'a', reasons }, { server: 'b' }];
    for (const silentMs of [6_001, 59_999]) {
      expect((await silentFor(silentMs, heads)).map((item) => item.reasons)).toStrictEqual([reasons, []]);
    }
    const items = await silentFor(60_000, heads);
    const noData = reasonOf('no-data');
    expect(items.map((item) => item.reasons)).toStrictEqual([[noData, ...reasons], [noData]]);
  });

  test('have no no-data while messages come, however old the data in them is', async () => {
    const unreachable = {
      reasons: [reasonOf('server-unreachable')],
      publishedAt: '2026-01-01T00:10:00.000Z',
    };
    const items = await silentFor(1_000, [unreachable]);
    expect(items).toMatchObject([{ stale: true, ageMs: 601_000, reasons: unreachable.reasons }]);
  });

  test('are as slow as the server is polled', async () => {
    expect(await silentFor(89_000, [{ intervalMs: 30_000 }])).toMatchObject([{ reasons: [] }]);
    expect(await silentFor(90_001, [{ intervalMs: 30_000 }])).toMatchObject([
      { reasons: [reasonOf('no-data')] },
    ]);
  });

  test('of a server that is gone are none', async () => {
    const items = await silentFor(86_400_001, [{ reasons: [reasonOf('server-unreachable')] }]);
    expect(items).toMatchObject([{ gone: true, reasons: [] }]);
  });
});
