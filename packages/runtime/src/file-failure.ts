import { asError } from './as-error.ts';
import { systemCode } from './system-code.ts';

const DISK_FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Why a file could not be read or written, for people: a full disk in plain words, all else as the system says it; where
 * it is the user who may not, with what lets it, since in a container that user is known to nobody.
 * @param userId of this process; `undefined` where the system has no such thing
 */
export function fileFailure(error: unknown, userId = process.getuid?.()): string {
  const code = systemCode(error);
  if (DISK_FULL.has(code)) return `the disk is full (${code})`;
  const { message } = asError(error);
  if (code !== 'EACCES' || userId === undefined) return message;
  return `${message}; this runs as user ${userId}, whom \`chown ${userId}\` gives the file`;
}
