import { createHash } from 'node:crypto';
import { testRedis } from '@mediamtx-monitor/testkit';
import { TestPublisher } from '../../../services/api/test/publisher.ts';
import { statusFile } from '../../../services/api/test/status/status-file.ts';
import { atEndOfFile } from './at-end.ts';
import { LOOKED_AT, publishCrowdedFleet } from './crowded-fleet.ts';
import { startAlerter, startApi } from './monitor.ts';
import { writeNight } from './night.ts';
import { rememberDay } from './past.ts';

/** Who has it may silence and acknowledge. */
export const OPERATORS_TOKEN = 'token-of-ops';
/** A stream that is stalled, and was off air in the last day. */
export const STALLED = 'reason/stalled';

const STATUS = [{ name: 'tv', title: 'Example TV', items: [{ title: 'Studio', match: LOOKED_AT }] }];
// Where nobody can be told: that is shown, too.
const ALERTS = `
notify:
  - { name: phone, kind: webhook, url: 'http://127.0.0.1:9/', for: 0s, groupWait: 0s, severity: warning }
`;

/**
 * Starts a monitor of which each view has something to show: a made-up fleet, its last day, a night with outages, alerts,
 * and a public status page `tv`. @returns its address
 */
export async function startEventfulMonitor(): Promise<string> {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  await writeNight(publisher);
  await rememberDay(redis, [STALLED, LOOKED_AT]);
  await publishCrowdedFleet(redis, ['main']);
  atEndOfFile(await startAlerter(redis, ALERTS));
  const api = await startApi(redis, {
    MONITOR_CONFIG: statusFile(STATUS, atEndOfFile),
    API_TOKENS: `ops:${createHash('sha256').update(OPERATORS_TOKEN).digest('hex')}`,
    API_OPERATORS: 'ops',
  });
  atEndOfFile(api.stop);
  return api.url;
}
