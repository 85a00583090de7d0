import { isResting } from '@mediamtx-monitor/model';
import type { Health, StreamRecord } from '@mediamtx-monitor/types';

/** How something looks: `ok` is live and well, `rest` is in no trouble but not live either, and never green. */
export const LOOKS = ['ok', 'rest', 'warning', 'critical', 'unknown'] as const;
export type Look = (typeof LOOKS)[number];

/** The look of a stream. @param health as it is believed: `unknown` when its record is too old */
export function lookOf(health: Health, state: StreamRecord['state']): Look {
  if (isResting(health, state)) return 'rest';
  return state === 'unknown' && health === 'ok' ? 'unknown' : health;
}
