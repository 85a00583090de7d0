import { rounded, worstFirst, worstOf } from '@mediamtx-monitor/model';
import type { ConnectionRecord, ExpectedBy, Reason, StreamRecord } from '@mediamtx-monitor/types';
import type { Moment } from '@mediamtx-monitor/runtime';
import type { PathDetails, PathFact } from '../facts.ts';
import { readersByProtocol, type SrtFact } from '../protocols/index.ts';
import { absenceReason } from './absence.ts';
import type { ExpectedNow } from './expectations.ts';
import { failingForwards, forwardedMbps, forwardError, forwardsOf, nextForwards } from './forwards.ts';
import { judge, NO_RULES } from './judge.ts';
import { mediaOf } from './tracks.ts';
import type { Away, StreamMemory } from './memory.ts';
import { isPulled, nextPull, onDemandOf, pullOf, sourceOnDemand } from './pull.ts';
import { STREAM_RULES } from './rules.ts';
import { type CounterSample, growthPerSecond, megabitsPerSecond, sampleOf } from '../samples.ts';
import type { DeriveSettings, Thresholds } from './settings.ts';
import { nextStreamMemory, type StreamRun } from './stream-memory.ts';

/** The connection that brings a stream, as it was read last. */
export interface Publisher {
  readonly record: ConnectionRecord;
  /** `null` for any protocol but SRT, for a pull, and where it wasn't listed this time. */
  readonly srt: SrtFact | null;
}

/** What all streams are derived with. */
export interface StreamContext {
  readonly settings: DeriveSettings;
  readonly now: Moment;
  /** Monotonic time at which the path list arrived. */
  readonly receivedAtMs: number;
  /** Monotonic time of the path list before; `null` = there was none. */
  readonly listedBeforeMs: number | null;
  readonly expected: ExpectedNow;
  readonly details: PathDetails;
  /** Whether more of MediaMTX's configuration is known in each tick: what isn't known yet may be soon. */
  readonly isAsking: boolean;
}

/** What is known of a stream beside its path. */
export interface PathContext {
  /** Whether MediaMTX lists it. */
  readonly isListed: boolean;
  readonly publisher: Publisher | null;
  /** Whether the list its publisher stands in could not be read. */
  readonly publisherListFailed: boolean;
  /** Readers for whom something is being thrown away; `null` while a list of readers can't be read. */
  readonly discardingReaders: number | null;
}

export interface DerivedStream {
  readonly record: StreamRecord;
  readonly memory: StreamMemory;
}

const NO_REASONS: readonly Reason[] = [];

/** What was asked of this path alone, and of whom it is expected. */
function detailed(
  path: PathFact,
  before: StreamMemory | undefined,
  run: StreamRun,
  { settings, now, expected, details, isAsking }: StreamContext,
) {
  const { name, confName } = path;
  const isLive = run.away === null;
  const configuration = confName === null ? undefined : details.configurations.get(confName);
  const pullMemory = isPulled(path)
    ? nextPull(
        before?.pull ?? null,
        details.sources.get(name),
        sourceOnDemand(confName, configuration),
        isLive,
        now.monotonicMs,
      )
    : null;
  const pull = pullMemory === null ? null : pullOf(pullMemory, now.monotonicMs);
  const due = expected.of(name, run.lastLiveAt?.monotonicMs ?? null);
  const onDemand = onDemandOf(confName, configuration, pull, before);
  const isPulledAlways = pull !== null && pull.onDemand !== true;
  const isOutside = (run.away !== null || isPulledAlways) && expected.isOutside(name);
  const expectedBy: ExpectedBy | null =
    due.length > 0 ? 'configuration' : isPulledAlways && !isOutside ? 'pull' : null;
  const absence =
    run.away === null
      ? null
      : {
          away: run.away,
          wasLive: run.lastLiveAt !== null,
          due,
          isPulledAlways,
          isAsked: isAsking && pull?.onDemand === null,
          isOnDemand: onDemand === true,
          isOutside,
          pullError: pull?.error ?? null,
          offAirMs: settings.offAirMsOf(name),
        };
  return { pullMemory, pull, onDemand, expectedBy, absence };
}

/** All reasons of a stream: its publisher's, why it isn't live, and its own; the critical ones first. */
function allReasons(
  ofPublisher: readonly Reason[],
  absence: Reason | null,
  own: readonly Reason[],
): readonly Reason[] {
  if (absence === null && ofPublisher.length === 0) return own;
  return worstFirst([...ofPublisher, ...(absence === null ? NO_REASONS : [absence]), ...own]);
}

