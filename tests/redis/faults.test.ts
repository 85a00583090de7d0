import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRig } from '../support/rig.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { type Heard, INTERVAL_MS, listen, snapshotOf } from './support/heard.ts';
import { type ApiOfEnvironment, startApiWith } from './support/started-api.ts';

/** The machine may have much else to do. */
const PATIENCE_MS = 90_000;
jest.setTimeout(3 * PATIENCE_MS);

const rig = createRig();
let folder: string;
let server: RedisServer;
let admin: Redis;
let api: ApiOfEnvironment;
let heard: Heard;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-faults-'));
  mkdirSync(join(folder, 'data'));
  server = await startRedisServer(['--dir', join(folder, 'data')]);
  await rig.add({ stop: server.stop });
  admin = new Redis(server.port, '127.0.0.1', { username: 'admin', password: 'admin', lazyConnect: true });
  admin.on('error', () => undefined);
  await makeUsers('first');
  writeUrl('first');
  const simulator = await startSimulator({ streams: 3 });
  await rig.add({ stop: () => simulator.close() });
  const place = { url: '', prefix: 'faults' };
  const settings = { REDIS_URL_FILE: join(folder, 'url'), REDIS_URL: '' };
  await rig.add(
    startCollector(simulator.url, place, { ...settings, POLL_INTERVAL_SECONDS: String(INTERVAL_MS / 1_000) }),
  );
  api = await rig.add(startApiWith({ ...settings, REDIS_KEY_PREFIX: place.prefix }));
  heard = await rig.add(listen(api.url));
  await eventually(() => {
    expect(heard.messages.length).toBeGreaterThan(2);
  }, PATIENCE_MS);
});
afterEach(async () => {
  admin.disconnect();
  await rig.stop();
  rmSync(folder, { recursive: true });
});

/** Has services come as one user, and this test as another. */
async function makeUsers(password: string): Promise<void> {
  const first = new Redis(server.port, '127.0.0.1');
  await first.acl('SETUSER', 'admin', 'on', '>admin', '~*', '&*', '+@all');
  await first.acl('SETUSER', 'service', 'on', `>${password}`, '~*', '&*', '+@all');
  first.disconnect();
}

function writeUrl(password: string): void {
  writeFileSync(join(folder, 'url.new'), `redis://service:${password}@127.0.0.1:${server.port}`);
  renameSync(join(folder, 'url.new'), join(folder, 'url'));
}

/** Something that happens to Redis, and its end. */
interface RedisFault {
  readonly begin: () => Promise<unknown>;
  readonly end: () => Promise<unknown>;
}

const FAULTS: Readonly<Record<string, RedisFault>> = {
  'killed, and started empty': {
    begin: () => server.stop(),
    end: async () => {
      await server.start();
      await makeUsers('first');
    },
  },
  paused: {
    begin: () => {
      server.pause();
      return Promise.resolve();
    },
    end: () => {
      server.resume();
      return Promise.resolve();
    },
  },
  'out of memory': {
    begin: () => admin.config('SET', 'maxmemory', '1mb'),
    end: () => admin.config('SET', 'maxmemory', '0'),
  },
  'refusing writes, since its disk is full': {
    // Into a folder that isn't there any more, no snapshot can be written.
    begin: async () => {
      await admin.config('SET', 'save', '3600 1');
      rmSync(join(folder, 'data'), { recursive: true });
      await admin.bgsave();
      await eventually(async () => {
        expect(await admin.info('persistence')).toContain('rdb_last_bgsave_status:err');
      }, PATIENCE_MS);
    },
    end: () => admin.config('SET', 'stop-writes-on-bgsave-error', 'no'),
  },
  'wanting another password': {
    begin: async () => {
      await admin.acl('SETUSER', 'service', 'resetpass', '>second');
      await admin.client('KILL', 'USER', 'service');
    },
    end: () => {
      writeUrl('second');
      return Promise.resolve();
    },
  },
};

test.each(Object.keys(FAULTS))(
  'Redis %s: what is shown grows old and says so, and goes on within two ticks',
  async (name) => {
    const fault = FAULTS[name];
    if (fault === undefined) throw new Error(`no fault ${name}`);
    await fault.begin();
    const isHonest: boolean[] = [];
    await eventually(async () => {
      const snapshot = await snapshotOf(api.url);
      isHonest.push(snapshot.isHonest);
      expect(snapshot.isStale).toBe(true);
    }, PATIENCE_MS);
    const before = heard.messages.length;
    await fault.end();
    const endedAtMs = Date.now();
    await eventually(() => {
      expect(heard.messages.length).toBeGreaterThan(before + 2);
    }, PATIENCE_MS);
    const recoveredMs = Date.parse(heard.messages[before]?.publishedAt ?? '') - endedAtMs;
    process.stdout.write(`Redis ${name}: the first tick behind it came after ${recoveredMs} ms\n`);
    // The file of an address is looked at once a second.
    expect(recoveredMs).toBeLessThan(2 * INTERVAL_MS + 2_000);
    expect(heard.violations).toStrictEqual([]);
    expect(isHonest).not.toContain(false);
    expect((await snapshotOf(api.url)).isStale).toBe(false);
  },
);
