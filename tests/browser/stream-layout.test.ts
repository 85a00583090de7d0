import { beforeAll, describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEnd, atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { LOOKED_AT, publishCrowdedFleet } from './support/crowded-fleet.ts';
import { type ApiOfTest, startApi, startMonitor } from './support/monitor.ts';
import { LAPTOP, open, PHONE } from './support/open.ts';
import { startWhep } from './support/whep.ts';

/** A stream of the crowded fleet in each kind of trouble, one without, and one that isn't there. */
const STREAMS = [
  LOOKED_AT,
  'reason/off-air',
  'reason/source-down',
  'reason/forward-failing',
  'state/live',
  'state/idle',
  'state/missing',
  'state/unknown',
  'never-seen',
];

let api: ApiOfTest;

beforeAll(async () => {
  const redis = testRedis();
  await publishCrowdedFleet(redis, ['main']);
  api = await startApi(redis);
  atEndOfFile(api.stop);
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${selector} is not on the page`);
  return box;
}

const VERDICT = '.verdict';
const CHAIN = '.chain';
const PLAYER = '.player';

describe('what answers stands first', () => {
  test('on a laptop: picture and verdict side by side, the way below, all of it without a scroll', async () => {
    const { page } = await open(api.url, `?stream=main/${LOOKED_AT}`, { viewport: LAPTOP });
    await page.locator(CHAIN).waitFor();
    const [verdict, player, chain] = [
      await boxOf(page, VERDICT),
      await boxOf(page, PLAYER),
      await boxOf(page, CHAIN),
    ];
    expect(player.x + player.width).toBeLessThanOrEqual(verdict.x);
    expect(player.y).toBe(verdict.y);
    expect(player.width / player.height).toBeCloseTo(16 / 9, 1);
    expect(chain.y).toBeGreaterThanOrEqual(verdict.y + verdict.height);
    expect(chain.y + chain.height).toBeLessThanOrEqual(LAPTOP.height);
  });

  test('on a phone: below one another, the verdict first', async () => {
    const { page } = await open(api.url, `?stream=main/${LOOKED_AT}`, { viewport: PHONE });
    await page.locator(CHAIN).waitFor();
    const [verdict, chain, player] = [
      await boxOf(page, VERDICT),
      await boxOf(page, CHAIN),
      await boxOf(page, PLAYER),
    ];
    expect([verdict.x, chain.x, player.x]).toStrictEqual([verdict.x, verdict.x, verdict.x]);
    expect(verdict.y + verdict.height).toBeLessThanOrEqual(chain.y);
    expect(chain.y + chain.height).toBeLessThanOrEqual(player.y);
    expect(verdict.y).toBeLessThan(PHONE.height / 2);
    const tops = await page.evaluate<readonly number[]>(
      `[...document.querySelectorAll('.part')].map((part) => part.getBoundingClientRect().top)`,
    );
    expect(tops.length).toBe(3);
    expect(tops).toStrictEqual(tops.toSorted((one, other) => one - other));
    expect(new Set(tops).size).toBe(3);
  });
});

test.each([
  ['stream', `?stream=main/${LOOKED_AT}`, CHAIN],
  ['timeline', '?view=timeline', 'search'],
])(
  'the %s page moves in its own place only: at its end, head and banner still stand',
  async (_what, query, sign) => {
    for (const viewport of [LAPTOP, PHONE]) {
      const { page } = await open(api.url, query, { viewport });
      await page.locator(sign).first().waitFor();
      const [isMoved, strays] = await page.evaluate<readonly [boolean, readonly string[]]>(`(() => {
      const document_ = document.scrollingElement;
      document_.scrollTop = document_.scrollHeight;
      const content = document.querySelector('#content');
      const hidden = [...content.querySelectorAll('.visually-hidden')];
      const strays = hidden.filter(
        ({ offsetParent }) => offsetParent !== null && !content.contains(offsetParent),
      );
      return [document_.scrollTop > 0, strays.map(({ textContent }) => textContent)];
    })()`);
      expect([viewport.width, isMoved, strays]).toStrictEqual([viewport.width, false, []]);
    }
  },
);

test('nothing moves when it plays, stops or ends, and the button stays in the picture’s place', async () => {
  const whep = await startWhep();
  const monitor = await startMonitor({
    simulator: { streams: 3 },
    settings: { PREVIEW_WEBRTC_URL: whep.url },
  });
  atEnd(monitor.stop);
  const { page, watch } = await open(monitor.api.url, '?stream=main/cam/stage-left');
  watch.expect(new RegExp(`^asked elsewhere: ${whep.url}/`));
  await page.getByRole('region', { name: 'Publisher', exact: true }).waitFor();
  const places = async (): Promise<readonly Box[]> => [
    await boxOf(page, PLAYER),
    await boxOf(page, VERDICT),
    await boxOf(page, CHAIN),
  ];
  const isInside = async (): Promise<boolean> => {
    const [player, button] = [await boxOf(page, PLAYER), await boxOf(page, `${PLAYER} button`)];
    return (
      button.x >= player.x &&
      button.y >= player.y &&
      button.x + button.width <= player.x + player.width &&
      button.y + button.height <= player.y + player.height
    );
  };
  const before = await places();
  expect(await isInside()).toBe(true);
  await page.getByRole('button', { name: 'Show the picture' }).click();
  await page.getByText('Over WebRTC').waitFor();
  expect([await places(), await isInside()]).toStrictEqual([before, true]);
  await whep.end();
  await page.getByText('The picture has ended').waitFor();
  expect([await places(), await isInside()]).toStrictEqual([before, true]);
});

test.each(STREAMS)('axe finds nothing on the page of %s, not even what is minor', async (stream) => {
  for (const [viewport, theme, lang] of [
    [LAPTOP, 'dark', 'en'],
    [PHONE, 'light', 'de'],
  ] as const) {
    const { page } = await open(api.url, `?stream=main/${stream}&theme=${theme}&lang=${lang}`, { viewport });
    await page.locator(stream === 'never-seen' ? '[aria-labelledby=past-title]' : CHAIN).waitFor();
    expect(await violations(page)).toStrictEqual([]);
  }
});
