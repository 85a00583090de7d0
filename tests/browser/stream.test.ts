import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, expect, test } from '@jest/globals';
import { atEndOfFile } from './support/at-end.ts';
import { type WholeMonitor, startMonitor } from './support/monitor.ts';
import { open } from './support/open.ts';
import { rowOf } from './support/table.ts';

const LOSSY = 'remote/harbour';

/** A media server that has nothing to play, and tells so to every page. */
async function startEmptyMedia(asked: string[]): Promise<string> {
  const server = createServer(({ method, url }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''}`);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*');
    response.writeHead(method === 'OPTIONS' ? 204 : 404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEndOfFile(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const asked: string[] = [];
let media: string;
let monitor: WholeMonitor;
let url: string;

beforeAll(async () => {
  media = await startEmptyMedia(asked);
  monitor = await startMonitor({ settings: { PREVIEW_WEBRTC_URL: media } });
  ({ url } = monitor.api);
  atEndOfFile(monitor.stop);
  monitor.simulator.setLinkLoss(LOSSY, 6);
});

test('a row leads to the page of its stream, and the page leads back', async () => {
  const { page } = await open(url);
  await rowOf(page, LOSSY).getByRole('link').click();
  await page.getByRole('heading', { level: 2, name: LOSSY }).waitFor();
  expect(new URL(page.url()).searchParams.get('stream')).toBe(`main/${LOSSY}`);
  await page.getByRole('link', { name: 'All streams' }).click();
  await rowOf(page, LOSSY).waitFor();
  await page.goBack();
  await page.getByRole('heading', { level: 2, name: LOSSY }).waitFor();
});

test('says where the trouble sits with the evidence, and the latency worth setting', async () => {
  const { page } = await open(url, `?stream=main/${LOSSY}`);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await verdict.getByText('Upstream of the server').waitFor();
  expect(await verdict.innerText()).toMatch(/lost on the link[^]*Since[^]*Affected[^]*What to do/);
  expect(await page.locator('.part').filter({ hasText: 'The trouble is here' }).innerText()).toMatch(
    /Publisher/,
  );
  const advice = page.getByRole('region', { name: 'SRT latency' });
  expect(await advice.innerText()).toMatch(/\d+ ms|minute of samples/);
});

test('has the publisher, every viewer and the media with their numbers, and charts', async () => {
  const { page } = await open(url, `?stream=main/${LOSSY}`);
  const publisher = page.getByRole('region', { name: 'Publisher', exact: true });
  await publisher.getByRole('row').nth(1).waitFor();
  expect(await publisher.innerText()).toMatch(/SRT/);
  const viewers = page.getByRole('region', { name: 'Viewers' });
  expect(await viewers.getByRole('row').count()).toBeGreaterThanOrEqual(3);
  expect(await page.getByRole('region', { name: 'Media' }).innerText()).toMatch(/H264, 1920\s×\s1080/);
  const charts = page.getByRole('region', { name: 'Charts' });
  await charts.locator('canvas').nth(3).waitFor();
  await charts.getByRole('button', { name: 'Pause' }).click();
  await charts.getByText(/^Paused at /).waitFor();
});

test('where an upgrade has taken away what draws charts, the page says so, and goes on', async () => {
  const { page, watch } = await open(url);
  watch.expect(/Failed to load resource/);
  await page.route(/\/uPlot/, (route) => route.abort());
  await page.goto(`${url}/?stream=main/${LOSSY}`);
  const charts = page.getByRole('region', { name: 'Charts' });
  await charts.getByText('it may have been updated').nth(3).waitFor();
  expect(await charts.locator('canvas').count()).toBe(0);
  await page.getByRole('region', { name: 'Publisher', exact: true }).getByRole('row').nth(1).waitFor();
});

test.each([
  ['over https', true, 'dark'],
  ['over http', false, 'light'],
])('what is to be passed on can be copied, on a page that came %s', async (_how, isSecure, theme) => {
  const { page } = await open(url, '', { permissions: ['clipboard-write'] });
  // Browsers trust this machine as if it were https.
  await page.addInitScript(`Object.defineProperty(window, 'isSecureContext', { value: ${isSecure} })`);
  const link = `${url}/?stream=main/${LOSSY}&theme=${theme}`;
  await page.goto(link);
  await page.getByRole('region', { name: 'Charts' }).waitFor();
  await page.getByRole('button', { name: 'Copy link to this view' }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Copied$/ })
    .waitFor();
  await page.getByRole('link', { name: 'All streams' }).click();
  await page.getByRole('searchbox').press('Control+V');
  expect(await page.getByRole('searchbox').inputValue()).toBe(link);
});

test('a preview starts when asked to only, at the address of the settings; what went wrong is told', async () => {
  asked.length = 0;
  const { page, watch } = await open(url, `?stream=main/${LOSSY}`);
  watch.expect(new RegExp(`^asked elsewhere: ${media}/`));
  watch.expect(/^console: Failed to load resource: .* 404/);
  const start = page.getByRole('button', { name: 'Show the picture' });
  await start.waitFor();
  expect(asked).toStrictEqual([]);
  await start.click();
  await page.getByText('has nothing to play').waitFor();
  expect(asked).toContain(`POST /${LOSSY}/whep`);
});

test('a stream that isn’t there is said not to be, and shown as soon as it is', async () => {
  const { page } = await open(url, '?stream=main/late');
  await page.getByText('This stream isn’t there').waitFor();
  monitor.simulator.addStream('late');
  await page.getByRole('region', { name: 'Media' }).waitFor();
  monitor.simulator.removeStream('late');
  // What this page saw of it stays for a while.
  await page
    .getByText(/doesn’t list this stream any more|Off air/)
    .first()
    .waitFor();
  await page.getByRole('region', { name: 'Charts' }).waitFor();
  expect(await page.getByText('This stream isn’t there').count()).toBe(0);
});
