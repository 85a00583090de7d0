import { systemClock } from '@mediamtx-monitor/runtime';
import { createAlerter } from '../../../services/alerter/src/app.ts';
import { loadConfig } from '../../../services/alerter/src/config.ts';
import { type StartedService, startService } from './started-service.ts';

/** Starts an alerter with a health port of its own. @param file what MONITOR_CONFIG says; empty = nobody is told */
export const startAlerter = (
  redis: { readonly url: string; readonly prefix: string },
  file = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedService> =>
  startService((port, logger) => {
    const env = {
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.prefix,
      HEALTH_PORT: port,
      MONITOR_CONFIG: 'monitor.yml',
      ...settings,
    };
    return createAlerter(
      loadConfig(env, () => file),
      { clock: systemClock, logger },
    );
  });
