import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { HostRecord } from '@mediamtx-monitor/types';
import { deployableServices } from '../../scripts/src/deployable-services.ts';
import { inProject } from '../docs/support/documents.ts';
import { run } from '../support/command.ts';
import { saw } from '../support/say.ts';
import { createPlace, type ComposePlace } from './support/place.ts';
import { type Seen, watch } from './support/watch.ts';

const SERVICES = deployableServices(inProject('.'));
const REPLICAS = 3;
/** What readers of the array have been promised. */
const FIRST_FIELDS = [
  'name',
  'sourceType',
  'tracks',
  'bytesReceived',
  'readers',
  'rtt',
  'recvRateMbps',
  'linkCapacityMbps',
];
const LATEST = '/api/streams/latest';
const PATIENCE_MS = 60_000;

const outputFolder = mkdtempSync(join(tmpdir(), 'compose-output-'));
let place: ComposePlace;

const underWatch = (act: () => Promise<void>): Promise<Seen> => watch(place.url, act);

const healthyReplicas = (count: number): Promise<void> =>
  eventually(async () => {
    const replicas = await place.compose.containers('api');
    expect(replicas.map(({ health }) => health)).toStrictEqual(
      Array.from({ length: count }, () => 'healthy'),
    );
  }, PATIENCE_MS);

beforeAll(async () => {
  // The collector's user, 1000, writes into it.
  chmodSync(outputFolder, 0o777);
  place = await createPlace({ OUTPUT_DIR: outputFolder });
  await place.compose.do('up', '--detach', '--no-build');
});

afterAll(async () => {
  await place.compose.do('--profile', '*', 'down', '--volumes', '--timeout', '12');
  const left = await run(
    'docker',
    ['volume', 'ls', '--quiet', '--filter', `name=${place.project}`],
    place.compose.env,
  );
  rmSync(outputFolder, { recursive: true });
  saw(`left over: ${left.output.trim() === '' ? 'nothing' : left.output}`);
});

describe('docker compose up', () => {
  test('the streams of a real MediaMTX come through the proxy', async () => {
    const live = await eventually(async () => {
      const streams = (await place.streams()).filter(
        ({ state, inboundMbps }) => state === 'live' && inboundMbps,
      );
      expect(streams).toHaveLength(3);
      return streams;
    }, PATIENCE_MS);
    saw(
      live
        .map(({ name, sourceType, inboundMbps }) => `${name} ${sourceType} ${inboundMbps} Mbit/s`)
        .join(', '),
    );
  });

  test('ticks come over WebSocket', async () => {
    const { live } = await underWatch(() => delay(6_000));
    expect(live).toMatchObject({ missedTicks: 0, disconnects: 0 });
    expect(live.ticks).toBeGreaterThan(2);
  });

  test('Server-Sent Events are passed on as they come', async () => {
    const response = await fetch(`${place.url}/api/live`, { signal: AbortSignal.timeout(10_000) });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes('"type":"streams"')) break;
    }
    expect(text).toContain('"type":"streams"');
  });

  test('the host agent sees the host', async () => {
    const host = await eventually(async () => {
      const { items } = (await (await fetch(`${place.url}/api/hosts`)).json()) as { items: HostRecord[] };
      expect(items).toHaveLength(1);
      return items[0];
    });
    expect(host?.memory.totalBytes).toStrictEqual(expect.any(Number));
    expect(host?.disks?.length).toBeGreaterThan(0);
  });

  test('only the proxy and the demo have ports, all on loopback', async () => {
    const open = (await place.compose.containers()).filter(({ published }) => published.length > 0);
    expect(open.map(({ service }) => service).sort()).toStrictEqual(['mediamtx', 'proxy']);
    for (const port of open.flatMap(({ published }) => published)) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('the API may read in Redis, and not write', async () => {
    const script =
      `import { Redis } from 'ioredis'; import { readFileSync } from 'node:fs';` +
      `const redis = new Redis(readFileSync('/run/redis/redis-url', 'utf8').trim());` +
      `const stored = await redis.get('mediamtx:streams:latest');` +
      `console.log(stored.length > 2, await redis.set('mediamtx:x', '1').catch(String)); redis.disconnect();`;
    const program = ['node', '--input-type=module', '--eval', script];
    const output = await place.compose.do('exec', '--workdir', '/app/services/api', 'api', ...program);
    expect(output).toMatch(/^true ReplyError: NOPERM/);
  });

  test.each(SERVICES)('the %s can write nothing, and is not root', async (service) => {
    expect((await place.compose.try('exec', service, 'touch', '/app/x')).code).not.toBe(0);
    expect((await place.compose.do('exec', service, 'id', '-un')).trim()).toBe('node');
  });
});

