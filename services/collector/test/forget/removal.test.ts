import { afterEach, expect, test } from '@jest/globals';
import { createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { Removal } from '../../src/forget/index.ts';
import { storeServer } from '../support/stored.ts';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** A removal whose Redis isn't there yet, and another connection that has stored two servers. */
async function create() {
  const { url, prefix } = testRedis();
  const names = redisNames(prefix);
  const redis = new Redis(url, { lazyConnect: true });
  const reader = new Redis(url);
  await storeServer(reader, names, 'north', 0);
  await storeServer(reader, names, 'south', 0);
  const { epoch } = JSON.parse((await reader.get(names.streamsMeta('north'))) ?? '') as { epoch: number };
  const log = createLogRecorder();
  const named = new Set<string>();
  const removal = new Removal({
    ...{ redis, durable: redis, names, logger: log.logger, retryMs: 5 },
    isNamedElsewhere: (server) => named.has(server),
  });
  endings.push(() => {
    removal.stop();
    redis.disconnect();
    reader.disconnect();
  });
  const listed = async (): Promise<string[]> => (await reader.hkeys(names.servers)).sort();
  return { redis, removal, log, epoch, listed, named };
}

test('comes once Redis is there, of what was published here alone', async () => {
  const { redis, removal, log, epoch, listed } = await create();
  removal.start();
  removal.add('north', epoch);
  removal.add('south', epoch + 1);
  removal.add('never', null);
  expect(await listed()).toStrictEqual(['north', 'south']);
  await redis.connect();
  await eventually(() => {
    expect(log.messages('info').sort()).toStrictEqual([
      'server north is not listed any more and was removed from Redis',
      'server south is not listed any more; it stays in Redis, since another collector publishes it',
    ]);
  });
  expect(await listed()).toStrictEqual(['south']);
});

test('doesn’t come for a server that is listed again', async () => {
  const { redis, removal, epoch, listed } = await create();
  removal.add('north', epoch);
  removal.cancel('north');
  removal.add('south', epoch);
  await redis.connect();
  await eventually(async () => {
    expect(await listed()).toStrictEqual(['north']);
  });
});

test('waits while another collector may poll it', async () => {
  const { redis, removal, log, epoch, listed, named } = await create();
  removal.start();
  await redis.connect();
  named.add('north');
  removal.add('north', epoch);
  removal.add('south', epoch);
  await eventually(async () => {
    expect(await listed()).toStrictEqual(['north']);
    expect(log.messages('info')).toHaveLength(1);
  });
  named.clear();
  await eventually(async () => {
    expect(await listed()).toStrictEqual([]);
  });
});
