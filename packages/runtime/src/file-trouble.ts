import { asError } from './as-error.ts';
import { systemCode } from './system-code.ts';

const DISK_FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Why a file could not be written, for people: a full disk in plain words, all else as the system says it. */
export function fileTrouble(error: unknown): string {
  const code = systemCode(error);
  return DISK_FULL.has(code) ? `the disk is full (${code})` : asError(error).message;
}
