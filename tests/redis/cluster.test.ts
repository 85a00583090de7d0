import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, type RedisCluster, startRedisCluster } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';
import { loadForgetConfig, runForget } from '../../services/collector/src/forget-command.ts';
import { readFile } from '../../services/collector/src/config.ts';
import { redisTarget } from '@mediamtx-monitor/runtime';
import { createRig, type Rig } from '../support/rig.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { startHostAgent } from '../docs/support/started-host-agent.ts';
import { createLogRecorder } from '@mediamtx-monitor/testkit';
import { expectSoon } from '../support/recovery.ts';
import { INTERVAL_MS, listen } from './support/heard.ts';
import { type ApiOfEnvironment, startApiWith } from './support/started-api.ts';

let cluster: RedisCluster;
let folder: string;
let redis: Cluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
  folder = mkdtempSync(join(tmpdir(), 'cluster-config-'));
  redis = new Cluster(cluster.nodes.map(({ port }) => ({ host: '127.0.0.1', port })));
});
afterAll(async () => {
  redis.disconnect();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});
let rig: Rig;
afterEach(() => rig.stop());

/** The machine may have much else to do. */
const PATIENCE_MS = 90_000;
jest.setTimeout(3 * PATIENCE_MS);

const PREFIX = 'fleet';
const names = redisNames(PREFIX, true);
const REDIS = { REDIS_CLUSTER: 'true', REDIS_KEY_PREFIX: PREFIX };

/** Ids of servers, of which each node of the cluster has one. */
async function serverOnEachNode(): Promise<string[]> {
  const found = new Map<number, string>();
  for (let count = 0; found.size < cluster.nodes.length; count += 1) {
    const id = `server-${count}`;
    const { port } = await cluster.nodeOf(names.streamsMeta(id));
    if (!found.has(port)) found.set(port, id);
  }
  return [...found.values()];
}

interface ClusterFleet {
  readonly api: ApiOfEnvironment;
  readonly ids: readonly string[];
  readonly logs: () => string;
}

/** A collector of servers that are spread over the cluster, host agent, alerter, API. */
async function startFleet(): Promise<ClusterFleet> {
  rig = createRig();
  const simulator = await startSimulator({ streams: 2 });
  await rig.add({ stop: () => simulator.close() });
  const ids = await serverOnEachNode();
  const path = join(folder, 'monitor.yaml');
  writeFileSync(path, `servers:\n${ids.map((id) => `  - id: ${id}\n    url: ${simulator.url}\n`).join('')}`);
  const place = { url: cluster.url, prefix: PREFIX };
  const collector = await rig.add(
    startCollector(simulator.url, place, {
      ...{ ...REDIS, MEDIAMTX_API_URL: '', MONITOR_CONFIG: path },
      POLL_INTERVAL_SECONDS: String(INTERVAL_MS / 1_000),
    }),
  );
  const agent = await rig.add(startHostAgent(place, REDIS));
  const alerter = await rig.add(startAlerter(place, '', REDIS));
  const api = await rig.add(startApiWith({ REDIS_URL: cluster.url, ...REDIS }));
  await eventually(async () => {
    const health = (await (await fetch(`${alerter.url}/healthz`)).json()) as object;
    expect(health).toMatchObject({ role: 'active', failure: null });
  }, PATIENCE_MS);
  const all = [collector, agent, alerter, api];
  return {
    api,
    ids,
    logs: () =>
      all
        .flatMap(({ log }) => log.lines)
        .filter(({ level }) => /warn|error/.test(level))
        .map(({ message }) => message)
        .join('\n'),
  };
}

/** What is published, as a node tells a connection of its own that knows nothing of a cluster. */
async function listenAtNodes(ids: readonly string[]) {
  const seqs = new Map<string, number[]>(ids.map((id) => [id, []]));
  const connections: Redis[] = [];
  for (const [id, heard] of seqs) {
    const { port } = await cluster.nodeOf(names.channelOf('streams', id));
    const connection = new Redis(port, '127.0.0.1');
    connections.push(connection);
    connection.on('smessage', (_channel: string, message: string) => {
      heard.push((JSON.parse(message) as { seq: number }).seq);
    });
    await connection.ssubscribe(names.channelOf('streams', id));
  }
  return {
    seqsOf: (id: string): readonly number[] => seqs.get(id) ?? [],
    stop: () => {
      for (const connection of connections) connection.disconnect();
      return Promise.resolve();
    },
  };
}

function nodeAt(port: number) {
  const node = new Redis(port, '127.0.0.1');
  return {
    redis: node,
    stop: () => {
      node.disconnect();
      return Promise.resolve();
    },
  };
}

async function json<Body>(url: string): Promise<Body> {
  return (await (await fetch(url)).json()) as Body;
}

