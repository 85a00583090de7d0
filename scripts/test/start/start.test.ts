import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Environment } from '@mediamtx-monitor/runtime';
import { eventually, freePort, startReplayServer, testRedis } from '@mediamtx-monitor/testkit';
import type { Signals } from '../../src/start/heed-signals.ts';
import { probeRedis } from '../../src/start/probe-redis.ts';
import { start } from '../../src/start/start.ts';
import { needsBuild, root } from './built.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-test-'));

/** Ends the starts of a test, however it went. */
const ends: (() => Promise<unknown>)[] = [];

beforeAll(needsBuild);

afterEach(async () => {
  await Promise.allSettled(ends.splice(0).map((end) => end()));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts for real, with defaults at which nobody answers. */
async function run(settings: Environment) {
  const said: string[] = [];
  const signals = new EventEmitter();
  const ended = start({
    env: {
      PATH: process.env['PATH'],
      API_PORT: '0',
      HEALTH_PORT: '0',
      JSON_FILE: join(folder, 'streams.json'),
      ...settings,
    },
    root,
    stateFolder: join(folder, 'state'),
    defaults: {
      redisUrl: `redis://127.0.0.1:${await freePort()}`,
      mediamtxUrl: `http://127.0.0.1:${await freePort()}`,
    },
    say: (line) => said.push(line),
    signals: signals as unknown as Signals,
    output: 'ignore',
  });
  const saysWhat = (pattern: RegExp): Promise<string> =>
    eventually(() => {
      const match = pattern.exec(said.join('\n'));
      if (match === null) throw new Error(`not said: ${String(pattern)} in\n${said.join('\n')}`);
      return match[1] ?? match[0];
    }, 40_000);
  const interrupt = (): boolean => signals.emit('SIGINT');
  ends.push(() => {
    interrupt();
    return ended;
  });
  return { ended, saysWhat, interrupt };
}

/** The oldest event that is kept. */
const firstEventOf = (url: string): Promise<unknown> =>
  eventually(async () => {
    const response = await fetch(`${url}?since=2020-01-01T00:00:00Z&limit=1`);
    const { items } = (await response.json()) as { items?: readonly unknown[] };
    if (items?.[0] === undefined) throw new Error(`no event yet: ${response.status}`);
    return items[0];
  });

test('with nothing set and nothing there: private Redis and simulator, data, all gone at the end but what happened', async () => {
  const { ended, saysWhat, interrupt } = await run({});
  const redisUrl = await saysWhat(/(redis:\/\/127\.0\.0\.1:\d+) \(none answers/);
  await saysWhat(/These numbers are simulated/);
  await saysWhat(/Data is flowing: 12 streams, simulated/);
  const latest = await saysWhat(/curl -s (\S+)/);
  const response = await fetch(latest);
  expect(response.headers.get('x-snapshot-simulated')).toBe('true');
  expect(await response.json()).toHaveLength(12);
  const hosts = await saysWhat(/(\S+\/api\/hosts)/);
  await eventually(async () => {
    expect(await (await fetch(hosts)).json()).toMatchObject({ total: 1, items: [{ stale: false }] });
  });
  const firstEvent = await firstEventOf(await saysWhat(/(\S+\/api\/events)/));
  interrupt();
  expect(await ended).toBe(0);
  expect(await probeRedis(redisUrl)).toBe('none');
  await expect(fetch(latest)).rejects.toThrow();
  const next = await run({});
  await next.saysWhat(/stay in \S+state\/simulated\.rdb/);
  await next.saysWhat(/Data is flowing: 12 streams, simulated/);
  expect(await firstEventOf(await next.saysWhat(/(\S+\/api\/events)/))).toStrictEqual(firstEvent);
  next.interrupt();
  expect(await next.ended).toBe(0);
});

test('what is set is used: no simulator, no private Redis', async () => {
  const mediamtx = await startReplayServer('1.20.1');
  const { url, prefix } = testRedis();
  const set = { MEDIAMTX_API_URL: mediamtx.url, REDIS_URL: url, REDIS_KEY_PREFIX: prefix };
  const { ended, saysWhat, interrupt } = await run(set);
  await saysWhat(/Redis: +the one that REDIS_URL names/);
  await saysWhat(/MediaMTX: the one that the settings name/);
  await saysWhat(/Data is flowing: \d+ streams?\./);
  interrupt();
  expect(await ended).toBe(0);
  await mediamtx.close();
  expect(await probeRedis(url)).toBe('ready');
});

test('a simulator’s trouble reaches those whom MONITOR_CONFIG names, which is said', async () => {
  const { url, prefix } = testRedis();
  const path = join(folder, 'monitor.yml');
  writeFileSync(path, 'notify: []');
  const set = { MONITOR_CONFIG: path, REDIS_URL: url, REDIS_KEY_PREFIX: prefix };
  const { ended, saysWhat, interrupt } = await run(set);
  await saysWhat(/Alerts: +whom MONITOR_CONFIG names under "notify" is told of simulated trouble/);
  interrupt();
  expect(await ended).toBe(0);
});

test('each MediaMTX has a file of its own for what happened there', async () => {
  const down = await freePort();
  const { ended, saysWhat, interrupt } = await run({ MEDIAMTX_API_URL: `http://127.0.0.1:${down}` });
  expect(await saysWhat(/stay in (\S+);/)).toBe(join(folder, 'state', `monitored-127.0.0.1-${down}.rdb`));
  interrupt();
  expect(await ended).toBe(0);
});

test('a set MediaMTX that is down is told and waited for; nothing stands in for it', async () => {
  const { url, prefix } = testRedis();
  const down = `http://127.0.0.1:${await freePort()}`;
  const set = { MEDIAMTX_API_URL: down, REDIS_URL: url, REDIS_KEY_PREFIX: prefix };
  const { ended, saysWhat, interrupt } = await run(set);
  expect(await saysWhat(/No new data.*/)).toContain(`refused the connection at ${down}`);
  const latest = await saysWhat(/curl -s (\S+)/);
  expect(await (await fetch(latest)).json()).toStrictEqual({ error: 'no data' });
  interrupt();
  expect(await ended).toBe(0);
});

test('a program that ends takes the rest with it, and its wrong setting is the exit code', async () => {
  const { url, prefix } = testRedis();
  const { ended, saysWhat } = await run({
    REDIS_URL: url,
    REDIS_KEY_PREFIX: prefix,
    MEDIAMTX_API_PASSWORD: 'without a user',
  });
  expect(await ended).toBe(2);
  await saysWhat(/collector did not start because of a wrong setting/);
});
