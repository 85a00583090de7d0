import type { Clock } from '@mediamtx-monitor/runtime';
import { type Age, GONE_MS, isStale, type Silence, silenceOf, type TopicHead } from '@mediamtx-monitor/types';
import type { Tick } from './tick.ts';

/** How old a tick's data is; `undefined` for a bare array, of which nobody can tell. */
export function ageOf(tick: Tick<TopicHead>, clock: Clock): Age | undefined {
  if (tick.head === null) return undefined;
  const { collectedAt, intervalMs } = tick.head;
  const ageMs = collectedAt === null ? null : sinceMs(tick, tick.head, collectedAt, clock);
  return { ageMs, stale: isStale(ageMs, intervalMs) };
}

/** Time since a tick was published, in ms: for so long nothing new has come; 0 for a bare array. */
export function silentMs(tick: Tick<TopicHead>, clock: Clock): number {
  return tick.head === null ? 0 : (sinceMs(tick, tick.head, tick.head.publishedAt, clock) ?? Infinity);
}

/** Whether nothing new has come for 3 intervals, so that nobody knows how it is. */
export function isSilent(tick: Tick<TopicHead>, clock: Clock): boolean {
  return tick.head !== null && isStale(silentMs(tick, clock), tick.head.intervalMs);
}

/** What its silence says about a server. */
export function silenceAbout(tick: Tick, clock: Clock): Silence {
  return silenceOf(silentMs(tick, clock), isSilent(tick, clock));
}

/** Whether nothing new has come for a day. */
export function isGone(tick: Tick<TopicHead>, clock: Clock): boolean {
  return silentMs(tick, clock) > GONE_MS;
}

/**
 * Time since a moment that a head names. A message was just published when it came, and of a value from its key Redis's
 * own clock said how old it was; from there on the monotonic clock tells, and clocks that differ or are stepped don't
 * matter. What a clock dates that was ahead counts as of the moment at which it came.
 */
function sinceMs(
  { receivedMs, readAt }: Tick<TopicHead>,
  { publishedAt }: TopicHead,
  time: string,
  clock: Clock,
): number | null {
  const nowMs = clock.monotonicMs();
  if (receivedMs !== null) return rounded(Date.parse(publishedAt) - Date.parse(time), nowMs - receivedMs);
  return readAt === undefined ? null : rounded(readAt.redisMs - Date.parse(time), nowMs - readAt.monotonicMs);
}

function rounded(beforeMs: number, sinceMs: number): number | null {
  const ageMs = Math.max(0, beforeMs) + sinceMs;
  return Number.isFinite(ageMs) ? Math.round(ageMs) : null;
}
