import { rounded } from '@mediamtx-monitor/model';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { type ConnectionFact, PROTOCOL_MODULES } from '../protocols/index.ts';
import { judge, NO_RULES } from './judge.ts';
import type { ConnectionMemory } from './memory.ts';
import { CONNECTION_RULES } from './rules.ts';
import { addCounts, addValue, growthPerSecond, isoTime, megabitsPerSecond, sampleOf } from '../samples.ts';
import type { Hysteresis, Thresholds } from './settings.ts';

/** What all connections of a list are derived with. */
export interface ConnectionContext {
  readonly server: string;
  readonly nowMs: number;
  /** Monotonic time at which the list arrived. */
  readonly receivedAtMs: number;
  /** Whether MediaMTX counts SRT losses once. */
  readonly srtLossTrusted: boolean;
  readonly hysteresis: Hysteresis;
}

/** What a connection's stream is known for. */
export interface OfStream {
  /** RTP clock rate in Hz, where known. */
  readonly clockRate: number | null;
  readonly thresholds: Thresholds;
}

export interface DerivedConnection {
  readonly record: ConnectionRecord;
  readonly memory: ConnectionMemory;
}

const EMPTY: ConnectionMemory = {
  since: null,
  inbound: null,
  outbound: null,
  packets: null,
  discards: null,
  rtts: null,
  rules: NO_RULES,
};

/** The record of a connection, from what was remembered of it and what is seen now. Pure. */
export function deriveConnection(
  fact: ConnectionFact,
  before: ConnectionMemory = EMPTY,
  { clockRate, thresholds }: OfStream,
  { server, nowMs, receivedAtMs, srtLossTrusted, hysteresis }: ConnectionContext,
): DerivedConnection {
  const inbound = sampleOf(fact.inboundBytes, receivedAtMs);
  const outbound = sampleOf(fact.outboundBytes, receivedAtMs);
  const since = before.since ?? (fact.openedAtMs === null ? null : isoTime(fact.openedAtMs));
  const module = PROTOCOL_MODULES[fact.protocol];
  // Only for readers something is thrown away.
  const discarded = fact.role === 'read' ? module.discards(fact) : null;
  const windows = {
    packets: addCounts(before.packets, module.counters(fact), receivedAtMs),
    discards: addCounts(before.discards, [discarded], receivedAtMs),
    rtts: addValue(before.rtts, module.rttMs(fact), receivedAtMs),
  };
  const detail = module.detail(fact, { windows, clockRate, receivedAtMs });
  // Named one by one: a spread makes all of derive a fifth slower.
  const { rttLatencyRatio, linkLossPercent, unrecoveredPercent, rtpLossPercent } = module.measures(
    detail,
    fact.role,
    srtLossTrusted,
  );
  const discardsPerSecond = growthPerSecond(windows.discards);
  const measures = {
    rttLatencyRatio,
    linkLossPercent,
    unrecoveredPercent,
    rtpLossPercent,
    discardsPerSecond,
  };
  const { health, reasons, memory } = judge(
    CONNECTION_RULES,
    measures,
    thresholds,
    before.rules,
    hysteresis,
    nowMs,
  );
  const common = {
    id: fact.id,
    server,
    stream: fact.stream,
    role: fact.role,
    remoteAddr: fact.remoteAddr,
    user: fact.user,
    userAgent: fact.userAgent,
    since,
    inboundBytes: fact.inboundBytes,
    outboundBytes: fact.outboundBytes,
    inboundMbps: rounded(megabitsPerSecond(before.inbound, inbound), 3),
    outboundMbps: rounded(megabitsPerSecond(before.outbound, outbound), 3),
    health,
    reasons,
  };
  const { packets, discards, rtts } = windows;
  return {
    memory: { since, inbound, outbound, packets, discards, rtts, rules: memory },
    // A spread of this size takes V8 twenty times as long.
    record: Object.assign(common, detail),
  };
}
