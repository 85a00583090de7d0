import { readFileSync } from 'node:fs';
import { type Environment, loadSettings } from '@mediamtx-monitor/runtime';
import { listedServers, monitorFileText, readLikeWatch } from '@mediamtx-monitor/runtime/monitor-file';
import { SOURCE_SETTINGS } from '@mediamtx-monitor/collector/settings';
import { ALL_SETTINGS, variablesOf } from '../all-settings.ts';

/** What the start has to know of the settings; all others it only hands on. */
export interface StartSettings {
  readonly apiHost: string;
  /** 0 = any free port. */
  readonly apiPort: number;
  /** Whether the API answers only who brings a token. */
  readonly needsToken: boolean;
  /** Of the only server, or of the first that MONITOR_CONFIG lists. */
  readonly serverId: string;
  /** `null` = any free port, so that a MediaMTX started later finds its own one free. */
  readonly simulatorPort: number | null;
  /** The file that the simulator is to replay; `null` where none is named. */
  readonly replay: string | null;
  /** Whether a setting says which Redis to use. */
  readonly redisIsSet: boolean;
  /** Whether a setting says which MediaMTX to watch, or how to be let in there. */
  readonly mediamtxIsSet: boolean;
  /** Of that server. */
  readonly mediamtxUrl: string;
}

const TOKEN_NAMES = ['API_TOKENS', 'API_TOKENS_FILE'];
const REDIS_NAMES = ['REDIS_URL', 'REDIS_URL_FILE'];
const MEDIAMTX_NAMES = variablesOf(SOURCE_SETTINGS);

/**
 * Reads the settings of all services, so that every mistake is told before anything runs.
 * @throws {SettingsError} with all mistakes at once
 */
export function loadStartSettings(env: Environment): StartSettings {
  const { values } = loadSettings(ALL_SETTINGS, env, { readFile: (path) => readFileSync(path, 'utf8') });
  const isSet = (name: string): boolean => env[name] !== undefined && env[name] !== '';
  const [first] = listedServers(monitorFileText(values.MONITOR_CONFIG, readLikeWatch));
  return {
    apiHost: values.API_HOST,
    apiPort: values.API_PORT,
    needsToken: TOKEN_NAMES.some(isSet),
    serverId: first?.id ?? values.MEDIAMTX_SERVER_ID,
    simulatorPort: isSet('SIMULATOR_PORT') ? values.SIMULATOR_PORT : null,
    replay: values.SIMULATOR_REPLAY ?? null,
    redisIsSet: REDIS_NAMES.some(isSet),
    mediamtxIsSet: first !== undefined || MEDIAMTX_NAMES.some(isSet),
    mediamtxUrl: first?.url ?? values.MEDIAMTX_API_URL,
  };
}
