import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, freePort, type LogRecorder } from '@mediamtx-monitor/testkit';
import { createAlerter } from '../../../services/alerter/src/app.ts';
import { loadConfig } from '../../../services/alerter/src/config.ts';

/** An alerter that runs, and what ends it. */
export interface StartedAlerter {
  /** Its health port, as in `http://127.0.0.1:9122`. */
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts an alerter with a health port of its own. @param file what MONITOR_CONFIG says; empty = nobody is told */
export async function startAlerter(
  redis: { readonly url: string; readonly prefix: string },
  file = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedAlerter> {
  const port = String(await freePort());
  const config = loadConfig(
    {
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.prefix,
      HEALTH_PORT: port,
      MONITOR_CONFIG: 'monitor.yml',
      ...settings,
    },
    () => file,
  );
  const log = createLogRecorder();
  const parts = createAlerter(config, { clock: systemClock, logger: log.logger });
  for (const part of parts) await part.start();
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
