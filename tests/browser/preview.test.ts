import { beforeEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEnd } from './support/at-end.ts';
import { startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rowOf } from './support/table.ts';
import { startWhep, type WhepServer } from './support/whep.ts';

const STREAM = 'cam/stage-left';
const PICTURE = `document.querySelector('.player video')`;

let whep: WhepServer;
let url: string;

beforeEach(async () => {
  whep = await startWhep();
  const settings = { PREVIEW_WEBRTC_URL: whep.url };
  const monitor = await startMonitor({ simulator: { streams: 3 }, settings });
  atEnd(monitor.stop);
  ({ url } = monitor.api);
});

/** Opens the stream's page and asks for the picture, by keyboard. */
async function openPreview() {
  const { page, watch } = await open(url, `?stream=main/${STREAM}`);
  watch.expect(new RegExp(`^asked elsewhere: ${whep.url}/`));
  await page.getByRole('button', { name: 'Show the picture' }).press('Enter');
  return page;
}

const stop = { name: 'Stop' };

test('plays over WebRTC until it is stopped; the focus stays on the button', async () => {
  const page = await openPreview();
  await page.getByText('Over WebRTC').waitFor();
  await eventually(async () => {
    expect(await page.evaluate(`${PICTURE}.currentTime > 0 && ${PICTURE}.videoWidth > 0`)).toBe(true);
  });
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Stop');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show the picture' }).waitFor();
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Show the picture');
  await eventually(async () => {
    expect(await whep.states()).not.toContain('connected');
  });
});

test('says so when the picture ends', async () => {
  const page = await openPreview();
  await page.getByText('Over WebRTC').waitFor();
  await whep.end();
  await page.getByText('The picture has ended').waitFor();
});

test('can be stopped, or left, while it starts', async () => {
  whep.fallSilent();
  const page = await openPreview();
  await page.getByText('Starting …').waitFor();
  await page.getByRole('button', stop).click();
  await page.getByText('Plays straight from MediaMTX').waitFor();
  await page.getByRole('button', { name: 'Show the picture' }).click();
  await page.getByRole('button', stop).waitFor();
  await page.getByRole('link', { name: 'All streams' }).click();
  await rowOf(page, STREAM).waitFor();
});

test('gives up when nothing comes', async () => {
  whep.fallSilent();
  const page = await openPreview();
  await page.getByText('No picture came in time').waitFor();
  expect(whep.asked()).toBe(1);
});
