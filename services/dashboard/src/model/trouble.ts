import type { HostRecord, SourceStatus } from '@mediamtx-monitor/types';
import { isIll, type Parties } from './connections.ts';
import { type Evidence, hostEvidence, viewersEvidence } from './evidence.ts';
import { type Listed, needsAttention } from './listed.ts';

/** Where the trouble sits. `unknown`: too little is known to say. */
export type Seat = 'none' | 'publisher' | 'server' | 'viewers' | 'unknown';

export interface Trouble {
  readonly seat: Seat;
  /** What speaks for it. */
  readonly evidence: readonly Evidence[];
}

/** What is looked at. */
export interface Scene {
  readonly listed: Listed;
  readonly status: SourceStatus;
  /** `undefined` while no connection is known. */
  readonly parties: Parties | undefined;
  /** All streams of the same server. */
  readonly siblings: readonly Listed[];
  /** The machine it runs on, where that is known and still heard of. */
  readonly host: HostRecord | undefined;
}

/** A reason that tells of viewers; all others tell of what arrives. */
const VIEWERS_REASON = 'reader-discards';
/** As many others have to be live and troubled before the server is suspected. */
const MIN_OTHERS = 3;
/** … and at least this part of them. */
const MANY = 0.5;
/** From this many viewers on, trouble of nearly all is no chance. */
const MIN_VIEWERS = 3;
const NEARLY_ALL = 0.8;

/**
 * Says whether the publisher's link, the server or single viewers are to blame, and what speaks for it. What many
 * streams or nearly all viewers share sits in the server; what one stream brings with it, in its publisher.
 */
export function locateTrouble(scene: Scene): Trouble {
  const { listed, status, parties } = scene;
  if (status !== 'up') return { seat: 'server', evidence: [{ code: 'server-status', problem: status }] };
  if (listed.stale) return { seat: 'unknown', evidence: [{ code: 'server-stale' }] };

  const arriving = listed.stream.reasons.filter(({ code }) => code !== VIEWERS_REASON);
  const viewers = parties?.viewers ?? [];
  const ill = viewers.filter(isIll);
  const discarding = listed.stream.reasons.some(({ code }) => code === VIEWERS_REASON);
  const others = othersOf(scene, arriving.length > 0);
  const isWell = arriving.length === 0 && ill.length === 0 && !discarding;
  const host = hostEvidence(scene.host, {
    arriving: isWell || arriving.length > 0,
    leaving: arriving.length === 0,
  });

  const publisher: readonly Evidence[] =
    arriving.length > 0
      ? arriving.map((reason): Evidence => ({ code: 'publisher-reason', reason }))
      : [{ code: 'arriving', state: listed.stream.state }];
  const watching = viewersEvidence(parties, listed.stream.readers);

  if (isWell) {
    if (listed.health === 'unknown') return { seat: 'unknown', evidence: [...watching, ...host] };
    return { seat: 'none', evidence: [...publisher, ...watching, ...host] };
  }
  const sharedByStreams = others.count >= MIN_OTHERS && others.count >= others.total * MANY;
  const sharedByViewers = ill.length >= MIN_VIEWERS && ill.length >= viewers.length * NEARLY_ALL;
  if (sharedByStreams || (host.length > 0 && (arriving.length === 0 || others.count > 0))) {
    return { seat: 'server', evidence: [...host, otherStreams(others), ...publisher, ...watching] };
  }
  if (arriving.length > 0)
    return { seat: 'publisher', evidence: [...publisher, otherStreams(others), ...watching] };
  if (sharedByViewers) return { seat: 'server', evidence: [...watching, ...publisher, otherStreams(others)] };
  return { seat: 'viewers', evidence: [...watching, ...publisher, otherStreams(others)] };
}

interface Others {
  readonly count: number;
  readonly total: number;
}

/**
 * Other streams of the server that are running, and how many of them have trouble of the same kind: what another's
 * slow viewer suffers says nothing about what arrives here.
 */
function othersOf({ listed, siblings }: Scene, isArriving: boolean): Others {
  const running = siblings.filter(
    ({ key, stream }) => key !== listed.key && (stream.state === 'live' || stream.state === 'stalled'),
  );
  const alike = running.filter(
    (one) =>
      needsAttention(one) && one.stream.reasons.some(({ code }) => (code !== VIEWERS_REASON) === isArriving),
  );
  return { count: alike.length, total: running.length };
}

function otherStreams({ count, total }: Others): Evidence {
  return { code: count === 0 ? 'others-well' : 'others-ill', count, total };
}
