import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import type { StreamsMessage } from '@mediamtx-monitor/types';
import { publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';

const rig = createRig();
let message: StreamsMessage;

beforeAll(async () => {
  const nowhere = `rtsp://127.0.0.1:${await freePort()}/nothing`;
  const paths = {
    live: {},
    idle: {},
    redirected: { source: 'redirect', sourceRedirect: nowhere },
    'on-demand': { source: nowhere, sourceOnDemand: true },
    pulled: { source: nowhere },
    filler: { alwaysAvailable: true, alwaysAvailableTracks: [{ codec: 'H264' }] },
  };
  const mediamtx = await rig.add(startMediamtx({ config: { paths } }));
  await rig.add(publish(mediamtx, 'rtsp', 'live'));
  const monitor = await startMonitor(rig, mediamtx);
  message = await monitor.streams.fresh();
});

afterAll(rig.stop);

test.each([
  ['live', 'live', 'rtspSession'],
  ['idle', 'idle', null],
  ['redirected', 'idle', 'redirect'],
  ['on-demand', 'waiting', 'rtspSource'],
  ['pulled', 'waiting', 'rtspSource'],
  ['filler', 'standby', null],
])('%s: %s', (name, state, sourceType) => {
  // Nothing was live and got lost: none of them is unwell.
  expect(streamIn(message, name)).toMatchObject({ state, sourceType, health: 'ok', reasons: [] });
});

test('the totals count them', () => {
  expect(message.totals.states).toStrictEqual({
    idle: 2,
    waiting: 2,
    live: 1,
    stalled: 0,
    standby: 1,
    unknown: 0,
  });
  expect(message.totals.healths).toStrictEqual({ ok: 6, warning: 0, critical: 0, unknown: 0 });
});