/** The reasons with what MediaMTX says of a forward that fails. */
function detailedForwards(reasons: readonly Reason[], error: string | null): readonly Reason[] {
  if (error === null) return reasons;
  return reasons.map((reason) => (reason.code === 'forward-failing' ? { ...reason, detail: error } : reason));
}

/** What is remembered of a stream that isn't live, with the reason that is published of it. */
function withReason(away: Away | null, reason: Reason | null): Away | null {
  const code = reason?.code ?? null;
  if (away === null || away.reasonCode === code) return away;
  return { ...away, since: reason?.since ?? away.since, reasonCode: code };
}

/** The publisher as it was last read: when it goes, its connection may be gone before its path is. */
function publisherBefore({ sourceId }: PathFact, before: StreamMemory | undefined): ConnectionRecord | null {
  return before?.sourceId === sourceId ? before.livePublisher : null;
}

/** Media sent to readers: MediaMTX counts what goes to other servers among it. */
function toReadersMbps(
  before: CounterSample | null,
  now: CounterSample | null,
  forwarded: number,
): number | null {
  const all = megabitsPerSecond(before, now);
  return all === null ? null : rounded(Math.max(0, all - forwarded), 3);
}

/** The record of a stream, from what was remembered of it and what is seen now. Pure. */
export function deriveStream(
  path: PathFact,
  before: StreamMemory | undefined,
  { isListed, publisher, publisherListFailed, discardingReaders }: PathContext,
  context: StreamContext,
): DerivedStream {
  const { settings, now, receivedAtMs, listedBeforeMs } = context;
  const { server, hysteresis } = settings;
  const thresholds: Thresholds = settings.thresholdsOf(path.name);
  const inbound = sampleOf(path.inboundBytes, receivedAtMs);
  const outbound = sampleOf(path.outboundBytes, receivedAtMs);
  const { run: seen, sameInstance } = nextStreamMemory(path, before, {
    isListed,
    listedBeforeMs,
    inbound,
    outbound,
    receivedAtMs,
    now,
  });
  const { state, since, restartsAtMs } = seen;
  const isLive = seen.away === null;
  const { pullMemory, pull, onDemand, expectedBy, absence } = detailed(path, before, seen, context);
  const forwards = nextForwards(
    before?.forwards ?? null,
    context.details.forwards.get(path.name),
    isLive,
    now.monotonicMs,
  );

  // An always-available path counts its filler as if it came from a source.
  const inboundMbps =
    sameInstance && state !== 'standby'
      ? rounded(megabitsPerSecond(before?.inbound ?? null, inbound), 3)
      : null;
  const outboundMbps = sameInstance
    ? toReadersMbps(before?.outbound ?? null, outbound, forwardedMbps(forwards, isLive, now.monotonicMs))
    : null;
  const framesInErrorPerSecond = isListed ? growthPerSecond(seen.framesInError) : null;
  const verdict = judge(
    STREAM_RULES,
    {
      stalled: state === 'stalled' ? 1 : 0,
      stateSinceMs: seen.sinceMs,
      restarts: restartsAtMs.length,
      framesInErrorPerSecond,
      inboundMbps: state === 'live' ? inboundMbps : null,
      failingForwards: failingForwards(forwards, isLive),
      discardingReaders,
    },
    thresholds,
    before?.rules ?? NO_RULES,
    hysteresis,
    now.wallMs,
  );
  const away = absence === null ? null : absenceReason(absence, thresholds, now);
  const reasons = allReasons(
    publisher?.record.reasons ?? NO_REASONS,
    away,
    detailedForwards(verdict.reasons, forwardError(forwards)),
  );
  const srt = publisher?.record.protocol === 'srt' ? publisher.record.srt : null;
  const record: StreamRecord = {
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
    health: reasons.length === 0 && publisherListFailed ? 'unknown' : (worstOf(reasons) ?? 'ok'),
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
    last: seen.last,
    expectedBy,
    onDemand,
    pull,
    forwards: forwardsOf(forwards, isLive, now.monotonicMs),
  };
  // A spread of this size takes V8 twenty times as long.
  const memory: StreamMemory = Object.assign(seen, {
    away: withReason(seen.away, away),
    liveRecord: isLive ? record : null,
    livePublisher: isLive ? (publisher?.record ?? publisherBefore(path, before)) : null,
    onDemand,
    pull: pullMemory,
    forwards,
    rules: verdict.memory,
  });
  return { memory, record };
}
