import type { TargetMessage } from './model.ts';

/** What a message says of itself. */
export type TargetMessageHead = Pick<TargetMessage, 'id' | 'target' | 'at'>;

/** A message that tells of no alert. */
export function emptyMessage(
  { id, target, at }: TargetMessageHead,
  kind: TargetMessage['kind'],
  goneTarget: string | null,
): TargetMessage {
  return {
    ...{ id, target, kind, goneTarget, at },
    ...{ fired: [], firedCount: 0, repeated: [], repeatedCount: 0, resolved: [], resolvedCount: 0 },
  };
}
