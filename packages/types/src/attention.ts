import type { Reason } from './health.ts';
import { MAX_ATTENTION } from './limits.ts';
import type { StreamRecord } from './stream.ts';

/** A stream for which something is wrong, as far as those need to know it who follow servers only. */
export type AttentionStream = Pick<StreamRecord, 'name' | 'state' | 'health' | 'reasons'>;

/** The streams of a server for which something is wrong. */
export interface Attention {
  /** How many have a reason, missing ones too. */
  readonly count: number;
  /**
   * The worst of them: critical ones first, then those whose worst reason is the oldest. Fewer than `count` where there
   * are more than MAX_ATTENTION, or they are longer than MAX_ATTENTION_BYTES; all of them are in the array of streams.
   */
  readonly worst: readonly AttentionStream[];
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isMeasure = (value: unknown): boolean => value === null || (typeof value === 'number' && value >= 0);

const STREAM_MEMBERS: Readonly<Record<keyof AttentionStream, (value: unknown) => boolean>> = {
  name: isText,
  state: isText,
  health: isText,
  reasons: (value) => Array.isArray(value) && value.every((each) => hasMembers(each, REASON_MEMBERS)),
};
const REASON_MEMBERS: Readonly<Record<keyof Reason, (value: unknown) => boolean>> = {
  code: isText,
  severity: isText,
  measured: isMeasure,
  limit: isMeasure,
  since: (value) => typeof value === 'string' && Number.isFinite(Date.parse(value)),
  detail: (value) => value === undefined || value === null || isText(value),
};

/**
 * Whether a value read from a head is that, or `null`. By hand: of a fleet in trouble it is by far the most of all heads,
 * and joi takes milliseconds for each.
 */
export function isAttention(value: unknown): value is Attention | null {
  if (value === null) return true;
  return hasMembers(value, {
    count: (count) => typeof count === 'number' && Number.isInteger(count) && count >= 0,
    worst: (worst) =>
      Array.isArray(worst) &&
      worst.length <= MAX_ATTENTION &&
      worst.every((each) => hasMembers(each, STREAM_MEMBERS)),
  });
}

function hasMembers<Name extends string>(
  value: unknown,
  members: Readonly<Record<Name, (value: unknown) => boolean>>,
): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries<(value: unknown) => boolean>(members).every(([name, isRight]) =>
    isRight(fields.get(name)),
  );
}
