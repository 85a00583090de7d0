import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, freePort, type LogRecorder } from '@mediamtx-monitor/testkit';
import { createHostAgent } from '../../../services/host-agent/src/app.ts';
import { loadConfig } from '../../../services/host-agent/src/config.ts';

/** A host agent that looks at this machine, and what ends it. */
export interface StartedHostAgent {
  /** Its health port, as in `http://127.0.0.1:9121`. */
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts an agent that looks every second, by default at this machine as `here`, with a health port of its own. */
export async function startHostAgent(
  redis: { readonly url: string; readonly prefix: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedHostAgent> {
  const port = String(await freePort());
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
  const log = createLogRecorder();
  const parts = createHostAgent(config, { clock: systemClock, logger: log.logger });
  for (const part of parts) await part.start();
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
