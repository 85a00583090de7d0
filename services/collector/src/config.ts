import { readFileSync } from 'node:fs';
import {
  type Environment,
  type HealthPortOptions,
  loadSettings,
  type RedisTarget,
  redisTarget,
  type SettingValues,
} from '@mediamtx-monitor/runtime';
import { type MonitorFile, readMonitorFile } from './monitor-file.ts';
import {
  checkSource,
  SOURCE_SETTINGS,
  type SecretFiles,
  type SourceConfig,
  sourceOf,
} from './source-config.ts';

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
  readonly addressPrivacy: SettingValues['REMOTE_ADDR'];
  readonly redis: RedisTarget & { readonly keyPrefix: string };
  /** 0 = never. */
  readonly forgetAfterDays: number;
  readonly health: Pick<HealthPortOptions, 'host' | 'port' | 'publishedOn' | 'allowedHosts'>;
  readonly log: Pick<SettingValues, 'LOG_LEVEL' | 'LOG_FORMAT' | 'LOG_FILE' | 'LOG_FILE_MAX_MB'>;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

/** What is told of one MediaMTX. */
export type ServerConfig = Pick<CollectorConfig, 'server' | 'mediamtx' | 'secretFiles' | 'jsonFile'>;

const DEFAULT_HEALTH_PORT = 9120;

const NAMES = [
  ...SOURCE_SETTINGS,
  'MEDIAMTX_SERVER_ID',
  'POLL_INTERVAL_SECONDS',
  'JSON_FILE',
  'MONITOR_CONFIG',
  'HEALTH_ENTER_TICKS',
  'HEALTH_LEAVE_TICKS',
  'REMOTE_ADDR',
  'REDIS_URL',
  'REDIS_CA_FILE',
  'REDIS_KEY_PREFIX',
  'REDIS_DURABLE_URL',
  'FORGET_SERVERS_AFTER_DAYS',
  'HEALTH_HOST',
  'HEALTH_PORT',
  'PUBLISHED_ON',
  'ALLOWED_HOSTS',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
] as const;

export const readFile = (path: string): string => readFileSync(path, 'utf8');

/**
 * Reads the collector's settings, and the file that MONITOR_CONFIG names.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment): CollectorConfig {
  const settings = loadSettings(NAMES, env, { readFile, check: checkSource });
  const { values, files } = settings;
  const mediamtx = sourceOf(values, readFile);
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
    redis: { ...redisTarget(settings, readFile), keyPrefix: values.REDIS_KEY_PREFIX },
    forgetAfterDays: values.FORGET_SERVERS_AFTER_DAYS,
    health: {
      host: values.HEALTH_HOST,
      port: values.HEALTH_PORT ?? DEFAULT_HEALTH_PORT,
      publishedOn: values.PUBLISHED_ON,
      allowedHosts: values.ALLOWED_HOSTS,
    },
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings: [...settings.warnings, ...mediamtx.warnings, ...monitorFile.warnings],
  };
}
