import { API_SETTINGS } from '@mediamtx-monitor/api/settings';
import { type Environment, loadSettings, parseRedisUrl, redisPlace } from '@mediamtx-monitor/runtime';
import { localAuthority } from '../start/text.ts';

const { API_HOST, API_PORT, REDIS_URL } = API_SETTINGS;
const TIMEOUT_MS = 2_000;

export interface ReadinessOptions {
  /** The environment of the API's process. */
  readonly env: Environment;
  /** Reads the file of a `<NAME>_FILE` setting as text. */
  readonly readFile: (path: string) => string;
  /** Where the operator changes settings, for the sentence. */
  readonly settingsFile: string;
}

/** What keeps an API that runs with this environment from being ready, in a sentence; `null` when nothing does. */
export async function problemOfApi({
  env,
  readFile,
  settingsFile,
}: ReadinessOptions): Promise<string | null> {
  const { values } = loadSettings({ API_HOST, API_PORT, REDIS_URL }, env, { readFile });
  // Such a port is known to the API alone.
  if (values.API_PORT === 0) return null;
  const authority = localAuthority(values.API_HOST, values.API_PORT);
  try {
    const { status } = await fetch(`http://${authority}/readyz`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (status !== 503) return null;
  } catch {
    return `The API does not answer at ${authority}.`;
  }
  return (
    `No Redis answers at ${redisPlace(parseRedisUrl(values.REDIS_URL))}: install one ("sudo apt-get install redis-server"), ` +
    `or set REDIS_URL in ${settingsFile}; the services go on by themselves once it is there.`
  );
}
