import type { FileLook } from '@mediamtx-monitor/runtime';
import type { Target, TargetMessage } from '../model.ts';
import { type Style, writeMessage } from '../text/index.ts';
import { readAccess } from './access.ts';
import type { DeliveryAttempt } from './attempt.ts';
import { TargetError } from './ending.ts';
import { httpKinds } from './kinds.ts';
import { mailServerOf } from './kinds/email.ts';

/**
 * Makes a test for a target, and doesn't send it.
 * @param look how files of its address are read
 * @returns why no message can be sent as its entry and its files are, for people and without secrets; `null` = it can
 */
export function rehearse(target: Target, look: (path: string) => FileLook): string | null {
  try {
    const attempt = attemptOf(target, look);
    if (target.kind === 'email') mailServerOf(attempt);
    else Array.from(httpKinds()[target.kind].requests(attempt));
    return null;
  } catch (error) {
    // What else may go wrong is nothing that an operator can mend: the first try tells.
    return error instanceof TargetError ? error.message : null;
  }
}

function attemptOf(target: Target, look: (path: string) => FileLook): DeliveryAttempt {
  const { name, language, timeZone, address } = target;
  const message: TargetMessage = {
    ...{ id: 'rehearsal', target: name, kind: 'test', goneTarget: null, at: new Date(0).toISOString() },
    ...{ fired: [], firedCount: 0, repeated: [], repeatedCount: 0, resolved: [], resolvedCount: 0 },
  };
  const style = (escape: Style['escape']): Style => ({
    ...{ language, timeZone, escape, dashboardUrl: null, isSimulated: () => false },
  });
  return {
    ...{ target, message, style, firing: [], wallMs: 0 },
    access: readAccess(address, look),
    write: (escape) => writeMessage(message, style(escape)),
  };
}
