import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { serverStatusSchema } from '@mediamtx-monitor/types/schemas';
import request from 'supertest';

import { headOf, streamOf } from '../publisher.ts';
import { ask } from './ask.ts';
import { startRest } from './start-rest.ts';

interface Listed {
  readonly items: readonly unknown[];
  readonly total: number;
}

async function serversOf(url: string): Promise<Listed> {
  const { status, body } = await ask(request(url).get('/api/servers'));
  expect(status).toBe(200);
  return body as Listed;
}

test('none yet', async () => {
  const { url } = await startRest();
  expect(await serversOf(url)).toEqual({ items: [], total: 0 });
});

test('every server by id, with the head of its newest message and its age', async () => {
  const { publisher, feed, clock, url } = await startRest();
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
  expect(items).toEqual([
    {
      ...facts,
      server: 'b',
      collectedAt: null,
      source: down,
      missing: ['paths'],
      stale: true,
      ageMs: null,
      gone: false,
    },
    { ...facts, stale: false, ageMs: 1_500, gone: false },
  ]);
  for (const item of items) {
    expect(serverStatusSchema.validate(item, { convert: false }).error).toBeUndefined();
  }
});

test('a bare array tells nothing of its server', async () => {
  const { publisher, clock, url } = await startRest();
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
  clock.advance(2_000);
  expect(await serversOf(url)).toEqual({ items: [], total: 0 });
});
