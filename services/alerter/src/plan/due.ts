import type { DueMessage } from '../delivery-port.ts';
import type { AlerterState, AlertMoment } from '../model.ts';
import type { TargetAudience } from './audience.ts';

/** Of each target the first of its queue, where it is time to try it. */
export function dueIn(
  { targets }: AlerterState,
  { targets: entries }: TargetAudience,
  { atMs }: AlertMoment,
): readonly DueMessage[] {
  return entries.flatMap((target) => {
    const stored = targets.get(target.name);
    const [queued] = stored?.queue ?? [];
    if (queued === undefined || stored?.isDisabled === true || queued.nextTryAtMs > atMs) return [];
    return [{ target, queued }];
  });
}
