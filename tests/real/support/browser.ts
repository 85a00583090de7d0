import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import type { Rig } from '../../support/rig.ts';

/** The dashboard as it is built, for the API to serve. */
export const STATIC_DIR = fileURLToPath(new URL('../../../services/dashboard/dist', import.meta.url));

/** The Chromium that CHROMIUM_BIN names; `null` where there is none, of which make test-real tells. */
export async function startBrowser(rig: Rig): Promise<Browser | null> {
  const executablePath = process.env['CHROMIUM_BIN'];
  if (executablePath === undefined) return null;
  const browser = await chromium.launch({ executablePath });
  await rig.add({ stop: () => browser.close() });
  return browser;
}

/** Publishes a moving picture with WHIP from a page; resolves when MediaMTX has taken it. */
const PUBLISH = (whip: string): string => `(async () => {
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const picture = canvas.getContext('2d');
  setInterval(() => {
    picture.fillStyle = 'hsl(' + (performance.now() % 360) + ' 80% 50%)';
    picture.fillRect(0, 0, canvas.width, canvas.height);
  }, 50);
  const stream = canvas.captureStream(20);
  const peer = new RTCPeerConnection();
  stream.getTracks().forEach((track) => peer.addTrack(track, stream));
  await peer.setLocalDescription();
  while (peer.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  const headers = { 'Content-Type': 'application/sdp' };
  const response = await fetch(${JSON.stringify(whip)}, { method: 'POST', headers, body: peer.localDescription.sdp });
  if (!response.ok) throw new Error('WHIP: ' + response.status);
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  window.peer = peer;
})()`;

/** A page that publishes over WebRTC. */
export interface WebrtcPublisher {
  readonly stop: () => Promise<void>;
}

/** Publishes a stream to a MediaMTX that listens for WebRTC at this address, from a page of its own. */
export async function publishOverWebrtc(
  browser: Browser,
  webrtcUrl: string,
  name: string,
): Promise<WebrtcPublisher> {
  const page = await browser.newPage();
  // A page of MediaMTX's own, since a browser lets others not ask what runs here.
  await page.goto(`${webrtcUrl}/${name}/publish`);
  await page.evaluate(PUBLISH(`${webrtcUrl}/${name}/whip`));
  return { stop: () => page.close() };
}
