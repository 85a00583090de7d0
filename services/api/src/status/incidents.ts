import type { RunPiece } from '@mediamtx-monitor/model';

/** A time in which something was known to be down. Unix times and lengths in ms. */
export interface DownTime {
  readonly fromMs: number;
  /** `null` = it isn't known to be over. */
  readonly toMs: number | null;
  /** How much of it is known. */
  readonly lengthMs: number;
}

/**
 * The times in which something was down, in order. What nobody knows in between ends none of them; it is over when it was
 * known last, where something else followed.
 */
export function downTimes(pieces: readonly RunPiece[]): readonly DownTime[] {
  const found: DownTime[] = [];
  let current: { readonly fromMs: number; lastMs: number; lengthMs: number } | null = null;
  for (const { kind, fromMs, toMs } of pieces) {
    if (kind === 'down') {
      current ??= { fromMs, lastMs: toMs, lengthMs: 0 };
      current.lastMs = toMs;
      current.lengthMs += toMs - fromMs;
    } else if (kind !== 'unknown' && current !== null) {
      found.push({ fromMs: current.fromMs, toMs: current.lastMs, lengthMs: current.lengthMs });
      current = null;
    }
  }
  if (current !== null) found.push({ fromMs: current.fromMs, toMs: null, lengthMs: current.lengthMs });
  return found;
}
