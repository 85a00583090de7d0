import type { ConnectionRecord } from '@mediamtx-monitor/types';
import type { ConnectionFact } from '../facts.ts';
import { type Hysteresis, judge, NO_RULES } from './judge.ts';
import type { ConnectionMemory } from './memory.ts';
import { detailOf, discardCount, measuresOf, packetCounts } from './protocol-detail.ts';
import { CONNECTION_RULES } from './rules.ts';
import { megabitsPerSecond, rounded, sampleOf } from './samples.ts';
import type { Thresholds } from './thresholds.ts';
import { addCounts, addValue, NO_COUNTERS, NO_VALUES } from './windows.ts';

/** What a connection is derived with. */
export interface ConnectionContext {
  readonly server: string;
  readonly nowMs: number;
  /** Monotonic time at which its list arrived. */
  readonly receivedAtMs: number;
  /** RTP clock rate of its stream in Hz, where known. */
  readonly clockRate: number | null;
  /** Whether MediaMTX counts SRT losses once. */
  readonly srtLossTrusted: boolean;
  readonly thresholds: Thresholds;
  readonly hysteresis: Hysteresis;
}

export interface DerivedConnection {
  readonly record: ConnectionRecord;
  readonly memory: ConnectionMemory;
}

const EMPTY: ConnectionMemory = {
  inbound: null,
  outbound: null,
  packets: NO_COUNTERS,
  discards: NO_COUNTERS,
  rtts: NO_VALUES,
  rules: NO_RULES,
};

/** The record of a connection, from what was remembered of it and what is told now. Pure. */
export function deriveConnection(
  fact: ConnectionFact,
  before: ConnectionMemory = EMPTY,
  context: ConnectionContext,
): DerivedConnection {
  const { server, nowMs, receivedAtMs, clockRate, srtLossTrusted, thresholds, hysteresis } = context;
  const inbound = sampleOf(fact.inboundBytes, receivedAtMs);
  const outbound = sampleOf(fact.outboundBytes, receivedAtMs);
  const seen: ConnectionMemory = {
    inbound,
    outbound,
    packets: addCounts(before.packets, packetCounts(fact), receivedAtMs),
    discards: addCounts(before.discards, [discardCount(fact)], receivedAtMs),
    rtts: fact.protocol === 'srt' ? addValue(before.rtts, fact.srt.rttMs, receivedAtMs) : NO_VALUES,
    rules: NO_RULES,
  };
  const detail = detailOf(fact, seen, clockRate);
  const measures = measuresOf(detail, seen, srtLossTrusted);
  const verdict = judge(CONNECTION_RULES, measures, thresholds, before.rules, hysteresis, nowMs);
  return {
    memory: { ...seen, rules: verdict.memory },
    record: {
      id: fact.id,
      server,
      stream: fact.stream,
      role: fact.role,
      remoteAddr: fact.remoteAddr,
      user: fact.user,
      userAgent: fact.userAgent,
      since: fact.openedAtMs === null ? null : new Date(fact.openedAtMs).toISOString(),
      inboundBytes: fact.inboundBytes,
      outboundBytes: fact.outboundBytes,
      inboundMbps: rounded(megabitsPerSecond(before.inbound, inbound), 3),
      outboundMbps: rounded(megabitsPerSecond(before.outbound, outbound), 3),
      health: verdict.health,
      reasons: verdict.reasons,
      ...detail,
    },
  };
}
