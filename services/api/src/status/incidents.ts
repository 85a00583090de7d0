import type { RunPiece } from '@mediamtx-monitor/model';

/** A time in which something was known to be down. Unix times and lengths in ms. */
export interface DownTime {
  readonly fromMs: number;
  /** `null` = it isn't known to be over. */
  readonly toMs: number | null;
  /** Up to which moment it is told: its end, or that of what is known. */
  readonly untilMs: number;
  /** How much of it isn't known. */
  readonly unknownMs: number;
}

/**
 * The times in which something was down, in order. What nobody knows in between ends none of them: it is over when it was
 * up again, as in the report of how streams ran, or when it was known last, where it wasn't meant to be up from then on.
 */
export function downTimes(pieces: readonly RunPiece[]): readonly DownTime[] {
  const found: DownTime[] = [];
  let current: { readonly fromMs: number; lastMs: number; knownMs: number } | null = null;
  for (const { kind, fromMs, toMs } of pieces) {
    if (kind === 'down') {
      current ??= { fromMs, lastMs: toMs, knownMs: 0 };
      current.lastMs = toMs;
      current.knownMs += toMs - fromMs;
    } else if (kind !== 'unknown' && current !== null) {
      const endMs = kind === 'unscheduled' ? current.lastMs : fromMs;
      found.push(downTime(current, endMs, endMs));
      current = null;
    }
  }
  if (current !== null) found.push(downTime(current, null, pieces.at(-1)?.toMs ?? current.lastMs));
  return found;
}

function downTime(
  { fromMs, knownMs }: { readonly fromMs: number; readonly knownMs: number },
  toMs: number | null,
  untilMs: number,
): DownTime {
  return { fromMs, toMs, untilMs, unknownMs: untilMs - fromMs - knownMs };
}
