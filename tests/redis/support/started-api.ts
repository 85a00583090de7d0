import { createApi } from '@mediamtx-monitor/api';
import { durableTarget, redisTarget, systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, type LogRecorder } from '@mediamtx-monitor/testkit';
import { loadConfig, readFile } from '../../../services/api/src/config.ts';

/** An API that answers, and what ends it. */
export interface ApiOfEnvironment {
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts an API on a port of its own, with all that these settings say of Redis. */
export async function startApiWith(env: Readonly<Record<string, string>>): Promise<ApiOfEnvironment> {
  const loaded = loadConfig({ ...env, API_PORT: '0' });
  const log = createLogRecorder();
  const { parts, url } = createApi(loaded.values, {
    logger: log.logger,
    clock: systemClock,
    redis: redisTarget(loaded, readFile),
    durable: durableTarget(loaded, readFile),
  });
  for (const part of parts) await part.start();
  return {
    url: url(),
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
