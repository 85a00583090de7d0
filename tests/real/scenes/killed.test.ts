import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '@mediamtx-monitor/testkit';
import { everywhere } from '../../support/outputs.ts';
import { publishOverWebrtc } from '../support/browser.ts';
import { PROTOCOLS, publish } from '../support/media.ts';
import { type Mediamtx, startMediamtx } from '../support/mediamtx.ts';
import { createRig } from '../../support/rig.ts';
import { type RealScene, startScene } from '../support/scene.ts';
import { monitorFile } from '../support/monitor-file.ts';

/** What was live for less than this isn't missed. */
const MISSED_AFTER_MS = 10_000;
/** A stream of the configuration's expectations; the others follow `all_others`. */
const EXPECTED = 'studio/main';
const WHIP = 'live/whip';

const rig = createRig();
let mediamtx: Mediamtx;
let scene: RealScene;
let webrtcUrl: string;
const kills = new Map<string, () => Promise<void>>();

async function publishAll(): Promise<void> {
  for (const protocol of PROTOCOLS) {
    kills.set(`live/${protocol}`, (await rig.add(publish(mediamtx, protocol, `live/${protocol}`))).kill);
  }
  kills.set(EXPECTED, (await rig.add(publish(mediamtx, 'rtsp', EXPECTED))).kill);
  if (scene.browser === null) return;
  kills.set(WHIP, (await publishOverWebrtc(scene.browser, webrtcUrl, WHIP)).stop);
}

async function untilMissed(): Promise<void> {
  for (const name of kills.keys()) {
    await scene.until(name, (path) => Date.now() - Date.parse(path?.readyTime ?? '') > MISSED_AFTER_MS);
  }
}

beforeAll(async () => {
  const [webrtc, udp] = [await freePort(), await freePort()];
  webrtcUrl = `http://127.0.0.1:${webrtc}`;
  const config = {
    webrtc: true,
    webrtcAddress: `127.0.0.1:${webrtc}`,
    webrtcLocalUDPAddress: `127.0.0.1:${udp}`,
  };
  mediamtx = await rig.add(startMediamtx({ config }));
  const file = await monitorFile(rig, { expected: [{ match: EXPECTED }] });
  scene = await startScene(rig, mediamtx, { collector: { MONITOR_CONFIG: file } });
  await publishAll();
  await untilMissed();
});

afterAll(rig.stop);

/** What is told of each, two ticks after MediaMTX has dropped it. */
const VERDICTS: Readonly<Record<string, string>> = {
  'live/rtsp': 'missing warning off-air/warning',
  'live/rtmp': 'missing warning off-air/warning',
  // Over UDP nobody says goodbye: it stalls for some seconds before MediaMTX gives it up.
  'live/srt': 'missing critical off-air/critical',
  // So does a browser, but that is how each page ends that is closed.
  [WHIP]: 'missing warning off-air/warning',
  [EXPECTED]: 'missing warning off-air/warning',
};

describe('publishers that are killed', () => {
  test.each(Object.entries(VERDICTS))('%s: %s', async (name, verdict) => {
    const kill = kills.get(name);
    if (kill === undefined) {
      process.stderr.write('SKIPPED: no Chromium publishes over WebRTC, and ffmpeg can’t\n');
      return;
    }
    expect(await scene.stream(name)).toStrictEqual(everywhere('live ok'));
    await kill();
    await scene.until(name, (path) => path === undefined);
    const greens = scene.watchForGreen(name);
    expect(await scene.stream(name)).toStrictEqual(everywhere(verdict));
    await scene.pageSays(/^(?!All well)/);
    expect(greens()).toStrictEqual([]);
  });

  test('are live again two ticks after MediaMTX has them again', async () => {
    await publishAll();
    for (const name of kills.keys()) {
      await scene.until(name, (path) => path?.ready === true);
      expect(await scene.stream(name)).toStrictEqual(everywhere('live ok'));
    }
  });
});
