import type { Alert } from '@mediamtx-monitor/types';
import type { Target, TargetMessage } from '../model.ts';
import type { Style, WrittenMessage } from '../text/index.ts';
import type { TargetAccess } from './access.ts';

/** One try to bring a message to a target. */
export interface DeliveryAttempt {
  readonly target: Target;
  readonly message: TargetMessage;
  /** What the files of its address hold now. */
  readonly access: TargetAccess;
  /** All that fires for the target, where its kind is told that. */
  readonly firing: readonly Alert[];
  /** Unix time in ms: for labels and signatures. */
  readonly wallMs: number;
  /** How texts are written for the target, escaped as its kind needs it. */
  readonly style: (escape: Style['escape']) => Style;
  /** The message in words. */
  readonly write: (escape: Style['escape']) => WrittenMessage;
}
