import type { HostRecord, Reason, SourceStatus, StreamRecord } from '@mediamtx-monitor/types';
import {
  dropEvidence,
  type Evidence,
  hostEvidence,
  loadEvidence,
  stalledEvidence,
  viewersEvidence,
} from './evidence.ts';
import { isIll } from './health.ts';
import { type AssessedStream, illViewers, isResting, type StreamConnections } from './stream.ts';

/**
 * Where the cause sits. `none`: nothing is wrong; `rest`: nor is the stream live; `host`: not in the stream so far, but
 * its machine is at its limits; `source`: as `publisher`, of a stream that the server fetches; `viewers`: some of
 * several; `forwards`: on the way to other servers; `unknown`: too little is known to say.
 */
export type CauseSite =
  | 'none'
  | 'rest'
  | 'host'
  | 'publisher'
  | 'source'
  | 'server'
  | 'viewers'
  | 'one-viewer'
  | 'both-viewers'
  | 'forwards'
  | 'unknown';

/** What is to blame for how a stream is. */
export interface Cause {
  readonly site: CauseSite;
  /** What speaks for it. */
  readonly evidence: readonly Evidence[];
}

/** A stream with what is around it. */
export interface CauseContext {
  readonly assessed: AssessedStream;
  /** Whether its server can be read. */
  readonly status: SourceStatus;
  /** `undefined` while no connection is known. */
  readonly connections: StreamConnections | undefined;
  /** All streams of the same server; it may be among them. */
  readonly siblings: readonly AssessedStream[];
  /** The machine it runs on, where that is known and still heard of. */
  readonly host: HostRecord | undefined;
}

/** What a reason is about: what arrives, those who watch, or what is sent on. */
export type ReasonKind = 'arriving' | 'viewers' | 'forwards';
/** All that aren't named here are about what arrives. */
const KINDS: ReadonlyMap<string, ReasonKind> = new Map([
  ['reader-discards', 'viewers'],
  ['forward-failing', 'forwards'],
]);
/**
 * Reasons that have one cause in common when many streams have them: streams that don't come, and links that lose or
 * delay. Any other is a family of its own.
 */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...['not-live', 'source-down', 'off-air'].map((code) => [code, 'absent'] as const),
  ...['rtt-near-latency', 'link-loss', 'unrecovered-loss', 'rtp-loss', 'frame-errors'].map(
    (code) => [code, 'link'] as const,
  ),
]);
/** As many others have to be ill before the server is suspected. */
const MIN_OTHERS = 3;
/** … and at least this part of them. */
const MANY = 0.5;
/** From this many viewers on, that nearly all are ill is no chance. */
const MIN_VIEWERS = 3;
const NEARLY_ALL = 0.8;

/**
 * Says whether the publisher's link, the server or single viewers are to blame, and what speaks for it. What many
 * streams or nearly all viewers share sits in the server; what one stream brings with it, in its publisher.
 */
export function locateCause(context: CauseContext): Cause {
  const { assessed, status, connections } = context;
  if (status !== 'up') return { site: 'server', evidence: [{ code: 'server-status', problem: status }] };
  if (assessed.stale) return { site: 'unknown', evidence: [{ code: 'server-stale' }] };

  const reasonsOf = (kind: ReasonKind): readonly Reason[] =>
    assessed.reasons.filter(({ code }) => reasonKind(code) === kind);
  const arriving = reasonsOf('arriving');
  const forwards = reasonsOf('forwards');
  const suffering = sufferingOf(connections, assessed, reasonsOf('viewers')[0]);
  const publisher: readonly Evidence[] = [
    ...(arriving.length > 0
      ? arriving.map((reason): Evidence => ({ code: 'reason', reason }))
      : [{ code: 'arriving', state: assessed.stream.state } as const]),
    ...stalledEvidence(assessed.stream),
  ];
  const watching = viewersEvidence(connections, assessed.stream.readers);

  if (arriving.length + forwards.length + suffering.ill === 0) {
    const host = [
      ...loadEvidence(context.host),
      ...dropEvidence(context.host, { arriving: true, leaving: true }),
    ];
    if (assessed.health === 'unknown') return { site: 'unknown', evidence: [...watching, ...host] };
    const evidence = [...publisher, ...watching];
    if (host.length > 0) return { site: 'host', evidence: [...host, ...evidence] };
    return { site: isResting(assessed.health, assessed.stream.state) ? 'rest' : 'none', evidence };
  }
  const kind = arriving.length > 0 ? 'arriving' : suffering.ill > 0 ? 'viewers' : 'forwards';
  const host = hostEvidence(context.host, kind === 'arriving');
  const others = othersOf(context, familiesOf(assessed.reasons, kind));
  const failing = forwards.map((reason): Evidence => ({ code: 'reason', reason }));
  const sharedByStreams = others.count >= MIN_OTHERS && others.count >= others.total * MANY;
  // A busy machine spoils what goes through it; it keeps nobody from publishing, and no other server from answering.
  const isSpoiled =
    kind === 'viewers' ||
    (kind === 'arriving' && others.count > 0 && !arriving.some(({ code }) => isAbsent(code)));
  if (sharedByStreams || (host.length > 0 && isSpoiled)) {
    const evidence = [otherStreams(others), ...publisher, ...watching, ...failing];
    return { site: 'server', evidence: isSpoiled ? [...host, ...evidence] : [...evidence, ...host] };
  }
  switch (kind) {
    case 'arriving': {
      const site = assessed.stream.pull == null ? 'publisher' : 'source';
      return { site, evidence: [...publisher, otherStreams(others), ...watching, ...failing, ...host] };
    }
    case 'viewers':
      return {
        site: siteOfViewers(suffering),
        evidence: [...watching, ...publisher, otherStreams(others), ...failing],
      };
    case 'forwards':
      return {
        site: 'forwards',
        evidence: [...failing, ...publisher, otherStreams(others), ...watching, ...host],
      };
  }
}

