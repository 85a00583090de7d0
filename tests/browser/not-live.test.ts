import { beforeAll, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import type { Reason, StreamRecord } from '@mediamtx-monitor/types';
import { headOf, hostsHeadOf, TestPublisher, streamOf } from '../../services/api/test/publisher.ts';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type ApiOfTest, startApi } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';
import { names, rowOf } from './support/table.ts';

/** What MediaMTX says is anybody's text. */
const ERROR = 'dial tcp 192.0.2.4:554: connect: no route to host <img src=x onerror=alert(1)>';

let api: ApiOfTest;
let minuteAgo: string;

function reason(code: Reason['code'], severity: Reason['severity'], detail: string | null = null): Reason {
  return {
    code,
    severity,
    measured: code === 'forward-failing' ? 1 : null,
    limit: null,
    since: minuteAgo,
    detail,
  };
}

/** Constructed: a stream of each look, as a collector tells them. */
function streams(): readonly StreamRecord[] {
  const live: Partial<StreamRecord> = {
    state: 'live',
    sourceType: 'rtmpConn',
    tracks: ['H264'],
    inboundMbps: 4.2,
    since: minuteAgo,
  };
  const last = {
    liveAt: minuteAgo,
    liveSince: new Date(Date.parse(minuteAgo) - 3_600_000).toISOString(),
    wasStalled: false,
    sourceType: 'srtConn',
    tracks: ['H264'],
    media: {
      video: { codec: 'H264', width: 1920, height: 1080, profile: 'High', level: '4' },
      audio: null,
      others: [],
    },
    protocol: 'srt' as const,
    publisher: { remoteAddr: '192.0.2.7:5000', user: 'ann', userAgent: 'OBS' },
    readers: 12,
    inboundMbps: 4.2,
  };
  const forward = { position: 1, protocol: 'rtmp', remoteAddr: null, outboundBytes: 0, outboundMbps: 0 };
  return [
    { ...streamOf('lesson'), since: minuteAgo, last },
    {
      ...streamOf('camera'),
      state: 'waiting',
      since: minuteAgo,
      health: 'critical',
      reasons: [reason('source-down', 'critical', ERROR)],
      pull: { onDemand: false, state: 'error', error: ERROR },
    },
    {
      ...streamOf('uplink'),
      state: 'missing',
      since: minuteAgo,
      health: 'warning',
      reasons: [reason('off-air', 'warning')],
      last,
    },
    {
      ...streamOf('studio'),
      ...live,
      health: 'warning',
      reasons: [reason('forward-failing', 'warning', ERROR)],
      forwards: [{ ...forward, state: 'error', error: ERROR }],
    },
    { ...streamOf('well'), ...live },
  ];
}

beforeAll(async () => {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  api = await startApi(redis);
  atEndOfFile(api.stop);
  const now = new Date().toISOString();
  minuteAgo = new Date(Date.parse(now) - 60_000).toISOString();
  // So long that nothing gets old while the tests run.
  const times = { collectedAt: now, publishedAt: now, intervalMs: 3_600_000 };
  await publisher.publish(headOf(times), streams());
  await publisher.publishHost(hostsHeadOf({ ...times, host: 'main' }), {
    memory: { totalBytes: 8e9, availableBytes: 1e8, usedBytes: 7.9e9, usedPercent: 98 },
  });
});

test.each([
  ['', '.row'],
  ['?view=cards', '.stream-card'],
])('what is dead is never green, what is worst comes first (%s)', async (query, item) => {
  const { page } = await open(api.url, query);
  await page.locator(item).first().waitFor();
  const looks = await page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('${item}')].map((one) =>
      one.dataset.key.slice(5) + ' ' + one.querySelector('.mark').className.replace('mark mark-', ''))`,
  );
  expect(looks).toStrictEqual([
    'camera critical',
    'studio warning',
    'uplink warning',
    'well ok',
    'lesson rest',
  ]);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/3 streams need attention/);
  expect(await page.locator('.truth-detail').innerText()).toMatch(
    /camera[^]*Source can’t be fetched[^]*Host main: memory 98.% full/,
  );
  expect(await page.locator('[data-key="main/uplink"]').innerText()).toMatch(/Off air[^]*last live 1 min/);
  expect(await violations(page)).toStrictEqual([]);
});

test('what is missing can be found by its state', async () => {
  const { page } = await open(api.url, '?state=missing');
  await rowOf(page, 'uplink').waitFor();
  expect(await names(page)).toStrictEqual(['uplink']);
});

test('the page of a stream that is off air has who published it and what it carried', async () => {
  const { page } = await open(api.url, '?stream=main/uplink', { viewport: PHONE });
  await page.getByText('192.0.2.7:5000').first().waitFor();
  const verdict = await page.getByRole('region', { name: 'Verdict' }).innerText();
  expect(verdict).toMatch(
    /Off air[^]*Was live for\s*1 h[^]*12 viewers[^]*ann, 192\.0\.2\.7:5000 · SRT · OBS/,
  );
  expect(await page.getByRole('region', { name: 'Media' }).innerText()).toMatch(/last live[^]*1920/);
  expect(await page.locator('.stream-head').innerText()).toMatch(/Warning · Missing/);
  expect(await violations(page)).toStrictEqual([]);
});

test('what MediaMTX says of a source and of a forward is text, and no more', async () => {
  for (const [stream, title] of [
    ['camera', 'Source'],
    ['studio', 'Forwards'],
  ] as const) {
    const { page } = await open(api.url, `?stream=main/${stream}`);
    const card = page.getByRole('region', { name: title });
    await card.getByText(ERROR).waitFor();
    expect(await card.locator('a, img').count()).toBe(0);
    expect(await page.locator('.evidence img').count()).toBe(0);
    expect(await violations(page)).toStrictEqual([]);
  }
});
