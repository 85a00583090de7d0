import { type CauseSite, isIll } from '@mediamtx-monitor/model';
import type { Health } from '@mediamtx-monitor/types';
import type { ListedStream, Look } from './streams.ts';
import type { StreamVerdict } from './verdict.ts';

/** A part of the way that a stream takes; `source`: the server fetches it; `forwards`: copies to other servers. */
export type ChainPartKind = 'publisher' | 'source' | 'server' | 'viewers' | 'forwards';

/** A part of the way, and how it is. */
export interface ChainPart {
  readonly kind: ChainPartKind;
  /** `ok`: works; `rest`: nothing to say for or against it. */
  readonly look: Look;
  /** Whether the trouble sits here. */
  readonly isToBlame: boolean;
}

/** What a chain is made of. */
export interface ChainContext {
  readonly listed: ListedStream;
  readonly site: CauseSite;
  readonly verdict: StreamVerdict;
  /** Of the server and its machine. */
  readonly serverLook: Health;
  /** Of its viewers, as they are known; `null` where there are none. */
  readonly viewerHealths: readonly Health[] | null;
}

const PART_OF: Readonly<Record<CauseSite, ChainPartKind | null>> = {
  none: null,
  rest: null,
  unknown: null,
  host: null,
  publisher: 'publisher',
  source: 'source',
  server: 'server',
  viewers: 'viewers',
  'one-viewer': 'viewers',
  'both-viewers': 'viewers',
  forwards: 'forwards',
};

/** The way of a stream, from who brings it to all who get it: one part at most is to blame, and looks it. */
export function chainOf(context: ChainContext): readonly ChainPart[] {
  const { site, listed } = context;
  const { pull, forwards } = listed.stream;
  const first = pull == null ? 'publisher' : 'source';
  const kinds: ChainPartKind[] = [first, 'server', 'viewers'];
  if (forwards != null && forwards.length > 0) kinds.push('forwards');
  return kinds.map((kind) => {
    const isToBlame = PART_OF[site] === kind;
    return { kind, isToBlame, look: isToBlame ? lookToBlame(kind, context) : lookOfOther(kind, context) };
  });
}

/** A server that is to blame looks as bad as its machine, too, where that is worse. */
function lookToBlame(kind: ChainPartKind, { verdict, serverLook }: ChainContext): Look {
  return kind === 'server' && serverLook === 'critical' ? serverLook : verdict.look;
}

/** How a part looks that isn't to blame: what suffers from another's trouble isn't called well. */
function lookOfOther(
  kind: ChainPartKind,
  { listed, site, verdict, serverLook, viewerHealths }: ChainContext,
): Look {
  const { stream, stale } = listed;
  // A machine at its limits is no trouble of the stream, but it is none that is well.
  if (kind === 'server') return site === 'host' && serverLook === 'ok' ? 'warning' : serverLook;
  if (stale || stream.state === 'unknown') return 'unknown';
  if (kind === 'forwards') {
    const failing = listed.reasons.find(({ code }) => code === 'forward-failing');
    if (failing !== undefined) return failing.severity;
  }
  if (stream.state !== 'live' || verdict.kind === 'arriving') return 'rest';
  if (kind !== 'viewers') return listed.health === 'unknown' ? 'unknown' : 'ok';
  if (viewerHealths === null || viewerHealths.some(isIll)) return 'rest';
  return viewerHealths.includes('unknown') ? 'unknown' : 'ok';
}
