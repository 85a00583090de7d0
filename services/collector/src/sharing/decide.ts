import type { LeaseSeen } from '@mediamtx-monitor/runtime';
import type { Announcement } from './announcement.ts';
import { inOrderFor } from './rendezvous.ts';

/** What one who stands by has seen of a server's head, all times by its own monotonic clock in ms. */
export interface LeaseSight extends LeaseSeen {
  /** Since when it stands as it does, without a gap in which nobody looked. */
  readonly sinceMs: number;
  /** Since when this tick is the newest; `null` = it was when it was looked for the first time. */
  readonly tickSinceMs: number | null;
  /** When it was looked last. */
  readonly lookedMs: number;
  /** Nothing else was ever seen there. */
  readonly isFirst: boolean;
}

/** Whoever publishes and hasn't for so many intervals is gone. */
const SILENT_INTERVALS = 2;
/** No collector has a longer interval, whatever a head says. */
const MAX_INTERVAL_MS = 60_000;
/** One that has taken a server keeps it for so long, so that nothing is handed to and fro. */
const MIN_TENURE_MS = 5_000;
/** One that was seen under another address is left alone for so long. */
const CONFLICT_MS = 60_000;

/** Takes in a look. Time in which nobody looked counts for nothing: Redis may have been away, or this process frozen. */
export function nextSight(
  before: LeaseSight | null,
  seen: LeaseSeen,
  nowMs: number,
  gapMs: number,
): LeaseSight {
  if (before === null) return { ...seen, sinceMs: nowMs, tickSinceMs: null, lookedMs: nowMs, isFirst: true };
  const isSameTick = before.mark === seen.mark;
  const isSame = isSameTick && before.isReleased === seen.isReleased;
  return {
    ...seen,
    sinceMs: isSame && nowMs - before.lookedMs <= gapMs ? before.sinceMs : nowMs,
    tickSinceMs: isSameTick ? before.tickSinceMs : nowMs,
    lookedMs: nowMs,
    isFirst: before.isFirst && isSame,
  };
}

/** A server of the own configuration. */
export interface SharedServer {
  readonly server: string;
  /** Of its address. */
  readonly fingerprint: string;
  readonly intervalMs: number;
  /** Key of its head. */
  readonly guard: string;
}

/** How it stands. */
export interface ServerView extends Omit<SharedServer, 'guard'> {
  /** Since when it is polled here, as the one who has taken it; `null` = it isn't. */
  readonly heldSinceMs: number | null;
  /** What was seen of its head while somebody else has it; `null` = nothing yet. */
  readonly sight: LeaseSight | null;
  /** When a collector that comes first last named it under another address; `null` = none did. */
  readonly conflictMs: number | null;
}

/** Whether a server is taken, given to whoever should have it, or stays with whom it is. */
export type Decision = 'take' | 'give' | 'stay';

/** Whether one collector is to poll a server, in the eyes of the other. */
const isCandidate = (
  { server, fingerprint }: Pick<ServerView, 'server' | 'fingerprint'>,
  one: Announcement,
) => one.servers.get(server) === fingerprint;

/** Those of the others that may poll a server, too. */
export function candidatesFor(
  view: Pick<ServerView, 'server' | 'fingerprint'>,
  others: readonly Announcement[],
): readonly Announcement[] {
  return others.filter((one) => isCandidate(view, one));
}

/** Those that mean another MediaMTX by the same id. */
export function conflictsOf(
  view: Pick<ServerView, 'server' | 'fingerprint'>,
  others: readonly Announcement[],
): readonly Announcement[] {
  return others.filter((one) => one.servers.has(view.server) && !isCandidate(view, one));
}

/** Whether somebody who means another MediaMTX by the same id comes first: the one who was there first, as long as he lives. */
export function isClaimedElsewhere(
  view: Pick<ServerView, 'server' | 'fingerprint'>,
  { own, others }: { readonly own: Announcement; readonly others: readonly Announcement[] },
  isYielded: boolean,
): boolean {
  return conflictsOf(view, others).some(
    (other) => !other.yields.has(view.server) && (isYielded || isOlder(other, own)),
  );
}

function isOlder(one: Announcement, other: Announcement): boolean {
  return one.startedMs === other.startedMs ? one.id < other.id : one.startedMs < other.startedMs;
}

/** Whether a server is left to others still, after one was seen then who comes first. */
export const isConflict = (seenMs: number, nowMs: number): boolean => nowMs - seenMs < CONFLICT_MS;

/** What to do about a server, of all that is known. @param others those that live */
export function decide(
  view: ServerView,
  ownId: string,
  others: readonly Announcement[],
  nowMs: number,
): Decision {
  const ids = [ownId, ...candidatesFor(view, others).map(({ id }) => id)];
  const place = ids.length === 1 ? 0 : inOrderFor(view.server, ids).indexOf(ownId);
  if (view.heldSinceMs !== null) {
    return place > 0 && nowMs - view.heldSinceMs >= MIN_TENURE_MS ? 'give' : 'stay';
  }
  const { sight, conflictMs, intervalMs } = view;
  if (sight === null || (conflictMs !== null && isConflict(conflictMs, nowMs))) return 'stay';
  // Who comes after others waits whether one of them takes it.
  return nowMs >= freeAtMs(sight, intervalMs) + place * intervalMs ? 'take' : 'stay';
}

/** When nobody has it any more, should nothing come. */
function freeAtMs({ sinceMs, isFirst, isHeld, isReleased, ...seen }: LeaseSight, intervalMs: number): number {
  // That a head is gone may be Redis's doing: then whoever has it writes it again.
  if (isHeld ? isReleased : isFirst) return sinceMs;
  return sinceMs + SILENT_INTERVALS * Math.max(intervalMs, Math.min(seen.intervalMs, MAX_INTERVAL_MS));
}

/** When to poll a server first that was taken: `own` = at its own moment, as at any start. */
export type FirstPoll = 'own' | 'slot' | 'now';

/** One that was given up right after its tick has its next one when that is due. */
export function firstPollOf(
  { isReleased, tickSinceMs }: LeaseSight,
  intervalMs: number,
  nowMs: number,
): FirstPoll {
  return isReleased && tickSinceMs !== null && nowMs - tickSinceMs < intervalMs ? 'slot' : 'now';
}
