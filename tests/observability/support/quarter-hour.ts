import { type ObservedSubjects, observed } from '@mediamtx-monitor/runtime';
import { hostRecord, liveStream, streamRecord } from '@mediamtx-monitor/testkit';
import {
  type HostRecord,
  NOTHING_DERIVED,
  type RecentHistoryOf,
  type StreamRecord,
  type StreamsHead,
  type Totals,
} from '@mediamtx-monitor/types';
import { headOf } from '../../../services/api/test/publisher.ts';

/** What is told of a server and its stream in one tick. */
export interface QuarterTick {
  readonly head: StreamsHead;
  readonly stream: StreamRecord;
}

/** A name that would break out of whatever isn't written with care. */
export const ODD_NAME = 'a"} or vector(1) #\\\n📹/x';
export const SECONDS = 900;
export const TICK_SECONDS = 4;
export const HOST: HostRecord = hostRecord({ health: 'ok' });

const MBPS = 4;
const BYTES_PER_SECOND = (MBPS * 1e6) / 8;
const IDLE = { from: 120, to: 150 };

/** Nobody looks. */
export const isSilent = (second: number): boolean => second >= 600 && second < 660;
const isDown = (second: number): boolean => second >= 300 && second < 360;

/** The stream: it drops for 30 s, gets another reader, loses packets once, and isn't well at last. */
function streamAt(second: number): StreamRecord {
  if (second >= IDLE.from && second < IDLE.to) return streamRecord({ name: ODD_NAME });
  const begun = second < IDLE.from ? 0 : IDLE.to;
  const bytesReceived = (second - begun + TICK_SECONDS) * BYTES_PER_SECOND;
  return liveStream({
    name: ODD_NAME,
    health: second >= 720 ? 'warning' : 'ok',
    bytesReceived,
    bytesSent: 2 * bytesReceived,
    inboundMbps: MBPS,
    outboundMbps: 2 * MBPS,
    readers: second < 510 ? 2 : 3,
    rttMs: 20,
    linkLossPercent: second >= 240 && second < 270 ? 6 : 0,
  });
}

const UNREADABLE: Totals = {
  streams: null,
  readers: null,
  inboundMbps: null,
  outboundMbps: null,
  states: null,
  healths: null,
};

function totalsOf({ state, health, readers, inboundMbps, outboundMbps }: StreamRecord): Totals {
  const none = { idle: 0, waiting: 0, live: 0, stalled: 0, standby: 0, unknown: 0 };
  return {
    ...{ streams: 1, readers, inboundMbps, outboundMbps },
    states: { ...none, [state]: 1 },
    healths: { ok: 0, warning: 0, critical: 0, unknown: 0, [health]: 1 },
  };
}

/** What a collector tells so many seconds after the beginning; for a minute it can't read its server. */
export function toldAt(second: number, startMs: number): QuarterTick {
  const at = (s: number): string => new Date(startMs + s * 1_000).toISOString();
  const stream = streamAt(second);
  const common = { seq: second + 1, publishedAt: at(second), intervalMs: TICK_SECONDS * 1_000 };
  if (!isDown(second)) {
    const head = headOf({ ...common, collectedAt: at(second), totals: totalsOf(stream), reasons: [] });
    return { head, stream };
  }
  const since = at(300 - TICK_SECONDS);
  const unreachable = {
    code: 'server-unreachable',
    severity: 'critical',
    measured: null,
    limit: null,
  } as const;
  const head = headOf({
    ...common,
    collectedAt: since,
    source: { status: 'timeout', error: 'No answer', version: null },
    totals: UNREADABLE,
    reasons: [{ ...unreachable, since }],
  });
  return { head, stream: { ...stream, ...NOTHING_DERIVED } };
}

/** What of it history is made of, of the host too. */
export function observedIn({ head, stream }: QuarterTick): [RecentHistoryOf, ObservedSubjects][] {
  const { name, state, health, inboundMbps, outboundMbps, readers, rttMs, linkLossPercent } = stream;
  const link = { rttP95Ms: rttMs, lossPercent: linkLossPercent, discardsPerSecond: null };
  const { totals, reasons = [] } = head;
  const { cpu, memory, network } = HOST;
  return [
    [
      { kind: 'streams', server: 'main' },
      observed('stream', [{ name, state, health, values: { inboundMbps, outboundMbps, readers, ...link } }]),
    ],
    [
      { kind: 'server', server: 'main' },
      observed('server', [
        {
          ...{ name: '', state: head.source.status, health: reasons.length > 0 ? 'critical' : health },
          values: {
            liveStreams: totals.states?.live ?? null,
            readers: totals.readers,
            inboundMbps: totals.inboundMbps,
            outboundMbps: totals.outboundMbps,
          },
        },
      ]),
    ],
    [
      { kind: 'host', host: HOST.host },
      observed('host', [
        {
          ...{ name: '', state: 'up', health: 'ok' },
          values: {
            cpuPercent: cpu.percent,
            memoryPercent: memory.usedPercent,
            inboundMbps: network.inboundMbps,
            outboundMbps: network.outboundMbps,
          },
        },
      ]),
    ],
  ];
}
