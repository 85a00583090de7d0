import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { eventually, startReverseProxy, testRedis } from '@mediamtx-monitor/testkit';
import type { Page } from 'playwright-core';
import { atEnd } from './support/at-end.ts';
import { browser } from './support/chromium.ts';
import { startApi } from './support/monitor.ts';

/** An API, and a proxy in front that notes how it answers. */
async function startNoting(settings: Readonly<Record<string, string>> = {}) {
  const api = await startApi(testRedis(), settings);
  atEnd(api.stop);
  const proxy = await startReverseProxy({ target: api.url });
  atEnd(proxy.stop);
  const answers = () => proxy.passedOn.map(({ path, status }) => `${path} ${status}`).sort();
  return { port: new URL(proxy.url).port, answers };
}

async function newPage(): Promise<Page> {
  const context = await (await browser()).newContext();
  atEnd(() => context.close());
  return context.newPage();
}

/** A page of someone else, that asks in every way there is. */
async function startForeign(url: string): Promise<string> {
  const body = `<!doctype html>
    <img src="${url}/api/servers?as=image">
    <script src="${url}/api/servers?as=script"></script>
    <link rel="stylesheet" href="${url}/api/servers?as=style">
    <iframe src="${url}/api/servers?as=frame"></iframe>
    <script>
      fetch('${url}/api/servers?as=fetch').catch(() => undefined);
      fetch('${url}/api/servers?as=nocors', { mode: 'no-cors' }).catch(() => undefined);
      new EventSource('${url}/api/live');
      new WebSocket('${url}/ws'.replace('http', 'ws'));
    </script>
    <a href="${url}/api/servers">servers</a>`;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  ['of another site', 'localhost'],
  ['of the same machine, but another port', '127.0.0.1'],
])('a page %s gets nothing, however it asks; who follows its link gets in', async (_what, host) => {
  const { port, answers } = await startNoting();
  const url = `http://${host}:${port}`;
  const page = await newPage();
  await page.goto(await startForeign(url));
  await eventually(() => {
    expect(answers()).toStrictEqual(
      [
        ...['fetch', 'frame', 'image', 'nocors', 'script', 'style']
          .map((as) => `/api/servers?as=${as} 403`)
          .sort(),
        '/api/live 403',
        '/ws 403',
      ].sort(),
    );
  });
  await page.getByRole('link').click();
  await page.waitForURL(`${url}/api/servers`);
  expect(answers()).toContain('/api/servers 200');
});

/** A page in a file, as overlays in OBS are: what it gets over each way there is. */
const OVERLAY = `<!doctype html><pre></pre><script>
  const url = 'http://127.0.0.1:PORT';
  const say = (what) => document.querySelector('pre').append(what + ' ');
  fetch(url + '/api/servers').then(({ status }) => say('fetch:' + status), () => say('fetch:no'));
  const events = new EventSource(url + '/api/live');
  events.onopen = () => say('events:yes');
  events.onerror = () => say('events:no');
  const socket = new WebSocket(url.replace('http', 'ws') + '/ws');
  socket.onopen = () => say('socket:yes');
  socket.onerror = () => say('socket:no');
</script>`;

test.each([
  ['is refused', {}, ['events:no', 'fetch:no', 'socket:no']],
  [
    'is let in where its origin is allowed',
    { ALLOWED_ORIGINS: 'null,file://' },
    ['events:yes', 'fetch:200', 'socket:yes'],
  ],
])('a page in a file %s', async (_what, settings, expected) => {
  const { port } = await startNoting(settings);
  const folder = mkdtempSync(join(tmpdir(), 'overlay-'));
  atEnd(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'overlay.html');
  writeFileSync(file, OVERLAY.replace('PORT', port));
  const page = await newPage();
  await page.goto(pathToFileURL(file).href);
  await eventually(async () => {
    const said = (await page.locator('pre').innerText()).split(' ').filter(Boolean);
    expect([...new Set(said)].sort()).toStrictEqual(expected);
  });
});
