import { afterEach, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { ServerStatus, Source } from '@mediamtx-monitor/types';
import { startMediamtx } from './support/mediamtx.ts';
import { createRig } from './support/rig.ts';
import { startApi, startCollector } from './support/services.ts';

const rig = createRig();

afterEach(rig.stop);

/** What the API says of a MediaMTX with these settings, and the log that is to say it too. */
async function told(config: Record<string, unknown>): Promise<{ source: Source; log: () => string }> {
  const redis = testRedis();
  const mediamtx = await rig.add(startMediamtx({ config }));
  const collector = await rig.add(startCollector(mediamtx.apiUrl, redis));
  const api = await rig.add(startApi(redis));
  return eventually(async () => {
    const { items } = (await (await fetch(`${api.url}/api/servers`)).json()) as { items: ServerStatus[] };
    const [server] = items;
    if (server === undefined) throw new Error('no server yet');
    return { source: server.source, log: collector.output };
  });
}

test('an API that is off: the line that switches it on', async () => {
  const { source, log } = await told({ api: false });
  expect(source.status).toBe('down');
  expect(source.error).toContain('"api: yes"');
  // A tick is logged after it was published.
  await eventually(() => {
    expect(log()).toContain('"api: yes"');
  });
});

test('an API that refuses: the lines that let the monitor in', async () => {
  const permissions = [{ action: 'publish' }, { action: 'read' }];
  const authInternalUsers = [{ user: 'any', pass: '', ips: [], permissions }];
  const { source, log } = await told({ authInternalUsers });
  expect(source.status).toBe('unauthorized');
  await eventually(() => {
    for (const text of [source.error, log()]) {
      expect(text).toContain('authInternalUsers');
      expect(text).toContain('action: api');
    }
  });
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
