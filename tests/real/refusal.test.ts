import { afterEach, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { ServerStatus, Source, SourceStatus } from '@mediamtx-monitor/types';
import { startMediamtx } from './support/mediamtx.ts';
import { createRig } from '../support/rig.ts';
import { startApi, startCollector } from '../support/services.ts';

const rig = createRig();

afterEach(rig.stop);

/** A MediaMTX with these settings, and a monitor of it. */
async function watch(config: Record<string, unknown>, credentials: Record<string, string> = {}) {
  const redis = testRedis();
  const mediamtx = await rig.add(startMediamtx({ config }));
  const collector = await rig.add(startCollector(mediamtx.apiUrl, redis, credentials));
  const api = await rig.add(startApi(redis));
  const source = (status: SourceStatus): Promise<Source> =>
    eventually(async () => {
      const { items } = (await (await fetch(`${api.url}/api/servers`)).json()) as { items: ServerStatus[] };
      const [server] = items;
      if (server?.source.status !== status) throw new Error(`not ${status} yet`);
      return server.source;
    }, 20_000);
  return { mediamtx, collector, source };
}

/** The lines for mediamtx.yml in what is told: all but the first. The log must have them as they are. */
async function linesIn(error: string | null, log: () => string): Promise<string[]> {
  const lines = (error ?? '').split('\n').slice(1);
  // A tick is logged after it was published.
  await eventually(() => {
    expect(log()).toContain(`\n${lines.join('\n')}\n`);
  });
  return lines;
}

test('an API that is off is told with the lines that switch it on', async () => {
  const { mediamtx, collector, source } = await watch({ api: false });
  const { error } = await source('down');
  const lines = await linesIn(error, collector.output);
  expect(lines[0]).toBe('api: yes');

  await mediamtx.stop();
  await rig.add(startMediamtx({ config: { api: undefined, apiAddress: undefined }, lines }));
  await source('up');
});

test('an API that refuses is told with the lines that let the monitor in', async () => {
  // As a MediaMTX is to other machines than its own.
  const defaults = [
    'api: yes',
    'authInternalUsers:',
    '  - user: any',
    '    permissions: [{action: publish}, {action: read}]',
  ];
  const credentials = { MEDIAMTX_API_USER: 'monitor', MEDIAMTX_API_PASSWORD: 'choose-a-password' };
  const authInternalUsers = [{ user: 'any', permissions: [{ action: 'publish' }, { action: 'read' }] }];
  const refusing = await watch({ authInternalUsers });
  const { error } = await refusing.source('unauthorized');
  const lines = await linesIn(error, refusing.collector.output);
  for (const setting of Object.entries(credentials)) expect(error).toContain(setting.join('='));

  const { mediamtx, source } = await watch({ api: false }, credentials);
  await mediamtx.stop();
  const apiAddress = new URL(mediamtx.apiUrl).host;
  await rig.add(startMediamtx({ config: { api: undefined, apiAddress }, lines: [...defaults, ...lines] }));
  await source('up');
});

test('an API that refuses the credentials: which setting to check', async () => {
  const redis = testRedis();
  const permissions = [{ action: 'api' }];
  const authInternalUsers = [{ user: 'monitor', pass: 'the-password', ips: [], permissions }];
  const mediamtx = await rig.add(startMediamtx({ config: { authInternalUsers } }));
  const wrong = { MEDIAMTX_API_USER: 'monitor', MEDIAMTX_API_PASSWORD: 'not-the-password' };
  const collector = await rig.add(startCollector(mediamtx.apiUrl, redis, wrong));
  await eventually(() => {
    expect(collector.output()).toContain('Check MEDIAMTX_API_USER');
  }, 40_000);
  expect(collector.output()).not.toContain(wrong.MEDIAMTX_API_PASSWORD);
});