function familyOf(code: string): string {
  return FAMILIES.get(code) ?? code;
}

function isAbsent(code: string): boolean {
  return familyOf(code) === 'absent';
}

/** That a stream went off air, where nothing says that it shouldn't have. */
function isNormalEnd({ code, severity }: Reason): boolean {
  return code === 'off-air' && severity === 'warning';
}

/** What a reason is about, by its code. */
export function reasonKind(code: string): ReasonKind {
  return KINDS.get(code) ?? 'arriving';
}

/** Families of the reasons that can be shared with others: of a kind, and no normal end. */
function familiesOf(reasons: readonly Reason[], kind: ReasonKind): ReadonlySet<string> {
  const codes = reasons.flatMap((reason) =>
    reasonKind(reason.code) === kind && !isNormalEnd(reason) ? [reason.code] : [],
  );
  // Viewers may suffer what the stream says nothing of yet.
  return new Set([...codes, ...(kind === 'viewers' ? ['reader-discards'] : [])].map(familyOf));
}

interface Suffering {
  readonly ill: number;
  readonly total: number;
}

/** How many viewers are ill, of how many; as the stream itself says where connections aren't known. */
function sufferingOf(
  connections: StreamConnections | undefined,
  { stream }: AssessedStream,
  reason: Reason | undefined,
): Suffering {
  const ill = connections === undefined ? 0 : illViewers(connections).length;
  return {
    ill: ill === 0 && reason !== undefined ? (reason.measured ?? 1) : ill,
    total: Math.max(connections?.viewers.length ?? 0, stream.readers),
  };
}

function siteOfViewers({ ill, total }: Suffering): CauseSite {
  if (ill >= MIN_VIEWERS && ill >= total * NEARLY_ALL) return 'server';
  if (ill < total) return 'viewers';
  return ill === 1 ? 'one-viewer' : 'both-viewers';
}

interface Others {
  readonly count: number;
  readonly total: number;
}

/**
 * Other streams of the server that run or should, and how many of them have reasons of the same family: what another's
 * slow viewer suffers, or a camera that is switched off, says nothing about the packets that are lost here.
 */
function othersOf({ assessed, siblings }: CauseContext, families: ReadonlySet<string>): Others {
  const running = siblings.filter(
    ({ stream, reasons }) =>
      stream.name !== assessed.stream.name &&
      !standsForMany(stream) &&
      (stream.state === 'live' ||
        stream.state === 'stalled' ||
        reasons.some((reason) => isAbsent(reason.code) && !isNormalEnd(reason))),
  );
  const alike = running.filter(
    (one) =>
      isIll(one.health) &&
      one.reasons.some((reason) => families.has(familyOf(reason.code)) && !isNormalEnd(reason)),
  );
  return { count: alike.length, total: running.length };
}

/** Whether a record is of no stream, but of those that are expected by a glob and aren't known. */
function standsForMany({ name, state }: StreamRecord): boolean {
  return state === 'missing' && /[*?{]/.test(name);
}

function otherStreams({ count, total }: Others): Evidence {
  return { code: count === 0 ? 'others-well' : 'others-ill', count, total };
}
