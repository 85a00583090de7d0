import type { FileLook } from '@mediamtx-monitor/runtime';
import { emptyMessage } from '../empty-message.ts';
import { isoTime } from '../iso-time.ts';
import type { Target } from '../model.ts';
import { readAccess } from '../access.ts';
import { attemptOf } from './attempt.ts';
import { EntryError } from '../entry-error.ts';
import { httpKinds } from './kinds.ts';
import { mailServerOf } from './kinds/email.ts';

const NOWHERE = { dashboardUrl: null };

/**
 * Makes a test for a target, and doesn't send it.
 * @param look how files of its address are read
 * @returns why no message can be sent as its entry and its files are, for people and without secrets; `null` = it can
 */
export function rehearse(target: Target, look: (path: string) => FileLook): string | null {
  try {
    const head = { id: 'rehearsal', target: target.name, at: isoTime(0) };
    const message = emptyMessage(head, 'test', null);
    const access = readAccess(target.address, look);
    const attempt = attemptOf({ target, message, access, firing: [], ended: [], wallMs: 0 }, NOWHERE);
    if (target.kind === 'email') mailServerOf(attempt);
    else Array.from(httpKinds()[target.kind].requests(attempt));
    return null;
  } catch (error) {
    // What else may go wrong is nothing that an operator can mend: the first try tells.
    return error instanceof EntryError ? error.message : null;
  }
}
