import { readFileSync } from 'node:fs';
import {
  durableTarget,
  type Environment,
  type HealthPortPlace,
  healthPortPlace,
  loadSettings,
  type LogSettings,
  type RedisTarget,
  redisTarget,
} from '@mediamtx-monitor/runtime';
import { exampleTopicWarnings } from './example-topics.ts';
import type { NotifyFile } from './model.ts';
import { readNotifyFile } from './notify-file.ts';
import { ALERTER_SETTINGS } from './settings.ts';

/** Everything the alerter is told by its environment. */
export interface AlerterConfig {
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** Where alerts and notifications are kept; `null` = in the same Redis. */
  readonly durableRedis: RedisTarget | null;
  /** Who is told of what. */
  readonly notify: NotifyFile;
  /** Where people reach the dashboard, without a slash at its end; `null` = messages have no link. */
  readonly dashboardUrl: string | null;
  readonly health: HealthPortPlace;
  readonly log: LogSettings;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

const readText = (path: string): string => readFileSync(path, 'utf8');

/**
 * Reads the alerter's settings, and the file that MONITOR_CONFIG names.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment, readFile = readText): AlerterConfig {
  const settings = loadSettings(ALERTER_SETTINGS, env, { readFile });
  const { values } = settings;
  const [redis, durable] = [redisTarget(settings, readFile), durableTarget(settings, readFile)];
  const { file, warnings } = readNotifyFile(values.MONITOR_CONFIG, readFile);
  const { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB } = values;
  return {
    redis: { ...redis, keyPrefix: values.REDIS_KEY_PREFIX },
    durableRedis: durable.url === redis.url ? null : durable,
    notify: file,
    dashboardUrl: values.DASHBOARD_URL?.replace(/\/+$/, '') ?? null,
    health: healthPortPlace(values),
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings: [...settings.warnings, ...warnings, ...exampleTopicWarnings(file.targets)],
  };
}
