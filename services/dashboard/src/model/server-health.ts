import type { Health, SourceStatus } from '@mediamtx-monitor/types';

/** A server's state as a health: one that doesn't answer is critical, one without news unknown. */
export function serverHealth(status: SourceStatus, isStale: boolean): Health {
  if (status !== 'up') return 'critical';
  return isStale ? 'unknown' : 'ok';
}
