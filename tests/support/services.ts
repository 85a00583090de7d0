import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventually, freePort, type RedisOfTest } from '@mediamtx-monitor/testkit';
import { run, type Running } from './running.ts';

/** The API as a process of its own. */
export interface ApiProcess extends Pick<Running, 'output' | 'kill' | 'stop'> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
}

/** Path of a program of ours, as it is built. */
export function builtProgram(path: string): string {
  const main = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  if (!existsSync(main)) throw new Error(`${main} is missing: run "make build" first`);
  return main;
}

function runService(name: string, redis: RedisOfTest, env: Record<string, string>): Running {
  return run(process.execPath, [builtProgram(`services/${name}/dist/main.js`)], {
    ...(env['REDIS_URL_FILE'] === undefined && { REDIS_URL: redis.url }),
    REDIS_KEY_PREFIX: redis.prefix,
    LOG_FORMAT: 'text',
    ...env,
  });
}

/** Starts the collector as it is built, without health port and JSON file unless `env` wants them. */
export function startCollector(
  mediamtxUrl: string,
  redis: RedisOfTest,
  env: Record<string, string> = {},
): Running {
  const own = { MEDIAMTX_API_URL: mediamtxUrl, HEALTH_PORT: '0', JSON_FILE: '' };
  return runService('collector', redis, { ...own, ...env });
}

/** Starts the alerter as it is built, without health port unless `env` wants one. */
export function startAlerter(redis: RedisOfTest, env: Record<string, string> = {}): Running {
  return runService('alerter', redis, { HEALTH_PORT: '0', ...env });
}

/** Starts the API as it is built, on a free port unless `env` has one, and waits until it is ready. */
export async function startApi(redis: RedisOfTest, env: Record<string, string> = {}): Promise<ApiProcess> {
  const port = env['API_PORT'] ?? String(await freePort());
  const running = runService('api', redis, { API_PORT: port, ...env });
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(async () => {
      running.mustRun();
      const { status } = await fetch(`${url}/readyz`);
      if (status !== 200) throw new Error(`the API is not ready: ${status}`);
    }, 60_000);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { ...running, url };
}
