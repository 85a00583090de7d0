import { expect, test } from '@jest/globals';
import { eventually, hostRecord } from '@mediamtx-monitor/testkit';
import { hostStatusSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';
import { hostsHeadOf, timesAgo } from '../publisher.ts';
import { ask, type ItemsBody } from '../http/ask.ts';
import { startRoutes } from './start-routes.ts';

async function hostsOf(url: string): Promise<ItemsBody> {
  const { status, body } = await ask(request(url).get('/api/hosts'));
  expect(status).toBe(200);
  return body as ItemsBody;
}

test('none without agents', async () => {
  const { url } = await startRoutes();
  expect(await hostsOf(url)).toStrictEqual({ items: [], total: 0 });
});

test('every host by id, with its newest record, when that was made and how old it is', async () => {
  const { publisher, feed, clock, url } = await startRoutes();
  await publisher.publishHost(hostsHeadOf({ host: 'media-2' }), { load1: 0.5 });
  await publisher.publishHost(hostsHeadOf({ collectedAt: '2025-12-31T23:59:40.000Z' }));
  await eventually(() => {
    expect(feed.hosts.fleet().ticks).toHaveLength(2);
  });
  clock.advance(1_500);
  const { items, total } = await hostsOf(url);
  expect(total).toBe(2);
  const facts: Record<string, unknown> = { ...hostsHeadOf() };
  delete facts['type'];
  delete facts['v'];
  expect(items).toStrictEqual([
    {
      ...hostRecord(),
      ...facts,
      collectedAt: '2025-12-31T23:59:40.000Z',
      stale: true,
      ageMs: 21_500,
    },
    { ...hostRecord({ load1: 0.5 }), ...facts, host: 'media-2', stale: false, ageMs: 1_500 },
  ]);
  for (const item of items) {
    expect(hostStatusSchema.validate(item, { convert: false }).error).toBeUndefined();
  }
});

test('a fresh replica finds those that fell silent before it was started', async () => {
  const { publisher, clock, url } = await startRoutes();
  await publisher.storeHost(hostsHeadOf(timesAgo(14_400_000)));
  clock.advance(2_000);
  expect((await hostsOf(url)).items).toMatchObject([{ host: 'media-1', stale: true }]);
});
