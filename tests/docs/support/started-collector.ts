import { systemClock } from '@mediamtx-monitor/runtime';
import { createCollector } from '../../../services/collector/src/app.ts';
import { loadConfig } from '../../../services/collector/src/config.ts';
import { type StartedService, startService } from './started-service.ts';

/** Starts a collector without JSON file, with a health port of its own. */
export const startCollector = (
  mediamtxUrl: string,
  redis: { readonly url: string; readonly prefix: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedService> =>
  startService((port, logger) => {
    const config = loadConfig({
      MEDIAMTX_API_URL: mediamtxUrl,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.prefix,
      JSON_FILE: '',
      HEALTH_PORT: port,
      ...settings,
    });
    return createCollector(config, {
      clock: systemClock,
      logger,
      userId: process.getuid?.(),
      inContainer: false,
    });
  });
