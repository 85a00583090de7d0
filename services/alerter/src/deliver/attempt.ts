import type { Alert } from '@mediamtx-monitor/types';
import type { Target, TargetMessage } from '../model.ts';
import type { Style, Written } from '../text/index.ts';
import type { Access } from './access.ts';

/** One try to bring a message to a target. */
export interface Attempt {
  readonly target: Target;
  readonly message: TargetMessage;
  /** What the files of its address hold now. */
  readonly access: Access;
  /** All that fires for the target, where its kind is told that. */
  readonly firing: readonly Alert[];
  /** Unix time in ms: for labels and signatures. */
  readonly wallMs: number;
  /** How texts are written for the target, escaped as its kind needs it. */
  readonly style: (escape: Style['escape']) => Style;
  /** The message in words. */
  readonly write: (escape: Style['escape']) => Written;
}
