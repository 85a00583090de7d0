import { readFileSync } from 'node:fs';
import { type Environment, type LoadedSettings, loadSettings } from '@mediamtx-monitor/runtime';

const NAMES = [
  'API_HOST',
  'API_PORT',
  'REDIS_URL',
  'REDIS_KEY_PREFIX',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'LOG_FILE',
  'LOG_FILE_MAX_MB',
] as const;

type ApiSettingName = (typeof NAMES)[number];

/** Reads the API's settings; throws with all mistakes at once. */
export function loadConfig(env: Environment): LoadedSettings<ApiSettingName> {
  return loadSettings(NAMES, env, { readFile: (path) => readFileSync(path, 'utf8') });
}
