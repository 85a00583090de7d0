import type {
  ConnectionRecord,
  HostRecord,
  Reason,
  SourceStatus,
  StreamRecord,
  StreamState,
} from '@mediamtx-monitor/types';
import { DROPS_LIMIT_PER_SECOND, HOST_LIMITS, type TightLoad, tightLoads } from './host.ts';
import { illViewers, type StreamConnections } from './stream.ts';

/** What speaks for where a cause sits. */
export type Evidence =
  | { readonly code: 'server-status'; readonly problem: Exclude<SourceStatus, 'up'> }
  /** `connections-missing`: some lists of them couldn't be read. */
  | { readonly code: 'server-stale' | 'connections-unknown' | 'connections-missing' | 'no-viewers' }
  /** Something is wrong with the stream as it arrives, or with what is sent on. */
  | { readonly code: 'reason'; readonly reason: Reason }
  /** Nothing is wrong with what arrives, if anything does. */
  | { readonly code: 'arriving'; readonly state: StreamState }
  /** No data came any more before it went: its publisher or source froze. */
  | { readonly code: 'was-stalled' }
  /** `count` of `total` other streams of the server that run, or should, have reasons of the same kind. */
  | { readonly code: 'others-ill' | 'others-well'; readonly count: number; readonly total: number }
  /** Something of its machine is tight. */
  | { readonly code: 'host-load'; readonly load: TightLoad }
  | { readonly code: 'host-inbound-drops' | 'host-outbound-drops'; readonly perSecond: number }
  | { readonly code: 'viewers-ill' | 'viewers-well'; readonly count: number; readonly total: number }
  /** Viewers whose numbers aren't known. */
  | { readonly code: 'viewers-unknown'; readonly count: number }
  | { readonly code: 'viewer'; readonly connection: ConnectionRecord };

/** Viewers that are named. */
const NAMED = 3;

/** That a stream that isn't there any more was stalled when it went. */
export function stalledEvidence({ state, last }: StreamRecord): readonly Evidence[] {
  const isGone = state !== 'live' && state !== 'stalled' && state !== 'unknown';
  return isGone && last?.wasStalled === true ? [{ code: 'was-stalled' }] : [];
}

const asEvidence = (load: TightLoad): Evidence => ({ code: 'host-load', load });

/** What is tight on a machine, whatever that does to its streams. */
export function loadEvidence(host: HostRecord | undefined): readonly Evidence[] {
  return host === undefined ? [] : tightLoads(host).map(asEvidence);
}

/** What speaks for a machine that is too busy. @param isArriving what arrives is looked at, else what leaves */
export function hostEvidence(host: HostRecord | undefined, isArriving: boolean): readonly Evidence[] {
  if (host === undefined) return [];
  // A full disk stops recordings, no stream.
  const loads = tightLoads(host).filter(
    ({ kind, percent }) => kind !== 'disk' && percent >= HOST_LIMITS[kind].critical,
  );
  return [...loads.map(asEvidence), ...dropEvidence(host, { arriving: isArriving, leaving: !isArriving })];
}

/** What a machine's network throws away. `arriving` and `leaving`: whose packets are looked at. */
export function dropEvidence(
  host: HostRecord | undefined,
  { arriving, leaving }: { readonly arriving: boolean; readonly leaving: boolean },
): readonly Evidence[] {
  const inbound = host?.network.inboundDropsPerSecond ?? 0;
  const outbound = host?.network.outboundDropsPerSecond ?? 0;
  const evidence: Evidence[] = [];
  if (arriving && inbound >= DROPS_LIMIT_PER_SECOND) {
    evidence.push({ code: 'host-inbound-drops', perSecond: inbound });
  }
  if (leaving && outbound >= DROPS_LIMIT_PER_SECOND) {
    evidence.push({ code: 'host-outbound-drops', perSecond: outbound });
  }
  return evidence;
}

/** How the viewers are; nothing is said of those whose numbers aren't known. @param readers as the stream counts them */
export function viewersEvidence(
  connections: StreamConnections | undefined,
  readers: number,
): readonly Evidence[] {
  if (connections === undefined) return [{ code: 'connections-unknown' }];
  const { viewers, isPartial } = connections;
  const total = viewers.length;
  const ill = illViewers(connections);
  const unknown = total === 0 ? readers : viewers.filter(({ health }) => health === 'unknown').length;
  const evidence: Evidence[] = [];
  if (ill.length > 0) {
    evidence.push({ code: 'viewers-ill', count: ill.length, total });
    for (const connection of ill.slice(0, NAMED)) evidence.push({ code: 'viewer', connection });
  } else if (total > unknown) {
    evidence.push({ code: 'viewers-well', count: total - unknown, total });
  }
  if (unknown > 0) evidence.push({ code: 'viewers-unknown', count: unknown });
  if (isPartial) evidence.push({ code: 'connections-missing' });
  else if (total === 0 && readers === 0) evidence.push({ code: 'no-viewers' });
  return evidence;
}
