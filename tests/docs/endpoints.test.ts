import { afterEach, expect, test } from '@jest/globals';
import { createApi, loadConfig } from '@mediamtx-monitor/api';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { readText } from './support/documents.ts';
import { allCode, codeWords, rowsUnder } from './support/markdown.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Paths the API serves, as it says itself to whoever asks for another one. */
async function servedPaths(): Promise<string[]> {
  const { url, prefix } = testRedis();
  const { logger } = createLogRecorder();
  const config = { ...loadConfig({}).values, API_PORT: 0, REDIS_URL: url, REDIS_KEY_PREFIX: prefix };
  const api = createApi(config, { logger, clock: systemClock });
  for (const part of api.parts) {
    await part.start();
    cleanups.push(() => part.stop());
  }
  const problem = await (await fetch(`${api.url()}/nowhere`)).text();
  const [, list = ''] = /There is: ([^;]+);/.exec(problem) ?? [];
  return list.split(', ');
}

test('docs/protocol.md describes exactly the paths the API serves', async () => {
  const protocol = readText('docs/protocol.md');
  const overHttp = rowsUnder(protocol, 'path').flatMap((row) => codeWords(row.first));
  const sockets = allCode(protocol).flatMap((code) => /^ws:\/\/[^/]+(\/\w+)$/.exec(code)?.[1] ?? []);
  expect([...overHttp, ...sockets].sort()).toEqual((await servedPaths()).sort());
});
