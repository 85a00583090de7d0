import type { Moment } from '@mediamtx-monitor/runtime';
import type { StreamState } from '@mediamtx-monitor/types';
import type { PathFact } from '../facts.ts';
import { RECENT_MS, type StreamMemory } from './memory.ts';
import { type CounterSample, isoTime } from './samples.ts';
import { stateOf } from './states.ts';
import { addCounts } from './windows.ts';

interface Seen {
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly receivedAtMs: number;
  readonly now: Moment;
}

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
  const ranBefore = before.lastLiveAtMs !== null && monotonicMs - before.lastLiveAtMs < RECENT_MS;
  return isNewRun && ranBefore ? [...recent, monotonicMs] : recent;
}

/**
 * When a stream entered its state. MediaMTX knows since when it is ready, also from before this collector started;
 * that is not when a stall ended, nor when the publisher of an always-available path came.
 */
function enteredAtMs(
  { readyAtMs }: PathFact,
  state: StreamState,
  before: StreamMemory | undefined,
  nowMs: number,
): number {
  const isNews = before === undefined || (readyAtMs !== null && readyAtMs > before.sinceMs);
  return state === 'live' && isNews ? (readyAtMs ?? nowMs) : nowMs;
}

/** What is remembered of a stream after it was seen once more, but for its rules. Pure. */
export function nextStreamMemory(
  path: PathFact,
  before: StreamMemory | undefined,
  { inbound, outbound, receivedAtMs, now }: Seen,
): { run: Omit<StreamMemory, 'rules'>; sameInstance: boolean } {
  const known = before !== undefined && before.instance !== null;
  const instance = instanceOf(path);
  const goesOn =
    before !== undefined && isSameInstance(path, instance, before) && !fell(before.inbound, inbound);
  const silentTicks = nextSilentTicks(before, inbound, goesOn);
  const state = stateOf({ path, silentTicks });
  const runs = state === 'live' || state === 'stalled';
  const framesBefore = goesOn ? before.framesInError : null;
  const sinceMs =
    before?.state === state && (goesOn || !runs)
      ? before.sinceMs
      : enteredAtMs(path, state, before, now.wallMs);
  return {
    sameInstance: known && goesOn,
    run: {
      instance,
      sourceId: path.sourceId,
      inbound,
      outbound,
      framesInError: addCounts(framesBefore, [path.framesInError], receivedAtMs),
      silentTicks,
      state,
      sinceMs,
      since: before?.sinceMs === sinceMs ? before.since : isoTime(sinceMs),
      restartsAtMs: nextRestarts(before, runs && before !== undefined && !goesOn, now.monotonicMs),
      lastLiveAtMs: runs ? now.monotonicMs : (before?.lastLiveAtMs ?? null),
      seenAtMs: now.monotonicMs,
    },
  };
}
