import { createHash } from 'node:crypto';
import { type ApiConfig, createApi, loadConfig } from '@mediamtx-monitor/api';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, type LogRecorder } from '@mediamtx-monitor/testkit';

/** An API that answers, and what ends it. */
export interface StartedApi {
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts an API on a port of its own. */
export async function startApi(
  redis: { readonly url: string; readonly prefix: string },
  settings: Partial<ApiConfig> = {},
): Promise<StartedApi> {
  const config = {
    ...loadConfig({}).values,
    API_PORT: 0,
    REDIS_URL: redis.url,
    REDIS_KEY_PREFIX: redis.prefix,
    ...settings,
  };
  const log = createLogRecorder();
  const { parts, url } = createApi(config, { logger: log.logger, clock: systemClock });
  for (const part of parts) await part.start();
  return {
    url: url(),
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}

/** The settings that let one token in, and change something. */
export function tokenSetting(token: string): Pick<ApiConfig, 'API_TOKENS' | 'API_OPERATORS'> {
  const hash = createHash('sha256').update(token).digest('hex');
  return { API_TOKENS: [`docs:${hash}`], API_OPERATORS: ['docs'] };
}

/** Waits until an API has heard of a server. */
export async function whenItHasData(
  { url }: StartedApi,
  headers: Record<string, string> = {},
): Promise<void> {
  await eventually(async () => {
    const { status } = await fetch(`${url}/api/streams`, { headers });
    if (status !== 200) throw new Error(`answered ${status}`);
  });
}
