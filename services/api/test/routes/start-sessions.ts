import { expect } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import type { SessionRecord } from '@mediamtx-monitor/types';
import { freshTimes, headOf, streamOf } from '../publisher.ts';
import { startRoutes } from './start-routes.ts';

export interface SessionsPage {
  readonly items: readonly SessionRecord[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
  readonly trimmed: boolean;
}

export const minute = (n: number): string =>
  new Date(Date.parse('2026-01-01T00:00:00Z') + n * 60_000).toISOString();

/** A session that began at a minute and ended 5 minutes later. */
export function session(n: number, changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    server: 'main',
    stream: 'cam/1',
    connection: `c${n}`,
    protocol: 'srt',
    role: 'read',
    remoteAddr: null,
    user: null,
    userAgent: null,
    start: minute(n),
    end: minute(n + 5),
    unseenSince: null,
    inboundBytes: 1,
    outboundBytes: n,
    meanMbps: 1.5,
    peakMbps: 2,
    rttWorstMs: null,
    rttP95Ms: null,
    lossMeanPercent: null,
    lossWorstPercent: null,
    discards: 0,
    healthMs: { ok: 300_000, warning: 0, critical: 0, unknown: 0 },
    cause: null,
    ...changes,
  };
}

/** Routes, and sessions in what they read. */
export async function servingSessions() {
  const bench = await startRoutes({ nowMs: () => Date.parse(minute(1_000)) });
  const { redis, names } = bench.publisher;
  const close = async (records: readonly SessionRecord[]): Promise<void> => {
    const pipeline = redis.pipeline();
    for (const record of records) {
      const ms = Date.parse(record.end ?? '');
      pipeline.xadd(names.sessions, `${ms}-*`, 'json', JSON.stringify(record));
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  };
  const open = async (records: readonly SessionRecord[], server = 'main'): Promise<void> => {
    for (const record of records) {
      const json = JSON.stringify({ ...record, end: null, rtts: [1], lossSum: 0, lossTicks: 0, later: 1 });
      await redis.hset(names.eventBaseline(server), `connection ${record.connection}`, json);
    }
  };
  const know = async (
    server = 'main',
    connections = [connectionRecord({ stream: 'cam/1' })],
  ): Promise<void> => {
    await bench.publisher.publish(headOf({ ...freshTimes(), server }), [streamOf('cam/1')], connections);
    await eventually(() => {
      expect(bench.feed.servers.newest('connections', server)).toBeDefined();
    });
  };
  const ask = async (query = ''): Promise<SessionsPage> => {
    const response = await fetch(`${bench.url}/api/sessions${query}`);
    expect([query, response.status]).toStrictEqual([query, 200]);
    return (await response.json()) as SessionsPage;
  };
  return { ...bench, close, open, know, ask };
}
export const idsIn = ({ items }: SessionsPage): string[] => items.map(({ connection }) => connection);
