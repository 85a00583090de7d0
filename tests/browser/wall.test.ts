import { expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { Locator, Page } from 'playwright-core';
import { atEnd } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { publishStreams } from './support/fresh-fleet.ts';
import { startApi } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { startWhep, type WhepServer } from './support/whep.ts';

const CAMS = ['cam/a', 'cam/b', 'cam/c', 'cam/d'].map((name) => ({ name }));
const ON_DEMAND = { name: 'shy', onDemand: true };

interface PlayedWall {
  readonly page: Page;
  readonly whep: WhepServer;
}

/** Opens a wall whose streams a media server plays. */
async function openWall(query: string, options: Parameters<typeof open>[2] = {}): Promise<PlayedWall> {
  const whep = await startWhep();
  const redis = testRedis();
  await publishStreams(redis, [...CAMS, ON_DEMAND]);
  const api = await startApi(redis, { PREVIEW_WEBRTC_URL: whep.url });
  atEnd(api.stop);
  const { page, watch } = await open(api.url, query, { reducedMotion: 'no-preference', ...options });
  watch.expect(new RegExp(`^asked elsewhere: ${whep.url}/`));
  // What the browser itself says of an answer that refuses.
  watch.expect(/^console: Failed to load resource: .* 401/);
  await tileOf(page, 'cam/a').waitFor();
  return { page, whep };
}

function tileOf(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** Until a tile shows pictures. */
async function plays(page: Page, name: string): Promise<void> {
  await eventually(async () => {
    const isPlaying = await page.evaluate<boolean>(`(() => {
      const tiles = [...document.querySelectorAll('.tile')];
      const video = tiles.find((tile) => tile.querySelector('a').title === '${name}').querySelector('video');
      return video.currentTime > 0 && video.videoWidth > 0 && !video.hidden;
    })()`);
    expect(isPlaying).toBe(true);
  });
}

async function nobodyWatches({ states }: WhepServer): Promise<void> {
  await eventually(async () => {
    expect(await states()).not.toContain('connected');
  });
}

test('a tile plays under the pointer, and stops when it leaves', async () => {
  const { page, whep } = await openWall('?view=wall&tiles=3x2');
  await tileOf(page, 'cam/d').hover();
  await plays(page, 'cam/d');
  expect(await violations(page)).toStrictEqual([]);
  await page.getByRole('searchbox').hover();
  await nobodyWatches(whep);
});

test('a tile plays while it has the keyboard’s focus, and stops with the page', async () => {
  const { page, whep } = await openWall('?view=wall&sort=name');
  await page.getByRole('combobox', { name: 'Tiles' }).focus();
  await page.keyboard.press('Tab');
  await plays(page, 'cam/a');
  await page.getByRole('link', { name: 'Servers' }).click();
  await nobodyWatches(whep);
});

test('those that are chosen play together, but what comes on demand only by its own button', async () => {
  const { page, whep } = await openWall('?view=wall&chosen=main/cam/a,main/shy');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await tileOf(page, 'cam/b').getByRole('checkbox', { name: 'Choose cam/b' }).check();
  await page.getByRole('button', { name: 'Play chosen' }).click();
  await plays(page, 'cam/a');
  await plays(page, 'cam/b');
  await tileOf(page, 'shy').hover();
  await page.getByRole('button', { name: 'Stop', exact: true }).hover();
  expect(asked.filter((url) => url.includes('/shy/'))).toStrictEqual([]);
  await tileOf(page, 'shy').getByRole('button', { name: 'Play shy' }).click();
  await plays(page, 'shy');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await nobodyWatches(whep);
});

test('▷ has tiles play on side by side, wherever the pointer is, until each is stopped', async () => {
  const { page, whep } = await openWall('?view=wall&tiles=3x2');
  for (const name of ['cam/a', 'cam/b']) {
    await tileOf(page, name).hover();
    await plays(page, name);
    await tileOf(page, name)
      .getByRole('button', { name: `Play ${name}` })
      .click();
  }
  await page.getByRole('searchbox').hover();
  await tileOf(page, 'cam/c').hover();
  await plays(page, 'cam/c');
  await page.getByRole('searchbox').hover();
  await eventually(async () => {
    expect((await whep.states()).filter((state) => state === 'connected')).toHaveLength(2);
  });
  await plays(page, 'cam/a');
  await plays(page, 'cam/b');
  expect(await violations(page)).toStrictEqual([]);
  await tileOf(page, 'cam/a').getByRole('button', { name: 'Stop cam/a' }).click();
  await eventually(async () => {
    expect((await whep.states()).filter((state) => state === 'connected')).toHaveLength(1);
  });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await nobodyWatches(whep);
});

test('whoever wants no motion, and a finger, gets it by the button alone', async () => {
  const { page, whep } = await openWall('?view=wall', {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  expect(await violations(page)).toStrictEqual([]);
  await tileOf(page, 'cam/a').getByRole('button', { name: 'Play cam/a' }).tap();
  await plays(page, 'cam/a');
  await tileOf(page, 'cam/a').getByRole('button', { name: 'Stop cam/a' }).tap();
  await nobodyWatches(whep);
  expect(whep.asked()).toBe(1);
});

test('on a phone a page of tiles has no hole', async () => {
  const { page } = await openWall('?view=wall', { viewport: PHONE, isMobile: true, hasTouch: true });
  const perRow = await page.evaluate<readonly number[]>(`Object.values(
    Object.groupBy(document.querySelectorAll('.tile'), (tile) => tile.getBoundingClientRect().top),
  ).map((tiles) => tiles.length)`);
  expect(perRow.length).toBeGreaterThan(1);
  expect(perRow).toStrictEqual(perRow.map(() => 2));
});

test('a tile says what keeps it from playing', async () => {
  const { page, whep } = await openWall('?view=wall');
  whep.refuse();
  await tileOf(page, 'cam/a').hover();
  await tileOf(page, 'cam/a').getByRole('status').filter({ hasText: 'MediaMTX wants a login' }).waitFor();
});
