import {
  hasMembers,
  isOneOf,
  isTime,
  type MemberCheck,
  membersOf,
  orNull,
  type StoredEntry,
} from '@mediamtx-monitor/runtime';
import type { AlerterCommand } from '@mediamtx-monitor/types';
import type { ChecksOf } from '../stored-checks.ts';

/** No member of a command is longer, in characters. */
const MAX_LENGTH = 2_048;

const isShort: MemberCheck = (value) => typeof value === 'string' && value.length <= MAX_LENGTH;
const isGiven: MemberCheck = (value) => isShort(value) && value !== '';

type CommandOf<Type extends AlerterCommand['type']> = Omit<Extract<AlerterCommand, { type: Type }>, 'type'>;

/** What each command needs. Whether it can be done is decided by whoever does it. */
const CHECKS = {
  'silence.add': {
    by: isGiven,
    silence: hasMembers({
      id: isGiven,
      server: orNull(isGiven),
      stream: orNull(isGiven),
      reason: orNull(isGiven),
      comment: isShort,
      createdAt: isTime,
      until: isTime,
    } satisfies ChecksOf<CommandOf<'silence.add'>['silence']>),
  },
  'silence.delete': { by: isGiven, id: isGiven },
  'alert.ack': { by: isGiven, id: isGiven, comment: orNull(isShort) },
  'target.test': { by: isGiven, target: isGiven },
  'notification.replay': { by: isGiven, id: isGiven },
} satisfies { readonly [Type in AlerterCommand['type']]: ChecksOf<CommandOf<Type>> };

const TYPES: ReadonlyMap<unknown, Readonly<Record<string, MemberCheck>>> = new Map(Object.entries(CHECKS));

/** Reads a command, or says why it is none. */
export function parseCommand(
  entry: Pick<StoredEntry, 'json'>,
): { readonly command: AlerterCommand } | { readonly reason: string } {
  const typed = membersOf(entry, { type: isOneOf([...TYPES.keys()]) });
  if ('reason' in typed) return typed;
  const read = membersOf(entry, TYPES.get(typed.members['type']) ?? {});
  if ('reason' in read) return read;
  // All of it that is read was checked.
  return { command: read.members as unknown as AlerterCommand };
}
