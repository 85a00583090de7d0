import { type RedisOfTest, testRedis } from '@mediamtx-monitor/testkit';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { hostsHeadOf, TestPublisher } from '../../../services/api/test/publisher.ts';
import { atEndOfFile } from '../../browser/support/at-end.ts';
import { startApi, startCollector } from '../../browser/support/monitor.ts';
import { rememberDay } from '../../browser/support/past.ts';

/** A stream whose link loses packets. */
export const LOSSY_STREAM = 'remote/harbour';
/** A stream whose media have stopped, which was off air in the last day, too. */
export const FROZEN_STREAM = 'cam/crowd';
/** A name that no layout was made for. */
export const LONG_NAME =
  'events/2026/stadium-north/grandstand/camera-operator-17-handheld-backup-uplink-over-5g';
const HOST_INTERVAL_MS = 300_000;

/** Two servers, one with a host and trouble, both polled: their numbers move. @returns the monitor's address */
export async function startSimulatedFleet(): Promise<string> {
  const redis = testRedis();
  const main = await startSimulator({ streams: 18, readersPerStream: 4 });
  const north = await startSimulator({ streams: 6, seed: 7 });
  for (const simulator of [main, north]) atEndOfFile(simulator.close);
  main.addStream(LONG_NAME);
  main.setLinkLoss(LOSSY_STREAM, 6);
  main.setStreamFrozen(FROZEN_STREAM, true);
  await rememberDay(redis, [FROZEN_STREAM, LOSSY_STREAM]);
  // As they are usually polled.
  const settings = { POLL_INTERVAL_SECONDS: '2' };
  atEndOfFile(await startCollector(redis, main.url, settings));
  atEndOfFile(await startCollector(redis, north.url, { ...settings, MEDIAMTX_SERVER_ID: 'north' }));
  await publishHost(redis);
  return startDashboard(redis);
}

/** A monitor that knows nothing yet. @returns its address */
export function startEmptyMonitor(): Promise<string> {
  return startDashboard(testRedis());
}

async function startDashboard(redis: RedisOfTest): Promise<string> {
  const api = await startApi(redis);
  atEndOfFile(api.stop);
  return api.url;
}

async function publishHost(redis: RedisOfTest): Promise<void> {
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  const time = new Date().toISOString();
  await publisher.publishHost(
    hostsHeadOf({ host: 'main', collectedAt: time, publishedAt: time, intervalMs: HOST_INTERVAL_MS }),
  );
}
