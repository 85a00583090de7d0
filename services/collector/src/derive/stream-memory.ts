import { RESTART_WITHIN_MS } from '@mediamtx-monitor/model';
import type { Moment } from '@mediamtx-monitor/runtime';
import type { StreamState } from '@mediamtx-monitor/types';
import type { PathFact } from '../facts.ts';
import { nextAiring, nextAway, nextLast } from './air.ts';
import { RECENT_MS, type StreamMemory } from './memory.ts';
import { rewritten } from './moment.ts';
import { addCounts, type CounterSample, isoTime } from '../samples.ts';
import { stateOf } from './states.ts';

interface SeenPath {
  /** Whether MediaMTX lists the path. */
  readonly isListed: boolean;
  /** Monotonic time of the path list before; `null` = there was none. */
  readonly listedBeforeMs: number | null;
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly receivedAtMs: number;
  readonly now: Moment;
}

/** What is remembered of a stream but for what is judged and shown. */
export type StreamRun = Omit<
  StreamMemory,
  'rules' | 'liveRecord' | 'livePublisher' | 'onDemand' | 'pull' | 'forwards'
>;

/** Counters belong to one run of one source; this tells it from the next. */
function instanceOf(path: PathFact): string {
  return `${path.ready ? (path.readyAtMs ?? 'ready') : 'not ready'} ${path.sourceId ?? ''}`;
}

/** After a start only the source's id is known of the run before. */
function isSameInstance(path: PathFact, instance: string, before: StreamMemory): boolean {
  return before.instance === null ? before.sourceId === path.sourceId : before.instance === instance;
}

function fell(before: CounterSample | null, now: CounterSample | null): boolean {
  return before !== null && now !== null && now.value < before.value;
}

function nextSilentTicks(
  before: StreamMemory | undefined,
  inbound: CounterSample | null,
  goesOn: boolean,
): number {
  if (!goesOn || before === undefined || inbound === null) return 0;
  // After a start there is nothing yet to compare with.
  if (before.inbound === null) return before.silentTicks;
  return inbound.value > before.inbound.value ? 0 : before.silentTicks + 1;
}

const NO_RESTARTS: readonly number[] = [];

/** Times of the restarts that still count. A stream restarts when it runs again soon after it ran before. */
function nextRestarts(
  before: StreamMemory | undefined,
  isNewRun: boolean,
  monotonicMs: number,
): readonly number[] {
  if (before === undefined) return NO_RESTARTS;
  const { restartsAtMs } = before;
  const recent =
    restartsAtMs.length === 0 ? NO_RESTARTS : restartsAtMs.filter((atMs) => monotonicMs - atMs < RECENT_MS);
  const { lastLiveAt } = before;
  const ranBefore = lastLiveAt !== null && monotonicMs - lastLiveAt.monotonicMs < RESTART_WITHIN_MS;
  return isNewRun && ranBefore ? [...recent, monotonicMs] : recent;
}

/**
 * When a stream entered its state. MediaMTX knows since when it is ready, also from before this collector started;
 * that is not when a stall ended, nor when the publisher of an always-available path came. A stall begins with the last
 * byte, however late it is told.
 */
function enteredAtMs(
  { readyAtMs }: PathFact,
  state: StreamState,
  before: StreamMemory | undefined,
  now: Moment,
): number {
  const isNew = before === undefined || (readyAtMs !== null && readyAtMs > before.sinceMs);
  if (state === 'stalled' && before !== undefined) return rewritten(before.heardAt, now).wallMs;
  return state === 'live' && isNew ? (readyAtMs ?? now.wallMs) : now.wallMs;
}

/** How long a stream has been live that wasn't in the list before: not longer than that list is old. */
function liveForMs({ readyAtMs }: PathFact, listedBeforeMs: number | null, now: Moment): number {
  if (readyAtMs === null) return 0;
  const mostMs = listedBeforeMs === null ? Infinity : now.monotonicMs - listedBeforeMs;
  return Math.max(0, Math.min(now.wallMs - readyAtMs, mostMs));
}

/**
 * What is remembered of a stream after it was seen once more, but for what is judged and shown. What tells one run from
 * the next stays of one that isn't listed: it may have been left out by chance. Pure.
 */
export function nextStreamMemory(
  path: PathFact,
  before: StreamMemory | undefined,
  { isListed, listedBeforeMs, inbound, outbound, receivedAtMs, now }: SeenPath,
): { run: StreamRun; sameInstance: boolean } {
  const instance = instanceOf(path);
  const goesOn =
    before !== undefined && isSameInstance(path, instance, before) && !fell(before.inbound, inbound);
  const silentTicks = nextSilentTicks(before, inbound, goesOn);
  const state = stateOf({ path, silentTicks, isListed });
  const runs = state === 'live' || state === 'stalled';
  const framesBefore = goesOn ? before.framesInError : null;
  const sinceMs =
    before?.state === state && (goesOn || !runs) ? before.sinceMs : enteredAtMs(path, state, before, now);
  const since = before?.sinceMs === sinceMs ? before.since : isoTime(sinceMs);
  const stays = isListed ? undefined : before;
  return {
    sameInstance: isListed && goesOn,
    run: {
      instance: stays === undefined ? instance : stays.instance,
      sourceId: stays === undefined ? path.sourceId : stays.sourceId,
      confName: path.confName,
      inbound: stays === undefined ? inbound : stays.inbound,
      outbound: stays === undefined ? outbound : stays.outbound,
      framesInError:
        stays === undefined
          ? addCounts(framesBefore, [path.framesInError], receivedAtMs)
          : stays.framesInError,
      silentTicks,
      heardAt: silentTicks === 0 || before === undefined ? now : before.heardAt,
      state,
      sinceMs,
      since,
      restartsAtMs: nextRestarts(before, runs && before !== undefined && !goesOn, now.monotonicMs),
      seenAtMs: isListed ? now.monotonicMs : (before?.seenAtMs ?? now.monotonicMs),
      lastLiveAt: runs ? now : (before?.lastLiveAt ?? null),
      airing: runs ? nextAiring(before, since, liveForMs(path, listedBeforeMs, now), now) : null,
      away: runs ? null : nextAway(before, now),
      last: runs ? null : nextLast(before),
    },
  };
}
