import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { startAlerter, startMonitor, type WholeMonitor } from './support/monitor.ts';
import { open, PHONE } from './support/open.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const SETTINGS = {
  API_TOKENS: `ops:${hashOf('token-of-ops')},reader:${hashOf('token-of-reader')}`,
  API_OPERATORS: 'ops',
};
/** What the browser itself says before the token is there. */
const REFUSED = /^console: (?:Failed to load resource: .* 401|WebSocket connection to .* failed)/;

let monitor: WholeMonitor;
/** Titles of what arrived at the target. */
const arrived: string[] = [];

beforeAll(async () => {
  monitor = await startMonitor({ simulator: { streams: 1 }, settings: SETTINGS });
  atEndOfFile(monitor.stop);
  const target = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const text of request.setEncoding('utf8')) body += String(text);
      const { data } = JSON.parse(body) as { data: { title: string } };
      arrived.push(data.title);
      response.writeHead(204).end();
    })();
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  atEndOfFile(() => {
    target.close();
    return Promise.resolve();
  });
  const { port } = target.address() as AddressInfo;
  const file = `
notify:
  - { name: phone, kind: webhook, url: 'http://127.0.0.1:${port}/', for: 0s, groupWait: 0s, severity: warning }
`;
  atEndOfFile(await startAlerter(monitor.redis, file));
  monitor.simulator.setStreamFrozen('cam/stage-left', true);
});

async function openAs(token: string, query = '', options: BrowserContextOptions = {}): Promise<Page> {
  const { page, watch } = await open(monitor.api.url, query, options);
  watch.expect(REFUSED);
  await page.getByLabel('Token').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^(?:Alerts|Alarme): \d/ }).waitFor();
  return page;
}

const bellOf = (page: Page) => page.getByRole('button', { name: /^Alerts: / });
const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Alerts' });
const alertOf = (page: Page, name: string) =>
  panelOf(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });

test('the bell counts what is new, and its panel says what fires, since when, and who was told', async () => {
  const page = await openAs('token-of-ops');
  await page.getByRole('button', { name: 'Alerts: 1 active, 1 new' }).click();
  const alert = alertOf(page, 'cam/stage-left');
  await alert.getByText(/^Notified: phone at \d+:\d+\.$/).waitFor();
  expect(await alert.innerText()).toMatch(/No data arrives[\s\S]*since \d+:\d+, for \d/);
  expect(await violations(page)).toStrictEqual([]);
  await page.keyboard.press('Escape');
  await panelOf(page).waitFor({ state: 'detached' });
  expect(await bellOf(page).getAttribute('aria-label')).toBe('Alerts: 1 active, 0 new');
  expect(await page.evaluate<string>("document.activeElement.getAttribute('aria-label')")).toMatch(
    /^Alerts: /,
  );
  await page.reload();
  await page.getByRole('button', { name: 'Alerts: 1 active, 0 new' }).waitFor();
});

test('an operator silences until six with three clicks, ends it, and takes the alert on', async () => {
  const page = await openAs('token-of-ops');
  await bellOf(page).click();
  const alert = alertOf(page, 'cam/stage-left');
  await alert.getByText('Silence …').click();
  await alert.getByRole('button', { name: /^Until to\w+, 06:00/ }).click();
  await alert.getByText(/^Silenced by ops until .*\.$/).waitFor();
  await page.getByRole('button', { name: 'End the silence of stream cam/stage-left on main' }).click();
  await panelOf(page).getByText('Nothing is silenced.').waitFor();
  await alert.getByRole('button', { name: 'Acknowledge' }).click();
  await alert.getByText(/^Acknowledged by ops at /).waitFor();
  await alert.getByRole('link', { name: 'cam/stage-left' }).click();
  await panelOf(page).waitFor({ state: 'detached' });
  await eventually(() => {
    expect(new URL(page.url()).searchParams.get('stream')).toBe('main/cam/stage-left');
  });
});

test('a target is tested, and the panel says that it arrived', async () => {
  const page = await openAs('token-of-ops');
  await bellOf(page).click();
  const test = page.getByRole('button', { name: 'Send a test to phone' });
  await test.click();
  await panelOf(page)
    .getByText(/^The test was delivered at /)
    .waitFor();
  await eventually(async () => {
    expect([arrived.length > 1, await test.isDisabled()]).toStrictEqual([true, true]);
  });
});

test('who may only read is offered nothing else, and told why', async () => {
  const page = await openAs('token-of-reader', '', { viewport: PHONE });
  await bellOf(page).click();
  await panelOf(page)
    .getByText(/^The token “reader” may only read/)
    .waitFor();
  const names = await page.evaluate<string>(
    "[...document.querySelectorAll('dialog button')].map((one) => one.getAttribute('aria-label')).join()",
  );
  expect(names).toBe('Close');
  const box = await panelOf(page).boundingBox();
  expect([box?.x, box?.width, box?.height]).toStrictEqual([0, PHONE.width, PHONE.height]);
  expect(await violations(page)).toStrictEqual([]);
});
