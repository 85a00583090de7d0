import { rounded } from '@mediamtx-monitor/model';
import type { Moment } from '@mediamtx-monitor/runtime';
import { BITS_PER_BYTE, BITS_PER_MEGABIT, PROTOCOLS, type SessionRecord } from '@mediamtx-monitor/types';
import { asCount, asFields, asMeasure, asText, asTimeMs, type Fields } from '../../fields.ts';
import { isoTime } from '../../samples.ts';
import { momentWrittenDown, rewritten } from '../moment.ts';
import { rttCountsIn, rttPercentile } from './rtt-counts.ts';
import { firstWriteMs, type OpenSession } from './session.ts';

/** How a session ended. */
export interface SessionEnd {
  readonly end: string;
  readonly unseenSince: string | null;
  readonly cause: NonNullable<SessionRecord['cause']>;
}

const MS_PER_SECOND = 1_000;

/** How long a session has lasted, in ms. */
export function durationMsOf({ owner: { startedAt } }: OpenSession, now: Moment): number {
  return Math.max(0, Math.round(now.monotonicMs - startedAt.monotonicMs));
}

/**
 * What is told of a session.
 * @param ended `null` = it goes on
 */
export function sessionRecord(
  session: OpenSession,
  server: string,
  now: Moment,
  ended: SessionEnd | null,
): SessionRecord {
  const { owner, rtts, rttWorstMs, lossSum, lossTicks, okMs, warningMs, criticalMs } = session;
  const { startedAt, ...who } = owner;
  const durationMs = durationMsOf(session, now);
  const bytes = owner.role === 'publish' ? session.inboundBytes : session.outboundBytes;
  const bits = bytes === null || durationMs === 0 ? null : bytes * BITS_PER_BYTE;
  return {
    server,
    ...who,
    start: isoTime(rewritten(startedAt, now).wallMs),
    end: ended?.end ?? null,
    unseenSince: ended?.unseenSince ?? null,
    inboundBytes: session.inboundBytes,
    outboundBytes: session.outboundBytes,
    meanMbps: bits === null ? null : rounded((bits * MS_PER_SECOND) / durationMs / BITS_PER_MEGABIT, 3),
    peakMbps: session.peakMbps,
    rttWorstMs,
    rttP95Ms: rttPercentile(rtts, 95, rttWorstMs),
    lossMeanPercent: lossTicks === 0 ? null : rounded(lossSum / lossTicks, 3),
    lossWorstPercent: session.lossWorstPercent,
    discards: session.discards,
    healthMs: {
      ok: Math.round(okMs),
      warning: Math.round(warningMs),
      critical: Math.round(criticalMs),
      unknown: Math.max(0, Math.round(durationMs - okMs - warningMs - criticalMs)),
    },
    cause: ended?.cause ?? null,
  };
}

/** A session as it is written down while it goes on: its record so far, and what that goes on from. */
export function sessionText(session: OpenSession, server: string, now: Moment): string {
  const { rtts, lossSum, lossTicks } = session;
  return JSON.stringify({ ...sessionRecord(session, server, now, null), rtts, lossSum, lossTicks });
}

/**
 * Reads a session back; `null` where it can't be understood.
 * @param seenAt when lists were read last
 */
export function parseSession(
  connection: string,
  fields: Fields,
  { seenAt, now }: { readonly seenAt: Moment; readonly now: Moment },
): OpenSession | null {
  const stream = asText(fields['stream']);
  const protocol = PROTOCOLS.find((each) => each === fields['protocol']);
  const role = (['publish', 'read'] as const).find((each) => each === fields['role']);
  const startMs = asTimeMs(fields['start']);
  if (stream === null || protocol === undefined || role === undefined || startMs === null) return null;
  const healthMs = asFields(fields['healthMs']) ?? {};
  return {
    owner: {
      connection,
      stream,
      protocol,
      role,
      remoteAddr: asText(fields['remoteAddr']),
      user: asText(fields['user']),
      userAgent: asText(fields['userAgent']),
      startedAt: momentWrittenDown(Math.min(startMs, now.wallMs), now),
    },
    seenAt,
    health: 'unknown',
    inboundBytes: asCount(fields['inboundBytes']),
    outboundBytes: asCount(fields['outboundBytes']),
    peakMbps: asMeasure(fields['peakMbps']),
    rttWorstMs: asMeasure(fields['rttWorstMs']),
    rtts: rttCountsIn(fields['rtts']),
    lossWorstPercent: asMeasure(fields['lossWorstPercent']),
    lossSum: asMeasure(fields['lossSum']) ?? 0,
    lossTicks: asCount(fields['lossTicks']) ?? 0,
    discards: asCount(fields['discards']),
    okMs: asMeasure(healthMs['ok']) ?? 0,
    warningMs: asMeasure(healthMs['warning']) ?? 0,
    criticalMs: asMeasure(healthMs['critical']) ?? 0,
    writeFromMs: firstWriteMs(connection, now.monotonicMs),
  };
}
