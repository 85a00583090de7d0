import { streamName } from './names.ts';
import type { OngoingFault } from './stream-faults.ts';

/** A fault that comes again and again. */
interface Episode {
  /** Whose, by its number in the fleet. */
  readonly number: number;
  readonly kind: OngoingFault['kind'];
  /** After the start of the simulator. */
  readonly firstAfterMs: number;
  readonly everyMs: number;
  readonly lastsMs: number;
}

const MINUTE_MS = 60_000;

/** One at a time at first; rare enough that none of them counts as flapping. */
const EPISODES: readonly Episode[] = [
  { number: 3, kind: 'forwardFailing', firstAfterMs: 60_000, everyMs: 10 * MINUTE_MS, lastsMs: 50_000 },
  { number: 7, kind: 'gone', firstAfterMs: 130_000, everyMs: 11 * MINUTE_MS, lastsMs: 40_000 },
  { number: 9, kind: 'gone', firstAfterMs: 200_000, everyMs: 12 * MINUTE_MS, lastsMs: 40_000 },
  { number: 11, kind: 'gone', firstAfterMs: 270_000, everyMs: 13 * MINUTE_MS, lastsMs: 50_000 },
  { number: 2, kind: 'frozen', firstAfterMs: 350_000, everyMs: 14 * MINUTE_MS, lastsMs: 35_000 },
];

/** The faults of an eventful fleet at a monotonic time in ms, if it has run since `startedMs`. */
export function episodesAt(nowMs: number, startedMs: number): OngoingFault[] {
  return EPISODES.flatMap(({ number, kind, firstAfterMs, everyMs, lastsMs }) => {
    const sinceFirstMs = nowMs - startedMs - firstAfterMs;
    const intoMs = sinceFirstMs % everyMs;
    if (sinceFirstMs < 0 || intoMs >= lastsMs) return [];
    return [{ stream: streamName(number), kind, sinceMs: nowMs - intoMs }];
  });
}
