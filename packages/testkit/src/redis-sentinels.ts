import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';

/** A master, a replica of it, and Sentinels that watch both: real processes of our own. */
export interface WatchedRedis {
  /** The name that the Sentinels know the master by. */
  readonly master: string;
  /** The Sentinels as a setting names them. */
  readonly sentinels: string;
  /** Password of the Sentinels. */
  readonly sentinelPassword: string;
  /** Master and replica, as they begin. */
  readonly servers: readonly [RedisServer, RedisServer];
  /** Port of whoever is master for a majority of the Sentinels. */
  readonly masterPort: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const MASTER = 'MyMaster';
const SENTINEL_PASSWORD = 'of-sentinels';
const DOWN_AFTER_MS = 1_000;

/** Starts one master, one replica and three Sentinels on free ports of 127.0.0.1; waits until all know one another. */
export async function startWatchedRedis(): Promise<WatchedRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinels-'));
  // A replica writes what it gets from its master into its folder.
  const first = await startRedisServer(['--dir', folder]);
  const second = await startRedisServer([
    ...['--replicaof', '127.0.0.1', String(first.port)],
    ...['--repl-diskless-sync-delay', '0', '--dir', folder],
  ]);
  const ports = [await freePort(), await freePort(), await freePort()];
  const children: ChildProcess[] = ports.map((port) => {
    const path = join(folder, `${port}.conf`);
    writeFileSync(
      path,
      [
        `port ${port}`,
        'bind 127.0.0.1',
        `dir ${folder}`,
        `requirepass ${SENTINEL_PASSWORD}`,
        `sentinel sentinel-pass ${SENTINEL_PASSWORD}`,
        `sentinel monitor ${MASTER} 127.0.0.1 ${first.port} 2`,
        `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
        `sentinel failover-timeout ${MASTER} 5000`,
        '',
      ].join('\n'),
    );
    return spawn('redis-server', [path, '--sentinel'], { stdio: 'ignore' });
  });
  const clients = ports.map((port) => {
    const client = new Redis(port, '127.0.0.1', { password: SENTINEL_PASSWORD, enableReadyCheck: false });
    client.on('error', () => undefined);
    return client;
  });
  await eventually(async () => {
    for (const client of clients) {
      const known = (await client.call('SENTINEL', 'ckquorum', MASTER)) as string;
      const replicas = (await client.call('SENTINEL', 'replicas', MASTER)) as unknown[];
      if (!known.startsWith('OK 3') || replicas.length !== 1) throw new Error(`a Sentinel knows ${known}`);
    }
  });
  return {
    master: MASTER,
    sentinels: ports.map((port) => `127.0.0.1:${port}`).join(','),
    sentinelPassword: SENTINEL_PASSWORD,
    servers: [first, second],
    masterPort: async () => {
      const told = await Promise.all(
        clients.map(async (client) => {
          const address = await client.call('SENTINEL', 'get-master-addr-by-name', MASTER);
          return Number((address as readonly string[])[1]);
        }),
      );
      return told.sort((one, other) => one - other)[1] ?? 0;
    },
    stop: async () => {
      for (const client of clients) client.disconnect();
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
        }),
      );
      await first.stop();
      await second.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
