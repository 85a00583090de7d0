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

type AttentionCheck = (value: unknown) => boolean;

const isText: AttentionCheck = (value) => typeof value === 'string';
const isMeasure: AttentionCheck = (value) => value === null || (typeof value === 'number' && value >= 0);

/** Checks of an object's members. */
function checksOf<Name extends string>(
  checks: Readonly<Record<Name, AttentionCheck>>,
): readonly [string, AttentionCheck][] {
  return Object.entries<AttentionCheck>(checks);
}

const REASON_CHECKS = checksOf<keyof Reason>({
  code: isText,
  severity: isText,
  measured: isMeasure,
  limit: isMeasure,
  since: (value) => typeof value === 'string' && Number.isFinite(Date.parse(value)),
  detail: (value) => value === undefined || value === null || isText(value),
});
const STREAM_CHECKS = checksOf<keyof AttentionStream>({
  name: isText,
  state: isText,
  health: isText,
  reasons: (value) => Array.isArray(value) && value.every((each) => passes(each, REASON_CHECKS)),
});
const CHECKS = checksOf<keyof Attention>({
  count: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  worst: (value) =>
    Array.isArray(value) &&
    value.length <= MAX_ATTENTION &&
    value.every((each) => passes(each, STREAM_CHECKS)),
});

/**
 * Whether a value read from a head is that, or `null`. By hand: of a fleet in trouble it is by far the most of all heads,
 * and joi takes some ten times as long.
 */
export function isAttention(value: unknown): value is Attention | null {
  return value === null || passes(value, CHECKS);
}

function passes(value: unknown, checks: readonly [string, AttentionCheck][]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return checks.every(([name, isRight]) => isRight(Reflect.get(value, name)));
}
