import { createHash } from 'node:crypto';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { type Meeting, startCollector, startDashboard } from '../dashboard/fleet.ts';
import type { Ending } from '../ending.ts';
import { startNode } from '../programs.ts';
import { FROZEN_STREAM, LONG_NAME, LOSSY_STREAM, type Scene } from './scenes.ts';

/**
 * Two servers with trouble and a host; a monitor that knows nothing yet; one that wants a token.
 * @returns addresses of the dashboards
 */
export async function startFleets(ending: Ending): Promise<Readonly<Record<Scene['fleet'], string>>> {
  const redis = await startRedisServer();
  ending.add(redis.stop);
  const busy = { redisUrl: redis.url, prefix: 'busy' };
  const main = await startSimulator({ streams: 18, readersPerStream: 4 });
  ending.add(main.close);
  const north = await startSimulator({ streams: 6, seed: 7 });
  ending.add(north.close);
  main.addStream(LONG_NAME);
  main.setLinkLoss(LOSSY_STREAM, 6);
  main.setStreamFrozen(FROZEN_STREAM, true);
  ending.add(startCollector(busy, main.url).end);
  ending.add(startCollector(busy, north.url, { MEDIAMTX_SERVER_ID: 'north' }).end);
  const hostAgent = startNode('../../services/host-agent/dist/main.js', NODE_FLAGS, {
    HOST_ID: 'media-1',
    REDIS_URL: busy.redisUrl,
    REDIS_KEY_PREFIX: busy.prefix,
    HEALTH_PORT: '0',
    LOG_LEVEL: 'warn',
  });
  ending.add(hostAgent.end);
  const dashboard = async (meeting: Meeting, settings: Record<string, string> = {}): Promise<string> => {
    const started = await startDashboard(meeting, settings);
    ending.add(started.end);
    return started.url;
  };
  const API_TOKENS = `pictures:${createHash('sha256').update('of nobody').digest('hex')}`;
  return {
    busy: await dashboard(busy),
    empty: await dashboard({ ...busy, prefix: 'empty' }),
    locked: await dashboard(busy, { API_TOKENS }),
  };
}
