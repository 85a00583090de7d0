import type { Reason } from '@mediamtx-monitor/types';

const ABSENCE_CODES: ReadonlySet<string> = new Set(['not-live', 'source-down', 'off-air']);

/** Whether a reason is that a stream isn't live which is missed: of these it is told why it went. */
export function isAbsence({ code }: Reason): boolean {
  return ABSENCE_CODES.has(code);
}