describe('its commands', () => {
  const once = (...args: readonly string[]) => place.compose.try('run', '--rm', '-T', ...args);

  test('collector --once stores once', async () => {
    const { code, output } = await once('collector', '--once');
    expect(output).toContain('3 streams stored in Redis');
    expect(code).toBe(0);
  });

  test('snapshot writes what MediaMTX says', async () => {
    const { code, printed } = await once('--no-deps', 'collector', 'snapshot', '--samples', '1');
    expect(JSON.parse(printed)).toMatchObject({ type: 'mediamtx-snapshot', simulated: false });
    expect(code).toBe(0);
  });

  test('make redis-get prints the array with the eight fields', async () => {
    const { code, printed } = await run('make', ['--silent', 'redis-get'], place.compose.env);
    expect(code).toBe(0);
    const [stream = {}] = JSON.parse(printed) as Readonly<Record<string, unknown>>[];
    expect(Object.keys(stream).slice(0, 8)).toStrictEqual(FIRST_FIELDS);
  });

  test('the JSON file is in the folder of this machine that OUTPUT_DIR names', () => {
    const records: unknown = JSON.parse(readFileSync(join(outputFolder, 'mediamtx_streams.json'), 'utf8'));
    expect(records).toHaveLength(3);
  });
});

test('nothing warns where only this machine reaches it', async () => {
  for (const service of SERVICES) {
    expect(await place.compose.logs(service)).not.toMatch(/whoever reaches/);
  }
});

test('the proxy tells how it is', async () => {
  await eventually(async () => {
    expect(await place.compose.containers('proxy')).toMatchObject([{ health: 'healthy' }]);
  }, PATIENCE_MS);
});

test('an event stream that ends, even of an API that crashes, is no error in the log of the proxy', async () => {
  const response = await fetch(`${place.url}/api/live`);
  const reader = response.body?.getReader();
  await reader?.read();
  for (const replica of await place.compose.containers('api')) await place.compose.crash(replica);
  let isOver = false;
  while (!isOver) isOver = (await reader?.read().catch(() => undefined))?.done !== false;
  await healthyReplicas(1);
  expect(await place.compose.logs('proxy')).not.toContain('aborting with incomplete response');
});

test('Redis writes no file of all it was told, and starts again without a complaint', async () => {
  await place.compose.do('restart', 'redis');
  await eventually(async () => {
    const response = await fetch(`${place.url}${LATEST}`);
    expect(response.headers.get('x-snapshot-stale')).toBe('false');
  }, PATIENCE_MS);
  expect((await place.compose.do('exec', '-T', 'redis', 'ls', '/data')).trim()).toBe('dump.rdb');
  expect(await place.compose.logs('redis')).not.toMatch(/NOPERM|CRITICAL/);
});