test('all services run on a cluster, and each tick reaches who listens, once', async () => {
  const { api, ids, logs } = await startFleet();
  const heard = await rig.add(listen(api.url));
  const published = await rig.add(await listenAtNodes(ids));
  for (const id of ids) {
    const seqsOf = (): number[] => heard.messages.filter(({ server }) => server === id).map(({ seq }) => seq);
    const within = await eventually(() => {
      const [first = Infinity, last = 0] = [seqsOf()[0], seqsOf().at(-1)];
      const found = published.seqsOf(id).filter((seq) => seq >= first && seq <= last);
      expect(found.length).toBeGreaterThan(8);
      return found;
    }, PATIENCE_MS);
    const seqs = seqsOf();
    expect(new Set(seqs).size).toBe(seqs.length);
    // Without the channels the keys would bring every other at most; a client that is slow skips one now and then.
    const missed = within.filter((seq) => !seqs.includes(seq));
    expect([id, missed.length * 4 < within.length, missed]).toStrictEqual([id, true, missed]);
  }
  expect(heard.violations).toStrictEqual([]);
  const servers = await json<{ items: { server: string; stale: boolean }[] }>(`${api.url}/api/servers`);
  expect(servers.items.map(({ server }) => server)).toStrictEqual([...ids].sort());
  expect(await json(`${api.url}/api/hosts`)).toMatchObject({ total: 1 });
  await eventually(async () => {
    const events = await json<{ items: { server: string }[] }>(`${api.url}/api/events?limit=100`);
    // Those of alerts are of no server.
    expect(events.items.map(({ server }) => server)).toStrictEqual(expect.arrayContaining([...ids]));
    const [stream] = (await json<{ items: { name: string; server: string }[] }>(`${api.url}/api/streams`))
      .items;
    const history = `${api.url}/api/streams/${stream?.name ?? ''}/history?server=${stream?.server ?? ''}`;
    expect(await json(history)).not.toHaveProperty('code');
    expect(await json(`${api.url}/api/alerts`)).toHaveProperty('items');
  }, PATIENCE_MS);
  expect(logs()).not.toMatch(/CROSSSLOT|MOVED|slot|Connection is closed/);
});

test('a shard that is lost costs its own servers, and is back within two ticks', async () => {
  const { api, ids } = await startFleet();
  const heard = await rig.add(listen(api.url));
  const heads = await cluster.nodeOf(names.servers);
  const nodes = await Promise.all(ids.map((id) => cluster.nodeOf(names.streamsMeta(id))));
  const lostId = ids.find((_, place) => nodes[place] !== heads) ?? '';
  const countOf = (id: string): number => heard.messages.filter(({ server }) => server === id).length;
  await eventually(() => {
    for (const id of ids) expect(countOf(id)).toBeGreaterThan(2);
  }, PATIENCE_MS);
  const lost = await cluster.nodeOf(names.streamsMeta(lostId));
  await lost.stop();
  const before = new Map(ids.map((id) => [id, countOf(id)]));
  await eventually(async () => {
    for (const id of ids.filter((each) => each !== lostId)) {
      expect(countOf(id)).toBeGreaterThan((before.get(id) ?? 0) + 5);
    }
    const { items } = await json<{ items: { server: string; stale: boolean }[] }>(`${api.url}/api/servers`);
    for (const { server, stale } of items) expect([server, stale]).toStrictEqual([server, server === lostId]);
  }, PATIENCE_MS);
  await lost.start();
  // A node that comes back takes nothing for two seconds.
  const node = await rig.add(nodeAt(lost.port));
  await eventually(async () => {
    expect(String(await node.redis.call('CLUSTER', 'INFO'))).toContain('cluster_state:ok');
  }, PATIENCE_MS);
  const [backAtMs, missed] = [Date.now(), countOf(lostId)];
  await eventually(() => {
    expect(countOf(lostId)).toBeGreaterThan(missed + 3);
  }, PATIENCE_MS);
  const next = heard.messages.filter(({ server }) => server === lostId)[missed];
  const recoveredMs = Date.parse(next?.publishedAt ?? '') - backAtMs;
  process.stdout.write(`the first tick after the shard came back came ${recoveredMs} ms behind it\n`);
  expectSoon(recoveredMs / INTERVAL_MS);
  expect(heard.violations).toStrictEqual([]);
});

test('a server is forgotten on all nodes, by hand', async () => {
  const { ids } = await startFleet();
  const [id = ''] = ids;
  await eventually(async () => {
    expect(await redis.hkeys(names.servers)).toContain(id);
  }, PATIENCE_MS);
  await rig.stop();
  // Silent for longer than whoever is alive.
  const old = (head: string | null): string =>
    (head ?? '').replace(/"publishedAt":"[^"]*"/, '"publishedAt":"2020-01-01T00:00:00.000Z"');
  await redis.set(names.streamsMeta(id), old(await redis.get(names.streamsMeta(id))));
  const settings = loadForgetConfig({ REDIS_URL: cluster.url, ...REDIS });
  const log = createLogRecorder();
  const code = await runForget({
    redis: { ...redisTarget(settings, readFile), keyPrefix: PREFIX },
    ...{ durableRedis: null, kind: 'server', id, logger: log.logger },
  });
  expect([code, log.lines.map(({ message }) => message).join('\n')]).toStrictEqual([
    0,
    expect.stringContaining(id),
  ]);
  expect(await redis.hkeys(names.servers)).not.toContain(id);
  expect(await redis.exists(names.streamsMeta(id), names.latest('streams', id))).toBe(0);
  expect(await redis.exists(names.eventBaseline(id))).toBe(0);
});
