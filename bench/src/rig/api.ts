import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@mediamtx-monitor/testkit';
import type { Ending } from './ending.ts';
import { type Program, startScript, startService } from './programs.ts';

const PATIENCE_MS = 60_000;

/** A program that listens. */
export interface Served extends Program {
  readonly port: number;
}

/** Starts the API as it runs in production, and waits until it is ready. */
export async function startApi(
  ending: Ending,
  redisUrl: string,
  prefix: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const port = await freePort();
  const api = startService(ending, 'api', {
    API_PORT: String(port),
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    LOG_LEVEL: 'warn',
    ...settings,
  });
  const endMs = performance.now() + PATIENCE_MS;
  const isReady = async (): Promise<boolean> => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await answer?.text();
    return answer?.ok === true;
  };
  while (!(await isReady())) {
    if (performance.now() > endMs) throw new Error('the API didn’t get ready');
    await delay(50);
  }
  return { ...api, port };
}

/** Starts a peer of the API; it says its port when it listens. */
export async function startPeer(
  ending: Ending,
  script: string,
  redisUrl: string,
  ...args: readonly string[]
): Promise<Served> {
  const peer = startScript(ending, script, { REDIS_URL: redisUrl }, ...args);
  return { ...peer, port: Number(await peer.message()) };
}
