/** A tick as its server's clock and this page's saw it. */
export interface TickTimes {
  /** When it was published, in ms since 1970. */
  readonly publishedMs: number;
  /** When it came here, in ms of a clock that only goes on. */
  readonly receivedMs: number;
}

/** After more intervals without a tick, nobody knows what was in between. */
const GAP_INTERVALS = 2.5;
/** More of a gap isn't shown than the small lines are long: what was before it stays in view. */
const MAX_GAP_TICKS = 30;

/**
 * How long after the one before a tick stands on the time axis, in ms: as its server's clock says, which is even also
 * where ticks come late or several at once. Unless that can't be: then that clock was set, and what passed here counts.
 */
export function stepMs(last: TickTimes, next: TickTimes, intervalMs: number): number {
  const publishedMs = next.publishedMs - last.publishedMs;
  const receivedMs = next.receivedMs - last.receivedMs;
  const isPossible = publishedMs > 0 && publishedMs <= receivedMs + GAP_INTERVALS * intervalMs;
  return isPossible ? publishedMs : Math.max(1, receivedMs);
}

/** How many ticks of unknown numbers stand for a step: none unless it is a gap. */
export function gapTicks(step: number, intervalMs: number): number {
  if (step <= GAP_INTERVALS * intervalMs) return 0;
  return Math.min(MAX_GAP_TICKS, Math.round(step / intervalMs) - 1);
}