test('a ticket of one replica opens the other', async () => {
  const token = 'of-the-test';
  const hash = createHash('sha256').update(token).digest('hex');
  const secured = await createPlace({ COMPOSE_PROFILES: '', API_TOKENS: `test:${hash}` });
  const { compose } = secured;
  /** Runs a program in a replica, which sees only itself at this address. */
  const inReplica = async (index: number, script: string): Promise<string> => {
    const program = [
      'node',
      '--input-type=module',
      '--eval',
      `const url = 'http://127.0.0.1:8000'; ${script}`,
    ];
    return (await compose.do('exec', '--index', String(index), 'api', ...program)).trim();
  };
  try {
    await compose.do('up', '--detach', '--no-build', '--wait', '--scale', 'api=2', 'api');
    const ticket = await inReplica(
      1,
      `const headers = { Authorization: 'Bearer ${token}' };` +
        `const answer = await fetch(url + '/api/tickets', { method: 'POST', headers });` +
        `console.log((await answer.json()).ticket);`,
    );
    const ask = `console.log((await fetch(url + '/api/servers?ticket=${ticket}')).status)`;
    expect(await inReplica(2, ask)).toBe('200');
  } finally {
    await compose.do('down', '--volumes', '--timeout', '2');
  }
});

describe('faults', () => {
  beforeAll(async () => {
    await place.compose.do('up', '--detach', '--no-build', '--scale', `api=${REPLICAS}`);
    await healthyReplicas(REPLICAS);
  });

  test('replicas that crash one after another lose no REST request', async () => {
    const { rest, live } = await underWatch(async () => {
      for (const replica of await place.compose.containers('api')) {
        await place.compose.crash(replica);
        await delay(2_000);
        await healthyReplicas(REPLICAS);
      }
    });
    expect(rest.failures).toStrictEqual([]);
    expect(live.disconnects).toBeGreaterThan(0);
    expect(live.longestAwayMs).toBeLessThan(5_000);
  });

  test('of replicas that hang, the proxy asks others', async () => {
    const [hung] = await place.compose.containers('api');
    const { rest } = await underWatch(async () => {
      await run('docker', ['pause', hung?.id ?? ''], place.compose.env);
      await delay(20_000);
      await run('docker', ['unpause', hung?.id ?? ''], place.compose.env);
    });
    expect(rest.failures).toStrictEqual([]);
    await healthyReplicas(REPLICAS);
  });

  test('a collector that hangs is started anew', async () => {
    const [collector] = await place.compose.containers('collector');
    await place.compose.hang(collector);
    await eventually(async () => {
      expect(await place.compose.logs('collector')).toContain(
        'watchdog: the event loop stood still for 30000 ms',
      );
      expect((await place.streams()).filter(({ state }) => state === 'live')).toHaveLength(3);
      const response = await fetch(`${place.url}${LATEST}`);
      expect(response.headers.get('x-snapshot-stale')).toBe('false');
    }, 2 * PATIENCE_MS);
  });

  test('Redis that crashes is told as stale at most, and comes back by itself', async () => {
    const [redis] = await place.compose.containers('redis');
    const { rest } = await underWatch(async () => {
      if (redis !== undefined) await place.compose.crash(redis);
      await delay(2_000);
      await eventually(async () => {
        const response = await fetch(`${place.url}${LATEST}`);
        expect(response.headers.get('x-snapshot-stale')).toBe('false');
      }, PATIENCE_MS);
    });
    expect(rest.failures).toStrictEqual([]);
  });

  test('make roll replaces every replica: no REST request is lost, WebSocket clients are back within 2 s', async () => {
    const before = await place.compose.containers('api');
    const { rest, live } = await underWatch(async () => {
      const { code, output } = await run('scripts/roll.sh', [], place.compose.env);
      saw(output.trim());
      expect(code).toBe(0);
    });
    const after = await place.compose.containers('api');
    expect(after).toHaveLength(REPLICAS);
    expect(after.filter(({ id }) => before.some((old) => old.id === id))).toStrictEqual([]);
    expect(rest.failures).toStrictEqual([]);
    expect(live.longestAwayMs).toBeLessThan(2_000);
  });

  test('one that doesn’t come up stops the roll, and the old ones stay', async () => {
    const before = await place.compose.containers('api');
    const broken = { ...place.compose.env, API_TOKENS: 'nonsense', ROLL_READY_SECONDS: '20' };
    const { code, output } = await run('scripts/roll.sh', [], broken);
    expect(code).toBe(1);
    expect(output).toContain('API_TOKENS is (hidden); allowed:');
    expect(await place.compose.containers('api')).toStrictEqual(before);
  });
});
