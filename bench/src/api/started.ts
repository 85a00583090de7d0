import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { freePort } from '@mediamtx-monitor/testkit';
import { type Program, program, startNode } from '../programs.ts';

const PATIENCE_MS = 60_000;

/** A server of the bench. */
export interface Served extends Program {
  readonly port: number;
}

/** A child process that answers commands. */
export interface Helper extends Program {
  readonly ask: (command: unknown) => Promise<unknown>;
}

/** Starts the API as it runs in production. */
export async function startApi(
  redisUrl: string,
  prefix: string,
  settings: Record<string, string> = {},
): Promise<Served> {
  const port = await freePort();
  const api = startNode('../../services/api/dist/main.js', NODE_FLAGS, {
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

/** Starts a peer of this folder; it tells its port when it listens. */
export async function startPeer(script: string, redisUrl: string, ...args: string[]): Promise<Served> {
  const child = forked(script, redisUrl, args);
  const [port] = (await once(child, 'message')) as [number];
  return { ...program(child), port };
}

/** Starts a script of this folder that answers each command with a message. */
export function startHelper(script: string, redisUrl: string, ...args: string[]): Helper {
  const child = forked(script, redisUrl, args);
  return {
    ...program(child),
    ask: async (command) => {
      child.send(command as object);
      const [answer] = (await once(child, 'message')) as [unknown];
      return answer;
    },
  };
}

function forked(script: string, redisUrl: string, args: string[]): ChildProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return fork(path, args, {
    env: { PATH: process.env['PATH'], REDIS_URL: redisUrl },
    execArgv: [...NODE_FLAGS],
  });
}
