import { isText, membersOf, type StoredEntry } from '@mediamtx-monitor/runtime';
import type { AlerterCommand } from '@mediamtx-monitor/types';
import { alerterCommandSchema } from '@mediamtx-monitor/types/schemas';

/**
 * Reads a command, or says why it is none: what those who read alerts would refuse is taken from nobody. Whether it can
 * be done is decided by whoever does it.
 */
export function parseCommand(
  entry: Pick<StoredEntry, 'json'>,
): { readonly command: AlerterCommand } | { readonly reason: string } {
  const read = membersOf(entry, { type: isText, by: isText });
  if ('reason' in read) return read;
  const { error } = alerterCommandSchema.validate(read.members, { convert: false });
  if (error !== undefined) return { reason: 'it isn’t as the API writes them' };
  // All of it that is read was checked.
  return { command: read.members as unknown as AlerterCommand };
}
