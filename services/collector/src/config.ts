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
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import type { KeptEntries } from './publish/index.ts';
import { type MonitorFile, readMonitorFile } from './monitor-file.ts';
import { COLLECTOR_SETTINGS } from './settings.ts';
import { checkSource, type SecretFiles, type SourceConfig, sourceOf } from './source-config.ts';

/** Everything the collector is told by its environment. */
export interface CollectorConfig {
  readonly mediamtx: SourceConfig;
  /** Files of secrets that are read again when they change. */
  readonly secretFiles: SecretFiles;
  readonly server: string;
  readonly intervalSeconds: number;
  /** '' = none. */
  readonly jsonFile: string;
  readonly monitorFile: MonitorFile;
  readonly hysteresis: { readonly enterTicks: number; readonly leaveTicks: number };
  readonly addressPrivacy: AddressPrivacy;
  /** How much of addresses events and sessions keep. */
  readonly sessionAddresses: AddressPrivacy;
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** Where events and sessions are kept; `null` = in the same Redis. */
  readonly durableRedis: RedisTarget | null;
  readonly kept: { readonly events: KeptEntries; readonly sessions: KeptEntries };
  /** Most streams of a server whose history is kept; 0 = none is. */
  readonly historyStreams: number;
  /** 0 = never. */
  readonly forgetAfterDays: number;
  readonly health: HealthPortPlace;
  readonly log: LogSettings;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

/** What is told of one MediaMTX. */
export type ServerConfig = Pick<CollectorConfig, 'server' | 'mediamtx' | 'secretFiles' | 'jsonFile'>;

export const readFile = (path: string): string => readFileSync(path, 'utf8');

/**
 * Reads the collector's settings, and the file that MONITOR_CONFIG names.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment): CollectorConfig {
  const settings = loadSettings(COLLECTOR_SETTINGS, env, { readFile, check: checkSource });
  const { values, files } = settings;
  const mediamtx = sourceOf(values, readFile);
  const redis = redisTarget(settings, readFile);
  const durable = durableTarget(settings, readFile);
  const monitorFile = readMonitorFile(values.MONITOR_CONFIG, readFile);
  const { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB } = values;
  return {
    mediamtx,
    secretFiles: files,
    server: values.MEDIAMTX_SERVER_ID,
    intervalSeconds: values.POLL_INTERVAL_SECONDS,
    jsonFile: values.JSON_FILE,
    monitorFile,
    hysteresis: { enterTicks: values.HEALTH_ENTER_TICKS, leaveTicks: values.HEALTH_LEAVE_TICKS },
    addressPrivacy: values.REMOTE_ADDR,
    sessionAddresses: values.SESSION_ADDRESSES,
    redis: { ...redis, keyPrefix: values.REDIS_KEY_PREFIX },
    durableRedis: durable.url === redis.url ? null : durable,
    kept: {
      events: { days: values.EVENTS_KEPT_DAYS, max: values.EVENTS_MAX },
      sessions: { days: values.SESSIONS_KEPT_DAYS, max: values.SESSIONS_MAX },
    },
    historyStreams: values.HISTORY_MAX_STREAMS,
    forgetAfterDays: values.FORGET_SERVERS_AFTER_DAYS,
    health: healthPortPlace(values),
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings: [...settings.warnings, ...mediamtx.warnings, ...monitorFile.warnings],
  };
}
