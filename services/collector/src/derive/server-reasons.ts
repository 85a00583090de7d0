import type { Reason } from '@mediamtx-monitor/types';

/**
 * What is wrong with a server itself: it can't be read, or some of its lists can't.
 * @param unreachableSince since when its path list can't be read; `null` while it can
 */
export function serverReasons(
  missing: readonly string[],
  missingSince: string | null,
  unreachableSince: string | null,
): readonly Reason[] {
  const state = { measured: null, limit: null };
  if (unreachableSince !== null) {
    return [{ code: 'server-unreachable', severity: 'critical', ...state, since: unreachableSince }];
  }
  if (missingSince === null) return [];
  const detail = missing.join(', ');
  return [{ code: 'list-missing', severity: 'warning', ...state, since: missingSince, detail }];
}
