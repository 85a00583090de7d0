import type { Reason } from '@mediamtx-monitor/types';
import type { HeldReason } from '../model.ts';

/** No reason counts as held for longer, in ms: whose clock was set forth doesn't say more. */
const MAX_HELD_MS = 86_400_000;
/** So many reasons something has at most, the worst, and so long is what each says of itself, in characters. */
const MAX_REASONS = 20;
const MAX_DETAIL_LENGTH = 500;

/**
 * Reasons with how long they had held when they were published: both dates are of their publisher, so that nobody else's
 * clock matters. Of a severity that isn't known, a newer publisher's, they are warnings. They are kept for long, and so
 * have an end.
 */
export function heldReasons(reasons: readonly Reason[], publishedAt: string): readonly HeldReason[] {
  const publishedMs = Date.parse(publishedAt);
  return reasons.slice(0, MAX_REASONS).map(({ detail, ...reason }) => ({
    ...reason,
    ...(detail === undefined ? {} : { detail: detail?.slice(0, MAX_DETAIL_LENGTH) ?? null }),
    severity: reason.severity === 'critical' ? 'critical' : 'warning',
    heldMs: heldMs(publishedMs - Date.parse(reason.since)),
  }));
}

/** A duration within what counts. */
export function heldMs(ms: number): number {
  return Math.min(MAX_HELD_MS, Math.max(0, Math.round(ms)));
}
