import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { publish } from './support/media.ts';
import { type Mediamtx, startMediamtx } from './support/mediamtx.ts';
import { startMonitor } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';

const NOWHERE = 'rtsp://user:hunter2@127.0.0.1:1';

const rig = createRig();
let mediamtx: Mediamtx;

beforeAll(async () => {
  mediamtx = await rig.add(
    startMediamtx({
      config: {
        logLevel: 'debug',
        paths: {
          'cam/dead': { source: `${NOWHERE}/cam` },
          'cam-on-demand': { source: `${NOWHERE}/cam`, sourceOnDemand: true },
          'cam-started': { runOnDemand: 'sleep 60' },
          'pub/forwarded': { forward: [{ dest: `${NOWHERE}/copy` }] },
          '~^zone[0-9]+/(a|b)$': {},
          '~^replica-(.+)$': { source: `${NOWHERE}/$G1`, sourceOnDemand: true },
          elsewhere: { source: 'redirect', sourceRedirect: `${NOWHERE}/other` },
          all_others: {},
        },
      },
    }),
  );
  await rig.add(publish(mediamtx, 'rtmp', 'pub/forwarded'));
  await rig.add(publish(mediamtx, 'rtsp', 'zone7/a'));
  await rig.add(publish(mediamtx, 'srt', 'someone'));
});

afterAll(rig.stop);

test('what is asked about single paths is there: nothing of it is an error in MediaMTX’s log', async () => {
  await startMonitor(rig, mediamtx);
  const asked = (route: string) => mediamtx.output().split(`GET /v3/${route} `).length - 1;
  const configurations = ['cam%2Fdead', 'cam-on-demand', 'pub%2Fforwarded', 'elsewhere', 'all_others'];
  await eventually(() => {
    for (const name of [...configurations, '~%5Ezone%5B0-9%5D%2B%2F(a%7Cb)%24']) {
      expect([name, asked(`config/paths/get/${name}`)]).toStrictEqual([name, 1]);
    }
    // In each tick where there are some, once where there are none.
    expect(asked('paths/forward/list?path=pub%2Fforwarded')).toBeGreaterThan(2);
    expect(asked('paths/forward/list?path=someone')).toBe(1);
  }, 30_000);
  expect(asked('paths/static-sources/get/cam%2Fdead')).toBe(0);
  expect(mediamtx.output()).not.toMatch(/ERR \[API\]/);
});
