import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, freePort, testRedis } from '@mediamtx-monitor/testkit';
import type { Browser } from 'playwright-core';
import { STATIC_DIR, startBrowser } from './support/browser.ts';
import { publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { createRig } from '../support/rig.ts';
import { startApi, startCollector } from '../support/services.ts';

// make test-real says so when there is none.
const testInChromium = process.env['CHROMIUM_BIN'] === undefined ? test.skip : test;
const STREAM = 'live/cam';
const PICTURE = `document.querySelector('.player video')`;

const rig = createRig();
let browser: Browser;
/** Address of a dashboard that is told these places to play from. */
let dashboard: (previews: Readonly<Record<string, string>>) => Promise<string>;
let addresses: Readonly<Record<'WebRTC' | 'HLS', Readonly<Record<string, string>>>>;

beforeAll(async () => {
  const started = await startBrowser(rig);
  if (started === null) return;
  browser = started;
  const [webrtc, udp, hls] = [await freePort(), await freePort(), await freePort()];
  const config = {
    webrtc: true,
    webrtcAddress: `127.0.0.1:${webrtc}`,
    webrtcLocalUDPAddress: `127.0.0.1:${udp}`,
    hls: true,
    hlsAddress: `127.0.0.1:${hls}`,
  };
  const mediamtx = await rig.add(startMediamtx({ config }));
  await rig.add(publish(mediamtx, 'rtsp', STREAM));
  const redis = testRedis();
  await rig.add(startCollector(mediamtx.apiUrl, redis));
  dashboard = async (previews) => (await rig.add(startApi(redis, { STATIC_DIR, ...previews }))).url;
  addresses = {
    WebRTC: { PREVIEW_WEBRTC_URL: `http://127.0.0.1:${webrtc}` },
    HLS: { PREVIEW_HLS_URL: `http://127.0.0.1:${hls}` },
  };
});

afterAll(rig.stop);

testInChromium.each(['WebRTC', 'HLS'] as const)('the dashboard plays a stream over %s', async (protocol) => {
  const url = await dashboard(addresses[protocol]);
  const page = await browser.newPage();
  await page.goto(`${url}/?stream=main/${STREAM}`);
  await page.getByRole('button', { name: 'Show the picture' }).click();
  await page.getByText(`Over ${protocol}`).waitFor();
  await eventually(async () => {
    const [seconds, width] = await page.evaluate<[number, number]>(
      `[${PICTURE}.currentTime, ${PICTURE}.videoWidth]`,
    );
    expect(seconds).toBeGreaterThan(1);
    expect(width).toBe(320);
  }, 20_000);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Show the picture' }).waitFor();
  await page.close();
});
