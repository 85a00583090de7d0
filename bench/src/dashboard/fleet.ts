import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { startApi } from '../api/started.ts';
import { type Program, startNode } from '../programs.ts';

/** The dashboard as it is built. */
const STATIC_DIR = fileURLToPath(new URL('../../../services/dashboard/dist', import.meta.url));

/** Where the services of a bench meet. */
export interface Meeting {
  readonly redisUrl: string;
  readonly prefix: string;
}

/** Starts the API with the dashboard; resolves with its address too. */
export async function startDashboard(
  { redisUrl, prefix }: Meeting,
  settings: Record<string, string> = {},
): Promise<Program & { readonly url: string }> {
  const api = await startApi(redisUrl, prefix, { STATIC_DIR, ...settings });
  return { ...api, url: `http://127.0.0.1:${api.port}` };
}

/** Starts a collector as it runs in production, every 2 s. */
export function startCollector(
  { redisUrl, prefix }: Meeting,
  mediamtxUrl: string,
  settings: Record<string, string> = {},
): Program {
  return startNode('../../services/collector/dist/main.js', NODE_FLAGS, {
    MEDIAMTX_API_URL: mediamtxUrl,
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    JSON_FILE: '',
    HEALTH_PORT: '0',
    ...settings,
  });
}
