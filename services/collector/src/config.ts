import { readFileSync } from 'node:fs';
import { type Environment, loadSettings, type SettingValues } from '@mediamtx-monitor/runtime';
import type { Credentials } from './poll/index.ts';
import { type MonitorFile, readMonitorFile } from './monitor-file.ts';

/** Everything the collector is told by its environment. */
export interface CollectorConfig {
  readonly mediamtx: {
    /** Without user, password and trailing slash. */
    readonly url: string;
    readonly credentials: Credentials | null;
  };
  readonly server: string;
  readonly intervalSeconds: number;
  /** '' = none. */
  readonly jsonFile: string;
  readonly monitorFile: MonitorFile;
  readonly hysteresis: { readonly enterTicks: number; readonly leaveTicks: number };
  readonly addressPrivacy: SettingValues['REMOTE_ADDR'];
  readonly redis: { readonly url: string; readonly keyPrefix: string };
  readonly health: { readonly host: string; readonly port: number };
  readonly log: Pick<SettingValues, 'LOG_LEVEL' | 'LOG_FORMAT' | 'LOG_FILE' | 'LOG_FILE_MAX_MB'>;
  /** Sentences for the log. */
  readonly warnings: readonly string[];
}

const DEFAULT_HEALTH_PORT = 9120;

const NAMES = [
  'MEDIAMTX_API_URL',
  'MEDIAMTX_API_USER',
  'MEDIAMTX_API_PASSWORD',
  'MEDIAMTX_API_TOKEN',
  'MEDIAMTX_SERVER_ID',
  'POLL_INTERVAL_SECONDS',
  'JSON_FILE',
  'MONITOR_CONFIG',
  'HEALTH_ENTER_TICKS',
  'HEALTH_LEAVE_TICKS',
  'REMOTE_ADDR',
  'REDIS_URL',
  'REDIS_KEY_PREFIX',
  'HEALTH_HOST',
  'HEALTH_PORT',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
] as const;

type Values = Pick<SettingValues, (typeof NAMES)[number]>;

function checkCredentials(values: Partial<Values>): string[] {
  const { MEDIAMTX_API_USER: user, MEDIAMTX_API_PASSWORD: password, MEDIAMTX_API_TOKEN: token } = values;
  const mistakes: string[] = [];
  if (token !== undefined && (user !== undefined || password !== undefined)) {
    mistakes.push(
      'MEDIAMTX_API_TOKEN is (hidden); allowed: not together with MEDIAMTX_API_USER or _PASSWORD',
    );
  }
  if (password !== undefined && user === undefined) {
    mistakes.push('MEDIAMTX_API_PASSWORD is (hidden); allowed: only together with MEDIAMTX_API_USER');
  }
  return mistakes;
}

/** Credentials from their settings, else from the address (`http://user:password@host`). */
function credentialsOf(values: Values, url: URL): Credentials | null {
  const { MEDIAMTX_API_USER: user, MEDIAMTX_API_PASSWORD: password, MEDIAMTX_API_TOKEN: token } = values;
  if (token !== undefined) return { kind: 'bearer', token };
  if (user !== undefined) return { kind: 'basic', user, password: password ?? '' };
  if (url.username === '') return null;
  return { kind: 'basic', user: decoded(url.username), password: decoded(url.password) };
}

/** A percent-encoded text decoded; as it is where it isn't properly encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bareUrl(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

const readFile = (path: string): string => readFileSync(path, 'utf8');

/**
 * Reads the collector's settings, and the file that MONITOR_CONFIG names.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadConfig(env: Environment): CollectorConfig {
  const { values, warnings } = loadSettings(NAMES, env, {
    readFile,
    check: checkCredentials,
  });
  const url = new URL(values.MEDIAMTX_API_URL);
  const { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB } = values;
  return {
    mediamtx: { url: bareUrl(url), credentials: credentialsOf(values, url) },
    server: values.MEDIAMTX_SERVER_ID,
    intervalSeconds: values.POLL_INTERVAL_SECONDS,
    jsonFile: values.JSON_FILE,
    monitorFile: readMonitorFile(values.MONITOR_CONFIG, readFile),
    hysteresis: { enterTicks: values.HEALTH_ENTER_TICKS, leaveTicks: values.HEALTH_LEAVE_TICKS },
    addressPrivacy: values.REMOTE_ADDR,
    redis: { url: values.REDIS_URL, keyPrefix: values.REDIS_KEY_PREFIX },
    health: { host: values.HEALTH_HOST, port: values.HEALTH_PORT ?? DEFAULT_HEALTH_PORT },
    log: { LOG_LEVEL, LOG_FORMAT, LOG_FILE, LOG_FILE_MAX_MB },
    warnings,
  };
}
