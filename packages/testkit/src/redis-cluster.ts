import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { type RedisServer, startRedisServer } from './redis-server.ts';

/** Nodes of a cluster, each a real redis-server of our own. */
export interface RedisCluster {
  /** As a setting names them. */
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  /** The node that has a key. */
  readonly nodeOf: (key: string) => Promise<RedisServer>;
  readonly stop: () => Promise<void>;
}

const SLOTS = 16_384;

/**
 * Starts a cluster of masters on free ports of 127.0.0.1, and waits until all know one another. While one is away the others
 * go on; started again, it has its slots and nothing in them.
 */
export async function startRedisCluster(size = 3): Promise<RedisCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const nodes: RedisServer[] = [];
  const busPorts: number[] = [];
  for (let index = 0; index < size; index += 1) {
    const busPort = await freePort();
    busPorts.push(busPort);
    nodes.push(
      await startRedisServer([
        ...['--cluster-enabled', 'yes', '--cluster-config-file', join(folder, `${index}.conf`)],
        ...['--cluster-port', String(busPort), '--cluster-node-timeout', '2000'],
        ...['--cluster-require-full-coverage', 'no', '--dir', folder],
      ]),
    );
  }
  const clients = nodes.map(({ port }) => {
    const client = new Redis(port, '127.0.0.1', { enableReadyCheck: false });
    client.on('error', () => undefined);
    return client;
  });
  const [first] = clients;
  for (const [index, client] of clients.entries()) {
    const [start, end] = [index, index + 1].map((place) => Math.floor((place * SLOTS) / size));
    await client.call('CLUSTER', 'ADDSLOTSRANGE', String(start), String((end ?? 0) - 1));
    // Without an epoch of its own, each would have to find out that others have the same.
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
  }
  for (const [index, { port }] of nodes.entries()) {
    if (index > 0) await first?.call('CLUSTER', 'MEET', '127.0.0.1', String(port), String(busPorts[index]));
  }
  await eventually(async () => {
    for (const client of clients) {
      const info = String(await client.call('CLUSTER', 'INFO'));
      if (!info.includes('cluster_state:ok') || !info.includes(`cluster_known_nodes:${size}`))
        throw new Error(info);
    }
  });
  return {
    url: `redis://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    nodeOf: async (key) => {
      const slot = Number(
        await eventually(() =>
          clients.find(({ status }) => status === 'ready')?.call('CLUSTER', 'KEYSLOT', key),
        ),
      );
      const node = nodes[Math.min(size - 1, Math.floor((slot * size) / SLOTS))];
      if (node === undefined) throw new Error(`no node has ${key}`);
      return node;
    },
    stop: async () => {
      for (const client of clients) client.disconnect();
      for (const node of nodes) await node.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
