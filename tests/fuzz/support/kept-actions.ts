import { recentPartOf, type SessionRecord } from '@mediamtx-monitor/types';
import { storedEvent } from '../../../services/api/test/happening.ts';
import { mutated } from './hostile-values.ts';
import type { Action, ActionsOptions } from './redis-actions.ts';

const STREAM = 'cam-1';
const HOUR_MS = 3_600_000;

const UNMEASURED = {
  ...{ inboundBytes: null, outboundBytes: null, meanMbps: null, peakMbps: null, rttWorstMs: null },
  ...{ rttP95Ms: null, lossMeanPercent: null, lossWorstPercent: null, discards: null },
};

/** A session as a collector writes it down. */
function storedSession(about: Pick<SessionRecord, 'server' | 'stream'>): SessionRecord {
  return {
    ...{ ...about, connection: 'c1', protocol: 'srt', role: 'publish' },
    ...{ remoteAddr: '192.0.2.x', user: null, userAgent: null },
    start: new Date(Date.now() - HOUR_MS).toISOString(),
    end: new Date().toISOString(),
    ...{ unseenSince: null, ...UNMEASURED, cause: null },
    healthMs: { ok: HOUR_MS, warning: 0, critical: 0, unknown: 0 },
  };
}

/** What can be done to what is kept of the past. */
export function keptActions({ redis, names, choices, servers, hosts }: ActionsOptions): readonly Action[] {
  const { pick, below, bytes, chance } = choices;
  const log = (): string => pick([names.events, names.sessions, names.notifications]);
  const atMs = (): number => Date.now() - pick([0, 10_000, 60_000, HOUR_MS, 24 * HOUR_MS]);
  const historyKey = (): string => {
    const server = pick(servers);
    const subject = pick([
      { kind: 'stream', server, stream: STREAM } as const,
      { kind: 'server', server } as const,
      { kind: 'host', host: pick(hosts) } as const,
    ]);
    const of = subject.kind === 'stream' ? ({ kind: 'streams', server } as const) : subject;
    const part = subject.kind === 'stream' ? recentPartOf(STREAM) : 0;
    return chance(0.5)
      ? names.recentHistory(of, atMs(), part)
      : names.history(subject, pick(['30s', '5m']), atMs());
  };
  const anyKey = (): string =>
    pick([log(), historyKey(), names.historyStreams(pick(servers)), names.eventBaseline(pick(servers))]);
  const about = () => ({ server: pick(servers), stream: STREAM });
  return [
    () => redis.xadd(names.events, '*', 'json', mutated(JSON.stringify(storedEvent(about())), choices)),
    () => redis.xadd(names.sessions, '*', 'json', mutated(JSON.stringify(storedSession(about())), choices)),
    () => redis.xadd(log(), '*', pick(['json', 'x', '']), bytes(below(200))),
    () => redis.xtrim(log(), 'MAXLEN', below(5)),
    () => redis.xadd(log(), `${Date.now() + 900 * HOUR_MS}-${below(9)}`, 'json', '{}'),
    () => redis.set(historyKey(), bytes(below(400))),
    () => redis.append(historyKey(), bytes(below(40))),
    () => redis.setrange(historyKey(), below(3_000), bytes(below(40))),
    () => redis.zadd(names.historyStreams(pick(servers)), pick([0, Date.now(), 1e300]), STREAM),
    () => redis.del(anyKey()),
    async () => {
      const key = anyKey();
      await redis.del(key);
      return pick([
        () => redis.set(key, 'x'),
        () => redis.rpush(key, 'x'),
        () => redis.hset(key, 'x', 'y'),
      ])();
    },
  ];
}
