import { createHash } from 'node:crypto';
import { startSimulator } from '@mediamtx-monitor/simulator';
import type { Ending } from '../rig/ending.ts';
import { type Meeting, startCollector, startDashboard } from '../rig/fleet.ts';
import { startService } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { FROZEN_STREAM, LONG_NAME, LOSSY_STREAM, type Scene } from './scenes.ts';

/**
 * Two servers with trouble and a host; a monitor that knows nothing yet; one that wants a token.
 * @returns addresses of the dashboards
 */
export async function startFleets(ending: Ending): Promise<Readonly<Record<Scene['fleet'], string>>> {
  const busy = { redisUrl: await startRedis(ending), prefix: 'busy' };
  const main = await startSimulator({ streams: 18, readersPerStream: 4 });
  ending.add(main.close);
  const north = await startSimulator({ streams: 6, seed: 7 });
  ending.add(north.close);
  main.addStream(LONG_NAME);
  main.setLinkLoss(LOSSY_STREAM, 6);
  main.setStreamFrozen(FROZEN_STREAM, true);
  startCollector(ending, busy, main.url);
  startCollector(ending, busy, north.url, { MEDIAMTX_SERVER_ID: 'north' });
  startService(ending, 'host-agent', {
    HOST_ID: 'media-1',
    REDIS_URL: busy.redisUrl,
    REDIS_KEY_PREFIX: busy.prefix,
    HEALTH_PORT: '0',
    LOG_LEVEL: 'warn',
  });
  const dashboard = (meeting: Meeting, settings: Record<string, string> = {}): Promise<string> =>
    startDashboard(ending, meeting, settings);
  const API_TOKENS = `pictures:${createHash('sha256').update('of nobody').digest('hex')}`;
  return {
    busy: await dashboard(busy),
    empty: await dashboard({ ...busy, prefix: 'empty' }),
    locked: await dashboard(busy, { API_TOKENS }),
  };
}
