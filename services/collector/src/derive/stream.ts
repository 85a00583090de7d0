import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, Reason, StreamRecord } from '@mediamtx-monitor/types';
import type { PathFact, SrtFact } from '../facts.ts';
import { type Hysteresis, judge, NO_RULES, worst } from './judge.ts';
import { mediaOf } from './media.ts';
import { RECENT_MS, type StreamMemory } from './memory.ts';
import { readersByProtocol } from './readers.ts';
import { STREAM_RULES } from './rules.ts';
import { megabitsPerSecond, rounded, sampleOf } from './samples.ts';
import { nextStreamMemory } from './stream-memory.ts';
import type { Thresholds } from './thresholds.ts';
import { growthPerSecond } from './windows.ts';

/** The connection that brings a stream, where it was listed this time. */
export interface Publisher {
  readonly record: ConnectionRecord;
  /** `null` for any protocol but SRT. */
  readonly srt: SrtFact | null;
}

/** What all streams are derived with. */
export interface StreamContext {
  readonly server: string;
  readonly now: Moment;
  /** Monotonic time at which the path list arrived. */
  readonly receivedAtMs: number;
  readonly hysteresis: Hysteresis;
}

/** What is known of a stream beside its path. */
export interface Surroundings {
  readonly publisher: Publisher | null;
  /** Whether the list its publisher stands in could not be read. */
  readonly publisherListFailed: boolean;
  /** Readers for whom something is being thrown away; `null` while a list of readers can't be read. */
  readonly discardingReaders: number | null;
  readonly thresholds: Thresholds;
}

export interface DerivedStream {
  readonly record: StreamRecord;
  readonly memory: StreamMemory;
}

const NO_REASONS: readonly Reason[] = [];

/** The record of a stream, from what was remembered of it and what is told now. Pure. */
export function deriveStream(
  path: PathFact,
  before: StreamMemory | undefined,
  { publisher, publisherListFailed, discardingReaders, thresholds }: Surroundings,
  { server, now, receivedAtMs, hysteresis }: StreamContext,
): DerivedStream {
  const inbound = sampleOf(path.inboundBytes, receivedAtMs);
  const outbound = sampleOf(path.outboundBytes, receivedAtMs);
  const { run: seen, sameInstance } = nextStreamMemory(path, before, {
    inbound,
    outbound,
    receivedAtMs,
    now,
  });
  const { state, since, restartsAtMs, lastLiveAtMs } = seen;

  const inboundMbps = sameInstance ? rounded(megabitsPerSecond(before?.inbound ?? null, inbound), 3) : null;
  const outboundMbps = sameInstance
    ? rounded(megabitsPerSecond(before?.outbound ?? null, outbound), 3)
    : null;
  const framesInErrorPerSecond = growthPerSecond(seen.framesInError);
  const wasLive = lastLiveAtMs !== null && now.monotonicMs - lastLiveAtMs <= RECENT_MS;
  const verdict = judge(
    STREAM_RULES,
    {
      sourceLost: state === 'waiting' && wasLive ? 1 : 0,
      stalled: state === 'stalled' ? 1 : 0,
      restarts: restartsAtMs.length,
      framesInErrorPerSecond,
      inboundMbps: state === 'live' ? inboundMbps : null,
      discardingReaders,
    },
    thresholds,
    before?.rules ?? NO_RULES,
    hysteresis,
    now.wallMs,
  );
  const ofPublisher = publisher?.record.reasons ?? NO_REASONS;
  const reasons = ofPublisher.length === 0 ? verdict.reasons : [...ofPublisher, ...verdict.reasons];
  const srt = publisher?.record.protocol === 'srt' ? publisher.record.srt : null;
  return {
    // A spread of this size takes V8 twenty times as long.
    memory: Object.assign(seen, { rules: verdict.memory }),
    record: {
      name: path.name,
      sourceType: path.sourceType,
      tracks: path.tracks.map((track) => track.codec),
      bytesReceived: path.inboundBytes,
      readers: path.readerTypes.length,
      rtt: rounded(publisher?.srt?.rttMs ?? null, 2),
      recvRateMbps: rounded(publisher?.srt?.receiveRateMibps ?? null, 2),
      linkCapacityMbps: rounded(publisher?.srt?.linkCapacityMibps ?? null, 2),
      server,
      state,
      since,
      health: reasons.length === 0 && publisherListFailed ? 'unknown' : worst(reasons),
      reasons,
      sourceId: path.sourceId,
      media: mediaOf(path.tracks),
      inboundMbps,
      outboundMbps,
      bytesSent: path.outboundBytes,
      framesInError: path.framesInError,
      framesInErrorPerSecond: rounded(framesInErrorPerSecond, 3),
      readersByProtocol: readersByProtocol(path.readerTypes),
      restarts: restartsAtMs.length,
      rttMs: srt?.rttMs ?? null,
      latencyMs: srt?.latencyMs ?? null,
      linkLossPercent: srt?.linkLossPercent ?? null,
      retransmitPercent: srt?.retransmitPercent ?? null,
      unrecoveredPercent: srt?.unrecoveredPercent ?? null,
    },
  };
}
