import type { StreamRecord } from '@mediamtx-monitor/types';

/** Whether viewers and bytes of a stream are counted: not of one that MediaMTX doesn't list, or whose list can't be read. */
export function isCounted({ state }: Pick<StreamRecord, 'state'>): boolean {
  return state !== 'missing' && state !== 'unknown';
}

/** How many watch a stream; `null` where nobody counts them. */
export function readersOf(stream: Pick<StreamRecord, 'state' | 'readers'>): number | null {
  return isCounted(stream) ? stream.readers : null;
}
