import type { MonitorState } from '@mediamtx-monitor/client';
import type { Severity } from '@mediamtx-monitor/types';
import { countSubjects, type FleetReason, type ServerSilence } from './fleet-reasons.ts';
import type { FleetStreams, IllStream } from './fleet-streams.ts';

/**
 * How all is, in one sentence. `connecting`: nothing is known yet; `unconnected`: nothing is known, since the API can't
 * be reached; `refused`: nothing is known, since it doesn't let this page in; `empty`: there is no server, or none has a
 * stream; `outdated`: the connection is lost, so that all that is shown may be over; `attention`: someone should look;
 * `unsure`: nothing is known to be wrong, but not all is known; `well`.
 */
export type FleetSummary =
  | { readonly kind: 'connecting' | 'unconnected' | 'refused' | 'outdated' }
  | { readonly kind: 'empty'; readonly servers: number }
  | {
      readonly kind: 'attention';
      readonly severity: Severity;
      /** Whether the sentence is about streams: no server is as bad, and no machine worse. */
      readonly isOfStreams: boolean;
      /** Of servers and machines, the worst first. */
      readonly reasons: readonly FleetReason[];
      /** The most urgent, so many that they can be named, and how many there are. */
      readonly streams: readonly IllStream[];
      readonly streamCount: number;
      /** Servers that nothing is heard of, which needn't mean anything yet. */
      readonly silent: readonly string[];
    }
  | {
      readonly kind: 'unsure';
      /** Streams of unknown health. */
      readonly unknown: number;
      readonly silent: readonly string[];
    }
  | { readonly kind: 'well'; readonly live: number; readonly resting: number; readonly servers: number };

/** Servers and streams that are named; the others are counted. */
export const MAX_NAMED = 3;

/** What it is made of. */
export interface SummaryInput {
  /** How many servers there are. */
  readonly serverCount: number;
  readonly streams: FleetStreams;
  /** The worst first. */
  readonly reasons: readonly FleetReason[];
  readonly silences: ReadonlyMap<string, ServerSilence>;
}

/** How many streams, servers and machines need attention; `null` while nobody knows. */
export function attentionCount(summary: FleetSummary): number | null {
  switch (summary.kind) {
    case 'attention':
      return summary.streamCount + summary.reasons.length;
    case 'empty':
    case 'unsure':
    case 'well':
      return 0;
    case 'connecting':
    case 'unconnected':
    case 'refused':
    case 'outdated':
      return null;
  }
}

export function summarise(
  { serverCount, streams, reasons, silences }: SummaryInput,
  { state }: MonitorState,
): FleetSummary {
  if (serverCount === 0) {
    if (state === 'open') return { kind: 'empty', servers: 0 };
    return { kind: state === 'connecting' || state === 'refused' ? state : 'unconnected' };
  }
  if (state !== 'open') return { kind: 'outdated' };
  const { ill, illCount, unknown, live, resting } = streams;
  const silent = [...silences].flatMap(([server, { level }]) => (level === 'quiet' ? [server] : []));
  if (reasons.length > 0 || illCount > 0) {
    return {
      kind: 'attention',
      severity: ill[0]?.health === 'critical' || reasons[0]?.severity === 'critical' ? 'critical' : 'warning',
      isOfStreams: reasons[0] === undefined || isBehind(reasons[0], ill),
      reasons,
      streams: ill.slice(0, MAX_NAMED),
      streamCount: illCount,
      silent,
    };
  }
  if (unknown > 0 || silent.length > 0) return { kind: 'unsure', unknown, silent };
  if (live + resting === 0) return { kind: 'empty', servers: serverCount };
  return { kind: 'well', live, resting, servers: serverCount };
}

type AttentionSummary = Extract<FleetSummary, { kind: 'attention' }>;

/** Whether a reason is named after streams: they are worse, or as bad and it is a machine's, which may not matter. */
function isBehind({ code, severity }: FleetReason, [worst]: readonly IllStream[]): boolean {
  if (worst === undefined) return false;
  const isWorse = worst.health === 'critical' && severity !== 'critical';
  return isWorse || (code === 'host-load' && worst.health === severity);
}

/**
 * The reason that is the sentence: the worst, where no other of its sort, servers or machines, needs attention;
 * `undefined` when the sentence counts.
 */
export function namedReason({ isOfStreams, reasons }: AttentionSummary): FleetReason | undefined {
  const [first] = reasons;
  if (isOfStreams || first === undefined) return undefined;
  const isOfHosts = first.code === 'host-load';
  const alike = reasons.filter(({ code }) => (code === 'host-load') === isOfHosts);
  return countSubjects(alike) === 1 ? first : undefined;
}

/** What is listed below the sentence before and after the streams: all reasons but the one that is the sentence. */
export function listedReasons(
  summary: AttentionSummary,
): Readonly<Record<'before' | 'after', readonly FleetReason[]>> {
  const named = namedReason(summary);
  const rest = summary.reasons.filter((reason) => reason !== named);
  const isAfter = (reason: FleetReason): boolean => summary.isOfStreams || isBehind(reason, summary.streams);
  return { before: rest.filter((one) => !isAfter(one)), after: rest.filter(isAfter) };
}
