import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createHostAgent } from '../../../services/host-agent/src/app.ts';
import { loadConfig } from '../../../services/host-agent/src/config.ts';
import { type StartedService, startService } from './started-service.ts';

/** Starts an agent that looks every second, by default at this machine as `here`, with a health port of its own. */
export const startHostAgent = (
  redis: { readonly url: string; readonly prefix: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedService> =>
  startService((port, logger) => {
    const config = loadConfig(
      {
        HOST_ID: 'here',
        HOST_INTERVAL_SECONDS: '1',
        REDIS_URL: redis.url,
        REDIS_KEY_PREFIX: redis.prefix,
        HEALTH_PORT: port,
        ...settings,
      },
      {
        readFile: (path) => readFileSync(path, 'utf8'),
        readLink: readlinkSync,
        exists: existsSync,
        hostName: () => 'here',
      },
    );
    return createHostAgent(config, { clock: systemClock, logger });
  });
