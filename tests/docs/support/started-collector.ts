import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, freePort, type LogRecorder } from '@mediamtx-monitor/testkit';
import { createCollector } from '../../../services/collector/src/app.ts';
import { loadConfig } from '../../../services/collector/src/config.ts';

/** A collector that polls, and what ends it. */
export interface StartedCollector {
  /** Its health port, as in `http://127.0.0.1:9120`. */
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts a collector without JSON file, with a health port of its own. */
export async function startCollector(
  mediamtxUrl: string,
  redis: { readonly url: string; readonly prefix: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedCollector> {
  const port = String(await freePort());
  const config = loadConfig({
    MEDIAMTX_API_URL: mediamtxUrl,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    JSON_FILE: '',
    HEALTH_PORT: port,
    ...settings,
  });
  const log = createLogRecorder();
  const parts = createCollector(config, {
    clock: systemClock,
    logger: log.logger,
    userId: process.getuid?.(),
    inContainer: false,
  });
  for (const part of parts) await part.start();
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
