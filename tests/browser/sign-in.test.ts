import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { LAPTOP, open } from './support/open.ts';
import { rowOf } from './support/table.ts';

const TOKEN = 'a-token-of-this-test';
const OTHERS_TOKEN = 'another-token-of-this-test';
const API_TOKENS = [`test:${hashOf(TOKEN)}`, `guest:${hashOf(OTHERS_TOKEN)}`].join(',');
/** What the browser itself says of an answer that refuses. */
const REFUSED = /^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/;

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

let monitor: WholeMonitor;

beforeAll(async () => {
  monitor = await startMonitor({ simulator: { streams: 3 }, settings: { API_TOKENS } });
  atEndOfFile(monitor.stop);
});

async function openLocked() {
  const opened = await open(monitor.api.url);
  opened.watch.expect(REFUSED);
  const token = opened.page.getByLabel('Token');
  await token.waitFor();
  return { ...opened, token };
}

test('asks for a token, and shows nothing before', async () => {
  const { page } = await openLocked();
  expect(await page.locator('body').innerText()).not.toContain('cam/stage-left');
});

test('a wrong one is refused in words, the right one opens', async () => {
  const { page, token } = await openLocked();
  await token.fill('mistyped');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'refused' }).waitFor();
  await token.fill(TOKEN);
  await page.keyboard.press('Enter');
  await rowOf(page, 'cam/stage-left').waitFor();
});

test('it is kept for this tab only, never in the URL, and gone after signing out', async () => {
  const { page, token, watch } = await openLocked();
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  await token.fill(TOKEN);
  await page.keyboard.press('Enter');
  await rowOf(page, 'cam/stage-left').waitFor();
  await page.reload();
  await rowOf(page, 'cam/stage-left').waitFor();
  expect([...urls, page.url()].filter((url) => url.includes(TOKEN))).toStrictEqual([]);
  const cookies = await page.context().cookies();
  expect([cookies, await page.evaluate('JSON.stringify(localStorage)')]).toStrictEqual([
    [],
    expect.not.stringContaining(TOKEN),
  ]);
  const other = await page.context().newPage();
  watch.expect(REFUSED);
  await other.goto(monitor.api.url);
  await other.getByLabel('Token').waitFor();
  await page.getByLabel('Settings').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await token.waitFor();
  expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(TOKEN);
});

test('by choice it is kept for this browser: a new tab needs no typing, until someone signs out', async () => {
  const { page, token, watch } = await openLocked();
  const urls: string[] = [];
  page.context().on('request', (request) => urls.push(request.url()));
  await token.fill(TOKEN);
  await page.getByLabel('Stay signed in on this browser').check();
  await page.keyboard.press('Enter');
  await rowOf(page, 'cam/stage-left').waitFor();
  const stream = rowOf(page, 'cam/stage-left').getByRole('link');
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    stream.click({ modifiers: ['Control'] }),
  ]);
  await tab.getByRole('heading', { level: 2, name: 'cam/stage-left' }).waitFor();
  expect([...urls, page.url(), tab.url()].filter((url) => url.includes(TOKEN))).toStrictEqual([]);
  expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(TOKEN);
  await tab.getByLabel('Settings').click();
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.getByLabel('Token').waitFor();
  expect(await tab.evaluate('JSON.stringify(localStorage)')).not.toContain(TOKEN);
  watch.expect(REFUSED);
});

test('a token that is refused is forgotten, by the browser too', async () => {
  const { page, token } = await openLocked();
  await token.fill('mistyped');
  await page.getByLabel('Stay signed in on this browser').check();
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'refused' }).waitFor();
  expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('mistyped');
});

test('somebody else’s link asks before anything becomes of its token, and says when that is refused', async () => {
  const { page, token, watch } = await openLocked();
  await token.fill(TOKEN);
  await page.keyboard.press('Enter');
  await rowOf(page, 'cam/stage-left').waitFor();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  const question = page.getByRole('region', { name: 'Token of the link' });
  const kept = (): Promise<string> => page.evaluate('JSON.stringify([sessionStorage, localStorage])');

  // Typed wrongly, by somebody to whom it is no token: it leaves the address all the same.
  await page.goto(`${monitor.api.url}/?q=cam#/TOKEN=${OTHERS_TOKEN}`);
  await question.getByText('instead of as test').waitFor();
  expect(page.url()).toBe(`${monitor.api.url}/?q=cam`);
  await rowOf(page, 'cam/stage-left').waitFor();
  expect(await violations(page)).toStrictEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await page.setViewportSize(LAPTOP);
  await question.getByRole('button', { name: 'Stay signed in as now' }).click();
  await question.waitFor({ state: 'detached' });
  expect([...sent, await kept()].filter((text) => text.includes(OTHERS_TOKEN))).toStrictEqual([]);

  watch.expect(REFUSED);
  await page.evaluate("location.hash = '#token=bogus'");
  await question.getByRole('button', { name: 'Use the link’s token' }).click();
  await question.getByText(/was refused.*signed in as before/).waitFor();
  expect([page.url(), await kept()]).toStrictEqual([
    `${monitor.api.url}/?q=cam`,
    expect.stringContaining(TOKEN),
  ]);
  await question.getByRole('button', { name: 'Close' }).click();

  await page.evaluate(`location.hash = '#token=${OTHERS_TOKEN}'`);
  await question.getByRole('button', { name: 'Use the link’s token' }).click();
  await eventually(async () => {
    expect(await kept()).toContain(OTHERS_TOKEN);
  });
  await rowOf(page, 'cam/stage-left').waitFor();
  await page.goBack();
  expect(page.url()).not.toContain('oken');
});

test('where nobody is signed in a link asks, too, beside the form', async () => {
  const { page, watch } = await open(monitor.api.url, `#token=${TOKEN}`);
  watch.expect(REFUSED);
  await page.getByLabel('Token', { exact: true }).waitFor();
  const question = page.getByRole('region', { name: 'Token of the link' });
  await question.getByRole('button', { name: 'Don’t use it' }).waitFor();
  expect(await violations(page)).toStrictEqual([]);
  expect(await page.evaluate('JSON.stringify([sessionStorage, localStorage])')).not.toContain(TOKEN);
  await question.getByRole('button', { name: 'Use the link’s token' }).click();
  await rowOf(page, 'cam/stage-left').waitFor();
});
