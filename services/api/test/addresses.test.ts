import { expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { createServer } from 'node:http';
import { headOf } from './publisher.ts';
import { serve } from './serve.ts';
import { startApi } from './started-api.ts';

const warnings = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.startsWith('warn: '));

test('a durable Redis that can’t be reached is told in one line, which names setting and address', async () => {
  const place = `127.0.0.1:${await freePort()}`;
  const { lines, url } = await startApi({
    config: { REDIS_DURABLE_URL: `redis://user:s3cr3t@${place}` },
  });
  await eventually(() => {
    // What is for events, for what was before them, for what else is kept, and for history.
    expect(lines.filter((line) => line.includes(place))).toHaveLength(4);
  });
  expect((await fetch(`${url}/api/events`)).status).toBe(503);
  expect(warnings(lines)).toStrictEqual([
    expect.stringMatching(
      `^warn: Redis at ${place} \\(REDIS_DURABLE_URL\\) can't be reached: .*ECONNREFUSED ${place}; check REDIS_DURABLE_URL; `,
    ),
  ]);
  expect(lines.join()).not.toContain('s3cr3t');
});

test('an engine for history that can’t be reached is told at the start, once, and when it is back', async () => {
  const port = await freePort();
  const place = `127.0.0.1:${port}`;
  const { lines, url, publisher } = await startApi({
    config: { HISTORY_URL: `http://user:s3cr3t@${place}/prometheus` },
  });
  const told = [
    expect.stringMatching(
      `^warn: history is not read from ${place}: .+\\(HISTORY_URL\\) does not answer.+\\(.*connect ECONNREFUSED ${place}\\)$`,
    ),
  ];
  await eventually(() => {
    expect(warnings(lines)).toStrictEqual(told);
  });
  await publisher.publish(headOf(), []);
  const asking = () => fetch(`${url}/api/servers/main/history?step=60`);
  const refused = await asking();
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { code: 'store-unavailable', detail: expect.stringContaining('Check HISTORY_URL') },
  ]);
  expect(warnings(lines)).toStrictEqual(told);
  const engine = createServer((request, response) => {
    request.resume();
    response.end('{"status":"success","data":{"resultType":"matrix","result":[]}}');
  }).listen(port, '127.0.0.1');
  try {
    await eventually(async () => {
      expect((await asking()).status).toBe(200);
    });
  } finally {
    engine.close();
    engine.closeAllConnections();
  }
  expect(lines.filter((line) => line.includes('answers again'))).toHaveLength(1);
  expect(warnings(lines)).toStrictEqual(told);
  expect(lines.join()).not.toContain('s3cr3t');
});

test.each([
  [401, 'Unauthorized', /refuses access \(401\)\. Check HISTORY_TOKEN/],
  [404, 'not found', /is none: what answers \(404\) .+ HISTORY_URL has to be/],
])('an engine that answers %d is told at the start', async (status, body, what) => {
  const engine = await serve((request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  });
  const { lines } = await startApi({ config: { HISTORY_URL: engine } });
  await eventually(() => {
    expect(warnings(lines)).toStrictEqual([expect.stringMatching(what)]);
  });
});
