import { readFileSync } from 'node:fs';
import { type Clock, type Part, readCertificates } from '@mediamtx-monitor/runtime';
import type { HistorySource } from '../http/history.ts';
import type { ApiSettings, HISTORY_ENGINE_SETTINGS } from '../settings.ts';
import { Engine } from './engine.ts';
import { EngineHistory } from './engine-history.ts';
import { type EngineFiles, FollowedTarget } from './engine-target.ts';
import { RedisHistory, type RedisHistoryOptions } from './redis-history.ts';

/** Where history is had from, beside Redis. */
export type HistorySettings = Pick<ApiSettings, keyof typeof HISTORY_ENGINE_SETTINGS>;

export interface HistoryOptions extends RedisHistoryOptions {
  readonly settings: HistorySettings;
  readonly files: EngineFiles;
  readonly clock: Pick<Clock, 'monotonicMs' | 'wallMs'>;
}

/**
 * History as it is kept in Redis and, where the settings name one, by an engine.
 * @throws {SettingsError} for a file of certificates that holds none
 */
export function createHistory({ settings, files, ...redis }: HistoryOptions): {
  readonly source: HistorySource;
  readonly parts: readonly Part[];
} {
  const { logger, clock } = redis;
  const kept = new RedisHistory(redis);
  const { HISTORY_URL: url, HISTORY_TOKEN: token, HISTORY_TENANT: tenant } = settings;
  if (url === undefined) return { source: kept, parts: [kept] };
  const target = new FollowedTarget({ target: { url, token, tenant }, files, logger });
  const engine = new Engine({
    target: () => target.current,
    logger,
    ca: certificatesIn(settings.HISTORY_CA_FILE),
  });
  const scraped = {
    everySeconds: settings.HISTORY_SCRAPE_SECONDS,
    selector: settings.HISTORY_SELECTOR ?? '',
  };
  const leaving = new AbortController();
  const part: Part = {
    name: 'history engine',
    start: () => {
      target.start();
      void engine.tryOnce(leaving.signal);
    },
    stop: () => {
      leaving.abort();
      target.stop();
      engine.close();
    },
  };
  return { source: new EngineHistory({ engine, scraped, ticks: kept, clock }), parts: [kept, part] };
}

function certificatesIn(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  return readCertificates('HISTORY_CA_FILE', path, (file) => readFileSync(file, 'utf8'));
}
