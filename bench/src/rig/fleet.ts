import { fileURLToPath } from 'node:url';
import { startApi } from './api.ts';
import type { Ending } from './ending.ts';
import { type Program, startService } from './programs.ts';

/** The dashboard as it is built. */
const STATIC_DIR = fileURLToPath(new URL('../../../services/dashboard/dist', import.meta.url));

/** Where the services of a bench meet. */
export interface Meeting {
  readonly redisUrl: string;
  readonly prefix: string;
}

/** Starts the API with the dashboard; resolves with its address. */
export async function startDashboard(
  ending: Ending,
  { redisUrl, prefix }: Meeting,
  settings: Readonly<Record<string, string>> = {},
): Promise<string> {
  const api = await startApi(ending, redisUrl, prefix, { STATIC_DIR, ...settings });
  return `http://127.0.0.1:${api.port}`;
}

/** Starts a collector as it runs in production, every 2 s. */
export function startCollector(
  ending: Ending,
  { redisUrl, prefix }: Meeting,
  mediamtxUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Program {
  return startService(ending, 'collector', {
    MEDIAMTX_API_URL: mediamtxUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    JSON_FILE: '',
    HEALTH_PORT: '0',
    ...settings,
  });
}
