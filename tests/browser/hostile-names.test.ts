import { beforeAll, describe, expect, test } from '@jest/globals';
import { streamRecord, testRedis } from '@mediamtx-monitor/testkit';
import { TestPublisher, headOf } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { cardOf, names, rowOf } from './support/table.ts';

const NAMES = [
  '<img src=x onerror="window.broken = 1">',
  '"><script>window.broken = 1</script>',
  'javascript:window.broken=1',
  '&lt;b&gt;bold&amp;',
  '‮txt.exe‬ ارسال/البث',
  '🎥🏳️‍🌈/👩‍👩‍👧‍👧',
  'x'.repeat(1_000),
  'wörter mit leerzeichen und ,komma',
  '%2e%2e%2f..//%00',
  '?view=servers&theme=dark#x',
  "a\\b'c`${window.broken = 1}",
  '__proto__',
  'constructor',
];

let api: ApiOfTest;

beforeAll(async () => {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  api = await startApi(redis);
  atEndOfFile(api.stop);
  const now = new Date().toISOString();
  const times = { collectedAt: now, publishedAt: now, intervalMs: 3_600_000 };
  await publisher.publish(
    headOf({ ...times, source: { status: 'up', error: null, version: '<i>v1</i>' } }),
    NAMES.map((name) =>
      streamRecord({ name, state: 'live', tracks: ['<b>H264</b>'], inboundMbps: 1.5, since: now }),
    ),
  );
});

test('names are text: none becomes an element, runs, or changes another', async () => {
  const { page } = await open(api.url);
  await rowOf(page, '__proto__').waitFor();
  expect((await names(page)).toSorted()).toStrictEqual(NAMES.map((name) => name.trim()).toSorted());
  expect(await page.evaluate('window.broken')).toBeUndefined();
  expect(await page.locator('img, iframe, b:text("H264"), i:text("v1")').count()).toBe(0);
});

describe.each([
  ['laptop', {}, rowOf],
  ['phone', { viewport: PHONE, isMobile: true, hasTouch: true }, cardOf],
])('on a %s', (_what, options, placeOf) => {
  test('a long name pushes nothing out of the window', async () => {
    const { page } = await open(api.url, '', options);
    await placeOf(page, '__proto__').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
});

test('each has a link that leads to it, and is found by its name', async () => {
  const { page } = await open(api.url);
  await rowOf(page, '__proto__').waitFor();
  for (const name of NAMES) {
    const href = await rowOf(page, name).getByRole('link').first().getAttribute('href');
    expect(new URL(href ?? '', page.url()).searchParams.get('stream')).toBe(`main/${name}`);
    await page.getByRole('searchbox').fill(name);
    await rowOf(page, name).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe(name);
    await page.getByRole('searchbox').fill('');
  }
});
