import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import {
  createLogRecorder,
  eventually,
  type RedisServer,
  startRedisCluster,
  startRedisServer,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Cluster, Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import { runForget } from '../../services/collector/src/forget-command.ts';
import { createRig } from '../support/rig.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { startHostAgent } from '../docs/support/started-host-agent.ts';
import { startApiWith } from './support/started-api.ts';
import { documentedUsers } from './support/users.ts';

/** The machine may have much else to do. */
const PATIENCE_MS = 90_000;
jest.setTimeout(3 * PATIENCE_MS);
const TOKEN = 'a-token-of-a-test-that-nobody-knows';
const NOTIFY = 'notify:\n  - name: log\n    kind: webhook\n    url: http://127.0.0.1:9/\n';

/** One Redis, or nodes of a cluster, and the users that its section of the docs has. */
interface Setup {
  readonly servers: readonly RedisServer[];
  /** Hosts with ports. */
  readonly places: string;
  readonly stop: () => Promise<void>;
}

async function oneRedis(): Promise<Setup> {
  const server = await startRedisServer();
  return { servers: [server], places: `127.0.0.1:${server.port}`, stop: server.stop };
}

async function aCluster(): Promise<Setup> {
  const { nodes, url, stop } = await startRedisCluster();
  return { servers: nodes, places: url.replace('redis://', ''), stop };
}

describe.each([
  ['one Redis', '## Users', oneRedis, {}],
  ['a cluster', '## A cluster', aCluster, { REDIS_CLUSTER: 'true' }],
] as const)('with the users of docs/redis-setup.md for %s', (_name, heading, start, settings) => {
  const users = documentedUsers(heading);
  let setup: Setup;
  let admins: Redis[];
  beforeAll(async () => {
    setup = await start();
    admins = setup.servers.map(({ port }) => new Redis(port, '127.0.0.1'));
    for (const admin of admins) {
      for (const [name, rights] of users)
        await admin.acl('SETUSER', name, 'reset', 'on', '>right', ...rights);
    }
  });
  afterAll(async () => {
    for (const admin of admins) admin.disconnect();
    await setup.stop();
  });
  const rig = createRig();
  afterEach(() => rig.stop());

  const urlOf = (user: string): string => `redis://${user}:right@${setup.places}`;
  const place = (user: string) => ({ url: urlOf(user), prefix: 'mediamtx' });

  /** Has the collector forget a server and a host that fell silent long ago. */
  async function forgetOld(): Promise<void> {
    const isCluster = 'REDIS_CLUSTER' in settings;
    const names = redisNames('mediamtx', isCluster);
    const nodes = setup.servers.map(({ port }) => ({ host: '127.0.0.1', port }));
    const admin = isCluster ? new Cluster(nodes) : new Redis(nodes[0]?.port ?? 0, '127.0.0.1');
    const keys = [
      names.streamsMeta('old'),
      names.latest('streams', 'old'),
      names.host('old'),
      names.eventBaseline('old'),
    ];
    for (const key of keys) await admin.set(key, '{}');
    await admin.hset(names.servers, 'old', '{}');
    await admin.zadd(names.hostsSeen, Date.now() - 3_600_000, 'old');
    const redis = { url: urlOf('collector'), isCluster, keyPrefix: 'mediamtx' };
    for (const kind of ['server', 'host'] as const) {
      const { logger, lines } = createLogRecorder();
      const code = await runForget({ redis, durableRedis: null, kind, id: 'old', logger });
      expect([code, lines.at(-1)?.message]).toStrictEqual([0, expect.stringContaining('is forgotten')]);
    }
    for (const key of keys) expect([key, await admin.exists(key)]).toStrictEqual([key, 0]);
    expect(await admin.hexists(names.servers, 'old')).toBe(0);
    admin.disconnect();
  }

  test('services do all they do, and Redis refuses nothing', async () => {
    expect([...users.keys()].sort()).toStrictEqual(['alerter', 'api', 'collector', 'host-agent']);
    const simulator = await startSimulator({ streams: 3 });
    await rig.add({ stop: () => simulator.close() });
    const collector = await rig.add(
      startCollector(simulator.url, place('collector'), { ...settings, POLL_INTERVAL_SECONDS: '1' }),
    );
    const agent = await rig.add(startHostAgent(place('host-agent'), settings));
    const alerter = await rig.add(startAlerter(place('alerter'), NOTIFY, settings));
    const api = await rig.add(
      startApiWith({
        ...{ ...settings, REDIS_URL: urlOf('api'), REDIS_KEY_PREFIX: 'mediamtx' },
        API_TOKENS: `ops:${createHash('sha256').update(TOKEN).digest('hex')}`,
        API_OPERATORS: 'ops',
      }),
    );
    const headers = { authorization: `Bearer ${TOKEN}` };
    const get = async (path: string) => (await fetch(`${api.url}${path}`, { headers })).json();
    await eventually(async () => {
      expect(await get('/api/streams')).toMatchObject({ total: 3 });
      expect(await get('/api/hosts')).toMatchObject({ total: 1 });
      const { items } = (await get('/api/events')) as { items: unknown[] };
      expect(items.length).toBeGreaterThan(0);
      expect(await get('/api/sessions')).toHaveProperty('items');
      expect(await get('/api/notifications')).toHaveProperty('items');
      expect(await get('/api/alerts')).toHaveProperty('items');
      expect(await (await fetch(`${alerter.url}/healthz`)).json()).toMatchObject({
        role: 'active',
        failure: null,
      });
    }, PATIENCE_MS);
    const { items } = (await get('/api/streams')) as { items: readonly { readonly name: string }[] };
    const [stream] = items;
    for (const subject of [`streams/${stream?.name ?? ''}`, 'servers/main', 'hosts/here']) {
      expect(await get(`/api/${subject}/history`)).not.toHaveProperty('code');
    }
    const silence = {
      server: 'main',
      comment: 'a test',
      until: new Date(Date.now() + 600_000).toISOString(),
    };
    const made = await fetch(`${api.url}/api/silences`, {
      ...{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      body: JSON.stringify(silence),
    });
    expect([made.status, await made.text()]).toStrictEqual([202, expect.any(String)]);
    await eventually(async () => {
      expect(JSON.stringify(await get('/api/alerts'))).toContain('a test');
    }, PATIENCE_MS);
    // What isn't stored yet of history is at the end.
    await rig.stop();
    await forgetOld();
    const refused = (await Promise.all(admins.map((admin) => admin.acl('LOG')))).flat() as unknown[][];
    expect(refused.map((entry) => entry.join(' '))).toStrictEqual([]);
    const told = [collector, agent, alerter, api].flatMap(({ log }) => log.lines);
    expect(told.filter(({ message }) => message.includes('NOPERM'))).toStrictEqual([]);
  });

  test.each(['collector', 'host-agent', 'alerter', 'api'])('%s may do nothing else', async (user) => {
    const names = redisNames('mediamtx', 'REDIS_CLUSTER' in settings);
    const one = new Redis(setup.servers[0]?.port ?? 0, '127.0.0.1', { username: user, password: 'right' });
    try {
      const others: Promise<unknown>[] = [
        one.flushall(),
        one.config('GET', '*'),
        one.get('another:key'),
        one.keys('*'),
      ];
      if (user !== 'collector') others.push(one.set(names.latest('streams', 'main'), '[]'));
      if (user === 'api') others.push(one.hset(names.alerts, 'a', 'b'));
      for (const each of await Promise.allSettled(others)) {
        expect(String(each.status === 'rejected' ? each.reason : 'done')).toContain('NOPERM');
      }
    } finally {
      one.disconnect();
    }
  });
});
