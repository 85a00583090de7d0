import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';

const MAIN = fileURLToPath(new URL('../../../services/api/dist/main.js', import.meta.url));
const PATIENCE_MS = 40_000;

/** The API as it is installed, in a process of its own, which whoever starts it ends. */
export async function startApiProcess(
  redis: { readonly url: string; readonly prefix: string },
  settings: Readonly<Record<string, string>> = {},
) {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
  const port = await freePort();
  const env = {
    PATH: process.env['PATH'],
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    API_PORT: String(port),
    LOG_FORMAT: 'json',
    ...settings,
  };
  const api = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [api.stdout, api.stderr])
    stream.on('data', (text: Buffer) => (log += text.toString()));
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  }, PATIENCE_MS);
  return { api, port, url, log: () => log };
}

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;
