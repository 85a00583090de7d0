import { createHash } from 'node:crypto';

const DIGITS = 16;

/** Tells what was read of a file from something else, without showing any of it. */
export function digestOf(value: unknown): string {
  const json = JSON.stringify(value, (_name, member: unknown) =>
    member instanceof Set ? [...member].sort() : member,
  );
  return createHash('sha256').update(json).digest('hex').slice(0, DIGITS);
}
