import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, type ReverseProxyOptions, startReverseProxy } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEnd, atEndOfFile } from './support/at-end.ts';
import { violations } from './support/axe.ts';
import { type WholeMonitor, startApi, startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rowOf } from './support/table.ts';

const TOKEN = 'a-token-of-this-test';
const API_TOKENS = `test:${createHash('sha256').update(TOKEN).digest('hex')}`;
/** What the browser itself says of a socket that doesn't open, and of an answer that says why. */
const NO_SOCKET =
  /^console: (?:WebSocket connection to .* failed|Failed to load resource: .* (?:401|403|404|426))/;
/** As under http to any machine but this one: there browsers don't send them. */
const PLAIN_HTTP = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user'];

let monitor: WholeMonitor;

beforeAll(async () => {
  monitor = await startMonitor({ simulator: { streams: 3 } });
  atEndOfFile(monitor.stop);
});

async function behind(habits: Omit<ReverseProxyOptions, 'target'>, target = monitor.api.url) {
  const proxy = await startReverseProxy({ target, ...habits });
  atEnd(proxy.stop);
  return proxy;
}

/** An API of its own with tokens, for the same fleet. */
async function startLocked(): Promise<string> {
  const api = await startApi(monitor.redis, { API_TOKENS });
  atEnd(api.stop);
  return api.url;
}

/** Whether the page has its styles. */
async function isStyled(page: Page): Promise<boolean> {
  return page.evaluate<boolean>("getComputedStyle(document.querySelector('.app')).display === 'flex'");
}

const host = (url: string): string => new URL(url).host;

describe('a bare proxy_pass: another Host, no upgrades', () => {
  test('the page loads, shows everything, and says calmly what to set', async () => {
    const proxy = await behind({ host: host(monitor.api.url), dropsUpgrades: true, without: PLAIN_HTTP });
    const { page, watch } = await open(proxy.url);
    watch.expect(NO_SOCKET);
    await rowOf(page, 'cam/stage-left').waitFor();
    expect(await isStyled(page)).toBe(true);
    const note = page.getByRole('complementary');
    await note.getByText('No WebSocket gets through').click();
    await note.getByText('proxy_set_header Upgrade $http_upgrade;').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    expect(await violations(page)).toStrictEqual([]);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog');
    await help.getByText('over plain HTTP').waitFor();
    expect(await violations(page)).toStrictEqual([]);
    await page.keyboard.press('Escape');
    await note.getByRole('button', { name: 'Hide' }).click();
    await page.reload();
    await rowOf(page, 'cam/stage-left').waitFor();
    expect(await note.count()).toBe(0);
  });

  test('a stream’s page has its connections the same way, and the list goes on', async () => {
    const proxy = await behind({ host: host(monitor.api.url), dropsUpgrades: true });
    const { page, watch } = await open(proxy.url, '?stream=main/cam/stage-left');
    watch.expect(NO_SOCKET);
    await page.getByRole('heading', { name: 'cam/stage-left' }).waitFor();
    await page.getByRole('table').first().waitFor();
    const events = () => proxy.passedOn.filter(({ path }) => path.startsWith('/api/live'));
    // Heads first: only by them the page knows that there are so few servers that it follows all their streams instead.
    await eventually(() => {
      expect(
        events().map(({ path, status }) => [new URL(path, proxy.url).searchParams.get('topics'), status]),
      ).toStrictEqual([
        ['servers,hosts,alerts', 200],
        ['streams,hosts,alerts', 200],
        ['connections', 200],
      ]);
    });
  });

  test('in German, and on a phone, it fits', async () => {
    const proxy = await behind({ host: host(monitor.api.url), dropsUpgrades: true });
    const { page, watch } = await open(proxy.url, '?lang=de', { viewport: { width: 390, height: 844 } });
    watch.expect(NO_SOCKET);
    await page.getByRole('complementary').getByText('Zum Monitor kommt kein WebSocket durch').click();
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('with tokens the page asks for one, and says what keeps it out then', async () => {
    const url = await startLocked();
    const proxy = await behind({ host: host(url), dropsUpgrades: true, without: PLAIN_HTTP }, url);
    const { page, watch } = await open(proxy.url);
    watch.expect(NO_SOCKET);
    await page.getByLabel('Token').fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByText(`This page is at ${proxy.url}`).waitFor();
    await page.getByText('proxy_set_header Host $http_host;', { exact: true }).waitFor();
    await page.getByText(`ALLOWED_ORIGINS=${proxy.url}`, { exact: true }).waitFor();
    expect(await violations(page)).toStrictEqual([]);
  });

  test('over https or on this machine the browser vouches for the page, whatever the Host', async () => {
    const url = await startLocked();
    const proxy = await behind({ host: host(url), dropsUpgrades: true }, url);
    const { page, watch } = await open(proxy.url);
    watch.expect(NO_SOCKET);
    await page.getByLabel('Token').fill(TOKEN);
    await page.keyboard.press('Enter');
    await rowOf(page, 'cam/stage-left').waitFor();
    expect(await page.getByRole('complementary').count()).toBe(1);
  });
});

test('a name that isn’t in ALLOWED_HOSTS: the page loads, and says what to set for it', async () => {
  const proxy = await behind({ host: 'monitor.example' });
  const { page, watch } = await open(proxy.url);
  watch.expect(NO_SOCKET);
  await page.getByRole('heading', { name: 'The monitor doesn’t let this page in' }).waitFor();
  expect(await isStyled(page)).toBe(true);
  await page.getByText('ALLOWED_HOSTS=127.0.0.1', { exact: true }).waitFor();
  expect(await page.getByText('keeps trying').count()).toBe(0);
  expect(await violations(page)).toStrictEqual([]);
});

describe('below a path', () => {
  test('that is taken off, all works: page, socket and the description of the API', async () => {
    const proxy = await behind({ below: '/monitor' });
    const { page } = await open(proxy.url);
    await rowOf(page, 'cam/stage-left').waitFor();
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.goto(`${proxy.url}/api/docs`);
    await page.locator('#operations-data-listServers .opblock-summary').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await eventually(() => {
      expect(proxy.passedOn.map(({ path, status }) => `${path} ${status}`)).toContain(
        '/monitor/api/servers 200',
      );
    });
    expect(proxy.passedOn.filter(({ path }) => !path.startsWith('/monitor/'))).toStrictEqual([]);
  });

  test('that is passed on, the answer says what to set', async () => {
    const proxy = await behind({ below: '/monitor', keepsPath: true });
    const { page, watch } = await open(proxy.url);
    watch.expect(NO_SOCKET);
    expect(await page.locator('body').innerText()).toMatch(/has to take that path off .* proxy_pass/);
  });
});
