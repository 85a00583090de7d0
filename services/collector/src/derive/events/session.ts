import { URGENCIES } from '@mediamtx-monitor/model';
import type { Moment } from '@mediamtx-monitor/runtime';
import {
  type AddressPrivacy,
  type ConnectionRecord,
  type Health,
  type Protocol,
  type SessionRecord,
  type Severity,
} from '@mediamtx-monitor/types';
import { shownAddress } from '../../addresses.ts';
import { figuresOf } from '../../protocols/index.ts';
import { momentWrittenDown } from '../moment.ts';
import { addRtt, type RttCounts } from './rtt-counts.ts';

/** Who a session is of; the same from its beginning to its end. */
export interface SessionOwner {
  readonly connection: string;
  readonly stream: string;
  readonly protocol: Protocol;
  readonly role: SessionRecord['role'];
  /** As far as SESSION_ADDRESSES lets it be kept. */
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly startedAt: Moment;
}

/**
 * A session that goes on, with its totals so far: a plain value, one new object a tick. So a tick is a pure function of
 * the one before, like all of derivation; of 10,000 it takes a few ms and some 5 MB.
 */
export interface OpenSession {
  readonly owner: SessionOwner;
  /** When it was in a list last. */
  readonly seenAt: Moment;
  /** Of its last tick. */
  readonly health: Health;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
  readonly peakMbps: number | null;
  readonly rttWorstMs: number | null;
  readonly rtts: RttCounts;
  readonly lossWorstPercent: number | null;
  /** Sum over those ticks in which it was known, and how many these were. */
  readonly lossSum: number;
  readonly lossTicks: number;
  readonly discards: number | null;
  /** How long it was known to be in each health, in ms. */
  readonly okMs: number;
  readonly warningMs: number;
  readonly criticalMs: number;
  /** Monotonic time from which on it is to be written down again. */
  readonly writeFromMs: number;
}

/** So often totals are written down: a collector that ends without a word loses no more of them. */
const WRITE_EVERY_MS = 300_000;

/** A share of the time between two writings, by a connection's id (FNV-1a): so not all are written at once. */
function spreadOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}

/** Monotonic time at which a session that is first seen now is written down again. */
export const firstWriteMs = (id: string, nowMs: number): number =>
  nowMs + (1 - spreadOf(id)) * WRITE_EVERY_MS;

/** A connection that brings or takes a stream. */
export type BusyConnection = ConnectionRecord & {
  readonly stream: string;
  readonly role: SessionRecord['role'];
};

/** A session that begins. */
export function beginSession(record: BusyConnection, privacy: AddressPrivacy, now: Moment): OpenSession {
  const { id, stream, protocol, role, user, userAgent, since } = record;
  const wallMs = since === null ? now.wallMs : Math.min(Date.parse(since), now.wallMs);
  const owner: SessionOwner = {
    connection: id,
    stream,
    protocol,
    role,
    remoteAddr: shownAddress(record.remoteAddr, privacy),
    user,
    userAgent,
    startedAt: momentWrittenDown(wallMs, now),
  };
  return {
    owner,
    seenAt: now,
    health: 'unknown',
    inboundBytes: null,
    outboundBytes: null,
    peakMbps: null,
    rttWorstMs: null,
    rtts: [],
    lossWorstPercent: null,
    lossSum: 0,
    lossTicks: 0,
    discards: null,
    okMs: 0,
    warningMs: 0,
    criticalMs: 0,
    writeFromMs: firstWriteMs(id, now.monotonicMs),
  };
}

function worse(before: number | null, now: number | null): number | null {
  if (now === null) return before;
  return before === null ? now : Math.max(before, now);
}

/** That a session's stream brings no byte: how bad that is, and since when (monotonic time, in ms). */
export interface SessionStall {
  readonly severity: Severity;
  readonly sinceMs: number;
}

/** When a session goes on. */
interface SessionTick {
  /** How long ago the tick before was; 0 where nobody looked in between. */
  readonly spanMs: number;
  readonly seenAt: Moment;
  /** `null` = bytes come, or nobody minds. */
  readonly stall: SessionStall | null;
}

type TimesInHealth = Pick<OpenSession, 'okMs' | 'warningMs' | 'criticalMs'>;

/** How long it was in each health by now. A stall is told some ticks late, and counts from its beginning. */
function timesIn(before: OpenSession, { spanMs, seenAt, stall }: SessionTick): TimesInHealth {
  const { health } = before;
  const times = {
    ok: before.okMs + (health === 'ok' ? spanMs : 0),
    warning: before.warningMs + (health === 'warning' ? spanMs : 0),
    critical: before.criticalMs + (health === 'critical' ? spanMs : 0),
  };
  if (stall !== null && health !== 'unknown' && URGENCIES[stall.severity] < URGENCIES[health]) {
    const lateMs = Math.min(times[health], Math.max(0, seenAt.monotonicMs - stall.sinceMs));
    times[health] -= lateMs;
    times[stall.severity] += lateMs;
  }
  return { okMs: times.ok, warningMs: times.warning, criticalMs: times.critical };
}

/** A session after one more tick. What isn't known in it stays as it was. Of a stalled stream no session is well. */
export function continueSession(
  before: OpenSession,
  record: ConnectionRecord,
  tick: SessionTick,
): OpenSession {
  const { owner } = before;
  const { seenAt, stall } = tick;
  const { rttMs, lossPercent, discards } = figuresOf(record);
  const isLate = (known: string | null, told: string | null): boolean => known === null && told !== null;
  return {
    owner:
      isLate(owner.user, record.user) || isLate(owner.userAgent, record.userAgent)
        ? {
            ...owner,
            user: owner.user ?? record.user,
            userAgent: owner.userAgent ?? record.userAgent,
          }
        : owner,
    seenAt,
    health: stall === null || record.health === 'critical' ? record.health : stall.severity,
    inboundBytes: record.inboundBytes ?? before.inboundBytes,
    outboundBytes: record.outboundBytes ?? before.outboundBytes,
    peakMbps: worse(before.peakMbps, owner.role === 'publish' ? record.inboundMbps : record.outboundMbps),
    rttWorstMs: worse(before.rttWorstMs, rttMs),
    rtts: rttMs === null ? before.rtts : addRtt(before.rtts, rttMs),
    lossWorstPercent: worse(before.lossWorstPercent, lossPercent),
    lossSum: before.lossSum + (lossPercent ?? 0),
    lossTicks: before.lossTicks + (lossPercent === null ? 0 : 1),
    discards: discards ?? before.discards,
    ...timesIn(before, tick),
    writeFromMs: before.writeFromMs,
  };
}

/** A session with counters as they were seen last, by a collector that may not have got to write them down. */
export function withLastCounters(session: OpenSession, record: ConnectionRecord): OpenSession {
  return {
    ...session,
    inboundBytes: worse(session.inboundBytes, record.inboundBytes),
    outboundBytes: worse(session.outboundBytes, record.outboundBytes),
    discards: worse(session.discards, figuresOf(record).discards),
  };
}

/** The session after it was written down. */
export function written(session: OpenSession, now: Moment): OpenSession {
  return { ...session, writeFromMs: now.monotonicMs + WRITE_EVERY_MS };
}
