import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, freePort, type RedisOfTest } from '@mediamtx-monitor/testkit';
import { createCollector } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { SharingHealth } from '../../src/sharing/index.ts';

/** The program itself. */
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A server as a collector is told of it. */
export interface ServerOfTest {
  readonly id: string;
  readonly url: string;
}

/** A collector of several. */
export interface CollectorOfTest {
  /** What it says to MediaMTX as its user. */
  readonly name: string;
  readonly jsonFile: string;
  readonly health: () => Promise<{ readonly sharing: SharingHealth; readonly servers: readonly object[] }>;
}

/** One in a process of its own. */
export interface CollectorProcess extends CollectorOfTest {
  /** What it logged so far. */
  readonly log: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
}

export interface CollectorOfTestOptions {
  readonly name: string;
  readonly folder: string;
  readonly redis: RedisOfTest;
  readonly servers: readonly ServerOfTest[];
  /** Seconds between two ticks. */
  readonly interval?: number;
}

async function settingsOf({ name, folder, redis, servers, interval = 1 }: CollectorOfTestOptions) {
  const file = join(folder, `${name}.yml`);
  const entries = servers.map(({ id, url }) => `  - { id: ${id}, url: "${url}", user: ${name} }`);
  writeFileSync(file, ['servers:', ...entries].join('\n'));
  const port = await freePort();
  const jsonFile = join(folder, `${name}.json`);
  const env = {
    MONITOR_CONFIG: file,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    POLL_INTERVAL_SECONDS: String(interval),
    JSON_FILE: jsonFile,
    HEALTH_PORT: String(port),
  };
  return { env, port, jsonFile };
}

const healthOn = (port: number) => async (): ReturnType<CollectorOfTest['health']> =>
  (await fetch(`http://127.0.0.1:${port}/healthz`)).json() as ReturnType<CollectorOfTest['health']>;

/** Starts one in this process; resolves with what stops it, too. */
export async function startCollectorHere(
  options: CollectorOfTestOptions,
): Promise<CollectorOfTest & { readonly stop: () => Promise<void> }> {
  const { env, port, jsonFile } = await settingsOf(options);
  const parts = createCollector(loadConfig(env), {
    clock: systemClock,
    logger: createLogRecorder().logger,
    userId: process.getuid?.(),
    inContainer: false,
    hostName: hostname(),
  });
  for (const part of parts) await part.start();
  const stop = async (): Promise<void> => {
    for (const part of parts.toReversed()) await part.stop();
  };
  return { name: options.name, jsonFile, health: healthOn(port), stop };
}

/** Starts one that polls these servers, and resolves when it answers. */
export async function startCollectorProcess(options: CollectorOfTestOptions): Promise<CollectorProcess> {
  const { name, folder } = options;
  const { env, port, jsonFile } = await settingsOf(options);
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { ...env, LOG_FORMAT: 'text' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout?.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  const health = healthOn(port);
  await eventually(health, 150_000);
  return {
    name,
    jsonFile,
    log: () => said,
    health,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
