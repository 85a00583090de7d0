import {
  type Age,
  collectedAtOf,
  GONE_MS,
  isStale,
  type Silence,
  silenceOf,
  staleAfterMs,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Clock } from '../clock.ts';
import type { KnownHead } from './head.ts';

/** How old the data behind a head is; `undefined` for a bare array, of which nobody can tell. */
export function ageOf(known: KnownHead<TopicHead>, clock: Clock): Age | undefined {
  if (known.head === null) return undefined;
  const collectedAt = collectedAtOf(known.head);
  const { intervalMs } = known.head;
  const ageMs = collectedAt === null ? null : sinceMs(known, known.head, collectedAt, clock);
  return { ageMs, stale: isStale(ageMs, intervalMs) };
}

/** Time since a head was published, in ms: for so long nothing new has come; 0 for a bare array. */
export function silentMs(known: KnownHead<TopicHead>, clock: Clock): number {
  return known.head === null ? 0 : (sinceMs(known, known.head, known.head.publishedAt, clock) ?? Infinity);
}

/** Whether nothing new has come for 3 intervals, so that nobody knows how it is. */
export function isSilent(known: KnownHead<TopicHead>, clock: Clock): boolean {
  return known.head !== null && isStale(silentMs(known, clock), known.head.intervalMs);
}

/** What its silence says about a server. */
export function silenceAbout(known: KnownHead, clock: Clock): Silence {
  return silenceOf(silentMs(known, clock), isSilent(known, clock));
}

/** Whether nothing new has come for a day. */
export function isGone(known: KnownHead<TopicHead>, clock: Clock): boolean {
  return silentMs(known, clock) > GONE_MS;
}

/** Time in ms until it is stale or gone; `Infinity` when it is both, or nobody can tell. */
export function untilOlderMs(known: KnownHead<TopicHead>, clock: Clock): number {
  const age = ageOf(known, clock);
  if (known.head === null || age === undefined) return Infinity;
  const staleMs = age.ageMs === null ? -1 : staleAfterMs(known.head.intervalMs) - age.ageMs;
  const left = [staleMs, GONE_MS - silentMs(known, clock)].filter((ms) => ms >= 0);
  // The limits themselves are not beyond.
  return Math.min(...left) + 1;
}

/**
 * Time since a moment that a head names. A message was just published when it came, and of a value from its key Redis's
 * own clock said how old it was; from there on the monotonic clock tells, and clocks that differ or are stepped don't
 * matter. What a clock dates that was ahead counts as of the moment at which it came.
 */
function sinceMs(
  { receivedMs, readAt }: KnownHead<TopicHead>,
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
