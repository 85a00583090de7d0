import type { Alert } from '@mediamtx-monitor/types';
import type { Target, TargetMessage } from '../model.ts';
import { type Style, writeMessage, type WrittenMessage } from '../text/index.ts';
import type { TargetAccess } from '../access.ts';

/** What a try begins with. */
interface AttemptParts {
  readonly target: Target;
  readonly message: TargetMessage;
  /** What the files of its address hold now. */
  readonly access: TargetAccess;
  /** All that fires for the target, where its kind is told that. */
  readonly firing: readonly Alert[];
  /** What it may know to fire, and doesn't any more. */
  readonly ended: readonly Alert[];
  /** Unix time in ms: for labels and signatures. */
  readonly wallMs: number;
}

/** One try to bring a message to a target. */
export interface DeliveryAttempt extends AttemptParts {
  /** How texts are written for the target, escaped as its kind needs it. */
  readonly style: (escape: Style['escape']) => Style;
  /** The message in words. */
  readonly write: (escape: Style['escape']) => WrittenMessage;
}

/** @param surroundings what texts say of where all of this runs */
export function attemptOf(
  parts: AttemptParts,
  { dashboardUrl }: Pick<Style, 'dashboardUrl'>,
): DeliveryAttempt {
  const { language, timeZone } = parts.target;
  const style = (escape: Style['escape']): Style => ({
    language,
    timeZone,
    dashboardUrl,
    escape,
  });
  return { ...parts, style, write: (escape) => writeMessage(parts.message, style(escape)) };
}
