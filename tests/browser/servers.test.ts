import { beforeAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import type { Locator } from 'playwright-core';
import { headOf, hostsHeadOf, streamOf, TestPublisher } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open } from './support/open.ts';

const COUNT = 200;
/** So many are looked at in all sizes. */
const FEW = 4;
const SIZES = [360, 768, 1_280, 1_920].map((width) => ({ width, height: 800 }));

/** Rows that can't be seen aren't drawn; words for what is wrong come a moment later. */
const says = (row: Locator, text: string | RegExp): Promise<void> =>
  row.getByText(text).first().waitFor({ state: 'attached' });

let many: ApiOfTest;
let few: ApiOfTest;

/** An API that knows so many servers, each with its host; one is down, of another not all can be read. */
async function fleetOf(count: number): Promise<ApiOfTest> {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  const now = new Date().toISOString();
  const times = { collectedAt: now, publishedAt: now, intervalMs: 3_600_000 };
  const source = { status: 'down', error: 'It refused the connection', version: null } as const;
  const others = [{}, { source }, { missing: ['srtconns', 'rtspsessions'] }] as const;
  for (let n = 0; n < count; n += 1) {
    const server = `media-${String(n).padStart(3, '0')}`;
    await publisher.publish(headOf({ server, ...times, ...others[n] }), [streamOf('cam')]);
    await publisher.publishHost(hostsHeadOf({ host: server, ...times }));
  }
  const api = await startApi(redis);
  atEndOfFile(api.stop);
  return api;
}

beforeAll(async () => {
  many = await fleetOf(COUNT);
  few = await fleetOf(FEW);
});

test('200 servers are a row each; history is asked for those in view, once', async () => {
  const { page } = await open(many.url);
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = /\/api\/(servers|hosts)\/([\w-]+)\/history/.exec(request.url());
    if (path !== null) asked.push(`${path[1] ?? ''} ${path[2] ?? ''}`);
  });
  await page.goto(`${many.url}/?view=servers`);
  const rows = page.locator('.server-row');
  await rows.nth(COUNT - 1).waitFor({ state: 'attached' });
  expect(await rows.count()).toBe(COUNT);
  await eventually(() => {
    expect(asked).toStrictEqual(expect.arrayContaining(['servers media-000', 'hosts media-000']));
  });
  await rows.nth(COUNT - 1).scrollIntoViewIfNeeded();
  await eventually(() => {
    expect(asked).toStrictEqual(expect.arrayContaining(['servers media-199', 'hosts media-199']));
  });
  // Those in which something is wrong stand before it.
  const well = rows.filter({ hasText: 'media-000' });
  await well.scrollIntoViewIfNeeded();
  await well.getByRole('button').click();
  await says(well, 'Last poll took');
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThan(COUNT);
});

test.each(SIZES)('they fit $width px; what is wrong says so in its row', async (viewport) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await open(few.url, '?view=servers', { viewport, colorScheme });
    const row = page.locator('.server-row').filter({ hasText: 'media-002' });
    await says(row, /Could not be read this time: .*rtspsessions/);
    const down = page.locator('.server-row').filter({ hasText: 'media-001' });
    await says(down, 'MediaMTX is not reachable');
    await says(down, 'It refused the connection');
    await page.getByRole('button', { name: 'Details of media-000' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    expect(await violations(page)).toStrictEqual([]);
  }
});

test.each(SIZES)(
  'in German no number runs over another one or out of its row at $width px',
  async (viewport) => {
    const { page } = await open(few.url, '?view=servers&lang=de', { viewport });
    await page.locator('.hour').first().waitFor();
    const tight = await page.evaluate<
      readonly string[]
    >(`[...document.querySelectorAll('.hour p')].flatMap((p) => {
    p.querySelector('b').textContent = '812 Mbit/s';
    return p.scrollWidth > p.clientWidth ? [p.textContent] : [];
  })`);
    expect(tight).toStrictEqual([]);
  },
);
