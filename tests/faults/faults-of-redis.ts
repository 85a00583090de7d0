import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { type InjectedFault, TAKEOVER } from './support/fault.ts';
import type { FaultStage } from './support/stage.ts';
import type { Network } from './support/tcp-relay.ts';

const PASSWORD = 'changed-while-all-run';
const BOTH = ['one', 'two'] as const;

/** Says something to Redis as its administrator. */
async function tell(
  stage: FaultStage,
  command: string,
  args: readonly string[],
  password = stage.redisPassword(),
): Promise<unknown> {
  const redis = new Redis(stage.redis.port, '127.0.0.1', password === '' ? {} : { password });
  redis.on('error', () => undefined);
  try {
    return await redis.call(command, ...args);
  } finally {
    redis.disconnect();
  }
}

const set = (stage: FaultStage, setting: string, value: string): Promise<unknown> =>
  tell(stage, 'CONFIG', ['SET', setting, value]);

const toReplica =
  (how: Network): InjectedFault['begin'] =>
  (stage) => {
    stage.apiToRedis.be(how);
    return Promise.resolve(() => {
      stage.apiToRedis.be('whole');
      return Promise.resolve();
    });
  };

const toCollector =
  (how: Network): InjectedFault['begin'] =>
  async (stage) => {
    const { toRedis } = await stage.holder();
    toRedis.be(how);
    return () => {
      toRedis.be('whole');
      return Promise.resolve();
    };
  };

/** What may be wrong with Redis, and with the ways to it. */
export const FAULTS_OF_REDIS: readonly InjectedFault[] = [
  {
    name: 'Redis is gone, and comes back empty',
    begin: async ({ redis }) => {
      await redis.stop();
      return redis.start;
    },
    shows: { stale: true },
    hit: BOTH,
  },
  {
    name: 'Redis is paused',
    begin: ({ redis }) => {
      redis.pause();
      return Promise.resolve(() => {
        redis.resume();
        return Promise.resolve();
      });
    },
    shows: { stale: true },
    hit: BOTH,
  },
  {
    name: 'Redis is emptied',
    begin: async (stage) => {
      await tell(stage, 'FLUSHALL', []);
      return () => Promise.resolve();
    },
    shows: { source: 'up', stale: false },
    silentIntervals: TAKEOVER,
  },
  {
    name: 'Redis is out of memory',
    begin: async (stage) => {
      await set(stage, 'maxmemory', '1');
      return async () => {
        await set(stage, 'maxmemory', '0');
      };
    },
    shows: { stale: true },
    hit: BOTH,
  },
  {
    name: "Redis's disk is full",
    begin: async (stage) => {
      // A folder that is gone can't be written to, as a full disk can't; then Redis refuses whatever it should keep.
      const folder = await mkdtemp(join(tmpdir(), 'faults-disk-'));
      await set(stage, 'dir', folder);
      await rm(folder, { recursive: true });
      await set(stage, 'save', '1 1');
      await eventually(async () => {
        await tell(stage, 'BGSAVE', []).catch(() => undefined);
        const persistence = String(await tell(stage, 'INFO', ['persistence']));
        if (!persistence.includes('rdb_last_bgsave_status:err')) throw new Error('Redis could save');
      });
      return async () => {
        await set(stage, 'save', '');
        await set(stage, 'dir', tmpdir());
      };
    },
    shows: { stale: true },
    hit: BOTH,
  },
  {
    name: "Redis's password is changed",
    begin: async (stage) => {
      await set(stage, 'requirepass', PASSWORD);
      await tell(stage, 'CLIENT', ['KILL', 'SKIPME', 'yes'], PASSWORD);
      return async () => {
        await stage.setRedisPassword(PASSWORD);
      };
    },
    shows: { stale: true },
    hit: BOTH,
  },
  {
    name: 'a subscription is lost while commands work',
    begin: async (stage) => {
      await tell(stage, 'CLIENT', ['KILL', 'TYPE', 'pubsub']);
      return () => Promise.resolve();
    },
    shows: { source: 'up', stale: false },
    hit: BOTH,
  },
  {
    name: 'the way from a replica to Redis is cut',
    begin: toReplica('cut'),
    shows: { stale: true },
    hit: ['two'],
    asks: 'two',
  },
  {
    name: 'the way from a replica to Redis is silent',
    begin: toReplica('silent'),
    shows: { stale: true },
    hit: ['two'],
    asks: 'two',
  },
  {
    name: 'the way from a replica to Redis is one-way',
    begin: toReplica('one-way'),
    shows: { stale: true },
    hit: ['two'],
    asks: 'two',
  },
  {
    name: 'the way from a replica to Redis is slow',
    begin: toReplica({ delayMs: 200 }),
    shows: { source: 'up', stale: false },
    asks: 'two',
  },
  {
    name: 'the way from a collector to Redis is cut',
    begin: toCollector('cut'),
    shows: { source: 'up', stale: false },
    silentIntervals: TAKEOVER,
  },
  {
    name: 'the way from a collector to Redis is silent',
    begin: toCollector('silent'),
    shows: { source: 'up', stale: false },
    silentIntervals: TAKEOVER,
  },
];
