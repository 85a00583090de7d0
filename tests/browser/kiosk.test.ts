import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import type { Locator, Page } from 'playwright-core';
import { atEnd } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { publishStreams } from './support/fresh-fleet.ts';
import { startApi } from './support/monitor.ts';
import { open } from './support/open.ts';

const SCREEN = { width: 1920, height: 1080 };
const REASONS = [
  { code: 'stalled', severity: 'critical', measured: null, limit: null, since: '2026-01-01T00:00:00.000Z' },
] as const;
const ILL = { name: 'remote/harbour', health: 'critical', reasons: REASONS } as const;
const IDLE = { name: 'studio/spare', state: 'idle', inboundMbps: null } as const;

async function openBoard(query: string, count: number, settings: Readonly<Record<string, string>> = {}) {
  const redis = testRedis();
  const cams = Array.from({ length: count - 2 }, (_, index) => ({ name: `cam/stage-${index}` }));
  await publishStreams(redis, [ILL, IDLE, ...cams]);
  const api = await startApi(redis, settings);
  atEnd(api.stop);
  const opened = await open(api.url, query, { viewport: SCREEN });
  await itemOf(opened.page, ILL.name).waitFor();
  return { ...opened, url: api.url };
}

function itemOf(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'Streams' }).getByRole('listitem').filter({ hasText: name });
}

/** Share of the board that its items cover, and the size of the smallest name in it. */
function measure(page: Page): Promise<{ readonly covered: number; readonly nameHeightPx: number }> {
  return page.evaluate(`(() => {
    const items = [...document.querySelectorAll('.board-item')].map((item) => item.getBoundingClientRect());
    const board = document.querySelector('.board').getBoundingClientRect();
    const names = [...document.querySelectorAll('.board-item .cut-head')];
    return {
      covered: items.reduce((sum, { width, height }) => sum + width * height, 0) / (board.width * board.height),
      nameHeightPx: Math.min(...names.map((name) => parseFloat(getComputedStyle(name).fontSize))),
    };
  })()`);
}

describe.each(['?kiosk', '?kiosk&view=cards', '?kiosk&view=wall', '?kiosk&view=wall&tiles=4x3'])(
  'at 1080p %s',
  (query) => {
    test.each([2, 3, 5, 13, 60])('%i streams fill the screen, and are read from afar', async (count) => {
      const { page } = await openBoard(query, count);
      const { covered, nameHeightPx } = await measure(page);
      expect(covered).toBeGreaterThan(2 / 3);
      expect(nameHeightPx).toBeGreaterThanOrEqual(36);
      // Nothing is below the window's edge.
      expect(await page.evaluate("document.getElementById('content').scrollHeight")).toBe(
        await page.evaluate("document.getElementById('content').clientHeight"),
      );
      expect(await page.locator('.board-item').first().textContent()).toContain(ILL.name);
      expect(await violations(page)).toStrictEqual([]);
    });
  },
);

test('at night what is well is dimmed, what needs attention is not, and all can be read', async () => {
  const { page } = await openBoard('?kiosk&theme=light&night=0-24', 5);
  const opacity = (selector: string): Promise<string> =>
    page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).opacity`);
  for (const name of ['cam/stage-0', IDLE.name]) {
    expect(Number(await opacity(`[data-key="main/${name}"]`))).toBeLessThan(1);
  }
  for (const selector of [`[data-key="main/${ILL.name}"]`, '.truth'])
    expect(await opacity(selector)).toBe('1');
  expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
  expect(await violations(page)).toStrictEqual([]);
});

test('a link with a token signs in; the token is in no address and no request, and kept for this tab', async () => {
  const token = 'a-token+of/this=test';
  const digest = createHash('sha256').update(token).digest('hex');
  const redis = testRedis();
  await publishStreams(redis, [ILL, IDLE]);
  const api = await startApi(redis, { API_TOKENS: `screen:${digest}` });
  atEnd(api.stop);
  const { page, watch } = await open(api.url, 'healthz');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(`${api.url}/?kiosk#token=${encodeURIComponent(token)}`);
  await itemOf(page, ILL.name).waitFor();
  expect(page.url()).toBe(`${api.url}/?kiosk`);
  expect(await page.evaluate('document.referrer + JSON.stringify(localStorage)')).not.toContain(token);
  // It goes along where a token belongs only.
  const elsewhere = asked.map((request) => request.replaceAll(`Bearer ${token}`, ''));
  expect(
    elsewhere.filter((request) => request.includes('this=test') || request.includes('token')),
  ).toStrictEqual([]);
  await page.reload();
  await itemOf(page, ILL.name).waitFor();
  // Going back leads to what was before, and not to an address with the token.
  await page.goBack();
  expect(page.url()).not.toContain('token');
  const other = await page.context().newPage();
  // What the browser itself says of an answer that refuses.
  watch.expect(/^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/);
  await other.goto(`${api.url}/`);
  await other.getByLabel('Token').waitFor();
});
