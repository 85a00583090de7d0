import { type Cause, type ReasonKind, reasonKind, readersOf, worstFirst } from '@mediamtx-monitor/model';
import type { HostRecord, Reason, StreamRecord, StreamsHead } from '@mediamtx-monitor/types';
import type { ListedStream, Look } from './streams.ts';

/** What a stream's page says first: what is wrong with it, since when, and who is affected. */
export interface StreamVerdict {
  readonly look: Look;
  /** What the trouble is about; `null` without one, and where it is the server's or its machine's. */
  readonly kind: ReasonKind | null;
  /** The reason that is told first; `null` where there is none. */
  readonly lead: Reason | null;
  /** Since when something is wrong (RFC 3339, UTC); `null` where nothing is, or that isn't known. */
  readonly since: string | null;
  /** `null` where nothing is wrong. */
  readonly affected: Affected | null;
}

/**
 * Who suffers. `all`: everyone who watches; `some` of the viewers; `watched`: those who did when there was something to
 * watch; `nobody`: nobody watches; `anyone`: whoever wants to watch; `elsewhere`: only those whom forwards lead to.
 */
export type Affected =
  | { readonly who: 'all' | 'watched'; readonly count: number }
  | { readonly who: 'some'; readonly count: number; readonly total: number }
  | { readonly who: 'nobody' | 'anyone' | 'elsewhere' | 'unknown' };

/** A stream with its cause, and what is known of its server. */
export interface VerdictContext {
  readonly listed: ListedStream;
  readonly cause: Cause;
  readonly head: StreamsHead | undefined;
  /** The machine it runs on, where that is known and heard of. */
  readonly host: HostRecord | undefined;
}

/** Makes what is said first of what the cause says. */
export function verdictOf(context: VerdictContext): StreamVerdict {
  const { listed, cause } = context;
  const kind = kindOf(context);
  const lead = kind === null ? null : leadOf(kind, context);
  return {
    look: lookOfCause(cause, listed),
    kind,
    lead,
    since: lead?.since ?? sinceOfServer(context),
    affected: affectedOf(context, kind),
  };
}

function kindOf({ listed, cause }: VerdictContext): ReasonKind | null {
  const kinds = listed.reasons.map(({ code }) => reasonKind(code));
  if (kinds.includes('arriving')) return 'arriving';
  if (kinds.includes('viewers') || cause.evidence.some(({ code }) => code === 'viewers-ill'))
    return 'viewers';
  return kinds.includes('forwards') ? 'forwards' : null;
}

/** The worst reason of a kind: the stream's own, else that of the first viewer who suffers. */
function leadOf(kind: ReasonKind, { listed, cause }: VerdictContext): Reason | null {
  const own = listed.reasons.find(({ code }) => reasonKind(code) === kind);
  const ofViewers = cause.evidence.flatMap((one) => (one.code === 'viewer' ? one.connection.reasons : []));
  return own ?? worstFirst(ofViewers)[0] ?? null;
}

function sinceOfServer({ cause, head, host }: VerdictContext): string | null {
  if (isUnread(cause)) return head?.reasons?.find(({ code }) => code === 'server-unreachable')?.since ?? null;
  return cause.site === 'host' ? (host?.reasons?.[0]?.since ?? null) : null;
}

/** Whether the server can't be read. */
function isUnread({ evidence }: Cause): boolean {
  return evidence.some(({ code }) => code === 'server-status');
}

function affectedOf({ listed, cause }: VerdictContext, kind: ReasonKind | null): Affected | null {
  const { stream } = listed;
  if (isUnread(cause) || listed.stale) return { who: 'unknown' };
  switch (kind) {
    case null:
      return null;
    case 'forwards':
      return { who: 'elsewhere' };
    case 'viewers': {
      for (const one of cause.evidence) {
        if (one.code === 'viewers-ill') return { who: 'some', count: one.count, total: one.total };
      }
      const reason = listed.reasons.find(({ code }) => reasonKind(code) === 'viewers');
      if (reason?.measured == null) return { who: 'unknown' };
      return { who: 'some', count: reason.measured, total: Math.max(reason.measured, stream.readers) };
    }
    case 'arriving':
      return affectedByArriving(stream);
  }
}

function affectedByArriving(stream: StreamRecord): Affected {
  const readers = readersOf(stream) ?? 0;
  if (readers > 0) return { who: 'all', count: readers };
  if (stream.state === 'unknown') return { who: 'unknown' };
  if (stream.state === 'live' || stream.state === 'stalled') return { who: 'nobody' };
  const before = stream.last?.readers ?? 0;
  return before > 0 ? { who: 'watched', count: before } : { who: 'anyone' };
}

function lookOfCause({ site, evidence }: Cause, { health }: ListedStream): Look {
  switch (site) {
    case 'none':
    case 'host':
      // Nothing is wrong with the stream: what its machine does stands in the server's box.
      return 'ok';
    case 'rest':
    case 'unknown':
      return site;
    case 'server':
      // One that can't be read is red everywhere.
      if (isUnread({ site, evidence })) return 'critical';
      return health === 'critical' ? 'critical' : 'warning';
    case 'publisher':
    case 'source':
    case 'viewers':
    case 'one-viewer':
    case 'both-viewers':
    case 'forwards':
      return health === 'critical' ? 'critical' : 'warning';
  }
}
