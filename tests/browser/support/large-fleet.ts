import { type RedisOfTest, streamRecord } from '@mediamtx-monitor/testkit';
import type { Reason, ServerLabels, StreamRecord, StreamsHead } from '@mediamtx-monitor/types';
import { headOf, TestPublisher } from '../../../services/api/test/publisher.ts';
import { atEndOfFile } from './at-end.ts';

/** What is made up stays fresh for a quarter of an hour; with a longer interval no day’s history could be asked for. */
const INTERVAL_MS = 300_000;
const SINCE = new Date(Date.now() - 3_600_000).toISOString();
const SITES = ['north', 'south', 'west'] as const;

/** Ids of its servers: `edge-000` can't be reached, `edge-001` not fully read, of `edge-002` two streams are ill. */
export const UNREACHABLE = 'edge-000';
export const UNREAD = 'edge-001';
export const ILL = 'edge-002';

export function edge(number: number): string {
  return `edge-${String(number).padStart(3, '0')}`;
}

/** Site of a server, as its label says. */
export function siteOf(number: number): string {
  return SITES[number % SITES.length] ?? '';
}

/** Publishes a fleet of servers with labels, each with so many streams, `cam-0` of all of them live. */
export async function publishLargeFleet(
  redis: RedisOfTest,
  servers: number,
  streams: number,
): Promise<(number: number, changes?: Partial<StreamsHead>) => Promise<void>> {
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  let seq = 0;
  const publish = async (number: number, changes: Partial<StreamsHead> = {}): Promise<void> => {
    seq += 1;
    const records = recordsOf(edge(number), streams);
    await publisher.publish(headFor(number, records, { seq, ...changes }), records);
  };
  for (let number = 0; number < servers; number += 1) await publish(number);
  return publish;
}

function recordsOf(server: string, count: number): readonly StreamRecord[] {
  return Array.from({ length: count }, (_, place) => {
    const reasons = server === ILL && place < 2 ? [offAir] : [];
    const health = reasons.length === 0 ? ('ok' as const) : ('critical' as const);
    const live = { state: 'live', sourceType: 'srtConn', inboundMbps: 4.2, readers: 3 } as const;
    const own = reasons.length === 0 ? live : ({ state: 'idle' } as const);
    return streamRecord({ ...own, server, name: `cam-${place}`, since: SINCE, health, reasons });
  });
}

const offAir: Reason = { code: 'off-air', severity: 'critical', measured: null, limit: null, since: SINCE };

function headFor(
  number: number,
  records: readonly StreamRecord[],
  changes: Partial<StreamsHead>,
): StreamsHead {
  const now = new Date().toISOString();
  const server = edge(number);
  const ill = records.filter(({ reasons }) => reasons.length > 0);
  const isDown = server === UNREACHABLE;
  const labels: ServerLabels = { site: siteOf(number), tier: number % 2 === 0 ? 'main' : 'backup' };
  return headOf({
    ...{ server, collectedAt: now, publishedAt: now, intervalMs: INTERVAL_MS, labels },
    ...(isDown && { source: { status: 'down', error: 'It refused the connection', version: null } }),
    ...(server === UNREAD && { missing: ['srtconns'] }),
    totals: {
      ...{ streams: records.length, readers: 3 * records.length, inboundMbps: 4.2 * records.length },
      outboundMbps: 12.6 * records.length,
      states: {
        ...{ idle: ill.length, waiting: 0, live: records.length - ill.length },
        ...{ stalled: 0, standby: 0, unknown: 0 },
      },
      healths: { ok: records.length - ill.length, warning: 0, critical: ill.length, unknown: 0 },
    },
    attention: isDown
      ? null
      : {
          count: ill.length,
          worst: ill.map(({ name, state, health, reasons }) => ({ name, state, health, reasons })),
        },
    ...changes,
  });
}
