import { readFileSync } from 'node:fs';
import { type Environment, type LoadedSettings, loadSettings } from '@mediamtx-monitor/runtime';
import { accessMistakes } from './access/index.ts';

const NAMES = [
  'API_HOST',
  'API_PORT',
  'PUBLISHED_ON',
  'API_TOKENS',
  'API_TOKENS_FILE',
  'API_TICKET_KEY_FILE',
  'ALLOWED_ORIGINS',
  'ALLOWED_HOSTS',
  'TRUST_PROXY',
  'MAX_REQUESTS_PER_MINUTE',
  'MAX_CLIENTS',
  'MAX_CLIENTS_PER_ADDRESS',
  'MAX_FILTERS',
  'MAX_FILTERS_PER_ADDRESS',
  'STATIC_DIR',
  'PREVIEW_WEBRTC_URL',
  'PREVIEW_HLS_URL',
  'REDIS_URL',
  'REDIS_CA_FILE',
  'REDIS_KEY_PREFIX',
  'REDIS_DURABLE_URL',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
] as const;

type ApiSettingName = (typeof NAMES)[number];

export const readFile = (path: string): string => readFileSync(path, 'utf8');

/** Reads the API's settings; throws with all mistakes at once. */
export function loadConfig(env: Environment): LoadedSettings<ApiSettingName> {
  return loadSettings(NAMES, env, { readFile, check: accessMistakes });
}
